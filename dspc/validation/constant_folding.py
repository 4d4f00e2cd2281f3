"""Folding of constants, compared with the interpreter.

Numbers that a program needs to be compiled (numbers of copies, of inputs, of routes) are folded by
the front end with and without rewrite rules, so that no run tells whether they are right.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from dspc.backends.interp.definition import semantics
from dspc.dialects.dsp.constants import COMPARISONS, FOLDERS

BINARY = frozenset(
    (
        "add", "sub", "mul", "div", "rem", "min", "max", "and", "or", "xor", "shl", "shr", "pow",
        "fmod", "remainder", "atan2",
    )
)  # fmt: skip
INTEGERS = (0, 1, -1, 2, 3, -7, 12, 31, 32, 1 << 20, -(1 << 31), (1 << 31) - 1)
FLOATS = (0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, -7.25, 0.3, 100.0, 1e-3, 1e9, -1e9, 1e10)
INTEGRAL = frozenset(
    ("add", "sub", "mul", "rem", "min", "max", "and", "or", "xor", "shl", "shr", "abs")
)
"""Folders of integers."""
REAL = frozenset(FOLDERS) - {"and", "or", "xor", "shl", "shr", "rem", "float"}
"""Folders of floating-point numbers."""
ULPS = 4
"""Units in the last place by which functions of mathematics may differ."""


def wrong_fold() -> str:
    """The first operation on some numbers that is folded otherwise than computed; else empty."""
    cases = itertools.chain(
        _cases(INTEGRAL, "i32", INTEGERS), _cases(REAL, "f64", FLOATS), _comparisons()
    )
    for name, numbers, folded, computed in cases:
        if not _are_equal(folded, computed):
            shown = ", ".join(map(repr, numbers))
            return f"{name}({shown}) is folded to {folded!r}, and computed to be {computed!r}"
    return ""


Case = tuple[str, tuple[Any, ...], Any, Any]


def _cases(names: frozenset[str], element: str, numbers: tuple[Any, ...]) -> Iterator[Case]:
    """The operations of an element type with their operands and both results."""
    for name in sorted(names & semantics.SCALARS[element].keys()):
        compute = semantics.SCALARS[element][name]
        for operands in itertools.product(numbers, repeat=2 if name in BINARY else 1):
            folded = FOLDERS[name](*operands)
            # None leaves an operation to run time.
            if folded is not None:
                yield name, operands, folded, compute(*operands)


def _comparisons() -> Iterator[Case]:
    for name, holds in COMPARISONS.items():
        for numbers in (INTEGERS, FLOATS):
            for pair in itertools.product(numbers, repeat=2):
                yield name, pair, int(holds(*pair)), int(semantics.COMPARISONS[name](*pair))


def _are_equal(folded: Any, computed: Any) -> bool:
    if folded == computed or (folded != folded and computed != computed):
        return True
    if not (isinstance(folded, float) and isinstance(computed, float)):
        return False
    return abs(folded - computed) <= ULPS * math.ulp(computed)
