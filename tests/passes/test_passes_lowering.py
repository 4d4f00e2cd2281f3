"""Lowering to loops: the resulting ops."""

from __future__ import annotations

import pytest
from xdsl.context import Context
from xdsl.dialects import arith, builtin, func, math, memref, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser

from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp_mem import DspMem
from dspc.passes.dominance import undefined_use
from dspc.passes.dsp_lower_to_loops import DspLowerToLoops
from dspc.passes.dsp_rates import DspRates
from dspc.passes.dsp_size_delays import DspSizeDelays
from dspc.passes.dsp_split_recursions import DspSplitRecursions
from dspc.pipelines.verification import find_fault
from dspc.support.diagnostics import DspcError

S = "!dsp.signal<f32, sample>"
N = "!dsp.signal<i32, sample>"
ONE = "%one = dsp.constant {value = 1 : i32} : () -> !dsp.signal<i32, const>"


def context() -> Context:
    ctx = Context()
    for dialect in (
        builtin.Builtin, arith.Arith, math.Math, func.Func, scf.Scf, memref.MemRef, Dsp, DspMem,
    ):  # fmt: skip
        ctx.load_dialect(dialect)
    return ctx


def program(body: str, ui: str = "{}") -> ModuleOp:
    text = f"dsp.program @p f32 metadata [] ui {ui} body {{\n^bb0(%x: {S}):\n{body}\n}}"
    module = Parser(context(), text).parse_module()
    module.verify()
    assert undefined_use(module) is None
    return module


def lowered(body: str, ui: str = "{}") -> str:
    module = program(body, ui)
    for kind in (DspSplitRecursions, DspRates, DspSizeDelays, DspLowerToLoops):
        kind().apply(context(), module)
        module.verify()
        assert undefined_use(module) is None
    text = str(module)
    Parser(context(), text).parse_module().verify()
    return text


def test_a_short_delay_is_carried_by_the_loop() -> None:
    text = lowered(f"%d = dsp.delay %x {{offset = 2}} : ({S}) -> {S}\ndsp.yield %d : ({S}) -> ()")
    assert "dsp_mem.buffer @x_state : memref<2xf32> instance state" in text
    assert text.count("memref.load %in0") == 1
    assert "iter_args(%x = " in text
    assert "arith.andi" not in text


def test_a_long_delay_is_a_ring_of_a_power_of_two() -> None:
    text = lowered(f"%d = dsp.delay %x {{offset = 99}} : ({S}) -> {S}\ndsp.yield %d : ({S}) -> ()")
    assert "@x_line : memref<128xf32> instance state" in text


def test_all_delays_of_a_signal_share_one_line() -> None:
    text = lowered(
        f"%a = dsp.delay %x {{offset = 9}} : ({S}) -> {S}\n"
        f"%b = dsp.delay %x {{offset = 30}} : ({S}) -> {S}\n"
        f"%c = dsp.add %a, %b : ({S}, {S}) -> {S}\ndsp.yield %c : ({S}) -> ()"
    )
    assert text.count(" : memref<32xf32> instance state") == 1


def test_a_varying_delay_is_clamped_unless_proven() -> None:
    body = (
        "%m = dsp.constant {{value = 15 : i32}} : () -> !dsp.signal<i32, const>\n"
        f"%i = dsp.int %x : ({S}) -> {N}\n"
        f"%n = dsp.{{op}} %i, %m : ({N}, !dsp.signal<i32, const>) -> {N}\n"
        f"%d = dsp.delay %x, %n {{{{offset = 0}}}} : ({S}, {N}) -> {S}\n"
        f"dsp.yield %d : ({S}) -> ()"
    )
    masked = lowered(body.format(op="and"))
    assert "memref<16xf32>" in masked
    assert "arith.minsi" not in masked
    with pytest.raises(DspcError) as caught:
        lowered(body.format(op="rem"))
    assert caught.value.code == "E0304"


def test_an_unbounded_delay_is_refused() -> None:
    body = (
        f"{ONE}\n%n = dsp.rec {{\n^bb1(%p: {N}):\n%q = dsp.delay %p {{offset = 1}} : ({N}) -> {N}\n"
        f"%r = dsp.add %q, %one : ({N}, !dsp.signal<i32, const>) -> {N}\n"
        f"dsp.yield %r : ({N}) -> ()\n}}\n"
        f"%d = dsp.delay %x, %n {{offset = 0}} : ({S}, {N}) -> {S}\ndsp.yield %d : ({S}) -> ()"
    )
    with pytest.raises(DspcError) as caught:
        lowered(body)
    assert caught.value.code == "E0303"


def test_two_recursions_of_a_group_part() -> None:
    module = program(
        f"%a, %b = dsp.rec {{\n^bb1(%p: {S}, %q: {S}):\n"
        f"%c = dsp.delay %p {{offset = 1}} : ({S}) -> {S}\n"
        f"%y = dsp.add %x, %c : ({S}, {S}) -> {S}\n"
        f"%d = dsp.delay %q {{offset = 1}} : ({S}) -> {S}\n"
        f"%z = dsp.add %y, %d : ({S}, {S}) -> {S}\n"
        f"dsp.yield %y, %z : ({S}, {S}) -> ()\n}}\ndsp.yield %b : ({S}) -> ()"
    )
    DspSplitRecursions().apply(context(), module)
    module.verify()
    assert undefined_use(module) is None
    assert str(module).count("dsp.rec") == 2


def test_a_value_used_before_it_is_defined_is_refused() -> None:
    module = program(
        f"%a = dsp.add %x, %x : ({S}, {S}) -> {S}\n%b = dsp.mul %a, %x : ({S}, {S}) -> {S}\n"
        f"dsp.yield %b : ({S}) -> ()"
    )
    block = next(iter(module.body.block.ops)).regions[1].block
    first = block.first_op
    assert first is not None
    first.detach()
    last = block.last_op
    assert last is not None
    block.insert_op_before(first, last)
    fault = find_fault(module)
    assert fault is not None
    assert fault[1] == "dsp.mul uses %a before it is defined"


def test_remainder_and_conversion_are_guarded() -> None:
    text = lowered(
        f"%i = dsp.int %x : ({S}) -> {N}\n%r = dsp.rem %i, %i : ({N}, {N}) -> {N}\n"
        f"%f = dsp.float %r : ({N}) -> {S}\ndsp.yield %f : ({S}) -> ()"
    )
    assert text.count("arith.select") == 2
