"""Dependences of at least a chunk's distance are not carried within it, also where the distance is
known at run time only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import Policy, compare
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_par import LoopKind, LoopOp
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES, split_pass
from dspc.support.diagnostics import Source

CLOSE = Policy(ulps=1 << 20, absolute=1e-12)
N = 'n = int(hslider("n", {}, 0, {}, 1));'
RATE = "n = int(fconstant(int fSamplingFreq, <math.h>)/1000);"
FREE = {
    "fixed": "process = + ~ (@(20) : *(0.5));",
    "two fixed": "process = + ~ (@(100) : *(0.5)) : + ~ (@(30) : *(0.3));",
    "slider": N.format(40, 99) + "process = + ~ (@(n) : *(0.5));",
    "before the feedback's frame": 'n = int(hslider("n", 40, 1, 99, 1));'
    "process = (+ : @(n)) ~ *(0.5);",
    "of the rate, before the feedback's frame": RATE + "process = (+ : @(n)) ~ *(0.5);",
    "a difference, before the feedback's frame": "sr = fconstant(int fSamplingFreq, <math.h>);"
    "n = max(0, int(0.004 * sr) - int(0.001 * sr)); process = (+ : @(n)) ~ *(0.5);",
    "an echo that begins at 0": N.format(0, 999) + "process = + ~ (@(n) : *(0.5));",
    "two echoes that begin at 0": 'n(i) = int(hslider("n%i", 0, 0, 999, 1));'
    "process = par(i, 2, + ~ (@(n(i)) : *(0.5)));",
    "of the rate": RATE + "process = + ~ (@(n) : *(0.5));",
    "allpass": 'n = int(hslider("n", 50, 1, 99, 1));'
    "process = (+ <: @(n), *(0.6)) ~ *(-0.6) : mem, _ : +;",
}
"""Programs without a recursive loop."""
OTHERS = {
    "short slider": N.format(3, 30) + "process = + ~ (@(n) : *(0.5));",
    "allpass, or none": N.format(50, 99) + "process = (+ <: @(n), *(0.6)) ~ *(-0.6) : mem, _ : +;",
    "none at all": N.format(40, 99) + "process = (+ : @(n)) ~ *(0.5);",
    "none at all, with a filter": N.format(40, 99)
    + "process = (+ : @(n) : (+ ~ *(0.3))) ~ *(0.5) <: _, @(7);",
    "beside a scan, begins at 0": N.format(0, 999) + "process = + ~ (@(n) : *(0.5)) : + ~ *(0.3);",
    "short": "process = + ~ (@(9) : *(0.5));",
    "pole in a comb": N.format(40, 99) + "process = + ~ (@(n) : *(0.5) : (+ ~ *(0.3)));",
    "packed combs": RATE
    + "c(k) = (+ : @(n + k)) ~ (*(0.5) : (+ ~ *(0.3))); process = _ <: par(i, 5, c(i)) :> _;",
    "packed poles, delayed outside": "process = _ <: par(i, 4, (+ ~ *(0.5 + i/10)) :"
    ' @(int(hslider("n%i", 5 + i, 0, 60, 1)))) :> _;',
    "packed poles, prefixed outside": "process = _ <: par(i, 4, (+ ~ *(0.5 + i/10)) :"
    ' prefix(hslider("n%i", 5 + i, 0, 60, 1))) :> _;',
    "varying": "process(x) = +(x) ~ (@(int(abs(x) * 9) + 20 : min(40)) : *(0.5));",
}


def signals(source: str) -> ModuleOp:
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join(SIGNAL_PASSES)):
        one.apply(Context(), module)
    return module


def split(module: ModuleOp, size: int, variant: int) -> ModuleOp:
    result = module.clone()
    options = LoopOptions(vec=True, vector_size=size, loop_variant=variant)
    for one in parse_pipeline(split_pass(options)):
        one.apply(Context(), result)
    result.verify()
    return result


def kinds(module: ModuleOp) -> set[LoopKind]:
    return {op.kind.data for op in module.walk() if isinstance(op, LoopOp)}


@pytest.mark.parametrize("name", FREE)
def test_long_feedback_makes_no_recursive_loop(name: str) -> None:
    assert kinds(split(signals(FREE[name]), 32, 1)) == {LoopKind.FREE}


@pytest.mark.parametrize("name", ["short slider", "short", "beside a scan, begins at 0"])
def test_short_feedback_is_a_recursion(name: str) -> None:
    assert LoopKind.RECURSIVE in kinds(split(signals(OTHERS[name]), 32, 1))


@pytest.mark.parametrize("name", ["none at all", "none at all, with a filter"])
def test_feedback_that_may_be_none_is_a_recursion(name: str) -> None:
    text = str(split(signals(OTHERS[name]), 32, 1))
    assert "dsp_par.loop recursive" in text
    assert "longest" not in text


@pytest.mark.parametrize("variant", [0, 1])
def test_controls_out_of_their_ranges_do_not_hang(variant: int) -> None:
    module = split(signals(FREE["before the feedback's frame"]), 32, variant)
    heard: list[np.ndarray] = []
    for frames in (0.0, 1.0):
        instance = InterpInstance(module)
        instance.set("/test/n", frames)
        heard.append(instance.compute(np.ones((1, 50))))
    np.testing.assert_array_equal(heard[0], heard[1])


def test_chunks_are_bounded_when_compute_is_called() -> None:
    """The step of the loop over chunks is the minimum of chunk size and dependence distance."""
    text = str(split(signals(FREE["slider"]), 32, 1))
    assert "%longest = arith.index_cast" in text
    assert "longest" not in str(split(signals(FREE["fixed"]), 32, 1))


def test_where_an_echo_begins_at_0_few_frames_run_one_by_one() -> None:
    text = str(split(signals(FREE["an echo that begins at 0"]), 32, 0))
    assert text.count("dsp_par.loop") == 2  # chunks, single frames
    assert str(split(signals(FREE["slider"]), 32, 0)).count("dsp_par.loop") == 2


@pytest.mark.parametrize(("size", "variant"), [(1, 1), (8, 0), (32, 0), (32, 1), (128, 0)])
@pytest.mark.parametrize("name", [*FREE, *OTHERS])
def test_chunks_of_any_size_sound_the_same(name: str, size: int, variant: int) -> None:
    """Controls change between blocks, also to feedback that is shorter than assumed."""
    module = signals({**FREE, **OTHERS}[name])
    difference = compare(module, split(module, size, variant), CLOSE, size, frames=400)
    assert difference is None, difference


DELAYS = st.one_of(
    st.integers(1, 70).map(str),
    st.tuples(st.integers(1, 40), st.integers(41, 90), st.integers(0, 1)).map(
        lambda drawn: f'int(hslider("d%i", {drawn[0]}, {drawn[2]}, {drawn[1]}, 1))'
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(DELAYS, min_size=1, max_size=4), st.sampled_from([8, 32, 100]), st.integers(0, 99))
def test_random_networks_sound_the_same(delays: list[str], size: int, seed: int) -> None:
    """Delays in mutual feedback, of any distance."""
    count = len(delays)
    turned = ", ".join(f"y{(i + 1) % count}" for i in range(count))
    names = ", ".join(f"y{i}" for i in range(count))
    parts = ", ".join(
        f"(x + 0.7 * y{i} : @({d.replace('%i', str(i))}))" for i, d in enumerate(delays)
    )
    source = (
        f"step({names}, x) = {parts}; turn({names}) = {turned};"
        f"process = step ~ turn :> _ : + ~ *(0.3);"
    )
    module = signals(source)
    difference = compare(module, split(module, size, seed % 2), CLOSE, seed, frames=300)
    assert difference is None, difference
