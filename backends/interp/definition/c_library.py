"""The C mathematics library, called as compiled programs call it.

f64 functions are those of doubles (`sin`), f32 functions those of floats (`sinf`), so results are
bit-identical to compiled code that uses the same library. No function raises; as in C, errors are
infinities or NaNs.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Callable
from functools import cache

import numpy as np

Function = Callable[..., object]

UNARY = frozenset(
    (
        "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
        "atanh", "exp", "exp2", "exp10", "expm1", "log", "log2", "log10", "log1p", "sqrt", "cbrt",
        "floor", "ceil", "rint", "nearbyint", "round", "trunc", "fabs", "erf", "erfc", "tgamma",
        "lgamma", "j0", "j1", "y0", "y1", "logb",
    )
)  # fmt: skip
BINARY = frozenset(
    (
        "pow", "atan2", "fmod", "remainder", "copysign", "hypot", "fmin", "fmax", "fdim",
        "nextafter",
    )
)  # fmt: skip
TERNARY = frozenset(["fma"])
ORDERED_BESSEL = frozenset(["jn", "yn"])
"""Bessel functions whose first argument is an int, the order."""
TESTS: dict[str, Callable[[float], bool]] = {
    "isnan": math.isnan,
    "isinf": math.isinf,
    "isfinite": math.isfinite,
    "signbit": lambda x: math.copysign(1.0, x) < 0,
}
"""Classification macros of C, which return an int."""


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL("ucrtbase") if sys.platform == "win32" else ctypes.CDLL(None)


@cache
def c_function(name: str) -> Function | None:
    """The C function of a name (`sin` on float, `sinf` on np.float32); None if it is unknown."""
    is_single = name not in _ALL and name.endswith("f")
    stem = name[:-1] if is_single else name
    if stem in TESTS:
        test = TESTS[stem]
        return lambda x: int(test(float(x)))
    if stem == "abs" and not is_single:
        return lambda x: -(2**31) if x == -(2**31) else abs(x)
    if stem not in _ALL:
        return None
    try:
        raw = getattr(_library(), name)
    except AttributeError:
        return _substitute(stem, is_single)
    number = ctypes.c_float if is_single else ctypes.c_double
    raw.restype = number
    raw.argtypes = _argument_types(stem, number)
    if not is_single:
        return raw
    single = np.float32
    return lambda *args: single(raw(*args))


_ALL = UNARY | BINARY | TERNARY | ORDERED_BESSEL | frozenset(TESTS) | {"abs"}


def _argument_types(stem: str, number: type) -> list[type]:
    if stem in ORDERED_BESSEL:
        return [ctypes.c_int, number]
    return [number] * (1 if stem in UNARY else 2 if stem in BINARY else 3)


def _substitute(stem: str, is_single: bool) -> Function | None:
    """`exp10`, a GNU extension, for other C libraries; may differ from GNU's by an ulp."""
    power = c_function("powf" if is_single else "pow")
    if stem != "exp10" or power is None:
        return None
    ten = np.float32(10) if is_single else 10.0
    return lambda x: power(ten, x)
