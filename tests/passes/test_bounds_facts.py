"""The transfer functions of the bounds checker are sound: results are within the fact."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects import arith
from xdsl.dialects.builtin import f32
from xdsl.ir import Operation

from dspc.passes.bounds import floats, integers
from dspc.passes.bounds.facts import Fact, join, meet, number, whole

SMALL = st.one_of(st.integers(-70, 70), st.integers(-(2**31), 2**31 - 1))


@st.composite
def known_ints(draw: st.DrawFn) -> tuple[Fact, int]:
    """A fact of integers, and one of its numbers."""
    step = draw(st.sampled_from((1, 1, 2, 3, 8, 32)))
    value, below, above = draw(SMALL), draw(st.integers(0, 9)), draw(st.integers(0, 9))
    if not below and not above:
        return number(value), value
    return whole(value - below * step, value + above * step, step, value), value


def c_remainder(x: int, y: int) -> int:
    return int(math.copysign(1, x)) * (abs(x) % abs(y)) if y else 0


def c_quotient(x: int, y: int) -> int:
    return (abs(x) // abs(y)) * (1 if (x < 0) == (y < 0) else -1) if y else 0


EXACT: dict[type[Operation], Callable[[int, int], int]] = {
    arith.AddiOp: lambda x, y: x + y,
    arith.SubiOp: lambda x, y: x - y,
    arith.MuliOp: lambda x, y: x * y,
    arith.MinSIOp: min,
    arith.MaxSIOp: max,
    arith.AndIOp: lambda x, y: x & y,
    arith.OrIOp: lambda x, y: x | y,
    arith.XOrIOp: lambda x, y: x ^ y,
    arith.RemSIOp: c_remainder,
    arith.DivSIOp: c_quotient,
    arith.ShLIOp: lambda x, y: x << (y & 31),
    arith.ShRSIOp: lambda x, y: x >> (y & 31),
}


def holds(fact: Fact, value: float) -> bool:
    if math.isnan(value):
        return fact.nan
    is_congruent = fact.step < 2 or (int(value) - fact.rest) % fact.step == 0
    return fact.low <= value <= fact.high and is_congruent


def test_every_rule_is_tried() -> None:
    assert set(EXACT) == set(integers.RULES)


@pytest.mark.parametrize("op", list(EXACT), ids=[op.name for op in EXACT])
@settings(max_examples=150, deadline=None, derandomize=True)
@given(x=known_ints(), y=known_ints())
def test_integers(op: type[Operation], x: tuple[Fact, int], y: tuple[Fact, int]) -> None:
    if op in (arith.ShLIOp, arith.ShRSIOp):
        y = (number(y[1] & 31), y[1] & 31)
    result = EXACT[op](x[1], y[1])
    assert holds(integers.RULES[op](x[0], y[0]), result)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(x=known_ints(), y=known_ints())
def test_joins_and_meets(x: tuple[Fact, int], y: tuple[Fact, int]) -> None:
    both = join(x[0], y[0])
    assert holds(both, x[1])
    assert holds(both, y[1])
    if holds(y[0], x[1]):
        common = meet(x[0], y[0])
        assert common is not None
        assert holds(common, x[1])


FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=True)


@st.composite
def known_floats(draw: st.DrawFn) -> tuple[Fact, np.float32]:
    """A fact of single-precision numbers, and one of them."""
    ends = sorted(draw(st.lists(FLOATS, min_size=3, max_size=3)))
    return Fact(ends[0], ends[2]), np.float32(ends[1])


SINGLE: dict[type[Operation], Callable[[np.float32, np.float32], np.float32]] = {
    arith.AddfOp: np.add,
    arith.SubfOp: np.subtract,
    arith.MulfOp: np.multiply,
    arith.DivfOp: np.divide,
}


@pytest.mark.parametrize("op", list(SINGLE), ids=[op.name for op in SINGLE])
@settings(max_examples=300, deadline=None, derandomize=True)
@given(x=known_floats(), y=known_floats())
def test_floats(
    op: type[Operation], x: tuple[Fact, np.float32], y: tuple[Fact, np.float32]
) -> None:
    fact = floats.outward(floats.RULES[op](x[0], y[0]), f32)
    with np.errstate(all="ignore"):
        assert holds(fact, float(SINGLE[op](x[1], y[1])))
