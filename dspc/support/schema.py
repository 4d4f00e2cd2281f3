"""Validation of data files: types and ranges of values, digits of numbers, nesting depth."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

MOST_NESTING = 64
MOST_DIGITS = 400
"""Digits of a number; the largest double has 309."""

_TOKENS = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[\]{}()<>]|[0-9][0-9_]*')


@dataclass(frozen=True, slots=True)
class Field:
    """The constraint on a value: the predicate `fits`, and its `description` in errors."""

    description: str
    fits: Callable[[Any], bool]
    is_needed: bool = True


def whole(low: int, high: int, is_needed: bool = True) -> Field:
    """A whole number from `low` to `high`."""
    return Field(
        f"a whole number from {low} to {high}",
        lambda value: type(value) is int and low <= value <= high,
        is_needed,
    )


def real(low: float, high: float, is_needed: bool = True) -> Field:
    """A number from `low` to `high`."""
    return Field(
        f"a number from {low:g} to {high:g}",
        lambda value: type(value) in (int, float) and low <= value <= high,
        is_needed,
    )


def one_of(values: Collection[int], is_needed: bool = True) -> Field:
    """A whole number out of a set."""
    return Field(
        f"one of {', '.join(map(str, values))}",
        lambda value: type(value) is int and value in values,
        is_needed,
    )


def matching(pattern: str, description: str, is_needed: bool = True) -> Field:
    """A text that matches a regular expression as a whole."""
    expression = re.compile(pattern)
    return Field(
        description,
        lambda value: type(value) is str and expression.fullmatch(value) is not None,
        is_needed,
    )


def of_type(kind: type, description: str, is_needed: bool = True) -> Field:
    """Any value of a type."""
    return Field(description, lambda value: type(value) is kind, is_needed)


@dataclass(frozen=True, slots=True)
class Excess:
    """A number or nesting that a parser of the file could not handle; `offset` in characters."""

    offset: int
    message: str


def excess(text: str, brackets: str = "[{") -> Excess | None:
    """The first number of too many digits, or bracket nested too deeply, outside of strings."""
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
