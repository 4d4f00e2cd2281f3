"""The passes that decide on loops, on modules: the files of decisions/ have FileCheck directives.

Each holds many programs; its first line names the passes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from filechecks import assert_directives, ran
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.dialects.dsp.forms import LineForm, LineFormAttr
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.partition import DecisionOp, FrameLoopOp, LineOp, erase_decisions
from dspc.dialects.dsp_par import LoopOp
from dspc.multiverse import new_context
from dspc.pipelines.parsing import parse_pipeline
from dspc.support.diagnostics import DspcError

FILES = sorted((Path(__file__).parent / "decisions").glob("*.mlir"))
RUN = "// RUN: "


def passes_of(path: Path) -> str:
    with path.open() as text:
        return text.readline().removeprefix(RUN).strip()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_is_decided(path: Path) -> None:
    status, text = ran(path, passes_of(path))
    assert status == 0, text
    assert_directives(path, text)


def programs(path: Path) -> list[ModuleOp]:
    """The programs of a file, each as a module of its own."""
    module = Parser(new_context(), path.read_text(), str(path)).parse_module()
    selected = [op for op in module.body.block.ops if isinstance(op, ProgramOp)]
    return [ModuleOp([op.clone()]) for op in selected]


def run(module: ModuleOp, passes: str) -> None:
    for one in parse_pipeline(passes):
        one.apply(Context(), module)
    module.verify()


def program_of(module: ModuleOp) -> ProgramOp:
    (program,) = (op for op in module.body.block.ops if isinstance(op, ProgramOp))
    return program


def reparsed(module: ModuleOp) -> ModuleOp:
    return Parser(new_context(), str(module)).parse_module()


MANY = FILES[[path.stem for path in FILES].index("partition")]
PROGRAMS = programs(MANY)
NAMES = [program_of(module).sym_name.data for module in PROGRAMS]
each_program = pytest.mark.parametrize("module", PROGRAMS, ids=NAMES)


@each_program
def test_decisions_mean_nothing_until_they_are_lowered(module: ModuleOp) -> None:
    decided = module.clone()
    run(decided, passes_of(MANY))
    assert compare(module, decided, EXACT, frames=70) is None


@each_program
def test_without_its_decisions_a_program_is_what_it_was(module: ModuleOp) -> None:
    decided = module.clone()
    run(decided, passes_of(MANY))
    erase_decisions(program_of(decided).body.block)
    assert str(decided) == str(module)


@each_program
def test_text_between_passes_changes_nothing(module: ModuleOp) -> None:
    """No pass reads anything but the IR that the one before it has written."""
    whole, apart = module.clone(), module.clone()
    passes = f"{passes_of(MANY)},dsp-lower-to-loops"
    run(whole, passes)
    for one in parse_pipeline(passes):
        one.apply(Context(), apart)
        apart = reparsed(apart)
    assert str(apart) == str(reparsed(whole))


def named(name: str, passes: str = "") -> ModuleOp:
    """A program, after the decisions on it."""
    module = PROGRAMS[NAMES.index(name)].clone()
    run(module, passes or passes_of(MANY))
    return module


def edited(module: ModuleOp, *changes: tuple[str, str]) -> ModuleOp:
    """The module whose text a user has changed."""
    text = str(module)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Parser(new_context(), text).parse_module()


def test_an_edited_chunk_is_the_one_of_the_loops() -> None:
    module = edited(named("functions"), ("dsp.chunk 32", "dsp.chunk 16"))
    run(module, "dsp-lower-to-loops")
    assert "memref<16xf32>" in str(module)
    assert "memref<32xf32>" not in str(module)


def test_an_edited_form_of_a_delay_line_is_the_one_in_memory() -> None:
    module = named("echo")
    for form, size in (("ring", 64), ("exact_ring", 52)):
        changed = edited(module, ("@line ring 20", f"@line {form} 20"))
        run(changed, "dsp-lower-to-loops")
        assert f"line0 : memref<{size + 32}xf32>" in str(changed).replace("fVec0", "line0")


def test_a_copied_line_may_become_a_ring() -> None:
    module = named("short_comb", "dsp-choose-chunk")
    changed = edited(module, ("copied 10", "ring 10"))
    run(changed, "dsp-pack-recursions,dsp-partition,dsp-lower-to-loops")
    assert "process_line" in str(changed)
    assert "process_past" not in str(changed)
    assert compare(PROGRAMS[NAMES.index("short_comb")], changed, EXACT, frames=200) is None


def test_a_scan_may_become_a_recursion() -> None:
    module = edited(named("pole"), ("@loop0 scan", "@loop0 recursive"))
    run(module, "dsp-lower-to-loops")
    assert "vector<" not in str(module)
    assert compare(PROGRAMS[NAMES.index("pole")], module, EXACT, frames=200) is None


def test_the_width_of_a_pack_may_be_edited() -> None:
    module = edited(named("pack"), ("lanes 8 width 8", "lanes 8 width 4"))
    run(module, "dsp-lower-to-loops")
    assert "vector<4xf32>" in str(module)
    assert "vector<8xf32>" not in str(module)


def test_one_loop_may_become_many() -> None:
    best = passes_of(MANY).replace("dsp-partition", "dsp-partition{loops=best}")
    one = named("clipped", best)
    many = edited(one, ("is_one_loop, ", ""))
    for module, is_many in ((one, False), (many, True)):
        run(module, "dsp-lower-to-loops")
        assert any(isinstance(op, LoopOp) for op in module.walk()) == is_many


def test_loops_run_in_the_order_of_their_declarations() -> None:
    module = named("two", "dsp-choose-chunk{apart=true},dsp-partition")
    loops = [op for op in module.walk() if isinstance(op, FrameLoopOp)]
    loops[1].detach()
    program_of(module).body.block.insert_op_before(loops[1], loops[0])
    run(module, "dsp-lower-to-loops")
    heads = [str(op).partition("{")[0] for op in module.walk() if isinstance(op, LoopOp)]
    assert [("%out1" in head, "%out0" in head) for head in heads[-2:]] == [(1, 0), (0, 1)]


WRONG = {
    "a loop before the one that it reads": (
        "functions",
        [("@loop0 free", "@loop9 free"), ("@loop2 free", "@loop0 free"), ("@loop9", "@loop2")],
        "E0309",
    ),
    "a recursion in a free loop": ("clipped", [("@loop0 recursive", "@loop0 free")], "E0309"),
    "an op in no loop": ("free", [("{dsp.loop = @loop0}", "{dsp.loop = @none}")], "E0309"),
    "an output of two loops": (
        "echo",
        [("@loop0 free {", "@loop0 free {outputs = array<i64: 0>, ")],
        "E0309",
    ),
    "a scan of other ops": ("clipped", [("@loop0 recursive", "@loop0 scan")], "E0309"),
    "a pack as a free loop": ("pack", [("@loop0 pack", "@loop0 free")], "E0309"),
    "a missing lane": ("pack", [("lanes 8 width 8", "lanes 7 width 8")], "E0307"),
    "lanes that are swapped where they must not be": (
        "pack",
        [("@pack0, 1, 3>", "@pack0, 1, 3, swapped>")],
        "E0307",
    ),
    "lanes of two kinds": (
        "pack",
        [("@pack0, 1, 3>", "@pack0, 9, 3>"), ("@pack0, 0, 3>", "@pack0, 1, 3>"),
         ("@pack0, 9, 3>", "@pack0, 0, 3>")],
        "E0307",
    ),
    "a tap too few": ("fir", [("taps 20", "taps 19")], "E0308"),
    "a filter that reads a ring": ("fir", [("@line copied 19", "@line ring 19")], "E0308"),
    "a delay line too short": ("echo", [("@line ring 20", "@line ring 19")], "E0306"),
    "a delay line without a name": ("echo", [("line = @line", "line = @other")], "E0306"),
    "a line without memory": ("short_comb", [("copied 10", "registers 10")], "E0306"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_decisions_that_cannot_be_carried_out(case: str) -> None:
    name, changes, code = WRONG[case]
    module = edited(named(name), *changes)
    with pytest.raises(DspcError) as caught:
        run(module, "dsp-lower-to-loops")
    assert caught.value.code == code


def test_decisions_can_be_made_again() -> None:
    """Passes drop earlier decisions of their own and of later passes."""
    first, again = named("fir"), named("fir")
    run(again, passes_of(MANY))
    assert str(first) == str(again)


def test_a_line_that_is_read_from_memory_again_has_memory() -> None:
    module = named("clipped")
    for op in program_of(module).body.block.ops:
        if isinstance(op, LineOp):
            assert op.form == LineFormAttr(LineForm.REGISTERS)
            op.properties.pop("registers")
    run(module, "dsp-partition")
    assert "registers 1 {registers = 1 : i64}" in str(module)


def test_signals_are_simplified_without_their_decisions() -> None:
    module = named("fir")
    run(module, "dsp-simplify")
    assert not any(isinstance(op, DecisionOp) for op in module.walk())
    assert "dsp.loop" not in str(module)
