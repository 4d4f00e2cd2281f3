"""The text of scalar functions in generated Python, where an expression is faster than a call.

The table is keyed by the functions of `semantics.py`, which define the results; a test holds that
an expression and its function agree.
"""

from __future__ import annotations

import operator

from dspc.backends.interp.definition import semantics
from dspc.backends.interp.definition.semantics import (
    COMPARISONS,
    CONVERSIONS,
    SCALARS,
    WIDTHS,
    Function,
)

INFIX: dict[int, str] = {
    id(operator.add): "+",
    id(operator.sub): "-",
    id(operator.mul): "*",
    id(operator.truediv): "/",
    id(operator.and_): "&",
    id(operator.or_): "|",
    id(operator.xor): "^",
}
"""id(function) -> Python operator. Keys are identities, since C functions are not hashable."""

PREDICATES = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
TRUNCATED = "int({0}) if -2147483649.0 < {0} < 2147483648.0 else {f}({0})"
"""In range, conversion is `int`; the comparisons are right in single precision, too."""
POSITIVE = "{0} % {1} if {0} >= 0 < {1} else {f}({0}, {1})"
"""Python's remainder has the sign of the divisor, C's that of the dividend."""


def _of_integers(bits: int) -> dict[str, str]:
    return {
        "add": _wrapped("{0} + {1}", bits),
        "sub": _wrapped("{0} - {1}", bits),
        "mul": _wrapped("{0} * {1}", bits),
        "rem": POSITIVE,
        "rem_defined": POSITIVE,
    }


def _wrapped(text: str, bits: int) -> str:
    """The integer modulo 2^bits, signed."""
    half = 1 << (bits - 1)
    return f"(({text} + {half}) & {2 * half - 1}) - {half}"


def _texts() -> dict[int, str]:
    named: dict[Function, str] = {
        semantics.min_: "{1} if {1} < {0} else {0}",
        semantics.max_: "{1} if {0} < {1} else {0}",
        semantics.divide: "{0} / {1} if {1} else {f}({0}, {1})",
        semantics.truncated: TRUNCATED,
        semantics.truncated_defined: TRUNCATED,
        semantics.select2: "{1} if {0} == 0 else {2}",
        semantics.select: "{1} if {0} else {2}",
        operator.neg: "-{0}",
    }
    texts = {id(function): text for function, text in named.items()}
    for name, predicate in PREDICATES.items():
        texts[id(COMPARISONS[name])] = f"1 if {{0}} {predicate} {{1}} else 0"
    for element, bits in WIDTHS.items():
        texts[id(CONVERSIONS[element])] = _wrapped("{0}", bits)
        for row, text in _of_integers(bits).items():
            texts[id(SCALARS[element][row])] = text
    floor = SCALARS["f64"].get("floor")
    if floor is not None:
        # x - x is NaN where x is not finite.
        texts[id(floor)] = "{0} // 1.0 if {0} - {0} == 0.0 else {f}({0})"
    return texts


TEXTS = _texts()
"""id(function) -> expression of the operands' names and, as `f`, that of the function."""
