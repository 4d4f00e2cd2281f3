"""What validation reaches: faults that short runs, small inputs or wide tolerances hide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, ModuleOp
from xdsl.ir import SSAValue

import dspc
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp import arithmetic
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.lowering.writer import Writer
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.split_loops import DspSplitLoops
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError, Source
from dspc.validation import Validation
from dspc.validation.runs import Runs
from dspc.validation.summary import Summary

REVERBERATOR = """comb(n) = + ~ (@(n) : + ~ *(0.2) : *(0.84));
allpass(n) = (+ <: @(n), *(0.5)) ~ *(-0.5) : mem, _ : +;
process = _ <: comb(1139), comb(1211), comb(1640) :> allpass(579) : allpass(464);
"""


def module_of(text: str) -> ModuleOp:
    return compile_source(Source("program.dsp", text), FrontendOptions())


def validated(
    text: str,
    options: LoopOptions | None = None,
    fault: tuple[str, Callable[[ModuleOp], None]] | None = None,
) -> Summary:
    """Validate all passes; `fault` is done to the module after the pass of its name."""
    module = module_of(text)
    validation = Validation(module)
    for one in parse_pipeline(",".join(loop_passes(options or LoopOptions()))):
        one.apply(Context(), module)
        if fault is not None and one.name == fault[0]:
            fault[1](module)
        validation.after(one)
    return validation.finish()


def refused(
    text: str, fault: tuple[str, Callable[[ModuleOp], None]] | None = None, **options: Any
) -> str:
    with pytest.raises(DspcError) as caught:
        validated(text, LoopOptions(**options), fault)
    assert caught.value.code == "E0501"
    return caught.value.message


def constants(old: float, new: float) -> Callable[[ModuleOp], None]:
    """Replaces a constant of the program, to 7 digits."""

    def fault(module: ModuleOp) -> None:
        for op in module.walk():
            value = op.properties.get("value")
            if isinstance(value, FloatAttr) and abs(value.value.data - old) < 1e-7:
                op.properties["value"] = FloatAttr(new, value.type)

    return fault


@pytest.mark.parametrize("options", [{"scalar": True}, {"vec": True}])
@pytest.mark.parametrize(
    "text", [REVERBERATOR, pytest.param("process = @(3000);", marks=pytest.mark.slow)]
)
def test_rings_that_are_read_at_the_position_plus_the_delay(
    text: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(w: Writer, moment: SSAValue, frames: SSAValue | None, period: int) -> SSAValue:
        assert not period
        return moment if frames is None else w.add_int(moment, frames)

    assert validated(text, LoopOptions(**options)).compared
    for module in ("chunk_state", "state"):
        monkeypatch.setattr(f"dspc.passes.lowering.{module}.moment_before", wrong)
    name = "dsp-split-loops" if "vec" in options else "dsp-lower-to-loops"
    assert f"the pass {name} changed the results" in refused(text, **options)


@pytest.mark.parametrize("factor", [0.0015, 1e-6])
def test_small_signals_are_compared_relative_to_their_size(factor: float) -> None:
    fault = "dsp-simplify", constants(factor, factor * 1.0001)
    assert "dsp-simplify" in refused(f"process = *({factor});", fault)
    fault = "dsp-simplify", constants(factor, 0.0)
    assert "dsp-simplify" in refused(f"process = *({factor});", fault)


@pytest.mark.slow
def test_a_coefficient_that_is_a_little_off() -> None:
    fault = "dsp-order-sums", constants(0.7, 0.70001)
    assert "dsp-order-sums" in refused("process = _ + 1 : *(0.7) : + ~ *(0.9);", fault)


DECIDED = """count = +(1) ~ %(32);
process(x) = x : (+ : @(100)) ~ *(0.6) : @(20 + (float(count) * 0.1 >= 0.8));
"""
"""`8 * 0.1` is 0.8 in each 32nd frame, but for rounding."""


@pytest.mark.parametrize(("old", "new"), [(0.1, 0.1 - 2.0**-56), (0.6, 0.5)])
def test_decisions_made_by_rounding_hide_no_fault(old: float, new: float) -> None:
    module = compile_source(Source("program.dsp", DECIDED), FrontendOptions(precision="double"))
    validation = Validation(module)
    (order,) = parse_pipeline("dsp-order-sums")
    order.apply(Context(), module)
    constants(old, new)(module)
    if old == 0.6:
        with pytest.raises(DspcError, match="dsp-order-sums changed the results"):
            validation.after(order)
    else:
        validation.after(order)
        assert "rounding amplified in" in str(validation.finish())


def test_inputs_beyond_1() -> None:
    fault = "dsp-rates", constants(1.5, 1.0)
    assert "dsp-rates" in refused("process = min(1.5);", fault)


def test_controls_beyond_their_ends() -> None:
    def drop(module: ModuleOp) -> None:
        for op in list(module.walk()):
            if isinstance(op, arithmetic.ANY_OPS["min"]):
                op.results[0].replace_all_uses_with(op.operands[0])
                op.detach()
                op.erase()

    text = 'process = *(min(hslider("g", 0.5, 0, 1, 0.1), 1.0));'
    assert "dsp-rates" in refused(text, ("dsp-rates", drop))


def test_the_rate_is_not_frozen() -> None:
    def freeze(module: ModuleOp) -> None:
        for op in list(module.walk()):
            if op.name == "dsp.sample_rate":
                value = arithmetic.ConstantOp.create(
                    result_types=[op.results[0].type],
                    properties={"value": IntegerAttr(44100, 32)},
                )
                op.results[0].replace_all_uses_with(value.result)
                block = op.parent
                assert block is not None
                block.insert_op_before(value, op)

    text = "SR = fconstant(int fSamplingFreq, <math.h>); process = *(1000.0 / SR);"
    assert "2000 Hz" in refused(text, ("dsp-rates", freeze))


@pytest.mark.parametrize("mode", [1, 2])
def test_flushing_subnormal_numbers_in_feedback_is_no_fault(mode: int) -> None:
    assert validated("process = + ~ *(0.5);", LoopOptions(flush_to_zero=mode)).compared


def test_foreign_functions_are_replaced_by_stand_ins() -> None:
    text = 'f = ffunction(float mine(float, float), "mine.h", ""); process = _, 2.5 : f;'
    assert "lower" in str(validated(text).compared)
    fault = "dsp-rates", constants(2.5, 2.25)
    assert "dsp-rates" in refused(text, fault)


def test_bounds_of_intervals_are_those_of_the_analysis() -> None:
    text = "process(x) = x * highest(min(x, 0.5)) * 0.25;"
    summary = validated(text)
    assert "dsp-lower-to-loops" in str(summary.compared)
    assert not summary.skipped
    assert "dsp-rates" in refused(text, ("dsp-rates", constants(0.25, 0.125)))

    def other(module: ModuleOp) -> None:
        constants(0.5, 0.75)(module)

    skipped = validated(text, fault=("dsp-rates", other)).skipped
    assert skipped == [("dsp-rates", "it changes bounds of intervals")]


def test_all_signals_of_a_reverberator_move() -> None:
    reach = Runs(module_of(REVERBERATOR)).reach
    assert reach.moving == reach.movable > 20
    # Without time for it, the runs stay short, and the shortfall says so.
    reach = Runs(module_of("process = @(100000);"), seconds=1e-6).reach
    assert (reach.moving, reach.movable) == (0, 1)
    assert "131072 frames" in reach.shortfall()[0]


@pytest.mark.parametrize("options", [{"scalar": True}, {"vec": True}, {"omp": True}])
def test_rows_that_are_input_and_output(options: dict[str, Any]) -> None:
    module = module_of("process(x, y) = y + x', x * y;")
    for one in parse_pipeline(",".join(loop_passes(LoopOptions(**options)))):
        one.apply(Context(), module)
    runs = Runs(module_of("process(x, y) = y + x', x * y;"))
    script = next(one for one in runs.scripts if one.title == "usual")
    first, second = InterpInstance(module), InterpInstance(module)
    assert (first.compute(script.signal) == second.compute_in_place(script.signal)).all()


def test_controls_with_many_positions_visit_all() -> None:
    """Signals that compare a control with each of 60 positions all move."""
    text = 'n = hslider("n", 0, 0, 59, 1) : int; process = par(i, 60, *(n == i)) :> _;'
    reach = Runs(module_of(text.replace("process = ", "process = _ <: "))).reach
    assert reach.moving == reach.movable > 100


def test_signals_that_take_seconds_move_at_a_low_rate() -> None:
    text = """SR = fconstant(int fSamplingFreq, <math.h>);
    process(x) = x * ((+(1) ~ _) > SR * 40) * 0.5;"""
    reach = Runs(module_of(text)).reach
    assert reach.moving == reach.movable
    assert reach.frames < 8000


def test_tables_that_depend_on_the_rate_are_filled_at_each() -> None:
    text = """SR = fconstant(int fSamplingFreq, <math.h>); step = +(1) ~ _;
    process = rdtable(8, SR, step % 8), rdtable(8, step * 0.5, step % 8);"""
    assert validated(text).compared
    fault = "dsp-lower-to-loops", constants(0.5, 0.25)
    assert "dsp-lower-to-loops" in refused(text, fault)


def test_signals_that_are_0_by_their_form_are_not_said_to_be_still() -> None:
    text = "process(x, y) = (x * 3 - x * 3) * y + x, (x - x + (y - y)) @ 3 + x;"
    source = Source("program.dsp", text)
    plain = compile_source(source, FrontendOptions(simplified=False))
    reach = Runs(plain).reach
    assert (reach.moving, reach.movable) == (3, 3)


def test_feedback_that_is_shorter_than_a_frame_at_low_rates_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Chunks assume a frame at 8000 Hz and more: what they make of it at 2000 Hz is no fault."""
    freq = 'hslider("freq", 400, 50, 2000, 1)'
    text = f"""SR = fconstant(int fSamplingFreq, <math.h>);
        process = (+ : @(int(SR / {freq} - 1))) ~ *(0.5);"""
    dspc.compile(text, omp=True, validate="each")
    monkeypatch.setattr(DspSplitLoops, "ASSUMES", False)
    with pytest.raises(DspcError, match="dsp-split-loops changed the results"):
        dspc.compile(text, omp=True, validate="each")
