"""The table of primitives: every primitive by every kind of operand by every edge value.

A cell is one expression of Faust: a primitive on operands that are literals (`L`), follow from the
sampling rate (`I`), from controls (`B`) or from inputs (`S`), each an integer (`i`) or a real
(`f`). An operand that is no literal takes all 16 edge values of its type, one after the other; for
a literal there is a cell for each value. Controls and inputs give an integer as its two halves,
since single precision does not hold all integers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

INTS = (
    0, 1, -1, 2, 3, -5, 7, 31, 32, 33, -32, 1000, 65536, 2**31 - 1, -(2**31), -(2**31) + 1,
)  # fmt: skip
DIVISORS = (5, 1, 9, 2, 3, -5, 7, 31, 32, 33, -32, 1000, 65536, 2**31 - 1, -(2**31), -7)
"""For the integer remainder, which C++ leaves undefined for a divisor of 0, and once for -1."""
REALS = (
    0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e-39, -1e-310, 0.1, 3e9, -1e39, 1e300, math.inf,
    -math.inf, math.nan,
)  # fmt: skip
"""Zeros, halves, subnormals of single and of double precision, beyond an int, beyond a float."""
COUNT = 16
FIRST_RATE = 65536
"""In Hz; of a rate, the lowest 4 bits number the first operand's value, the next 4 the second's."""

INFIX = ("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "&", "|", "xor", "<<", ">>")
PREFIX = ("min", "max", "fmod", "remainder", "atan2", "pow")
UNARY = (
    "abs", "int", "float", "sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10",
    "sqrt", "floor", "ceil", "rint",
)  # fmt: skip
CHOICES = {
    "minus": "0 - {0}",
    "select2": "select2({0}, 10, 20)",
    "select2 of reals": "select2({0}, fb * 0.5, 0.25)",
    "select2 of both": "select2({0}, int(lb), 0.25)",
    "select3": "select3({0}, 10, 20, 30)",
    "attach": "attach({0}, fb)",
    "delay": "fb @ (int({0}) & 15)",
    "table": "rdtable(waveform{{2, 3, 5, 7, 11, 13, 17, 19}}, int({0}) & 7)",
}
"""Primitives of one operand that varies, as they are written."""

TYPES = ("i", "f")
PAIRS = ("ii", "if", "fi", "ff")
KINDS = ("L", "I", "B", "S")
CHANNELS = ("af", "ah", "al", "bf", "bh", "bl")
"""What the inputs give, in order, and the names of the controls: reals, halves of integers."""

_PRELUDE = """
SR = fconstant(int fSamplingFreq, <math.h>);
whole(high, low) = (int(high) << 16) | int(low);
CONTROLS
endless = max(SR * 1.0, 1e400);
edge(here, value, other) = select2(here, other, value);
real(i) = rdtable(waveform{REALS}, i) : edge(i == 11, -1 * max(SR * 1.0, 1e39))
  : edge(i == 12, 1e300)
  : edge(i == 13, endless) : edge(i == 14, -1 * endless) : edge(i == 15, log(-1.0 * SR));
aiI = rdtable(waveform{INTS}, SR & 15);
biI = rdtable(waveform{SECONDS}, (SR >> 4) & 15);
afI = real(SR & 15);
bfI = real((SR >> 4) & 15);
aiB = whole(ah, al);
biB = whole(bh, bl);
afB = af;
bfB = bf;
process(fa, ha, la, fb, hb, lb) = OUTPUTS
with { aiS = whole(ha, la); biS = whole(hb, lb); afS = fa; bfS = fb; };
"""


@dataclass(frozen=True)
class Cell:
    """One expression, and its meaning."""

    primitive: str
    operands: tuple[str, ...]
    """Type and kind of each operand, and a literal's text: `iS`, `fL 0.5`."""
    text: str

    def __str__(self) -> str:
        return f"{self.primitive}({', '.join(self.operands)})"

    def has(self, kind: str) -> bool:
        return any(operand[1] == kind for operand in self.operands)


def literals(type: str, values: Sequence[float]) -> list[str]:
    """The edge values that Faust has literals for: it takes -1e400 for +infinity."""
    if type == "i":
        return [f"({value})" for value in values]
    finite = [value for value in values if math.isfinite(value)]
    return [f"({value!r})" for value in finite] + ["1e400"]


def operands(side: str, type: str, kind: str, values: Sequence[float]) -> Iterator[tuple[str, str]]:
    """Name and text of each form of an operand."""
    if kind != "L":
        yield f"{type}{kind}", f"{side}{type}{kind}"
        return
    for text in literals(type, values):
        yield f"{type}L {text}", text


def unary_cells(kinds: Sequence[str] = KINDS) -> Iterator[Cell]:
    for type, kind in product(TYPES, kinds):
        for name, text in operands("a", type, kind, INTS if type == "i" else REALS):
            for primitive in UNARY:
                yield Cell(primitive, (name,), f"{primitive}({text})")
            for primitive, shape in CHOICES.items():
                yield Cell(primitive, (name,), shape.format(text))


def binary_cells(
    primitives: Sequence[str],
    seconds: Sequence[int] = INTS,
    types: Sequence[str] = PAIRS,
    kinds: Sequence[str] = KINDS,
) -> Iterator[Cell]:
    """All cells of primitives of two operands; `seconds` are the second's integers."""
    for (first, second), one, two in product(types, kinds, kinds):
        left = list(operands("a", first, one, INTS if first == "i" else REALS))
        right = list(operands("b", second, two, seconds if second == "i" else REALS))
        for (name, a), (other, b) in product(left, right):
            for primitive in primitives:
                infix = primitive in INFIX
                text = f"({a} {primitive} {b})" if infix else f"{primitive}({a}, {b})"
                yield Cell(primitive, (name, other), text)


def program(cells: Sequence[Cell], seconds: Sequence[int] = INTS) -> str:
    """A program with an output for each cell, and one for each control."""
    reals = ", ".join(repr(value) for value in REALS[:11])
    text = _PRELUDE.replace("{REALS}", f"{{{reals}, 0.0, 0.0, 0.0, 0.0, 0.0}}")
    text = text.replace("{INTS}", f"{{{', '.join(map(str, INTS))}}}")
    text = text.replace("{SECONDS}", f"{{{', '.join(map(str, seconds))}}}")
    sliders = [f'{name} = nentry("{name}", 0, -1e38, 1e38, 1);' for name in CHANNELS]
    text = text.replace("CONTROLS", "\n".join(sliders))
    return text.replace("OUTPUTS", ",\n".join([*(cell.text for cell in cells), *CHANNELS]))
