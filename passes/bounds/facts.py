"""Abstract values: intervals of integers with a congruence, intervals of floats with NaN.

(P. Granger, Static analysis of arithmetical congruences, International Journal of Computer
Mathematics 30, 1989.) A fact describes every lane of a vector.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from xdsl.dialects.builtin import (
    Float16Type,
    Float32Type,
    Float64Type,
    IndexType,
    IntegerType,
    VectorType,
)
from xdsl.ir import Attribute

INF = math.inf
FRAMES = (1 << 31) - 1
"""The most frames of a call: the host passes `count` as a C int."""


class Fact(NamedTuple):
    """The values within [low, high] that are congruent to `rest` modulo `step`.

    A step of 0 is a single value, of 1 no congruence. Floats have no step; `nan` is whether a value
    may be NaN besides.
    """

    low: float
    high: float
    nan: bool = False
    step: int = 1
    rest: int = 0

    @property
    def is_single(self) -> bool:
        return self.low == self.high and not self.nan


ANY_FLOAT = Fact(-INF, INF, True)
BIT = Fact(0, 1)


def number(value: int) -> Fact:
    """The fact of an integer constant."""
    return Fact(value, value, False, 0, value)


def whole(low: float, high: float, step: int = 1, rest: int = 0) -> Fact:
    """Integers within [low, high], congruent to `rest` modulo `step`; low <= high.

    The ends are moved to the nearest values of the congruence class.
    """
    if low == high:
        return number(int(low))
    if step > 1:
        rest %= step
        low += (rest - int(low)) % step
        high -= (int(high) - rest) % step
        if low >= high:
            return number(int(low))
        return Fact(low, high, False, step, rest)
    return Fact(low, high)


def element_of(type: Attribute) -> Attribute:
    """The type of a lane."""
    return type.element_type if isinstance(type, VectorType) else type


def width_of(type: Attribute) -> int:
    """The bits of an integer type; 64 for `index`; 0 for other types."""
    lane = element_of(type)
    if isinstance(lane, IndexType):
        return 64
    return lane.width.data if isinstance(lane, IntegerType) else 0


def top(type: Attribute) -> Fact:
    """All values of a type; integers are signed, except bits."""
    width = width_of(type)
    if width == 1:
        return BIT
    if width:
        return Fact(-(1 << (width - 1)), (1 << (width - 1)) - 1)
    return ANY_FLOAT


def fits(fact: Fact, type: Attribute) -> bool:
    """Whether integers are within their type, so that the exact result is the result."""
    limits = top(type)
    return limits.low <= fact.low and fact.high <= limits.high


def wrapped(fact: Fact, type: Attribute) -> Fact:
    """The fact of an integer result from that of the exact result."""
    if fits(fact, type):
        return fact
    limits = top(type)
    # Wrapping keeps the congruence modulo the powers of two that divide the step.
    step = math.gcd(fact.step, 1 << width_of(type)) if fact.step > 1 else 1
    return whole(limits.low, limits.high, step, fact.rest)


def join(one: Fact, other: Fact) -> Fact:
    """The least fact that holds for the values of both."""
    if one == other:
        return one
    low, high = min(one.low, other.low), max(one.high, other.high)
    nan = one.nan or other.nan
    step = math.gcd(math.gcd(one.step, other.step), abs(one.rest - other.rest))
    if step > 1:
        return Fact(low, high, nan, step, one.rest % step)
    return Fact(low, high, nan)


def meet(one: Fact, other: Fact) -> Fact | None:
    """The conjunction of two facts; None if no value satisfies both."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low > high:
        return None
    finer = one if one.step == 0 or one.step > other.step else other
    if finer.step > 1:
        moved = low + (finer.rest - int(low)) % finer.step if low > -INF else low
        return whole(low, high, finer.step, finer.rest) if moved <= high else None
    if low == high and finer.step == 0:
        return number(int(low))
    return Fact(low, high, one.nan and other.nan)


def residue(fact: Fact, modulus: int) -> int | None:
    """The remainder that all values have modulo `modulus`; None if it is not known."""
    if fact.step == 0 or (fact.step > 1 and fact.step % modulus == 0):
        return fact.rest % modulus
    return None


def is_float(type: Attribute) -> bool:
    return isinstance(element_of(type), Float16Type | Float32Type | Float64Type)
