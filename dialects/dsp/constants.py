"""Constant folding: the result of each op for Python ints (32-bit, wrapping) and floats.

A folder returns None to leave the op to run time: if the result is not portable, or Python raises.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dspc.dialects.dsp.graph import Signal, SignalBuilder

Number = int | float
Folder = Callable[..., Number | None]


def wrap32(value: int) -> int:
    """The integer modulo 2^32, as a signed 32-bit number."""
    return ((value + 0x80000000) & 0xFFFFFFFF) - 0x80000000


def to_int(x: Number) -> int:
    """Truncation towards zero; -2147483648 for values out of range, as on x86."""
    if isinstance(x, int):
        return x
    if not -2147483649.0 < x < 2147483648.0:
        return -2147483648
    return int(x)


def c_round(x: float) -> float:
    """C's `round`: halves away from zero."""
    whole = math.floor(abs(x))
    return math.copysign(whole + (abs(x) - whole >= 0.5), x)


_NORMAL = {32: (2.0**-126, 2.0**128 - 2.0**103), 64: (2.0**-1022, math.inf)}
"""Precision in bits -> least normal number, and least number that rounds to infinity."""


def fits(x: Number, precision: Literal[32, 64]) -> bool:
    """Whether a number is finite in a precision."""
    return abs(x) < _NORMAL[precision][1]


def is_normal(x: Number, precision: Literal[32, 64]) -> bool:
    """Whether a number is finite and normal (not subnormal) in a precision; IEEE 754, 2.1."""
    least, beyond = _NORMAL[precision]
    return least <= abs(x) < beyond


def _arithmetic(on_numbers: Callable[[Number, Number], Number]) -> Folder:
    def folder(x: Number, y: Number) -> Number | None:
        if isinstance(x, int) and isinstance(y, int):
            return wrap32(int(on_numbers(x, y)))
        try:
            return float(on_numbers(float(x), float(y)))
        except (ValueError, OverflowError):
            return None

    return folder


def _bitwise(on_ints: Callable[[int, int], int]) -> Folder:
    return lambda x, y: wrap32(on_ints(x, y))


def _function(function: Callable[..., float]) -> Folder:
    """A function on floats; None where Python raises instead of returning an infinity or NaN."""

    def folder(*operands: Number) -> float | None:
        try:
            return float(function(*map(float, operands)))
        except (ValueError, OverflowError, ZeroDivisionError):
            return None

    return folder


def _whole(function: Callable[[float], float]) -> Folder:
    """Rounding to an integer that preserves the sign of zero."""
    return lambda x: math.copysign(function(x), x) if math.isfinite(x) else float(x)


def _logarithm(function: Callable[[float], float]) -> Folder:
    def folder(x: Number) -> float | None:
        if x == 0:
            return -math.inf
        return function(x) if x > 0 else None

    return folder


def _remainder(x: Number, y: Number) -> Number | None:
    if isinstance(x, int) and isinstance(y, int):
        return wrap32(int(math.fmod(x, y))) if y else 0
    return None


def _real_power(x: float, y: float) -> float | None:
    result = x**y
    return result if isinstance(result, float) else None


def _power(x: Number, y: Number) -> Number | None:
    try:
        return _real_power(float(x), float(y))
    except (OverflowError, ZeroDivisionError):
        return None


FOLDERS: dict[str, Folder] = {
    "add": _arithmetic(operator.add),
    "sub": _arithmetic(operator.sub),
    "mul": _arithmetic(operator.mul),
    "min": lambda x, y: y if y < x else x,
    "max": lambda x, y: y if x < y else x,
    "div": _function(operator.truediv),
    "rem": _remainder,
    "and": _bitwise(operator.and_),
    "or": _bitwise(operator.or_),
    "xor": _bitwise(operator.xor),
    "shl": _bitwise(lambda x, y: x << (y & 31)),
    "shr": _bitwise(lambda x, y: x >> (y & 31)),
    "pow": _power,
    "fmod": _function(math.fmod),
    "remainder": _function(math.remainder),
    "atan2": _function(math.atan2),
    "abs": lambda x: wrap32(abs(x)) if isinstance(x, int) else abs(x),
    "int": to_int,
    "float": float,
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "exp10": _function(lambda x: 10.0**x),
    "floor": _whole(math.floor),
    "ceil": _whole(math.ceil),
    "rint": _whole(round),
    "round": _whole(c_round),
    **{
        name: _function(getattr(math, name))
        for name in (
            "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
            "asinh", "acosh", "atanh", "exp", "sqrt",
        )
    },
}  # fmt: skip
"""Op -> its folder."""

COMPARISONS: dict[str, Callable[[Number, Number], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
    "ne": operator.ne,
}


def comparison_holds(predicate: str, x: Number, y: Number) -> bool:
    return COMPARISONS[predicate](x, y)


def fold(b: SignalBuilder, op: str, args: tuple[Signal, ...]) -> Signal | None:
    """The constant result of an op on constant signals; None if it is left to run time."""
    result = FOLDERS[op](*[arg.value for arg in args])
    if result is None:
        return None
    return b.int(result) if isinstance(result, int) else b.float(result)
