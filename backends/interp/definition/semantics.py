"""The semantics of scalar ops: the definition of the language's arithmetic.

Values are Python ints (i1: 0 or 1; i32, i64 and index: signed, wrapped to their width), Python
floats (f64) and np.float32. Vectors are tuples of these, and ops apply to each lane. Results are
rounded to the type. No function raises, except for `Trap` where an upstream op has undefined
behaviour (such as a shift by 32 bits or more).

`SCALARS` defines the ops of both levels; `LOOP_NAMES` maps upstream ops to its rows. Mathematical
functions are those of the C library, with bit-identical results.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from dspc.backends.interp.definition.c_library import BINARY, TERNARY, UNARY, c_function
from dspc.backends.interp.errors import Trap

Scalar = Any
"""int, float or np.float32."""
Function = Callable[..., Scalar]
FLOATS = ("f32", "f64")
WIDTHS = {"i32": 32, "i64": 64, "index": 64}
INT_MIN = -2147483648


def wrapped(value: int, bits: int) -> int:
    """The integer modulo 2^bits, signed."""
    half = 1 << (bits - 1)
    return ((value + half) & ((1 << bits) - 1)) - half


def _integer_ops(bits: int) -> dict[str, Function]:
    half, mask = 1 << (bits - 1), (1 << bits) - 1
    return {
        "add": lambda x, y: ((x + y + half) & mask) - half,
        "sub": lambda x, y: ((x - y + half) & mask) - half,
        "mul": lambda x, y: ((x * y + half) & mask) - half,
        "quotient": lambda x, y: wrapped(_divided(x, _nonzero(y)), bits),
        "rem": lambda x, y: x - y * _divided(x, y) if y else 0,
        "rem_defined": lambda x, y: x - y * _divided(x, _nonzero(y)),
        "and": operator.and_,
        "or": operator.or_,
        "xor": operator.xor,
        "shl": lambda x, y: (((x << (y % bits)) + half) & mask) - half,
        "shr": lambda x, y: x >> (y % bits),
        "shl_defined": lambda x, y: wrapped(x << _shift(y, bits), bits),
        "shr_defined": lambda x, y: x >> _shift(y, bits),
        "shru_defined": lambda x, y: wrapped((x & mask) >> _shift(y, bits), bits),
        "min": min_,
        "max": max_,
        "abs": lambda x: wrapped(abs(x), bits),
    }


def _divided(x: int, y: int) -> int:
    """The quotient truncated towards zero, as in C."""
    quotient = abs(x) // abs(y)
    return quotient if (x < 0) == (y < 0) else -quotient


def _nonzero(divisor: int) -> int:
    if divisor == 0:
        raise Trap("an integer is divided by 0")
    return divisor


def _shift(amount: int, bits: int) -> int:
    if not 0 <= amount < bits:
        raise Trap(f"a shift of {bits} bits by {amount}")
    return amount


def min_(x: Scalar, y: Scalar) -> Scalar:
    return y if y < x else x


def max_(x: Scalar, y: Scalar) -> Scalar:
    return y if x < y else x


def divide(x: float, y: float) -> float:
    """IEEE 754 division, also by 0, for which Python raises."""
    if y:
        return x / y
    if x == 0 or x != x:
        return math.nan
    return math.copysign(math.inf, x) * math.copysign(1.0, y)


def truncated(x: Scalar) -> int:
    """`dsp.int`: truncation towards zero; NaN and values out of range give -2147483648."""
    x = float(x)
    return int(x) if -2147483649.0 < x < 2147483648.0 else INT_MIN


def truncated_defined(x: Scalar) -> int:
    """`arith.fptosi` to i32, undefined for values out of range."""
    x = float(x)
    if not -2147483649.0 < x < 2147483648.0:
        raise Trap(f"{x} is converted to an i32")
    return int(x)


def _minimum(x: Scalar, y: Scalar) -> Scalar:
    """`arith.minimumf`: a NaN operand is propagated, and -0 is less than 0."""
    if x != x or y != y:
        return x + y
    if x == y:
        return x if math.copysign(1.0, x) < 0 else y
    return min_(x, y)


def _maximum(x: Scalar, y: Scalar) -> Scalar:
    if x != x or y != y:
        return x + y
    if x == y:
        return y if math.copysign(1.0, x) < 0 else x
    return max_(x, y)


def _float_ops(element: str) -> dict[str, Function]:
    suffix = "f" if element == "f32" else ""
    known = {name: c_function(name + suffix) for name in UNARY | BINARY | TERNARY}
    return {
        **{name: function for name, function in known.items() if function is not None},
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "div": operator.truediv if element == "f32" else divide,
        "neg": operator.neg,
        "min": min_,
        "max": max_,
        "minimum": _minimum,
        "maximum": _maximum,
        "minnum": lambda x, y: y if x != x else x if y != y else min_(x, y),
        "maxnum": lambda x, y: y if x != x else x if y != y else max_(x, y),
        "abs": abs,
        "int": truncated,
        "int_defined": truncated_defined,
        "float": np.float32 if element == "f32" else float,
    }


SCALARS: dict[str, dict[str, Function]] = {
    **{name: _integer_ops(bits) for name, bits in WIDTHS.items()},
    "i1": {"and": operator.and_, "or": operator.or_, "xor": operator.xor},
    **{name: _float_ops(name) for name in FLOATS},
}
"""Element type -> op (by its name in the dsp dialect) -> function. NumPy's warnings of f32 division
by 0 and overflow must be off (`np.errstate(all="ignore")`)."""

CONVERSIONS: dict[str, Function] = {
    "i1": lambda x: x & 1,
    "i32": lambda x: wrapped(x, 32),
    "i64": lambda x: wrapped(x, 64),
    "index": lambda x: wrapped(x, 64),
    "f32": np.float32,
    "f64": float,
}
"""Element type -> the function that wraps or rounds a number to it; to integers, an integer."""

COMPARISONS: dict[str, Function] = {
    "lt": lambda x, y: 1 if x < y else 0,
    "le": lambda x, y: 1 if x <= y else 0,
    "gt": lambda x, y: 1 if x > y else 0,
    "ge": lambda x, y: 1 if x >= y else 0,
    "eq": lambda x, y: 1 if x == y else 0,
    "ne": lambda x, y: 1 if x != y else 0,
}


def select2(selector: int, first: Scalar, second: Scalar) -> Scalar:
    return first if selector == 0 else second


def select(condition: int, yes: Scalar, no: Scalar) -> Scalar:
    return yes if condition else no


def clamped(low: float, high: float, element: str) -> Function:
    """`dsp.assert_bounds`: clamps to [low, high], for i32 to the integers in it; NaN is kept."""
    if element == "i32":
        least, most = INT_MIN, -INT_MIN - 1
        below = math.ceil(min(max(low, least), most))
        above = math.floor(min(max(high, least), most))
    else:
        below, above = number(low, element), number(high, element)

    def clamp(x: Scalar) -> Scalar:
        x = below if x < below else x
        return above if x > above else x

    return clamp


def number(value: Any, element: str) -> Scalar:
    """A Python number as a value of an element type, with wrapping or rounding."""
    if element == "f32":
        with np.errstate(all="ignore"):
            return np.float32(value)
    if element == "f64":
        return float(value)
    return int(value) & 1 if element == "i1" else wrapped(int(value), WIDTHS[element])


INTEGER_PREDICATES = ("eq", "ne", "lt", "le", "gt", "ge", "ult", "ule", "ugt", "uge")
"""The predicates of `arith.cmpi`, by number."""
FLOAT_PREDICATES = (
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord",
    "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "true",
)  # fmt: skip
"""The predicates of `arith.cmpf`, by number."""


def compare_integers(predicate: int, bits: int) -> Function:
    name = INTEGER_PREDICATES[predicate]
    if name in COMPARISONS:
        return COMPARISONS[name]
    compare, mask = COMPARISONS[name[1:]], (1 << bits) - 1
    return lambda x, y: compare(x & mask, y & mask)


def compare_floats(predicate: int) -> Function:
    """Ordered predicates (`o`) are 0 for a NaN operand, unordered ones (`u`) 1."""
    name = FLOAT_PREDICATES[predicate]
    if name in ("false", "true"):
        return lambda x, y: int(name == "true")
    if name in ("ord", "uno"):
        return lambda x, y: int((x != x or y != y) == (name == "uno"))
    compare, of_nan = COMPARISONS[name[1:]], int(name[0] == "u")
    if compare(math.nan, math.nan) == of_nan:
        return compare
    return lambda x, y: of_nan if x != x or y != y else compare(x, y)


def in_lanes(function: Function) -> Function:
    """The lane-wise function on vectors."""
    return lambda *vectors: tuple(map(function, *vectors))


def broadcast(lanes: int) -> Function:
    return lambda x: (x,) * lanes


def shuffled(mask: tuple[int, ...]) -> Function:
    """`vector.shuffle`: the mask indexes the concatenation of both vectors."""
    return lambda first, second: tuple([(first + second)[lane] for lane in mask])


def extracted(lane: int) -> Function:
    return lambda vector: vector[lane]


def inserted(lane: int) -> Function:
    return lambda x, vector: (*vector[:lane], x, *vector[lane + 1 :])


def reduced(function: Function) -> Function:
    """`vector.reduction`: from the first lane on, starting with the accumulator if there is one."""
    return lambda vector, *before: functools.reduce(function, (*before, *vector))


LOOP_NAMES: dict[str, str] = {
    "arith.addi": "add", "arith.subi": "sub", "arith.muli": "mul", "arith.divsi": "quotient",
    "arith.remsi": "rem_defined", "arith.andi": "and", "arith.ori": "or", "arith.xori": "xor",
    "arith.shli": "shl_defined", "arith.shrsi": "shr_defined", "arith.shrui": "shru_defined",
    "arith.minsi": "min", "arith.maxsi": "max", "arith.addf": "add", "arith.subf": "sub",
    "arith.mulf": "mul", "arith.divf": "div", "arith.negf": "neg", "arith.minimumf": "minimum",
    "arith.maximumf": "maximum", "arith.minnumf": "minnum", "arith.maxnumf": "maxnum",
    "math.absf": "abs", "math.absi": "abs", "math.powf": "pow", "math.roundeven": "rint",
    "math.copysign": "copysign", "math.atan2": "atan2", "math.fma": "fma",
    "vector.fma": "fma",
    **{
        f"math.{name}": name
        for name in (
            "acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "ceil", "cos", "cosh",
            "erf", "exp", "exp2", "expm1", "floor", "log", "log10", "log1p", "log2", "round",
            "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
        )
    },
}  # fmt: skip
"""Upstream op -> its row of `SCALARS`."""
