"""Modules that the verifiers must refuse, each with the reason it gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.exceptions import ParseError, VerifyException

Parse = Callable[[str], ModuleOp]

S = "!dsp.signal<f64, sample>"
I = "!dsp.signal<i32, sample>"  # noqa: E741
C = "!dsp.signal<f64, const>"
T = "!dsp.table<8, f64>"

INVALID = {
    "a comparison gives an int": (
        f"%y = dsp.compare %x, %x {{predicate = #dsp<predicate lt>}} : ({S}, {S}) -> {S}",
        "i32 signal",
    ),
    "no arithmetic on mixed types": (f"%y = dsp.add %x, %n : ({S}, {I}) -> {S}", "one element"),
    "no result slower than an operand": (f"%y = dsp.add %x, %x : ({S}, {S}) -> {C}", "slower"),
    "division is floating-point": (f"%y = dsp.div %n, %n : ({I}, {I}) -> {I}", "floating-point"),
    "the remainder is for ints": (f"%y = dsp.rem %x, %x : ({S}, {S}) -> {S}", "i32"),
    "a constant is of its type": (f"%c = dsp.constant {{value = 1 : i32}} : () -> {C}", "value"),
    "a delay's offset is not negative": (
        f"%y = dsp.delay %x {{offset = -1 : i64}} : ({S}) -> {S}",
        "must not be negative",
    ),
    "a bound needs an amount": (
        f"%y = dsp.delay %x {{offset = 1 : i64, max = 3 : i64}} : ({S}) -> {S}",
        "has no max",
    ),
    "an amount is an int": (
        f"%y = dsp.delay %x, %x {{offset = 0 : i64}} : ({S}, {S}) -> {S}",
        "amount must be an i32",
    ),
    "a fixed delay is not assumed long": (
        f"%y = dsp.delay %x {{offset = 1 : i64, assumed}} : ({S}) -> {S}",
        "is as long as it is",
    ),
    "a chunk is no longer than asked for": (
        "dsp.chunk 33 lanes 8 {asked = 32 : i64, registers = 16 : i64}",
        "at most those asked for",
    ),
    "lanes are a power of two": (
        "dsp.chunk 32 lanes 6 {asked = 32 : i64, registers = 16 : i64}",
        "power of two",
    ),
    "there is a register": (
        "dsp.chunk 32 lanes 8 {asked = 32 : i64, registers = 0 : i64}",
        "at least one register",
    ),
    "a delay line holds a frame": ("dsp.line @a ring 0", "at least one frame"),
    "registers hold frames of the line": (
        "dsp.line @a copied 2 {registers = 3 : i64}",
        "some of its frames",
    ),
    "a pack has lanes": ("dsp.pack @a lanes 1 width 4 {gain = 1.0 : f64}", "two lanes"),
    "a width is a power of two": (
        "dsp.pack @a lanes 3 width 3 {gain = 1.0 : f64}",
        "power of two",
    ),
    "a filter has taps": ("dsp.fir @a of @b taps 1 from 0", "at least two frames"),
    "a projection is read through a delay": (
        f"%y = dsp.rec {{\n^bb0(%p: {S}):\n dsp.yield %p : ({S}) -> ()\n}}",
        "without a delay",
    ),
    "a delay of no frame is no delay": (
        f"""%y = dsp.rec {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 0 : i64}} : ({S}) -> {S}
          dsp.yield %d : ({S}) -> ()
        }}""",
        "without a delay",
    ),
    "a group yields all its projections": (
        f"%y = dsp.rec {{\n^bb0(%p: {S}):\n dsp.yield : () -> ()\n}}",
        "yields 0 values",
    ),
    "a linear recurrence has one result": (
        f"""%y, %z = dsp.linear {{
        ^bb0(%p: {S}, %q: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %e = dsp.delay %q {{offset = 1 : i64}} : ({S}) -> {S}
          %s = dsp.add %x, %d : ({S}, {S}) -> {S}
          %t = dsp.add %x, %e : ({S}, {S}) -> {S}
          dsp.yield %s, %t : ({S}, {S}) -> ()
        }}""",
        "has one result",
    ),
    "a linear recurrence is a sum": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %s = dsp.mul %x, %d : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "yields a sum",
    ),
    "a linear recurrence adds its past": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %s = dsp.add %x, %x : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "adds a value from outside and its past",
    ),
    "a past is at most four frames ago": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 5 : i64}} : ({S}) -> {S}
          %s = dsp.add %x, %d : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "adds a value from outside and its past",
    ),
    "a factor is constant in a call": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %m = dsp.mul %x, %d : ({S}, {S}) -> {S}
          %s = dsp.add %m, %x : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "constant in a call",
    ),
    "a phase is of integers": (
        f"""%y = dsp.phase {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %s = dsp.add %x, %d : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "both of i32",
    ),
    "a past is not subtracted from": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %s = dsp.sub %d, %x : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "adds a value from outside and its past",
    ),
    "a product enters once": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %m = dsp.mul %d, %d : ({S}, {S}) -> {S}
          %s = dsp.add %m, %m : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "adds a value from outside and its past",
    ),
    "a linear recurrence holds nothing else": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %a = dsp.abs %x : ({S}) -> {S}
          %s = dsp.add %x, %d : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "dsp.abs is no part of a linear recurrence",
    ),
    "a factor is from outside": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
          %k = dsp.constant {{value = 0.5 : f64}} : () -> {C}
          %m = dsp.mul %k, %d : ({C}, {S}) -> {S}
          %s = dsp.add %m, %x : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "a linear recurrence",
    ),
    "a linear recurrence reads its past delayed": (
        f"""%y = dsp.linear {{
        ^bb0(%p: {S}):
          %s = dsp.add %x, %p : ({S}, {S}) -> {S}
          dsp.yield %s : ({S}) -> ()
        }}""",
        "without a delay",
    ),
    "a waveform is as long as its table": (
        f"%w = dsp.waveform {{values = array<f64: 1.0>}} : () -> {T}",
        "must be those of the table",
    ),
    "a table is filled with its own type": (
        f"""%t = dsp.table : () -> {T} {{
          %v = dsp.constant {{value = 2 : i32}} : () -> !dsp.signal<i32, const>
          dsp.yield %v : (!dsp.signal<i32, const>) -> ()
        }}""",
        "generator's type",
    ),
    "a written table has one owner": (
        f"""%t = dsp.table : () -> {T} {{
          %v = dsp.constant {{value = 2.0 : f64}} : () -> {C}
          dsp.yield %v : ({C}) -> ()
        }}
        %u = dsp.table_write %t, %n, %x : ({T}, {I}, {S}) -> {T}
        %y = dsp.table_read %t, %n : ({T}, {I}) -> {S}""",
        "no other use",
    ),
    "an index is an int": (
        f"""%w = dsp.waveform {{values = array<f64: 1.0, 2.0>}} : () -> !dsp.table<2, f64>
        %y = dsp.table_read %w, %x : (!dsp.table<2, f64>, {S}) -> {S}""",
        "index must be an i32",
    ),
    "a gate is an int": (
        f"%y = dsp.control %x : ({S}) -> {S} {{\n dsp.yield %x : ({S}) -> ()\n}}",
        "gate must be an i32",
    ),
}


@pytest.mark.parametrize(("body", "reason"), INVALID.values(), ids=INVALID)
def test_refused(body: str, reason: str, parse: Parse) -> None:
    module = parse(f"""
    dsp.program @p f64 metadata [] ui {{}} body {{
    ^bb0(%x: {S}, %n: {I}):
      {body}
      dsp.yield %x : ({S}) -> ()
    }}""")
    with pytest.raises(VerifyException, match=reason):
        module.verify()


@pytest.mark.parametrize(
    "type", ["!dsp.signal<i8, sample>", "!dsp.table<0, f32>", "!dsp.table<4, i64>"]
)
def test_types_that_do_not_exist(type: str, parse: Parse) -> None:
    with pytest.raises((ParseError, VerifyException)):
        parse(f"func.func private @f({type})").verify()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("dsp_mem.buffer @a : memref<2xf32> class data", "data buffer has values"),
        (
            "dsp_mem.buffer @a : memref<2xf32> class data {values = array<f32: 1.0>}",
            "as many values",
        ),
        ("dsp_mem.buffer @a : memref<?xf32> instance state", "static length"),
        ("dsp_mem.buffer @a : memref<2x2xf32> instance state", "static length"),
    ],
)
def test_refused_buffers(text: str, reason: str, parse: Parse) -> None:
    module = parse(text)
    with pytest.raises(VerifyException, match=reason):
        module.verify()
