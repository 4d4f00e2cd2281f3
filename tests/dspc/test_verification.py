"""Modules are verified between passes: what a broken pass makes is neither printed nor run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType, IntegerAttr, ModuleOp, f32, f64, i64
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import LoadOp
from xdsl.passes import ModulePass

from dspc import driver
from dspc.dialects.dsp import time
from dspc.dialects.dsp_par.fork_join import SectionsOp
from dspc.driver import Clock, compile_text, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.passes.dsp_lower_to_loops import DspLowerToLoops
from dspc.passes.dsp_rates import DspRates
from dspc.passes.dsp_section import DspSection
from dspc.pipelines.selection import choose_passes
from dspc.pipelines.verification import verify_module
from dspc.support.diagnostics import DspcError, Source

SOURCE = Source("p.dsp", "process = _ : abs : @(3);")
TWO = Source("two.dsp", "process = _ <: par(i, 2, *(0.1 * (i + 1)) : + ~ sin) :> _;")


@pytest.fixture
def as_users_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the driver always does: no verification after each of its own passes."""
    monkeypatch.setattr(driver, "VERIFY_OWN", False)


def broken(
    monkeypatch: pytest.MonkeyPatch, kind: type[ModulePass], fault: Callable[[ModuleOp], None]
) -> None:
    """Have a pass do its work, and then something wrong."""
    apply = kind.apply

    def wrong(self: ModulePass, ctx: Context, op: ModuleOp) -> None:
        apply(self, ctx, op)
        fault(op)

    monkeypatch.setattr(kind, "apply", wrong)


def add_racing_section(module: ModuleOp) -> None:
    sections = next(op for op in module.walk() if isinstance(op, SectionsOp))
    first = sections.sections[0]
    sections.body.block.insert_op_after(first.clone(), first)


def move_delay_to_front(module: ModuleOp) -> None:
    delay = next(op for op in module.walk() if isinstance(op, time.DelayOp))
    block = delay.parent_block()
    assert block is not None
    assert block.first_op is not None
    delay.detach()
    block.insert_op_before(delay, block.first_op)


def lowered() -> ModuleOp:
    options = CompileOptions(file="p.dsp", lanes=0)
    module = read_program(SOURCE, options.frontend())
    run_passes(module, choose_passes(options), options, Clock())
    return module


@pytest.mark.usefixtures("as_users_run")
def test_racing_sections_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, DspSection, add_racing_section)
    with pytest.raises(
        DspcError, match=r"after dsp-section, the module is invalid: .*section"
    ) as e:
        compile_text(TWO, CompileOptions(file="two.dsp", omp=True), Clock())
    assert e.value.code == "E0503"


@pytest.mark.usefixtures("as_users_run")
@pytest.mark.parametrize("pipeline", ["dsp-simplify,dsp-rates", None])
def test_a_use_before_its_definition_is_not_printed(
    pipeline: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch, DspRates, move_delay_to_front)
    options = CompileOptions(file="p.dsp", pipeline=pipeline)
    with pytest.raises(DspcError, match=r"dsp\.delay uses .* before it is defined") as e:
        compile_text(SOURCE, options, Clock())
    assert e.value.code == "E0503"


@dataclass(frozen=True)
class Foreign(ModulePass):
    """A pass of somebody else, which breaks the module and has our passes after it."""

    name = "mine-break"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        move_delay_to_front(op)


@pytest.mark.usefixtures("as_users_run")
def test_the_pass_that_is_not_ours_is_named() -> None:
    options = CompileOptions(file="p.dsp")
    module = read_program(SOURCE, options.frontend())
    with pytest.raises(DspcError, match="after mine-break, the module is invalid"):
        run_passes(module, [Foreign(), "dsp-rates"], options, Clock())


def test_types_are_verified_where_a_like_op_was_before() -> None:
    """Ops of one class and type share a verification, ops of another type do not."""
    module = lowered()
    verify_module(module, "now")
    last = next(op for op in module.walk() if isinstance(op, arith.ConstantOp))
    block = last.parent_block()
    assert block is not None
    one, other = (arith.ConstantOp.from_int_and_width(1, 32) for _ in range(2))
    good = arith.AddiOp(one, other)
    bad = arith.AddfOp.create(operands=[one.result, other.result], result_types=[f32])
    for op in (bad, good, other, one):
        block.insert_op_after(op, last)
    with pytest.raises(DspcError, match="the module is invalid"):
        verify_module(module, "now")


def test_signals_are_verified_where_a_like_op_was_before() -> None:
    options = CompileOptions(file="p.dsp")
    module = read_program(
        Source("p.dsp", "process = _ <: abs(_ + 1), @(3), @(3);"), options.frontend()
    )
    verify_module(module, "now")
    late = [op for op in module.walk() if isinstance(op, time.DelayOp)][-1]
    good = late.clone()
    bad = late.clone()
    bad.offset = IntegerAttr(-1, i64)
    block = late.parent_block()
    assert block is not None
    block.insert_op_before(good, late)
    verify_module(module, "now")
    block.insert_op_before(bad, late)
    with pytest.raises(DspcError, match="offset must not be negative"):
        verify_module(module, "now")


def test_changed_results_are_verified_anew() -> None:
    module = lowered()
    op = next(op for op in module.walk() if isinstance(op, arith.ConstantOp))
    copy = op.clone()
    copy.results[0]._type = f64  # pyright: ignore[reportPrivateUsage]
    block = op.parent_block()
    assert block is not None
    block.insert_op_after(copy, op)
    with pytest.raises(DspcError, match="the module is invalid"):
        verify_module(module, "now")


def add_access_of_a_rare_block(module: ModuleOp) -> None:
    """For one number of frames, which no run has, the frame after the last one is read."""
    compute = next(
        op for op in module.walk() if isinstance(op, FuncOp) and op.sym_name.data == "compute"
    )
    block = compute.body.block
    frames, channel = block.args[0], block.args[1]
    number = arith.ConstantOp.from_int_and_width(1_234_567, IndexType())
    same = arith.CmpiOp(frames, number.result, "eq")
    load = LoadOp.get(channel, [frames])
    branch = scf.IfOp(same.result, [], [load, scf.YieldOp()])
    first = block.first_op
    assert first is not None
    block.insert_ops_before([number, same, branch], first)


def test_an_access_that_no_run_reaches_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, DspLowerToLoops, add_access_of_a_rare_block)
    with pytest.raises(DspcError, match="compute reads in0, and the index may reach") as caught:
        compile_text(SOURCE, CompileOptions(scalar=True, validate="end"), Clock())
    assert caught.value.code == "E0504"
