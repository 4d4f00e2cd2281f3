"""The transfer functions of integer ops: facts of operands to the fact of the exact result."""

from __future__ import annotations

import math
from collections.abc import Callable

from xdsl.dialects import arith
from xdsl.ir import Operation

from dspc.passes.bounds.facts import Fact, number, residue, whole


def add(x: Fact, y: Fact) -> Fact:
    return _summed(x, y, 1)


def sub(x: Fact, y: Fact) -> Fact:
    return _summed(x, y, -1)


def _summed(x: Fact, y: Fact, sign: int) -> Fact:
    ends = (y.low, y.high) if sign > 0 else (-y.high, -y.low)
    step = math.gcd(x.step, y.step)
    return whole(x.low + ends[0], x.high + ends[1], step, x.rest + sign * y.rest)


def mul(x: Fact, y: Fact) -> Fact:
    corners = [a * b for a in (x.low, x.high) for b in (y.low, y.high)]
    step = math.gcd(math.gcd(x.step * y.step, x.step * y.rest), y.step * x.rest)
    return whole(min(corners), max(corners), step, x.rest * y.rest)


def least(x: Fact, y: Fact) -> Fact:
    return _chosen(x, y, min(x.low, y.low), min(x.high, y.high))


def most(x: Fact, y: Fact) -> Fact:
    return _chosen(x, y, max(x.low, y.low), max(x.high, y.high))


def _chosen(x: Fact, y: Fact, low: float, high: float) -> Fact:
    """One of the two, within the ends."""
    if x.high < y.low or y.high < x.low:
        return x if (x.low, x.high) == (low, high) else y
    step = math.gcd(math.gcd(x.step, y.step), abs(x.rest - y.rest))
    return whole(low, high, step, x.rest) if step > 1 else whole(low, high)


def bit_and(x: Fact, y: Fact) -> Fact:
    if x.step == 0 and y.step == 0:
        return number(x.rest & y.rest)
    mask = next((side.rest for side in (x, y) if side.step == 0 and side.rest >= 0), None)
    if mask is not None:
        other = x if y.step == 0 else y
        if other.low >= 0 and other.high <= mask and not mask & (mask + 1):
            return other
        top = min(mask, other.high) if other.low >= 0 else mask
        if mask & (mask + 1):
            return whole(0, top)
        known = residue(other, mask + 1)
        step = math.gcd(other.step, mask + 1)
        return number(known) if known is not None else whole(0, top, step, other.rest)
    if x.low >= 0 or y.low >= 0:
        return whole(0, min(side.high for side in (x, y) if side.low >= 0))
    return whole(-(1 << _bits(x, y)), max(x.high, y.high))


def bit_or(x: Fact, y: Fact) -> Fact:
    if x.step == 0 and y.step == 0:
        return number(x.rest | y.rest)
    if x.low >= 0 and y.low >= 0:
        return whole(max(x.low, y.low), (1 << _bits(x, y)) - 1)
    return whole(-(1 << _bits(x, y)), (1 << _bits(x, y)) - 1)


def bit_xor(x: Fact, y: Fact) -> Fact:
    if x.step == 0 and y.step == 0:
        return number(x.rest ^ y.rest)
    low = 0 if x.low >= 0 and y.low >= 0 else -(1 << _bits(x, y))
    return whole(low, (1 << _bits(x, y)) - 1)


def _bits(x: Fact, y: Fact) -> int:
    """Bits without sign that hold both."""
    ends = [int(end) for side in (x, y) for end in (side.low, side.high)]
    return max((end if end >= 0 else ~end).bit_length() for end in ends)


def rem(x: Fact, y: Fact) -> Fact:
    """C's remainder: the sign of the dividend, less than the divisor in magnitude."""
    if y.low <= 0 <= y.high:
        return whole(min(x.low, 0), max(x.high, 0))
    largest = max(abs(y.low), abs(y.high)) - 1
    smallest = min(abs(y.low), abs(y.high))
    if -smallest < x.low and x.high < smallest:
        return x
    if y.step == 0 and x.low >= 0 and (known := residue(x, abs(y.rest))) is not None:
        return number(known)
    return whole(-min(largest, -x.low) if x.low < 0 else 0, max(min(largest, x.high), 0))


def div(x: Fact, y: Fact) -> Fact:
    """Division that truncates towards 0."""
    if y.low <= 0 <= y.high:
        end = max(abs(x.low), abs(x.high))
        return whole(-end, end)
    corners = [_truncated(int(a), int(b)) for a in (x.low, x.high) for b in (y.low, y.high)]
    ends = [*corners, 0] if x.low <= 0 <= x.high else corners
    return whole(min(ends), max(ends))


def _truncated(a: int, b: int) -> int:
    magnitude = abs(a) // abs(b)
    return magnitude if (a < 0) == (b < 0) else -magnitude


def shift_left(x: Fact, y: Fact) -> Fact:
    if y.low < 0 or y.high > 63:
        return whole(-(1 << 64), 1 << 64)
    return mul(x, whole(1 << int(y.low), 1 << int(y.high)))


def shift_right(x: Fact, y: Fact) -> Fact:
    if y.low < 0 or y.high > 63:
        return whole(min(x.low, -1), max(x.high, 0))
    ends = [int(a) >> int(b) for a in (x.low, x.high) for b in (y.low, y.high)]
    return whole(min(ends), max(ends))


RULES: dict[type[Operation], Callable[[Fact, Fact], Fact]] = {
    arith.AddiOp: add,
    arith.SubiOp: sub,
    arith.MuliOp: mul,
    arith.MinSIOp: least,
    arith.MaxSIOp: most,
    arith.AndIOp: bit_and,
    arith.OrIOp: bit_or,
    arith.XOrIOp: bit_xor,
    arith.RemSIOp: rem,
    arith.DivSIOp: div,
    arith.ShLIOp: shift_left,
    arith.ShRSIOp: shift_right,
}
"""Op -> its transfer function; results of other ops are unbounded."""


def holds(predicate: str, x: Fact, y: Fact) -> bool | None:
    """Whether a signed comparison of integers, or of floats, is decided."""
    match predicate:
        case "eq" | "ne":
            if x.high < y.low or y.high < x.low:
                return predicate == "ne"
            same = x.is_single and y.is_single and x.low == y.low
            return (predicate == "eq") if same else None
        case "lt":
            return True if x.high < y.low else False if x.low >= y.high else None
        case "le":
            return True if x.high <= y.low else False if x.low > y.high else None
        case "gt":
            return holds("lt", y, x)
        case "ge":
            return holds("le", y, x)
        case _:
            return None
