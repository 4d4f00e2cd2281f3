"""Linear recurrences of which each filters the output of another run as lanes, one behind the
other, and sound as they do frame by frame."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from splitting import split
from test_state_space import HEAD, SLIDER, rms, run
from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException

from dspc.backends.interp.checks.compare import Policy, compare
from dspc.dialects.dsp.forms import LoopForm, LoopFormAttr
from dspc.dialects.dsp.partition import LOOP, FrameLoopOp
from dspc.dialects.dsp.recurrences import LinearOp
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES
from dspc.support.diagnostics import DspcError, Source

CLOSE = Policy(ulps=1 << 20, absolute=1e-11)
EIGHT = HEAD + "process = seq(i, 8, tf2(1, -1.8 + 0.02*i, 0.9, -1.7 + 0.05*i, 0.85 - 0.02*i));"
FOUR = "seq(i, 4, tf2(1, 0.5, 0.2, -0.3*i, 0.55))"
UNLIKE = (
    "process = tf2(1, 0.5, 0.2, 0.3, 0.5) : tf2(0, 1, 0.5, 0.1, 0.2) : tf2(1, 0, 0, 0, 0.4) : "
    "tf2(1, 0, -1, -1.5, 0.9);"
)
TREE = (
    "f(i) = tf2(1, 0.5, 0.2, -0.1*i, 0.5); "
    "process = f(1) : f(2) <: (f(3) : f(4)), (f(5) <: _, f(6));"
)
FOUND = {
    "eight": (EIGHT, [4, 4]),
    "unlike": (HEAD + UNLIKE, [4]),
    "a tree": (HEAD + TREE, [4]),
    "two channels": (HEAD + "process = par(c, 2, seq(i, 2, tf2(1, c, 0.2, -0.1*i, 0.5)));", [4]),
    "sampling rate": (HEAD + "process = seq(i, 4, resonlp(1000 + 700*i, 2, 1));", [4]),
    "sliders": (HEAD + SLIDER + "process = seq(i, 4, tf2(a, 1-b, b*a, a*0.9, b + 0.1*i));", [4]),
    "past of the last": (HEAD + f"process = {FOUR} <: _, @(3), @(20), @(99) :> _;", [4]),
    "read by a scan": (HEAD + f"process = {FOUR} : pole(0.7);", [4]),
    "meter": (HEAD + f'process = {FOUR} : hbargraph("m", -9, 9);', [4]),
}
"""Programs, with the numbers of recurrences in each of their cascades; in double precision a vector
has four lanes."""
DECIDE = (
    "dsp-find-linear,dsp-choose-chunk{vector-size=64},dsp-pack-recursions,dsp-find-firs,"
    "dsp-partition"
)


def signals(source: str, precision: str = "double") -> ModuleOp:
    module = read_program(Source("test.dsp", source), FrontendOptions(precision=precision))
    return passed(module, ",".join(SIGNAL_PASSES))


def passed(module: ModuleOp, passes: str) -> ModuleOp:
    for one in parse_pipeline(passes):
        one.apply(Context(), module)
    module.verify()
    return module


def loops_of(module: ModuleOp) -> list[FrameLoopOp]:
    every = (op for op in module.walk() if isinstance(op, FrameLoopOp))
    return [op for op in every if op.form.data is LoopForm.CASCADE]


@pytest.mark.parametrize("name", FOUND)
def test_recurrences_in_a_row_are_lanes(name: str) -> None:
    source, expected = FOUND[name]
    module = passed(signals(source), DECIDE)
    sums = (op.yielded()[0].owner for op in module.walk() if isinstance(op, LinearOp))
    homes = Counter(str(last.attributes[LOOP]) for last in sums if isinstance(last, Operation))
    assert [homes[f"@{op.sym_name.data}"] for op in loops_of(module)] == expected


@pytest.mark.parametrize("size", [8, 64])
@pytest.mark.parametrize("name", FOUND)
def test_they_sound_the_same(name: str, size: int) -> None:
    """In blocks of 1, 7, 64 and random sizes, shorter than the lanes are apart, with a reset."""
    module, loops = split(FOUND[name][0], size, 0)
    difference = compare(module, loops, CLOSE, size, frames=160)
    assert difference is None, difference


@pytest.mark.parametrize("skew", [1, 3])
def test_a_decided_skew_is_carried_out(skew: int) -> None:
    module = signals(FOUND["a tree"][0])
    decided = passed(module.clone(), DECIDE)
    for op in loops_of(decided):
        op.properties["skew"] = IntegerAttr(skew, i64)
    passed(decided, "dsp-lower-to-loops")
    assert compare(module, decided, CLOSE, 64, frames=100) is None


def test_a_skew_is_that_of_a_cascade() -> None:
    (loop,) = loops_of(passed(signals(FOUND["a tree"][0]), DECIDE))
    loop.properties["form"] = LoopFormAttr(LoopForm.STATE_SPACE)
    with pytest.raises(VerifyException, match="no other loop"):
        loop.verify()


def test_other_ops_are_no_cascade() -> None:
    module = passed(signals("process = abs <: max(0.1), min(0.2);"), DECIDE)
    loop = next(op for op in module.walk() if isinstance(op, FrameLoopOp))
    loop.properties |= {"form": LoopFormAttr(LoopForm.CASCADE), "skew": IntegerAttr(2, i64)}
    with pytest.raises(DspcError, match="other ops than those of a cascade"):
        passed(module, "dsp-lower-to-loops")


def lowered(source: str) -> tuple[ModuleOp, ModuleOp, ModuleOp]:
    """A program frame by frame in double and in single precision, and in lanes in single."""
    serial = signals(source, "single")
    lanes = passed(serial.clone(), DECIDE)
    assert loops_of(lanes)
    return signals(source), serial, passed(lanes, "dsp-lower-to-loops")


@pytest.mark.parametrize("seed", range(3))
def test_the_error_is_at_most_twice_that_of_frame_by_frame(seed: int) -> None:
    exact, serial, lanes = lowered(EIGHT)
    noise = np.random.default_rng(seed).uniform(-1, 1, 600).astype(np.float32)
    expected = run(exact, noise.astype(float), [600])
    errors = [
        rms(run(serial, noise, [600]) - expected),
        rms(run(lanes, noise, [1, 7, 64, 99, 128, 3, 200, 98]) - expected),
    ]
    assert errors[1] <= 2.0 * errors[0]


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_no_frame_hears_a_later_one(bad: float) -> None:
    """Nor does infinity reach frames that a filter without this zero does not pass it to."""
    _, serial, lanes = lowered(HEAD + UNLIKE)
    samples = np.linspace(-1, 1, 150).astype(np.float32)
    samples[77] = bad
    with np.errstate(all="ignore"):
        heard = [np.isfinite(run(module, samples, [150])) for module in (serial, lanes)]
    assert list(heard[0]) == list(heard[1])
    assert heard[0][:78].all()
    assert not heard[0].all()
