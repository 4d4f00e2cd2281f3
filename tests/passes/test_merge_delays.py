"""A delay of a recursion's own delayed result is one delay: identical samples, fewer lines."""

from __future__ import annotations

import pytest
from test_lowering_runs import lowered, signals
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.dialects.dsp.time import DelayOp, RecOp
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.pipelines.standard import load_pass
from dspc.support.diagnostics import Source

MERGED = {
    "comb": "process = (+ : @(20)) ~ *(0.5);",
    "allpass": "process = (+ <: @(20), *(0.6)) ~ *(-0.6) : mem, _ : +;",
    "registers": "process = (+ : @(3)) ~ *(0.5);",
    "varying outside": 'process = (+ : @(40)) ~ (@(hslider("d", 3, 0, 9, 1)) : *(0.5));',
    "two results": "process = (\\(a, b, x).((x + b : @(20)), (x - a : @(40)))) ~ (_, _);",
    "of an outer value": "process(x) = (\\(a).(x@(20) + 0.5*a)) ~ _;",
    "of itself": "process = (\\(a, b, x).(b@(20), (x + 0.5*a))) ~ (_, _);",
    "nested": "process = (+ : @(20)) ~ (+ ~ *(0.5));",
    "beside a gate": "process(x) = (\\(a).((x + control(a', x > 0)) : @(20))) ~ _;",
    "in a gate": "process(x) = control((\\(a).((x + 0.5*a) : @(20))) ~ _, x > 0);",
    "integers": "process = *(1000) : int : ((+ : @(20)) ~ *(3));",
}
KEPT = {
    "a ring of twice the size": "process = (+ : @(127)) ~ *(0.5);",
    "a varying delay inside": 'process = (+ : @(hslider("d", 3, 0, 99, 1))) ~ *(0.5);',
    "no delay": "process = + ~ *(0.5);",
}


def before(text: str, precision: str) -> ModuleOp:
    module = compile_source(Source("p.dsp", text), FrontendOptions(precision=precision))
    load_pass("dsp-simplify")().apply(Context(), module)
    return module


def merged(module: ModuleOp) -> ModuleOp:
    result = module.clone()
    load_pass("dsp-merge-delays")().apply(Context(), result)
    result.verify()
    return result


def distances(module: ModuleOp) -> list[int]:
    """The fixed parts of the delays in recursions."""
    groups = [op for op in module.walk() if isinstance(op, RecOp)]
    return [
        op.offset.value.data for group in groups for op in group.walk() if isinstance(op, DelayOp)
    ]


@pytest.mark.parametrize("precision", ["single", "double"])
@pytest.mark.parametrize("name", [*MERGED, *KEPT])
def test_merged_delays_are_the_same_samples(name: str, precision: str) -> None:
    text = {**MERGED, **KEPT}[name]
    module = before(text, precision)
    assert compare(module, merged(module), EXACT) is None
    assert compare(module, lowered(signals(text, precision)), EXACT) is None


@pytest.mark.parametrize("name", MERGED)
def test_feedback_is_read_from_one_line(name: str) -> None:
    module = before(MERGED[name], "double")
    if name != "of an outer value":
        assert max(distances(merged(module))) > max(distances(module))


@pytest.mark.parametrize("name", KEPT)
def test_other_feedback_stays(name: str) -> None:
    module = before(KEPT[name], "double")
    assert distances(merged(module)) == distances(module)


def test_a_comb_has_one_delay_line() -> None:
    text = str(lowered(signals(MERGED["comb"])))
    assert text.count("instance state") == 2  # the ring and its position
