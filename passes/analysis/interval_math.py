"""Interval arithmetic: the values that each op on signals can give, from those of its operands.

All numbers are Python floats or ints; infinities are values like others. `nan` says whether the
signal can be no number. Results of rounded operations are widened by more than the rounding.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import NamedTuple

INF = math.inf
INT_MIN, INT_MAX = -2147483648, 2147483647
SLACK = 2.0**-20
TINY = 2.0**-120
"""Above the numbers that single precision rounds by more than SLACK, or that are flushed to 0."""
HUGE = 3.4028234663852886e38
"""The largest number of single precision; more is infinite there."""


class Interval(NamedTuple):
    """`lo` to `hi`, both included."""

    lo: float
    hi: float
    nan: bool = False

    @property
    def is_finite(self) -> bool:
        return self.lo > -INF and self.hi < INF and not self.nan


Rule = Callable[..., Interval]
ANY = Interval(-INF, INF, True)
ANY_INT = Interval(INT_MIN, INT_MAX)
ZERO = Interval(0, 0)
BIT = Interval(0, 1)


def join(x: Interval, y: Interval) -> Interval:
    return Interval(min(x.lo, y.lo), max(x.hi, y.hi), x.nan or y.nan)


def ordered(values: list[float], nan: bool) -> Interval:
    """The hull of some ends; an end that is no number could be anything."""
    if any(value != value for value in values):
        return ANY
    return Interval(min(values), max(values), nan)


def rounded(x: Interval) -> Interval:
    """Widened by more than what a library function errs and a rounding moves, in both precisions.

    Rounding keeps signs, so 0 stays an end; what single precision cannot hold is infinite.
    """
    lo, hi = _below(x.lo), -_below(-x.hi)
    return Interval(-INF if lo < -HUGE else lo, INF if hi > HUGE else hi, x.nan)


def _below(end: float) -> float:
    if end == INF:
        return HUGE
    if end == 0 or end == -INF:
        return end
    lower = end - abs(end) * SLACK - TINY
    return max(lower, 0.0) if end > 0 else lower


def single(value: float) -> float:
    """The number of single precision nearest to one of double precision."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(INF, value)


def is_normal(x: Interval) -> bool:
    """Whether both ends are 0 or numbers that single precision holds with all its digits."""
    return all(end == 0 or TINY < abs(end) < HUGE for end in (x.lo, x.hi))


def add(x: Interval, y: Interval) -> Interval:
    """Infinities of opposite signs give no number."""
    nan = (x.hi == INF and y.lo == -INF) or (x.lo == -INF and y.hi == INF)
    return ordered([x.lo + y.lo, x.hi + y.hi], nan or x.nan or y.nan)


def sub(x: Interval, y: Interval) -> Interval:
    return add(x, Interval(-y.hi, -y.lo, y.nan))


def mul(x: Interval, y: Interval) -> Interval:
    corners = [x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi]
    has_zero_times_infinity = (_has_zero(x) and _is_open(y)) or (_has_zero(y) and _is_open(x))
    if has_zero_times_infinity:
        corners = [corner for corner in corners if corner == corner]
        return ordered([*corners, 0.0], True)
    return ordered(corners, x.nan or y.nan)


def square(x: Interval) -> Interval:
    top = max(x.lo * x.lo, x.hi * x.hi)
    low = 0 if _has_zero(x) else min(x.lo * x.lo, x.hi * x.hi)
    return Interval(low, top, x.nan)


def div(x: Interval, y: Interval) -> Interval:
    if _has_zero(y) or (_is_open(x) and _is_open(y)):
        return ANY
    return ordered([x.lo / y.lo, x.lo / y.hi, x.hi / y.lo, x.hi / y.hi], x.nan or y.nan)


def minimum(x: Interval, y: Interval) -> Interval:
    """As `y < x ? y : x`: a NaN in y gives x, one in x stays."""
    hi = x.hi if y.nan else min(x.hi, y.hi)
    return Interval(min(x.lo, y.lo), hi, x.nan)


def maximum(x: Interval, y: Interval) -> Interval:
    lo = x.lo if y.nan else max(x.lo, y.lo)
    return Interval(lo, max(x.hi, y.hi), x.nan)


def rem(x: Interval, y: Interval) -> Interval:
    """The sign of the dividend; no further from 0 than it, and closer than the divisor."""
    reach = max(abs(y.lo), abs(y.hi)) - 1
    if reach < 0:
        return ZERO
    return Interval(max(min(x.lo, 0), -reach), min(max(x.hi, 0), reach))


def fmod(x: Interval, y: Interval) -> Interval:
    reach = max(abs(y.lo), abs(y.hi))
    nan = x.nan or y.nan or _has_zero(y) or _is_open(x)
    return Interval(max(min(x.lo, 0.0), -reach), min(max(x.hi, 0.0), reach), nan)


def remainder(x: Interval, y: Interval) -> Interval:
    reach = max(abs(y.lo), abs(y.hi)) / 2
    return Interval(-reach, reach, x.nan or y.nan or _has_zero(y) or _is_open(x))


def bit_and(x: Interval, y: Interval) -> Interval:
    """A mask that is not negative bounds the result, whatever the other side is."""
    masks = [side.hi for side in (x, y) if side.lo >= 0]
    return Interval(0, min(masks)) if masks else ANY_INT


def bit_or(x: Interval, y: Interval) -> Interval:
    if x.lo < 0 or y.lo < 0 or not (x.is_finite and y.is_finite):
        return ANY_INT
    return Interval(0, (1 << int(max(x.hi, y.hi)).bit_length()) - 1)


def shift_left(x: Interval, y: Interval) -> Interval:
    if not 0 <= y.lo <= y.hi <= 31:
        return ANY_INT
    return mul(x, Interval(2 ** int(y.lo), 2 ** int(y.hi)))


def shift_right(x: Interval, y: Interval) -> Interval:
    if not (0 <= y.lo <= y.hi <= 31) or not x.is_finite:
        return Interval(min(x.lo, 0), max(x.hi, 0))
    corners = [int(end) >> int(by) for end in (x.lo, x.hi) for by in (y.lo, y.hi)]
    return Interval(min(corners), max(corners))


def absolute(x: Interval) -> Interval:
    if x.lo >= 0:
        return x
    if x.hi <= 0:
        return Interval(-x.hi, -x.lo, x.nan)
    return Interval(0, max(-x.lo, x.hi), x.nan)


def power(x: Interval, y: Interval) -> Interval:
    if x.lo < 0 or x.nan or y.nan or (x.lo == 0 and y.lo < 0):
        return ANY
    try:
        corners = [float(a) ** float(b) for a in (x.lo, x.hi) for b in (y.lo, y.hi)]
        return ordered([*corners, 1.0], False)
    except OverflowError:
        return Interval(0.0, INF)


def truncate(x: Interval) -> Interval:
    """Towards zero, not yet brought into 32 bits."""
    low, high = [end if abs(end) == INF else math.trunc(end) for end in (x.lo, x.hi)]
    return Interval(low, high)


def monotone(function: Callable[[float], float], lo: float = -INF, hi: float = INF) -> Rule:
    """A rising function, defined from `lo` to `hi` and no number elsewhere."""

    def at(value: float) -> float:
        try:
            return float(function(value))
        except OverflowError:
            return INF if value > 0 else -INF
        except ValueError:
            return -INF if value <= lo else INF

    def rule(x: Interval) -> Interval:
        nan = x.nan or x.lo < lo or x.hi > hi
        if x.hi < lo or x.lo > hi:
            return ANY
        return Interval(at(max(x.lo, lo)), at(min(x.hi, hi)), nan)

    return rule


def whole(function: Callable[[float], float]) -> Rule:
    """A rising function that gives whole numbers."""

    def at(value: float) -> float:
        return value if abs(value) == INF else float(function(value))

    return lambda x: Interval(at(x.lo), at(x.hi), x.nan)


def away(value: float) -> float:
    """C's `round`: halves go away from 0."""
    size = abs(value)
    below = math.floor(size)
    return math.copysign(below + 1 if size - below >= 0.5 else below, value)


def clamped(x: Interval, below: float, above: float) -> Interval:
    """Brought up to `below`, and then down to `above`."""
    low, high = [min(max(end, below), above) for end in (x.lo, x.hi)]
    return Interval(low, high, x.nan)


def bounded(low: float, high: float, is_total: bool = False) -> Rule:
    """A function with a range of its own, which infinities make no number unless total."""
    return lambda *xs: Interval(low, high, any(x.nan or (_is_open(x) and not is_total) for x in xs))


def cosh(x: Interval) -> Interval:
    return monotone(math.cosh)(absolute(x))


def acos(x: Interval) -> Interval:
    return Interval(0.0, 3.1415928, x.nan or x.lo < -1 or x.hi > 1)


def asin(x: Interval) -> Interval:
    return Interval(-1.5707965, 1.5707965, x.nan or x.lo < -1 or x.hi > 1)


def _has_zero(x: Interval) -> bool:
    return x.lo <= 0 <= x.hi


def _is_open(x: Interval) -> bool:
    return x.lo == -INF or x.hi == INF
