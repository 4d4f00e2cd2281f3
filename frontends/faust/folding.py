"""Arithmetic on the literals of a Faust program, whose operators mix integers and reals.

An operator on two integers stays integer, any other is real; `/` is real unless an integer divides
another exactly (as in `f(n) = f(n/2)`); bitwise operators truncate their operands.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from dspc.dialects.dsp.constants import COMPARISONS, Folder, Number, to_int, wrap32
from dspc.dialects.dsp.constants import FOLDERS as OP_FOLDERS
from dspc.support.diagnostics import DspcError


def _divide(x: Number, y: Number) -> Number:
    if y == 0:
        raise DspcError("E0230", f"division by 0 in {x} / {y}")
    if isinstance(x, int) and isinstance(y, int) and x % y == 0:
        return wrap32(x // y)
    return float(x) / float(y)


def _remainder_of_division(x: Number, y: Number) -> Number | None:
    if y == 0:
        raise DspcError("E0230", f"remainder of a division by 0 in {x} % {y}")
    if isinstance(x, int) and isinstance(y, int):
        return wrap32(int(math.fmod(x, y)))
    return math.fmod(x, y) if math.isfinite(x) else None


def _power(x: Number, y: Number) -> Number | None:
    """None for a negative base with a fractional exponent: C's NaN, as in Faust, at run time."""
    if isinstance(x, int) and isinstance(y, int) and y >= 0:
        return wrap32(pow(x, y, 1 << 32))
    return OP_FOLDERS["pow"](x, y)


def _out_of_domain(op: str, *operands: Number) -> DspcError:
    shown = ", ".join(map(str, operands))
    return DspcError("E0237", f"{op}({shown}) has no value: outside of the function's domain")


def _within(op: str, holds: Callable[..., bool]) -> Folder:
    """The function `op`, an error on literals for which `holds` is false."""

    def fold(*operands: Number) -> Number | None:
        if not holds(*operands):
            raise _out_of_domain(op, *operands)
        return OP_FOLDERS[op](*operands)

    return fold


def _truncating(folder: Folder) -> Folder:
    return lambda x, y: folder(to_int(x), to_int(y))


def _mixing(folder: Folder) -> Folder:
    def fold(x: Number, y: Number) -> Number | None:
        both = isinstance(x, int) and isinstance(y, int)
        return folder(x, y) if both else folder(float(x), float(y))

    return fold


FOLDERS: dict[str, Folder] = {
    **{op: folder for op, folder in OP_FOLDERS.items() if op not in ("int", "float")},
    **{op: _mixing(OP_FOLDERS[op]) for op in ("min", "max")},
    **{op: _truncating(OP_FOLDERS[op]) for op in ("and", "or", "xor", "shl", "shr")},
    **{op: (lambda x, y, holds=holds: int(holds(x, y))) for op, holds in COMPARISONS.items()},
    "div": _divide,
    "rem": _remainder_of_division,
    "pow": _power,
    **{op: _within(op, lambda x: not x < 0) for op in ("sqrt", "log", "log10")},
    **{op: _within(op, lambda x: not abs(x) > 1) for op in ("acos", "asin")},
    **{op: _within(op, lambda x, y: y != 0) for op in ("fmod", "remainder")},
    "to_int": to_int,
    "to_float": float,
}
"""The result of each operator on literals; None leaves it for run time."""

__all__ = ["FOLDERS", "Folder", "Number", "wrap32"]
