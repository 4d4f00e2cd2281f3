"""Where Faust's C++ is not what the language means: the rows of docs/language.md about numbers."""

from __future__ import annotations

import math

from .cells import Cell

_LARGEST, _LEAST = 2.0**128 - 2.0**103, 2.0**-150
"""In single precision, what no longer rounds to a finite number, and what rounds to 0."""


def is_known(cell: Cell, single: bool) -> bool:
    """Whether Faust is known to give another result for a cell."""
    if cell.primitive == "/" and cell.operands[1] == "fI" and cell.operands[0][1] in "BS":
        # Of these divisors, a choice from a table, Faust makes no reciprocal; of others it does.
        return True
    values = [_literal(operand) for operand in cell.operands]
    numbers = [value for value in values if value is not None]
    if not numbers:
        return False
    are_all = len(numbers) == len(values)
    match cell.primitive:
        case "%":
            # Reals are folded as integers.
            return are_all and any(operand[0] == "f" for operand in cell.operands)
        case "log" | "log10":
            return numbers[0] == 0
        case "sin" | "cos":
            # The literal is reduced by a rounded multiple of 2 pi first.
            return abs(numbers[0]) > 2 * math.pi
        case _:
            pass
    if single and any(abs(value) >= _LARGEST for value in numbers):
        # A constant of -infinity is printed as INFINITY.
        return cell.primitive == "-" or min(numbers) <= -_LARGEST
    if cell.primitive in ("*", "/") and any(0 < abs(value) < _LEAST for value in numbers):
        # dspc takes a constant that rounds to 0 for 0, whatever it multiplies or divides.
        return single
    return cell.primitive == "/" and values[1] is not None and _overflows(values[1], single)


def _overflows(divisor: float, single: bool) -> bool:
    """Whether the product by a reciprocal, which Faust makes of a quotient, loses its range."""
    least, most = (2.0**-126, _LARGEST) if single else (2.0**-1022, math.inf)
    inverse = abs(1 / divisor) if divisor else math.inf
    return not least <= inverse < most


def _literal(operand: str) -> float | None:
    """The value of an operand that is a literal."""
    return float(operand[3:].strip("()")) if operand[1] == "L" else None
