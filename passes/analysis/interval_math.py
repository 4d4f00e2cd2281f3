"""Interval arithmetic (R. E. Moore, Interval Analysis, 1966) on signals.

Bounds are Python floats or ints; infinities are ordinary values. `nan` is whether the signal can be
NaN. Results of rounded operations are enlarged by more than the rounding error.
"""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

INF = math.inf
INT_MIN, INT_MAX = -2147483648, 2147483647
SLACK = 2.0**-20
TINY = 2.0**-120
"""Above the magnitudes whose relative rounding error in single precision exceeds SLACK, or that are
flushed to 0."""
HUGE = 3.4028234663852886e38
"""The largest finite number of single precision."""


class Interval(NamedTuple):
    """The closed interval [lo, hi], and NaN if `nan`."""

    lo: float
    hi: float
    nan: bool = False

    @property
    def is_finite(self) -> bool:
        return self.lo > -INF and self.hi < INF and not self.nan


ANY = Interval(-INF, INF, True)
ANY_INT = Interval(INT_MIN, INT_MAX)
ZERO = Interval(0, 0)


def negated(x: Interval) -> Interval:
    return Interval(-x.hi, -x.lo, x.nan)


def join(x: Interval, y: Interval) -> Interval:
    return Interval(min(x.lo, y.lo), max(x.hi, y.hi), x.nan or y.nan)


def within(x: Interval, limits: Interval | None) -> Interval:
    """The intersection with limits that also hold."""
    if limits is None:
        return x
    return Interval(min(max(x.lo, limits.lo), limits.hi), max(min(x.hi, limits.hi), limits.lo))


def ordered(values: list[float], nan: bool) -> Interval:
    """The hull of some bounds; a NaN among them gives an unbounded interval."""
    if any(value != value for value in values):
        return ANY
    return Interval(min(values), max(values), nan)


def rounded(x: Interval) -> Interval:
    """Enlarged by more than the errors of library functions and of rounding, in both precisions.

    Rounding keeps signs, so a bound of 0 stays; bounds beyond single precision are infinite.
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


def nearest(x: Interval, is_single: bool) -> Interval:
    """The bounds rounded to nearest in a precision: rounding is monotone."""
    return Interval(single(x.lo), single(x.hi), x.nan) if is_single else x


def single(value: float) -> float:
    """A number rounded to single precision."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(INF, value)


def is_normal(x: Interval) -> bool:
    """Whether both bounds are 0 or normal numbers of single precision."""
    return all(end == 0 or TINY < abs(end) < HUGE for end in (x.lo, x.hi))


def add(x: Interval, y: Interval) -> Interval:
    """The sum; infinities of opposite signs give NaN."""
    nan = (x.hi == INF and y.lo == -INF) or (x.lo == -INF and y.hi == INF)
    return ordered([x.lo + y.lo, x.hi + y.hi], nan or x.nan or y.nan)


def sub(x: Interval, y: Interval) -> Interval:
    return add(x, Interval(-y.hi, -y.lo, y.nan))


def mul(x: Interval, y: Interval) -> Interval:
    corners = [x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi]
    has_zero_times_infinity = (has_zero(x) and is_open(y)) or (has_zero(y) and is_open(x))
    if has_zero_times_infinity:
        corners = [corner for corner in corners if corner == corner]
        return ordered([*corners, 0.0], True)
    return ordered(corners, x.nan or y.nan)


def square(x: Interval) -> Interval:
    top = max(x.lo * x.lo, x.hi * x.hi)
    low = 0 if has_zero(x) else min(x.lo * x.lo, x.hi * x.hi)
    return Interval(low, top, x.nan)


def div(x: Interval, y: Interval) -> Interval:
    if has_zero(y) or (is_open(x) and is_open(y)):
        return ANY
    return ordered([x.lo / y.lo, x.lo / y.hi, x.hi / y.lo, x.hi / y.hi], x.nan or y.nan)


def div_within(x: Interval, y: Interval) -> Interval:
    """The quotient over the reals: a divisor interval with a bound of 0 keeps its sign.

    Rounding to -0.0 is not considered.
    """
    if y.lo == 0 < y.hi:
        lo = -INF if x.lo < 0 else x.lo / y.hi
        return Interval(lo, INF if x.hi > 0 else x.hi / y.hi, True)
    if y.lo < 0 == y.hi:
        return div_within(negated(x), negated(y))
    return div(x, y)


def minimum(x: Interval, y: Interval) -> Interval:
    """The interval of `y < x ? y : x`: a NaN in y gives x, one in x is kept."""
    hi = x.hi if y.nan else min(x.hi, y.hi)
    return Interval(min(x.lo, y.lo), hi, x.nan)


def maximum(x: Interval, y: Interval) -> Interval:
    lo = x.lo if y.nan else max(x.lo, y.lo)
    return Interval(lo, max(x.hi, y.hi), x.nan)


def absolute(x: Interval) -> Interval:
    if x.lo >= 0:
        return x
    if x.hi <= 0:
        return Interval(-x.hi, -x.lo, x.nan)
    return Interval(0, max(-x.lo, x.hi), x.nan)


def truncate(x: Interval) -> Interval:
    """Truncation towards zero, not yet converted to 32 bits."""
    low, high = [end if abs(end) == INF else math.trunc(end) for end in (x.lo, x.hi)]
    return Interval(low, high)


def away(value: float) -> float:
    """C's `round`: halves are rounded away from 0."""
    size = abs(value)
    below = math.floor(size)
    return math.copysign(below + 1 if size - below >= 0.5 else below, value)


def clamped(x: Interval, below: float, above: float) -> Interval:
    """Clamped to at least `below`, and then to at most `above`."""
    low, high = [min(max(end, below), above) for end in (x.lo, x.hi)]
    return Interval(low, high, x.nan)


def has_zero(x: Interval) -> bool:
    return x.lo <= 0 <= x.hi


def is_open(x: Interval) -> bool:
    return x.lo == -INF or x.hi == INF
