"""Linear recurrences of order 2 to 4 run as block state space, and are at least as exact as one
frame after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from splitting import split
from xdsl.context import Context
from xdsl.dialects import scf
from xdsl.dialects.builtin import ModuleOp, VectorType

from dspc.backends.interp.checks.compare import Policy, compare
from dspc.backends.interp.instance import InterpInstance
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES, split_pass
from dspc.support.diagnostics import Source

CLOSE = Policy(ulps=1 << 20, absolute=1e-11)
HEAD = 'import("filters.lib"); '
SLIDER = 'a = hslider("a", 0.3, -1, 1, 0.01); b = hslider("b", -0.5, -0.99, 0.99, 0.01);'
FOUND = {
    "biquad": HEAD + "process = tf2(0.5, 0.3, 0.2, -1.2, 0.55);",
    "all poles": "process = (\\(y).(+(1.2*y) : -(0.55*y'))) ~ _;",
    "one term": "process = (\\(y).(+(0.8*y'))) ~ _;",
    "no factors": "process = *(0.1) : (\\(y).(-(y) : -(y'))) ~ _;",
    "sliders": SLIDER + "process = (\\(y).(+(a*y) : +(b*y'))) ~ _;",
    "sliders, zeros": HEAD + SLIDER + "process = tf2(a, 1-b, b*a, a, b);",
    "sampling rate": HEAD + "process = resonlp(1000, 5, 1);",
    "no first zero": HEAD + "process = tf2(0, 0.3, 0.2, -1.2, 0.55);",
    "three frames": "process = (\\(y).(+(0.4*y) : -(0.3*y') : +(0.2*y''))) ~ _;",
    "four frames": HEAD + "process = iir((1, 0.5, 0.2, 0.1, 0.3), (0.3, -0.2, 0.4, 0.1));",
    "more zeros than poles": HEAD + "process = iir((1, 0.5, 0.2, 0.1, 0.3), (0.3, 0.2));",
    "two inputs": "process = (\\(y, x, z).(0.5*y + x - 0.7*y' - z)) ~ _;",
    "an input and a control": SLIDER + "process = (\\(y, x).(a - x + 0.5*y - 0.7*y')) ~ _;",
    "its past": HEAD + "process = tf2(1, 0.5, 0.2, -1.2, 0.55) <: _, @(3), @(20), @(99) :> _;",
    "recursion read beside": "process = (\\(y).(+(1.2*y) : -(0.55*y'))) ~ _ <: _, (mem : *(3)), "
    "(_, @(30) : +);",
    "meter": HEAD + 'process = tf2(0.5, 0.3, 0.2, -1.2, 0.55) : hbargraph("m", -9, 9);',
    "in a row": HEAD + "process = seq(i, 3, tf2(1, 0.5, 0.2, -1.2 + 0.1*i, 0.55));",
    "in a comb": HEAD + "process = + ~ (@(70) : *(0.5) : tf2(0.3, 0.2, 0.1, -1.2, 0.55));",
}
OTHERS = {
    "coefficients of samples": "process(x) = x : (\\(y).(+(0.5*x*y) : -(0.5*y'))) ~ _;",
    "of a control": SLIDER + "process = a : (\\(y).(+(0.5*y) : -(0.5*y'))) ~ _;",
    "five frames": "process = (\\(y).(+(0.5*y) : -(0.5*(y@(4))))) ~ _;",
    "clipped": "process = (\\(y).(+(0.5*y) : -(0.5*y') : min(0.5))) ~ _;",
    "integers": "process = *(1e9) : int : (\\(y).(+(3*y) : -(5*y'))) ~ _;",
    "squared": "process = (\\(y).(+(0.5*y*y) : -(0.5*y'))) ~ _;",
}


def state_spaces(module: ModuleOp) -> int:
    """The loops in which the columns of a matrix are added."""
    loops = (op for op in module.walk() if isinstance(op, scf.ForOp))
    return sum(any(isinstance(v.type, VectorType) for v in loop.iter_args) for loop in loops)


@pytest.mark.parametrize("name", FOUND)
def test_linear_recurrences_run_in_vectors(name: str) -> None:
    assert state_spaces(split(FOUND[name], 32, 1)[1]) == (3 if name == "in a row" else 1)


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not(name: str) -> None:
    assert state_spaces(split(OTHERS[name], 32, 1)[1]) == 0


@pytest.mark.parametrize(("size", "variant"), [(4, 0), (32, 1)])
@pytest.mark.parametrize("name", [*FOUND, *OTHERS])
def test_they_sound_the_same(name: str, size: int, variant: int) -> None:
    """In blocks of 1, 7, 64 and random sizes, with a reset, and moving sliders."""
    module, loops = split({**FOUND, **OTHERS}[name], size, variant)
    difference = compare(module, loops, CLOSE, size, frames=250)
    assert difference is None, difference


def test_chunks_that_vectors_do_not_fill_stay_as_they_are() -> None:
    assert state_spaces(split(FOUND["biquad"], 30, 1)[1]) == 0


def test_long_programs_have_a_bounded_number_of_these_loops() -> None:
    source = "process = seq(i, 40, (\\(y).(+((0.1 + i/50)*y) : -(0.55*y'))) ~ _ : +(0.1));"
    assert state_spaces(split(source, 32, 1)[1]) == 32


def programs(source: str, size: int = 64) -> tuple[ModuleOp, ModuleOp, ModuleOp]:
    """A program frame by frame in double and in single precision, and in vectors in single."""
    modules: list[ModuleOp] = []
    for precision in ("double", "single"):
        module = read_program(Source("test.dsp", source), FrontendOptions(precision=precision))
        for one in parse_pipeline(",".join(SIGNAL_PASSES)):
            one.apply(Context(), module)
        modules.append(module)
    loops = modules[1].clone()
    for one in parse_pipeline(split_pass(LoopOptions(vec=True, vector_size=size))):
        one.apply(Context(), loops)
    assert state_spaces(loops)
    return modules[0], modules[1], loops


def run(
    module: ModuleOp, samples: np.ndarray[Any, Any], blocks: Sequence[int]
) -> np.ndarray[Any, Any]:
    """The first output, for these blocks of frames."""
    instance, at = InterpInstance(module), 0
    parts: list[np.ndarray[Any, Any]] = []
    for size in blocks:
        block = samples[np.newaxis, at : at + size]
        parts.append(np.array(instance.compute(block, frames=size))[0])
        at += size
    return np.concatenate(parts).astype(float)


def rms(values: np.ndarray[Any, Any]) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def designed(kind: str, angle: float, q: float) -> list[float]:
    """Coefficients of a filter of the audio EQ cookbook (R. Bristow-Johnson), as `tf2` takes them,
    rounded to single precision so that all programs have the same."""
    cos, alpha = math.cos(angle), math.sin(angle) / (2 * q)
    zeros = {
        "low-pass": [(1 - cos) / 2, 1 - cos, (1 - cos) / 2],
        "high-pass": [(1 + cos) / 2, -(1 + cos), (1 + cos) / 2],
        "band-pass": [alpha, 0.0, -alpha],
        "peak": [1 + 2 * alpha, -2 * cos, 1 - 2 * alpha],
        "resonator": [1.0, 0.0, 0.0],
    }[kind]
    return [float(np.float32(x / (1 + alpha))) for x in (*zeros, -2 * cos, 1 - alpha)]


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["low-pass", "high-pass", "band-pass", "peak", "resonator"]),
    st.floats(-3.2, -0.02),
    st.floats(-0.6, 2.5),
    st.integers(0, 99),
)
def test_the_error_is_at_most_that_of_frame_by_frame(
    kind: str, angle: float, q: float, seed: int
) -> None:
    """Against double precision, for poles from near 1 to near -1, and resonances up to 300: at most
    twice the error of the serial recurrence in single precision, or two roundings of the peak."""
    numbers = designed(kind, math.pi * 10**angle, 10**q)
    source = HEAD + f"process = tf2({', '.join(map(repr, numbers))});"
    exact, serial, vectors = programs(source)
    noise = np.random.default_rng(seed).uniform(-1, 1, 600).astype(np.float32)
    expected = run(exact, noise.astype(float), [600])
    errors = [
        rms(run(serial, noise, [600]) - expected),
        rms(run(vectors, noise, [1, 7, 64, 99, 128, 3, 200, 98]) - expected),
    ]
    assert errors[1] <= max(2.0 * errors[0], 2.0**-23 * float(np.abs(expected).max()))


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_no_frame_hears_a_later_one(bad: float) -> None:
    """What is not finite spreads from its own frame on, and in all later frames."""
    _, serial, vectors = programs(FOUND["biquad"])
    samples = np.linspace(-1, 1, 200).astype(np.float32)
    samples[77] = bad
    for module in (serial, vectors):
        with np.errstate(all="ignore"):
            heard = run(module, samples, [200])
        assert list(np.isfinite(heard)) == [at < 77 for at in range(200)]


def test_an_absent_zero_keeps_infinity_out_of_its_frame() -> None:
    _, serial, vectors = programs(FOUND["no first zero"])
    samples = np.full(100, math.inf, np.float32)
    samples[:50] = 0.5
    with np.errstate(all="ignore"):
        finite = [np.isfinite(run(module, samples, [100])) for module in (serial, vectors)]
    assert list(finite[0]) == list(finite[1]) == [at < 51 for at in range(100)]


def test_an_unstable_recurrence_diverges_alike() -> None:
    exact, _, vectors = programs("process = (\\(y).(+(1.875*y) : -(1.25*y'))) ~ _;")
    samples = np.zeros(300, np.float32)
    samples[5] = 1.0
    expected, heard = run(exact, samples.astype(float), [300]), run(vectors, samples, [7, 293])
    assert np.abs(expected[-20:]).max() > 1e9
    np.testing.assert_allclose(heard, expected, rtol=1e-5, atol=1e-5 * np.abs(expected).max())


def test_poles_on_the_unit_circle_keep_their_amplitude() -> None:
    """An impulse rings for ever: with exact coefficients, single precision loses nothing."""
    exact, _, vectors = programs("process = (\\(y).(+(1.25*y) : -(y'))) ~ _;")
    samples = np.zeros(2000, np.float32)
    samples[0] = 1.0
    expected, heard = run(exact, samples.astype(float), [2000]), run(vectors, samples, [2000])
    np.testing.assert_allclose(heard, expected, rtol=0, atol=1e-6)


def test_a_silent_recurrence_of_huge_coefficients_stays_silent() -> None:
    source = 'a = hslider("a", 1e30, 0, 1e30, 1e7); process = (\\(y).(+(a*y) : -(a*y\'))) ~ _;'
    _, _, vectors = programs(source)
    assert not run(vectors, np.zeros(200, np.float32), [200]).any()


def test_coefficients_are_those_of_each_call() -> None:
    """A slider that moves, moves back, and a reset: the responses are computed anew when needed."""
    module, loops = split(FOUND["sliders, zeros"], 32, 0)
    noise = np.random.default_rng(3).uniform(-1, 1, (1, 400))
    heard: list[list[float]] = []
    for one in (module, loops):
        instance = InterpInstance(one)
        path = next(widget.path for widget in instance.widgets if widget.path.endswith("b"))
        out: list[float] = []
        for block, value in enumerate([-0.5, -0.5, 0.0, 0.7, 0.7, -0.5, 0.0, 0.0]):
            instance.set(path, value)
            if block == 5:
                instance.reset()
            samples = noise[:, block * 50 : block * 50 + 50]
            out += list(np.array(instance.compute(samples, frames=50))[0])
        heard.append(out)
    np.testing.assert_allclose(heard[1], heard[0], rtol=0, atol=1e-12)
