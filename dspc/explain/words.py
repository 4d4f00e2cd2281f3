"""Text helpers of explanations: line wrapping, lists, names and locations of signals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from xdsl.ir import Operation, SSAValue

from dspc.dialects.places import location_text

WIDTH = 98
MOST_NAMES = 3


def wrapped(text: str, indent: str = "") -> list[str]:
    """A text in lines of at most `WIDTH` columns, with a hanging indent of two columns."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def listed(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """The first `most` distinct names, and the number of the others."""
    distinct = list(dict.fromkeys(names))
    more = len(distinct) - most
    return ", ".join(distinct[:most]) + (f" and {more} more" if more > 0 else "")


def counted(number: float, noun: str) -> str:
    """A number with its noun: `1 loop`, `3 loops`."""
    return f"{number:,g} {noun}{'' if number == 1 else 's'}".replace(",", " ")


def name_of(value: SSAValue) -> str:
    """The name of a signal in the source, or else its op and location."""
    if value.name_hint is not None:
        return value.name_hint
    owner = value.owner
    if not isinstance(owner, Operation):
        return "an input"
    place = location_text(owner)
    return f"{owner.name} at {place}" if place else owner.name


def places_of(ops: Iterable[Operation | None]) -> str:
    """The source locations of ops: `, from FILE:LINE:COLUMN`; empty where there are none."""
    places = listed(place for op in ops if op is not None and (place := location_text(op)))
    return f", from {places}" if places else ""
