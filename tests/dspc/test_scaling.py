"""Work grows with the program, not with its square: what four times the program costs."""

from __future__ import annotations

import numpy as np
import pytest

import dspc
from tests.work import calls_of

# name: (program, the smaller N)
PROGRAMS = {
    "parallel gates": (
        "one(i) = enable(seq(j, 10, *(0.5) : +(i) : sin), _ > i/N);"
        "process = _ <: par(i, N, one(i)) :> _;",
        15,
    ),
    "gates within gates": (
        "n(0) = sin; n(k) = _ <: control(n(k - 1) + k, _ > k/N); process = n(N);",
        40,
    ),
    "states within gates within gates": (
        "n(0) = sin; n(k) = _ <: control((n(k - 1) : + ~ *(0.5)) + k, _ > k/N) + k * _;"
        "process = n(N);",
        40,
    ),
    "states that gates share": (
        "y(i) = *(i) : sin : + ~ *(0.5);"
        "process(x) = par(i, N, control(control(y(i, x) + y(i + 1, x), x > i/N), x < 0.9)) :> _;",
        10,
    ),
    "equalisers in series": (
        'import("stdfaust.lib"); process = seq(i, N, fi.peak_eq(3, 100 + 10 * i, 100));',
        8,
    ),
    "an element of a list": (
        'import("stdfaust.lib"); process = ba.take(N, par(j, N, j + 2));',
        200,
    ),
    "wires": ("process = par(i, N, _);", 100),
    "recursions": ("process = seq(i, N, + ~ *(0.1 + i/N));", 15),
}
FOUR_TIMES = 5.5
"""Quadratic work costs 16 times as much."""


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_work_is_near_linear(name: str) -> None:
    text, size = PROGRAMS[name]
    dspc.compile(f"N = 4;{text}")  # what is loaded once
    small, large = (calls_of(lambda n=n: dspc.compile(f"N = {n};{text}")) for n in (size, 4 * size))
    assert large < FOUR_TIMES * small


@pytest.mark.slow
def test_gates_deeper_than_python_recurses() -> None:
    """Regions nest up to 32 deep; deeper gates hold their values all the same."""
    text = "n(0) = _; n(k) = \\(x).(control(n(k - 1, x) + k, x > k/N)); process = n(N);"
    processor = dspc.load(f"N = 350; {text}", "interp", double=True)
    total = 350 * 351 / 2
    sound = processor(np.array([[0.5, 2.0, 0.25, 3.0]]))
    np.testing.assert_array_equal(sound, [[0, 2 + total, 2 + total, 3 + total]])
