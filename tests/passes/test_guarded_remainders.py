"""`fmod` in a frame by subtraction: the same number as the C library's, to the sign of a zero."""

from __future__ import annotations

import math
import shutil
from functools import cache
from typing import Protocol

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_lowering_runs import lowered, signals
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dspc.backends.interp.instance import InterpInstance

WRAPPED = "process(x) = (\\(y).(fmod(y + x, 3))) ~ _;"
EDGES = (0.0, -0.0, 5e-324, 1.0, -1.0, 3.0, -3.0, 1.5, 2.9999999999999996, 3.0000000000000004,
         6.0, -6.0, 5.999999999999999, 1e300, -1e300, 1.7e308,
         math.inf, -math.inf, math.nan)  # fmt: skip


class Runs(Protocol):
    """An instance that renders blocks."""

    def compute(self, inputs: np.ndarray) -> np.ndarray: ...


def remainder(x: float, y: float) -> float:
    """C's fmod, where Python raises an exception."""
    return math.fmod(x, y) if math.isfinite(x) and y and not math.isnan(y) else math.nan


def the_same(one: np.ndarray, other: np.ndarray) -> bool:
    unequal = (one != other) & ~(np.isnan(one) & np.isnan(other))
    return not unequal.any() and bool((np.signbit(one) == np.signbit(other))[one == 0].all())


@cache
def program(precision: str) -> ModuleOp:
    return lowered(signals("process = fmod;", precision))


def check(instance: Runs, precision: str, pairs: list[tuple[float, float]]) -> None:
    rows = np.array(pairs, dtype=np.float32 if precision == "single" else np.float64).T
    result = np.array(instance.compute(rows.astype(float)))[0]
    assert the_same(result, np.array([remainder(float(x), float(y)) for x, y in rows.T]))


PAIRS = [(x, y) for x in EDGES for y in EDGES]


@pytest.mark.parametrize("precision", ["single", "double"])
def test_edges_in_the_interpreter(precision: str) -> None:
    with np.errstate(over="ignore"):
        check(InterpInstance(program(precision)), precision, PAIRS)


@settings(max_examples=40, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 3))
def test_quotients_around_2(x: float, y: float, quotient: float) -> None:
    pairs = [(x, y), (y * quotient, y), (-y * quotient, y)]
    for precision in ("single", "double"):
        check(InterpInstance(program(precision)), precision, pairs)


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
@pytest.mark.parametrize("precision", ["single", "double"])
def test_edges_in_cpp(precision: str) -> None:
    from dspc.backends.cpp.native import NativeInstance

    with np.errstate(over="ignore"):
        check(NativeInstance(program(precision), flags=("-O2",)), precision, PAIRS)


def test_only_the_frames_of_a_quotient_of_2_call_the_library() -> None:
    module = lowered(signals(WRAPPED))
    calls = [op for op in module.walk() if op.name == "func.call"]
    parents = [op.parent_op() for op in calls]
    assert [isinstance(p, Operation) and p.name for p in parents] == ["scf.if"]


def test_a_remainder_of_controls_is_a_call() -> None:
    module = lowered(signals('process = *(fmod(hslider("x", 1, 0, 9, 1), 2));'))
    assert not [op for op in module.walk() if op.name == "scf.if"]
