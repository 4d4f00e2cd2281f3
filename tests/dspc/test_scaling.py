"""Time grows with the program, not with its square: what four times the program costs."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

import dspc

GATES = """
one(i) = enable(seq(j, 10, *(0.5) : +(i) : sin), _ > i/N);
process = _ <: par(i, N, one(i)) :> _;
"""

# name: (program, the smaller N)
PROGRAMS = {"parallel gates": (GATES, 60)}
FOUR_TIMES = 8
"""Twice what is linear; what is quadratic costs 16 times as much."""


def cpu_seconds(action: Callable[[], object], tries: int = 2) -> float:
    """The least CPU time of some runs, without the collection of garbage, as `dspc` runs."""
    gc.disable()
    try:
        spent: list[float] = []
        for _ in range(tries):
            started = time.process_time()
            action()
            spent.append(time.process_time() - started)
        return min(spent)
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_time_is_near_linear(name: str) -> None:
    text, size = PROGRAMS[name]
    dspc.compile(f"N = 4;{text}")  # what is loaded once
    small, large = (
        cpu_seconds(lambda n=n: dspc.compile(f"N = {n};{text}")) for n in (size, 4 * size)
    )
    assert large < FOUR_TIMES * small
