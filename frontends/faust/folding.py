"""Arithmetic on literals, as the Faust compiler folds it: 32-bit integers that wrap, and doubles.

A folder takes Python ints and floats and returns one, or None to leave the operation for run time.
Facts: notes on the language in docs/language.md, "Numbers".
"""

from __future__ import annotations

import math
from collections.abc import Callable

from dspc.dialects.diagnostics import DspcError

Number = int | float
Folder = Callable[..., Number | None]


def wrap32(value: int) -> int:
    """The integer modulo 2^32, as a signed 32-bit number."""
    return ((value + 0x80000000) & 0xFFFFFFFF) - 0x80000000


def to_int(x: Number) -> int:
    """Truncation towards zero; what 32 bits can't hold gives the smallest integer, as x86 does."""
    if isinstance(x, int):
        return x
    if not -2147483649.0 < x < 2147483648.0:
        return -2147483648
    return int(x)


def _arithmetic(on_ints: Callable[[int, int], int], on_reals: Callable[[float, float], float]) -> Folder:
    def fold(x: Number, y: Number) -> Number | None:
        if isinstance(x, int) and isinstance(y, int):
            return wrap32(on_ints(x, y))
        try:
            return on_reals(float(x), float(y))
        except (ValueError, OverflowError):
            return None

    return fold


def _bitwise(on_ints: Callable[[int, int], int]) -> Folder:
    return lambda x, y: wrap32(on_ints(to_int(x), to_int(y)))


def _compare(holds: Callable[[Number, Number], bool]) -> Folder:
    return lambda x, y: int(holds(x, y))


def _divide(x: Number, y: Number) -> float:
    if y == 0:
        raise DspcError("E0230", f"division by 0 in {x} / {y}")
    return float(x) / float(y)


def _remainder_of_division(x: Number, y: Number) -> Number | None:
    if y == 0:
        raise DspcError("E0230", f"remainder of a division by 0 in {x} % {y}")
    if isinstance(x, int) and isinstance(y, int):
        return wrap32(int(math.fmod(x, y)))
    return math.fmod(x, y) if math.isfinite(x) else None


def _power(x: Number, y: Number) -> Number | None:
    if isinstance(x, int) and isinstance(y, int) and y >= 0:
        return wrap32(pow(x, y, 1 << 32))
    try:
        result = float(x) ** float(y)
    except (OverflowError, ZeroDivisionError):
        return None
    return result if isinstance(result, float) else None


def _function(function: Callable[[float], float]) -> Folder:
    def fold(x: Number) -> float | None:
        try:
            return float(function(float(x)))
        except (ValueError, OverflowError):
            return None

    return fold


def _function2(function: Callable[[float, float], float]) -> Folder:
    def fold(x: Number, y: Number) -> float | None:
        try:
            return float(function(float(x), float(y)))
        except (ValueError, OverflowError):
            return None

    return fold


def _log(function: Callable[[float], float]) -> Folder:
    def fold(x: Number) -> float | None:
        if x == 0:
            return -math.inf
        return function(float(x)) if x > 0 else None

    return fold


def c_round(x: float) -> float:
    """C's `round`: halves away from zero."""
    if not math.isfinite(x):
        return x
    whole = math.floor(abs(x))
    return math.copysign(whole + (abs(x) - whole >= 0.5), x)


FOLDERS: dict[str, Folder] = {
    "add": _arithmetic(lambda x, y: x + y, lambda x, y: x + y),
    "sub": _arithmetic(lambda x, y: x - y, lambda x, y: x - y),
    "mul": _arithmetic(lambda x, y: x * y, lambda x, y: x * y),
    "div": _divide,
    "rem": _remainder_of_division,
    "and": _bitwise(lambda x, y: x & y),
    "or": _bitwise(lambda x, y: x | y),
    "xor": _bitwise(lambda x, y: x ^ y),
    "shl": _bitwise(lambda x, y: x << (y & 31)),
    "shr": _bitwise(lambda x, y: x >> (y & 31)),
    "lt": _compare(lambda x, y: x < y),
    "le": _compare(lambda x, y: x <= y),
    "gt": _compare(lambda x, y: x > y),
    "ge": _compare(lambda x, y: x >= y),
    "eq": _compare(lambda x, y: x == y),
    "ne": _compare(lambda x, y: x != y),
    "min": _arithmetic(min, min),
    "max": _arithmetic(max, max),
    "pow": _power,
    "fmod": _function2(math.fmod),
    "remainder": _function2(math.remainder),
    "atan2": _function2(math.atan2),
    "abs": lambda x: wrap32(abs(x)) if isinstance(x, int) else abs(x),
    "to_int": to_int,
    "to_float": float,
    "log": _log(math.log),
    "log10": _log(math.log10),
    "exp10": _function(lambda x: 10.0**x),
    "floor": _function(lambda x: x if not math.isfinite(x) else math.floor(x)),
    "ceil": _function(lambda x: x if not math.isfinite(x) else math.ceil(x)),
    "rint": _function(lambda x: x if not math.isfinite(x) else round(x)),
    "round": _function(c_round),
    **{
        name: _function(getattr(math, name))
        for name in (
            "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
            "asinh", "acosh", "atanh", "exp", "sqrt",
        )
    },
}  # fmt: skip
"""What each operator gives on literals."""
