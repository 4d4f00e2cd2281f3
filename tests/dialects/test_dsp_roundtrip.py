"""Every op of the dsp dialect survives its text form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp import Dsp

Roundtrip = Callable[[str], ModuleOp]

S = "!dsp.signal<f64, sample>"
I = "!dsp.signal<i32, sample>"  # noqa: E741


def program(body: str, outputs: str = "%x", types: str = S) -> str:
    return f"""
    dsp.program @p f64 metadata [["name", "test"]] ui {{
      dsp.group vgroup "main" [["tooltip", "all of it"]] {{
        dsp.widget @gain hslider "gain" [["unit", "dB"]]
          {{init = 0.5 : f64, min = 0.0 : f64, max = 1.0 : f64, step = 0.1 : f64}}
        dsp.widget @level vbargraph "level" [] {{min = 0.0 : f64, max = 1.0 : f64}}
        dsp.widget @sounds soundfile "sounds" [["url", "a.wav"]]
        dsp.widget @gate button "gate" []
      }}
    }} body {{
    ^bb0(%x: {S}, %n: {I}):
      {body}
      dsp.yield {outputs} : ({types}) -> ()
    }}
    """


BINARY_FLOAT = [
    "add", "sub", "mul", "div", "min", "max", "pow", "atan2", "fmod", "remainder",
]  # fmt: skip
BINARY_INT = ["add", "sub", "mul", "min", "max", "rem", "and", "or", "xor", "shl", "shr"]
UNARY_FLOAT = [
    "abs", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
    "atanh", "exp", "exp10", "log", "log10", "sqrt", "floor", "ceil", "rint", "round",
]  # fmt: skip
BODIES = [
    *(f"%y = dsp.{op} %x, %x : ({S}, {S}) -> {S}" for op in BINARY_FLOAT),
    *(f"%y = dsp.{op} %n, %n : ({I}, {I}) -> {I}" for op in BINARY_INT),
    *(f"%y = dsp.{op} %x : ({S}) -> {S}" for op in UNARY_FLOAT),
    *(
        f"%y = dsp.compare %x, %x {{predicate = #dsp<predicate {p}>}} : ({S}, {S}) -> {I}"
        for p in ("lt", "le", "gt", "ge", "eq", "ne")
    ),
    "%c = dsp.constant {value = -1.5 : f64} : () -> !dsp.signal<f64, const>",
    f"%y = dsp.int %x : ({S}) -> {I}",
    f"%y = dsp.float %n : ({I}) -> {S}",
    f"%y = dsp.select2 %n, %x, %x : ({I}, {S}, {S}) -> {S}",
    f"%y = dsp.delay %x {{offset = 3 : i64}} : ({S}) -> {S}",
    f"%y = dsp.delay %x, %n {{offset = 0 : i64, max = 9 : i64}} : ({S}, {I}) -> {S}",
    f"""dsp.chunk 24 lanes 8 {{asked = 32 : i64, registers = 16 : i64, exact_beyond = 9 : i64,
      is_bounded, is_apart, is_one_loop, reason = "it is faster"}}
    dsp.line @copy copied 3 {{reads = 20 : i64, registers = 1 : i64}}
    dsp.line @first registers 1
    dsp.line @ring ring 9
    dsp.line @exact exact_ring 17
    dsp.pack @bank lanes 3 width 4 {{gain = 12.5 : f64}}
    dsp.fir @taps of @copy taps 16 from 2
    dsp.loop @l0 free {{lines = [@copy, @first], meters = [@level]}}
    dsp.loop @l1 recursive
    dsp.loop @l2 pack
    dsp.loop @l3 scan
    dsp.loop @l4 fir {{outputs = array<i64: 0>}}
    %y = dsp.delay %x {{offset = 3 : i64, line = @copy}} : ({S}) -> {S}
    %v = dsp.delay %x, %n {{offset = 1 : i64, max = 9 : i64, line = @ring, assumed}}
      : ({S}, {I}) -> {S}
    %f = dsp.prefix %x, %x {{line = @first}} : ({S}, {S}) -> {S}
    %a = dsp.mul %x, %y {{dsp.lane = #dsp.lane<@bank, 0, 2, swapped>, dsp.loop = @l2}}
      : ({S}, {S}) -> {S}
    %b = dsp.add %x, %a {{dsp.lane = #dsp.lane<@bank, 1, 0>, dsp.fir = @taps}} : ({S}, {S}) -> {S}
    %c = dsp.add %x, %a {{dsp.summed = [#dsp.summed<@bank, 1>]}} : ({S}, {S}) -> {S}""",
    f"%y = dsp.prefix %x, %x : ({S}, {S}) -> {S}",
    f"%y = dsp.attach %x, %x : ({S}, {S}) -> {S}",
    f"""%k = dsp.constant {{value = 0.5 : f64}} : () -> !dsp.signal<f64, const>
      %y = dsp.linear {{
      ^bb0(%p: {S}):
        %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
        %m = dsp.mul %k, %d : (!dsp.signal<f64, const>, {S}) -> {S}
        %s = dsp.sub %x, %m : ({S}, {S}) -> {S}
        dsp.yield %s : ({S}) -> ()
      }}""",
    f"""%y = dsp.linear attributes {{note = "sum"}} {{
      ^bb0(%p: {S}):
        %d = dsp.delay %p {{offset = 1 : i64}} : ({S}) -> {S}
        %s = dsp.add %d, %x : ({S}, {S}) -> {S}
        dsp.yield %s : ({S}) -> ()
      }}""",
    f"""%y = dsp.phase {{
      ^bb0(%p: {I}):
        %d = dsp.delay %p {{offset = 1 : i64}} : ({I}) -> {I}
        %s = dsp.add %d, %n : ({I}, {I}) -> {I}
        dsp.yield %s : ({I}) -> ()
      }}""",
    f"""%y = dsp.control %n : ({I}) -> {S} {{
          %d = dsp.delay %x {{offset = 1 : i64}} : ({S}) -> {S}
          dsp.yield %d : ({S}) -> ()
        }}""",
    f"""%a, %b = dsp.rec {{
        ^bb0(%p: {S}, %q: {S}):
          %d = dsp.delay %q {{offset = 1 : i64}} : ({S}) -> {S}
          %e = dsp.delay %p {{offset = 7 : i64}} : ({S}) -> {S}
          %f = dsp.add %e, %x : ({S}, {S}) -> {S}
          dsp.yield %d, %f : ({S}, {S}) -> ()
        }}""",
    f"""%w = dsp.waveform {{values = array<f64: 1.0, 2.0>}} : () -> !dsp.table<2, f64>
        %y = dsp.table_read %w, %n : (!dsp.table<2, f64>, {I}) -> {S}""",
    f"""%t = dsp.table : () -> !dsp.table<8, f64> {{
          %v = dsp.constant {{value = 2.0 : f64}} : () -> !dsp.signal<f64, const>
          dsp.yield %v : (!dsp.signal<f64, const>) -> ()
        }}
        %u = dsp.table_write %t, %n, %x
          : (!dsp.table<8, f64>, {I}, {S}) -> !dsp.table<8, f64>
        %y = dsp.table_read %u, %n : (!dsp.table<8, f64>, {I}) -> {S}""",
    f"""%h = dsp.soundfile {{slot = @sounds}} : () -> !dsp.soundfile_handle
        %l = dsp.soundfile_length %h, %n : (!dsp.soundfile_handle, {I}) -> {I}
        %r = dsp.soundfile_rate %h, %n : (!dsp.soundfile_handle, {I}) -> {I}
        %y = dsp.soundfile_read %h, %n, %l {{channel = 0 : i64}}
          : (!dsp.soundfile_handle, {I}, {I}) -> {S}""",
    "%r = dsp.sample_rate : () -> !dsp.signal<i32, init>",
    "%r = dsp.block_size : () -> !dsp.signal<i32, block>",
    "%g = dsp.read_widget {widget = @gain} : () -> !dsp.signal<f64, block>",
    f"%g = dsp.bargraph %x {{widget = @level}} : ({S}) -> {S}",
    f"""%y = dsp.foreign_call %x
          {{names = ["tanhf", "tanh"], include = "<math.h>", library = ""}} : ({S}) -> {S}""",
    """%v = dsp.foreign_value {symbol = "RAND_MAX", include = "<stdlib.h>"}
          : () -> !dsp.signal<i32, init>""",
    f"%y = dsp.assert_bounds %x {{min = 0.0 : f64, max = 1.0 : f64}} : ({S}) -> {S}",
    f"%y = dsp.lowest %x : ({S}) -> !dsp.signal<f64, const>",
    f"%y = dsp.highest %x : ({S}) -> !dsp.signal<f64, const>",
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.split("dsp.")[1].split()[0])
def test_roundtrip(body: str, expect_roundtrip: Roundtrip) -> None:
    expect_roundtrip(program(body))


def test_every_op_has_a_roundtrip() -> None:
    text = "\n".join([program(body) for body in BODIES])
    missing = [op.name for op in Dsp.operations if f"{op.name} " not in text]
    assert missing == ["dsp.lowered"]


def test_lowered(expect_roundtrip: Roundtrip) -> None:
    expect_roundtrip(
        """
        dsp.lowered @mydsp f32 inputs 1 outputs 2 metadata [] ui {
          dsp.widget @gate checkbox "gate" []
        }
        dsp_mem.buffer @line : memref<16xf32, #dsp_mem.space<l2>> instance state
        dsp_mem.buffer @wave : memref<2xf32> class data {values = array<f32: 1.0, 2.0>}
        func.func @compute(%count: index, %in: memref<?xf32>, %out: memref<?xf32>) {
          %v = dsp_mem.get @line : memref<16xf32, #dsp_mem.space<l2>>
          func.return
        }
        """
    )
