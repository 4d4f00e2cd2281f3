"""What values in data files may be: their types and ranges, and how deeply they may nest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

MOST_NESTING = 64
MOST_DIGITS = 400
"""Longer numbers are none: the greatest one in double precision has 309 digits."""

_TOKENS = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[\]{}()<>]|[0-9][0-9_]*')


@dataclass(frozen=True, slots=True)
class Field:
    """One value: `fits` tells whether it may be so, `what` is what it has to be."""

    what: str
    fits: Callable[[Any], bool]
    is_needed: bool = True


def whole(low: int, high: int, is_needed: bool = True) -> Field:
    """A whole number from `low` to `high`."""
    return Field(
        f"a whole number from {low} to {high}",
        lambda value: type(value) is int and low <= value <= high,
        is_needed,
    )


def one_of(values: Collection[int], is_needed: bool = True) -> Field:
    """One of a few whole numbers."""
    return Field(
        f"one of {', '.join(map(str, values))}",
        lambda value: type(value) is int and value in values,
        is_needed,
    )


def of_type(kind: type, what: str, is_needed: bool = True) -> Field:
    """Any value of a type."""
    return Field(what, lambda value: type(value) is kind, is_needed)


@dataclass(frozen=True, slots=True)
class Excess:
    """What a reader would choke on, and where it begins in the text."""

    offset: int
    message: str


def excess(text: str, brackets: str = "[{") -> Excess | None:
    """The first number that is too long, or bracket that lies too deep, outside of strings."""
    closing = {"[": "]", "{": "}", "(": ")", "<": ">"}
    ends = {closing[bracket] for bracket in brackets}
    depth = 0
    for token in _TOKENS.finditer(text):
        first = token.group()[0]
        if first.isdigit():
            if len(token.group()) > MOST_DIGITS:
                return Excess(token.start(), f"a number of more than {MOST_DIGITS} digits")
        elif first in brackets:
            depth += 1
            if depth > MOST_NESTING:
                return Excess(token.start(), f"more than {MOST_NESTING} brackets within each other")
        elif first in ends:
            depth = max(0, depth - 1)
    return None
