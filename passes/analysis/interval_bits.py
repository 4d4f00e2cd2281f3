"""Interval arithmetic of bitwise operations on 32-bit integers: the tightest bounds.

`and`, `or` and `xor` follow H. S. Warren, *Hacker's Delight* (2nd ed.), section 4-3, "Propagating
Bounds through Logical Operations", applied to negative and non-negative operands separately. Shift
amounts are modulo 32, so that a range of amounts has at most 32 of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from dspc.passes.analysis.interval_math import ANY_INT, INT_MAX, INT_MIN, Interval

_WORD = 1 << 32
_TOP = 1 << 31
_Range = tuple[int, int]
_Bound = Callable[[_Range, _Range], int]


def wrapped(x: Interval) -> Interval:
    """Integers modulo 2^32: exact where all of the interval wraps by the same multiple."""
    if x.lo >= INT_MIN and x.hi <= INT_MAX:
        return Interval(x.lo, x.hi)
    if math.isinf(x.lo) or math.isinf(x.hi):
        return ANY_INT
    turns = (int(x.lo) - INT_MIN) // _WORD
    if turns != (int(x.hi) - INT_MIN) // _WORD:
        return ANY_INT
    return Interval(int(x.lo) - turns * _WORD, int(x.hi) - turns * _WORD)


def bit_and(x: Interval, y: Interval) -> Interval:
    return _bitwise(_least_and, _most_and, x, y)


def bit_or(x: Interval, y: Interval) -> Interval:
    return _bitwise(_least_or, _most_or, x, y)


def bit_xor(x: Interval, y: Interval) -> Interval:
    return _bitwise(_least_xor, _most_xor, x, y)


def shift_left(x: Interval, y: Interval) -> Interval:
    """With wrapping results."""
    results = [wrapped(_scaled(x, 1 << by)) for by in _amounts(y)]
    return Interval(min(each.lo for each in results), max(each.hi for each in results))


def shift_left_within(x: Interval, y: Interval) -> Interval:
    """Without overflow: amounts for which every operand overflows are assumed not to occur."""
    amounts = [by for by in _amounts(y) if min(abs(x.lo), abs(x.hi)) * (1 << by) <= INT_MAX]
    results = [_scaled(x, 1 << by) for by in amounts or [0]]
    return Interval(min(each.lo for each in results), max(each.hi for each in results))


def shift_right(x: Interval, y: Interval) -> Interval:
    ends = [_floored(end, by) for end in (x.lo, x.hi) for by in _amounts(y)]
    return Interval(min(ends), max(ends))


def _scaled(x: Interval, by: int) -> Interval:
    return Interval(x.lo * by, x.hi * by)


def _floored(end: float, by: int) -> float:
    return end if math.isinf(end) else int(end) >> by


def _amounts(y: Interval) -> list[int]:
    """The possible shift amounts modulo 32."""
    if math.isinf(y.lo) or math.isinf(y.hi) or y.hi - y.lo >= 31:
        return list(range(32))
    return [by % 32 for by in range(int(y.lo), int(y.hi) + 1)]


def _bitwise(least: _Bound, most: _Bound, x: Interval, y: Interval) -> Interval:
    ends: list[int] = []
    for a in _halves(x):
        for b in _halves(y):
            ends += (_signed(least(a, b)), _signed(most(a, b)))
    return Interval(min(ends), max(ends))


def _halves(x: Interval) -> Iterator[_Range]:
    """The negative and the non-negative part of an interval, as unsigned ranges."""
    lo, hi = int(max(x.lo, INT_MIN)), int(min(x.hi, INT_MAX))
    if lo > hi:
        lo, hi = INT_MIN, INT_MAX
    if lo < 0:
        yield lo + _WORD, min(hi, -1) + _WORD
    if hi >= 0:
        yield max(lo, 0), hi


def _signed(word: int) -> int:
    return word - _WORD if word & _TOP else word


def _bits() -> Iterator[int]:
    return (1 << at for at in range(31, -1, -1))


def _least_or(x: _Range, y: _Range) -> int:
    (a, b), (c, d) = x, y
    for bit in _bits():
        if ~a & c & bit and (up := (a | bit) & -bit) <= b:
            a = up
            break
        if a & ~c & bit and (up := (c | bit) & -bit) <= d:
            c = up
            break
    return a | c


def _most_or(x: _Range, y: _Range) -> int:
    (a, b), (c, d) = x, y
    for bit in _bits():
        if b & d & bit:
            if (down := (b - bit) | (bit - 1)) >= a:
                b = down
                break
            if (down := (d - bit) | (bit - 1)) >= c:
                d = down
                break
    return b | d


def _least_and(x: _Range, y: _Range) -> int:
    (a, b), (c, d) = x, y
    for bit in _bits():
        if ~a & ~c & bit:
            if (up := (a | bit) & -bit) <= b:
                a = up
                break
            if (up := (c | bit) & -bit) <= d:
                c = up
                break
    return a & c


def _most_and(x: _Range, y: _Range) -> int:
    (a, b), (c, d) = x, y
    for bit in _bits():
        if b & ~d & bit and (down := (b & ~bit) | (bit - 1)) >= a:
            b = down
            break
        if ~b & d & bit and (down := (d & ~bit) | (bit - 1)) >= c:
            d = down
            break
    return b & d


def _least_xor(x: _Range, y: _Range) -> int:
    (a, b), (c, d) = x, y
    for bit in _bits():
        if ~a & c & bit and (up := (a | bit) & -bit) <= b:
            a = up
        elif a & ~c & bit and (up := (c | bit) & -bit) <= d:
            c = up
    return a ^ c


def _most_xor(x: _Range, y: _Range) -> int:
    (a, b), (c, d) = x, y
    for bit in _bits():
        if b & d & bit:
            if (down := (b - bit) | (bit - 1)) >= a:
                b = down
            elif (down := (d - bit) | (bit - 1)) >= c:
                d = down
    return b ^ d
