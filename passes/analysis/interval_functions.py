"""Interval arithmetic of mathematical functions: tight bounds, up to rounding.

A monotone function attains its bounds at its operand's; for a periodic one, turning points and
poles within the interval are considered; a function of two operands without a stationary point
inside their rectangle attains its extremes on the edges.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from dspc.passes.analysis.interval_math import (
    ANY,
    INF,
    ZERO,
    Interval,
    has_zero,
    is_open,
    join,
    negated,
    ordered,
)

Rule = Callable[..., Interval]
_TURNS = 2.0**50
"""Quotients below this are distinguished."""
_NEAR = 1e-9
"""The tolerance, relative to the distance from 0, within which turning points and poles near an
interval count as inside."""


def monotone(function: Callable[[float], float], lo: float = -INF, hi: float = INF) -> Rule:
    """The rule of an increasing function, defined on [lo, hi] and NaN elsewhere."""

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


def falling(function: Callable[[float], float], lo: float, hi: float) -> Rule:
    """The rule of a decreasing function, defined on [lo, hi] and NaN elsewhere."""
    rising = monotone(lambda x: -function(x), lo, hi)
    return lambda x: negated(rising(x))


def whole(function: Callable[[float], float]) -> Rule:
    """The rule of an increasing function with integral results."""

    def at(value: float) -> float:
        return value if abs(value) == INF else float(function(value))

    return lambda x: Interval(at(x.lo), at(x.hi), x.nan)


def sine(x: Interval) -> Interval:
    return _wave(math.sin, math.pi / 2, x)


def cosine(x: Interval) -> Interval:
    return _wave(math.cos, 0.0, x)


def _wave(function: Callable[[float], float], top: float, x: Interval) -> Interval:
    """A function of period 2 pi that is 1 at `top` and -1 half a period later."""
    if is_open(x):
        return Interval(-1.0, 1.0, True)
    ends = [function(x.lo), function(x.hi)]
    hi = 1.0 if _meets(x, top, 2 * math.pi) else max(ends)
    lo = -1.0 if _meets(x, top + math.pi, 2 * math.pi) else min(ends)
    return Interval(lo, hi, x.nan)


def tangent(x: Interval) -> Interval:
    if is_open(x) or _meets(x, math.pi / 2, math.pi):
        return Interval(-INF, INF, x.nan or is_open(x))
    return Interval(math.tan(x.lo), math.tan(x.hi), x.nan)


def _meets(x: Interval, point: float, period: float) -> bool:
    """Whether an interval contains `point` plus a multiple of `period`."""
    slack = _NEAR * (1 + max(abs(x.lo), abs(x.hi)))
    first = math.ceil((x.lo - slack - point) / period)
    return point + first * period <= x.hi + slack


def cosh(x: Interval) -> Interval:
    lo = 0.0 if has_zero(x) else min(abs(x.lo), abs(x.hi))
    size = Interval(lo, max(abs(x.lo), abs(x.hi)), x.nan)
    return monotone(math.cosh)(size)


def angle(y: Interval, x: Interval) -> Interval:
    """`atan2`; a lower bound of 0 may be -0.0, for which a negative `x` gives -pi."""
    nan = x.nan or y.nan
    if has_zero(y) and x.lo <= 0:
        return Interval(-math.pi, math.pi, nan)
    return _corners(math.atan2, y, x, nan)


def angle_within(y: Interval, x: Interval) -> Interval:
    """`atan2` over the reals, without signed zeros."""
    if y.lo < 0 <= y.hi and x.lo <= 0:
        return Interval(-math.pi, math.pi, x.nan or y.nan)
    return _corners(math.atan2, y, x, x.nan or y.nan)


def _corners(
    function: Callable[[float, float], float], x: Interval, y: Interval, nan: bool
) -> Interval:
    # 0.0 + x turns -0.0 into 0.0.
    corners = [function(0.0 + a, 0.0 + b) for a in (x.lo, x.hi) for b in (y.lo, y.hi)]
    return ordered(corners, nan)


def power(x: Interval, y: Interval) -> Interval:
    """`pow`: for a positive base, `y log x` attains its extremes at the corners."""
    if x.nan or y.nan or (has_zero(x) and y.lo < 0):
        return ANY
    if x.lo >= 0:
        return _corners(_pow, x, y, False)
    size = _corners(_pow, Interval(0.0, max(-x.lo, x.hi)), y, False) if y.lo >= 0 else ANY
    if y.lo != y.hi or is_open(y) or y.lo != math.floor(y.lo):
        return Interval(-size.hi, size.hi, True)
    if y.lo % 2 == 1:
        return ordered([_pow(x.lo, y.lo), _pow(x.hi, y.lo)], False)
    low = 0.0 if has_zero(x) and y.lo else min(abs(x.lo), abs(x.hi))
    return _corners(_pow, Interval(low, max(abs(x.lo), abs(x.hi))), y, False)


def _pow(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -INF if base < 0 and exponent % 2 == 1 else INF


def rem(x: Interval, y: Interval) -> Interval:
    """The remainder of C's integer division; by 0 it is 0."""
    reach = max(abs(y.lo), abs(y.hi)) - 1
    if reach < 0:
        return ZERO
    return _remainder(x, y, reach)


def fmod(x: Interval, y: Interval) -> Interval:
    """C's `fmod`: smaller in magnitude than the divisor."""
    reach = max(abs(y.lo), abs(y.hi))
    nan = x.nan or y.nan or has_zero(y) or is_open(x)
    if reach == 0:
        return ANY
    result = _remainder(x, y, reach if reach == INF else math.nextafter(reach, 0.0))
    return Interval(result.lo, result.hi, nan)


def _remainder(x: Interval, y: Interval, reach: float) -> Interval:
    """Remainders with the dividend's sign: the negative case mirrors the positive one."""
    parts: list[Interval] = []
    if x.hi >= 0:
        parts.append(_positive_remainder(max(x.lo, 0), x.hi, y, reach))
    if x.lo < 0:
        parts.append(negated(_positive_remainder(max(-x.hi, 0), -x.lo, y, reach)))
    return _union(parts)


def _union(parts: Iterable[Interval]) -> Interval:
    first, *others = parts
    for other in others:
        first = join(first, other)
    return first


def _positive_remainder(lo: float, hi: float, y: Interval, reach: float) -> Interval:
    least = 0 if has_zero(y) else min(abs(y.lo), abs(y.hi))
    if hi < least:
        return Interval(lo, hi)
    if y.lo == y.hi and hi < least * _TURNS and lo // least == hi // least:
        if isinstance(lo, int) and isinstance(hi, int) and isinstance(least, int):
            return Interval(lo % least, hi % least)
        return Interval(math.fmod(lo, least), math.fmod(hi, least))
    return Interval(0, min(hi, reach))


def remainder(x: Interval, y: Interval) -> Interval:
    """The remainder of IEEE 754: at most half the divisor and the dividend in magnitude."""
    nan = x.nan or y.nan or has_zero(y) or is_open(x)
    least = 0.0 if has_zero(y) else min(abs(y.lo), abs(y.hi))
    furthest = max(abs(x.lo), abs(x.hi))
    if furthest < least / 2:
        return Interval(x.lo, x.hi, nan)
    reach = min(max(abs(y.lo), abs(y.hi)) / 2, furthest)
    if y.lo == y.hi and not nan and furthest < least * _TURNS:
        ends = [math.remainder(end, least) for end in (x.lo, x.hi)]
        if ends[1] - ends[0] == x.hi - x.lo:
            return Interval(ends[0], ends[1])
    return Interval(-reach, reach, nan)
