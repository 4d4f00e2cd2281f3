"""Verifiers of `dsp.loop` and `dsp.pack`: order of loops, pasts of a chunk, independent lanes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.exceptions import VerifyException

Parse = Callable[[str], ModuleOp]
S = "!dsp.signal<f32, sample>"
LINE = "line = @line"


def program(decisions: str, body: str, result: str) -> str:
    return f"""
    dsp.program @p f32 metadata [] ui {{}} body {{
    ^bb0(%x: {S}):
      dsp.chunk 32 lanes 8 {{asked = 32 : i64, registers = 16 : i64}}
      {decisions}
      {body}
      dsp.yield {result} : ({S}) -> ()
    }}"""


def sine(name: str, operand: str, loop: str) -> str:
    return f"{name} = dsp.sin {operand} {{dsp.loop = @{loop}}} : ({S}) -> {S}"


def delay(name: str, operand: str, frames: int) -> str:
    return f"{name} = dsp.delay {operand} {{offset = {frames} : i64, {LINE}}} : ({S}) -> {S}"


LOOPS = "dsp.loop @first {first} dsp.loop @second free {{outputs = array<i64: 0>}}"


def loops(first: str = "free", line: str = "ring") -> str:
    return f"dsp.line @line {line} 100 {LOOPS.format(first=first)}"


CHAIN = f"{sine('%a', '%x', 'first')} {sine('%b', '%a', 'second')}"
BACKWARDS = f"{sine('%a', '%x', 'second')} {sine('%b', '%a', 'first')}"
AROUND = f"""{sine("%a", "%x", "first")} {sine("%b", "%a", "second")}
    {sine("%c", "%b", "first")}"""


def feedback(frames: int, reader: str, writer: str) -> str:
    """The past of `%y`, which `writer` computes, is read in `reader`."""
    return f"""%r = dsp.rec {{
    ^bb1(%past: {S}):
      {delay("%d", "%past", frames)}
      {sine("%s", "%d", reader)}
      %y = dsp.add %s, %x {{dsp.loop = @{writer}}} : ({S}, {S}) -> {S}
      dsp.yield %y : ({S}) -> ()
    }}"""


RIGHT = {
    "loops in order": (loops(), CHAIN, "%b"),
    "a past of an earlier chunk": (loops(), feedback(32, "first", "second"), "%r"),
    "a past in a recursive loop": (loops("recursive"), feedback(3, "first", "first"), "%r"),
}
WRONG = {
    "loops in the other order": (loops(), BACKWARDS, "%b", "@second writes later"),
    "a group that is left and entered again": (loops(), AROUND, "%c", "loops are convex"),
    "a past of this chunk": (
        loops(),
        feedback(31, "first", "second"),
        "%r",
        "reads the past of a value that @second writes later",
    ),
    "a past in a copied line": (
        loops(line="copied"),
        feedback(40, "first", "second"),
        "%r",
        "reads the past of a value that @second writes later",
    ),
    "a recursion in a free loop": (
        loops(),
        feedback(3, "first", "first"),
        "%r",
        "reads its past, but the loop is free",
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_loops(case: str, parse: Parse) -> None:
    parse(program(*RIGHT[case])).verify()


@pytest.mark.parametrize("case", WRONG)
def test_loops_that_are_refused(case: str, parse: Parse) -> None:
    *parts, reason = WRONG[case]
    with pytest.raises(VerifyException, match=reason):
        parse(program(*parts)).verify()


def lanes(second: str, position: int = 0) -> str:
    return f"""
    %a = dsp.sin %x {{dsp.lane = #dsp.lane<@pack, 0, 0>}} : ({S}) -> {S}
    %f = dsp.cos {second} : ({S}) -> {S}
    %b = dsp.sin %f {{dsp.lane = #dsp.lane<@pack, {position}, 1>}} : ({S}) -> {S}"""


PACK = "dsp.pack @pack lanes 2 width 2 {gain = 1.0 : f64}"


def test_lanes_are_independent(parse: Parse) -> None:
    parse(program(PACK, lanes("%x"), "%b")).verify()
    parse(program(PACK, lanes("%a", position=1), "%b")).verify()
    with pytest.raises(VerifyException, match="depends on another lane of position 0 of @pack"):
        parse(program(PACK, lanes("%a"), "%b")).verify()
