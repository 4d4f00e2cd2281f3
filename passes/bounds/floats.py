"""The transfer functions of floating-point ops.

Ends are rounded outwards by one unit in the last place of the result's type, which covers rounding
to nearest and contraction of a product and a sum to one operation. Exact operations are not.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from xdsl.dialects import arith
from xdsl.dialects import math as functions
from xdsl.dialects.builtin import Float64Type
from xdsl.ir import Attribute, Operation

from dspc.passes.bounds.facts import ANY_FLOAT, INF, Fact, element_of

LIBM_ULPS = 8
"""The error that is granted to functions of a C mathematical library."""


def outward(fact: Fact, type: Attribute, ulps: int = 1) -> Fact:
    """The fact with its ends moved out to representable neighbours."""
    is_double = isinstance(element_of(type), Float64Type)
    down, up = fact.low, fact.high
    for _ in range(ulps):
        down, up = _below(down, is_double), _above(up, is_double)
    return Fact(down, up, fact.nan)


def _above(end: float, is_double: bool) -> float:
    if end in (INF, -INF):
        return end
    if is_double:
        return math.nextafter(end, INF)
    try:
        near = struct.unpack("f", struct.pack("f", end))[0]
    except OverflowError:
        return INF if end > 0 else -3.4028234663852886e38
    if near > end:
        return near
    bits = struct.unpack("i", struct.pack("f", near))[0]
    if near == 0:
        return 2.0**-149
    return struct.unpack("f", struct.pack("i", bits + 1 if near > 0 else bits - 1))[0]


def _below(end: float, is_double: bool) -> float:
    return -_above(-end, is_double)


def below_one(type: Attribute) -> float:
    """The largest number below 1 of a type."""
    return _below(1.0, isinstance(element_of(type), Float64Type))


def add(x: Fact, y: Fact) -> Fact:
    low, high = x.low + y.low, x.high + y.high
    nan = x.nan or y.nan or _opposite(x, y)
    return Fact(-INF if low != low else low, INF if high != high else high, nan)


def sub(x: Fact, y: Fact) -> Fact:
    return add(x, Fact(-y.high, -y.low, y.nan))


def _opposite(x: Fact, y: Fact) -> bool:
    return (x.high == INF and y.low == -INF) or (x.low == -INF and y.high == INF)


def mul(x: Fact, y: Fact) -> Fact:
    corners = [_product(a, b) for a in (x.low, x.high) for b in (y.low, y.high)]
    nan = x.nan or y.nan or _zero_times_infinity(x, y) or _zero_times_infinity(y, x)
    return Fact(min(corners), max(corners), nan)


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _zero_times_infinity(x: Fact, y: Fact) -> bool:
    return x.low <= 0 <= x.high and (y.low == -INF or y.high == INF)


def div(x: Fact, y: Fact) -> Fact:
    if y.low <= 0 <= y.high:
        return ANY_FLOAT
    infinite = x.low == -INF or x.high == INF
    nan = x.nan or y.nan or (infinite and (y.low == -INF or y.high == INF))
    corners = [a / b for a in (x.low, x.high) for b in (y.low, y.high) if abs(b) < INF]
    if y.low == -INF or y.high == INF:
        corners.append(0.0)
    finite = [c for c in corners if c == c]
    return Fact(min(finite), max(finite), nan) if finite else ANY_FLOAT


def is_exact_product(x: Fact, y: Fact, result: Fact) -> bool:
    """Whether a factor is a power of two and no product is subnormal or overflows."""
    for side in (x, y):
        if side.is_single and side.low and abs(math.frexp(side.low)[0]) == 0.5:
            return 1 <= abs(side.low) <= 2.0**60 and abs(result.low) < INF and result.high < INF
    return False


def _monotone(function: Callable[[float], float], low: float, high: float) -> Transfer:
    """A function that increases on [low, high] and is NaN elsewhere."""

    def rule(x: Fact, type: Attribute) -> Fact:
        if x.high < low or x.low > high:
            return ANY_FLOAT
        ends = [_value(function, end) for end in (max(x.low, low), min(x.high, high))]
        nan = x.nan or x.low < low or x.high > high
        return outward(Fact(min(ends), max(ends), nan), type, LIBM_ULPS)

    return rule


def _value(function: Callable[[float], float], end: float) -> float:
    try:
        return function(end)
    except OverflowError:
        return INF
    except ValueError:
        return -INF


def _exact(function: Callable[[float], float]) -> Transfer:
    """A function that increases and whose result is exact."""

    def rule(x: Fact, type: Attribute) -> Fact:
        ends = [end if abs(end) == INF else float(function(end)) for end in (x.low, x.high)]
        return Fact(ends[0], ends[1], x.nan)

    return rule


def _absolute(x: Fact, type: Attribute) -> Fact:
    low = 0.0 if x.low <= 0 <= x.high else min(abs(x.low), abs(x.high))
    return Fact(low, max(abs(x.low), abs(x.high)), x.nan)


def _negated(x: Fact, type: Attribute) -> Fact:
    return Fact(-x.high, -x.low, x.nan)


def _within(low: float, high: float) -> Transfer:
    def rule(x: Fact, type: Attribute) -> Fact:
        nan = x.nan or x.low == -INF or x.high == INF
        return outward(Fact(low, high, nan), type, LIBM_ULPS)

    return rule


Transfer = Callable[[Fact, Attribute], Fact]

FUNCTIONS: dict[type[Operation], Transfer] = {
    arith.NegfOp: _negated,
    functions.AbsFOp: _absolute,
    functions.FloorOp: _exact(math.floor),
    functions.CeilOp: _exact(math.ceil),
    functions.RoundEvenOp: _exact(round),
    functions.RoundOp: _exact(lambda x: math.copysign(math.floor(abs(x) + 0.5), x)),
    functions.SinOp: _within(-1.0, 1.0),
    functions.CosOp: _within(-1.0, 1.0),
    functions.TanhOp: _monotone(math.tanh, -INF, INF),
    functions.AtanOp: _monotone(math.atan, -INF, INF),
    functions.ExpOp: _monotone(math.exp, -INF, INF),
    functions.LogOp: _monotone(lambda x: math.log(x) if x < INF else INF, 0.0, INF),
    functions.Log10Op: _monotone(lambda x: math.log10(x) if x < INF else INF, 0.0, INF),
    functions.SqrtOp: _monotone(lambda x: math.sqrt(x) if x < INF else INF, 0.0, INF),
}
"""Op with one operand -> its transfer function; results of other ops are unbounded."""

RULES: dict[type[Operation], Callable[[Fact, Fact], Fact]] = {
    arith.AddfOp: add,
    arith.SubfOp: sub,
    arith.MulfOp: mul,
    arith.DivfOp: div,
}


def fmod(x: Fact, y: Fact) -> Fact:
    """Smaller than the divisor in magnitude, with the sign of the dividend, not above it."""
    end = max(abs(y.low), abs(y.high))
    nan = x.nan or y.nan or y.low <= 0 <= y.high or x.low == -INF or x.high == INF
    return Fact(max(-end, min(x.low, 0.0)), min(end, max(x.high, 0.0)), nan)


def remainder(x: Fact, y: Fact) -> Fact:
    """At most half of the divisor in magnitude."""
    end = max(abs(y.low), abs(y.high)) / 2
    nan = x.nan or y.nan or y.low <= 0 <= y.high or x.low == -INF or x.high == INF
    return Fact(-end, end, nan)


CALLS: dict[str, Callable[[Fact, Fact], Fact]] = {
    "fmod": fmod,
    "fmodf": fmod,
    "remainder": remainder,
    "remainderf": remainder,
}
"""C function of two numbers -> its transfer function; results of others are unbounded."""
