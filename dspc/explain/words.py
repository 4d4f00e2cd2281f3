"""What explanations share: lines of a readable length, names and places of signals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from xdsl.ir import Operation, SSAValue

from dspc.dialects.places import told_place

WIDTH = 98
MOST_NAMES = 3


def wrapped(text: str, indent: str = "") -> list[str]:
    """A text in lines; the second and later ones stand two columns further in."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def listed(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """The first few of some names, each once, and how many more there are."""
    found = list(dict.fromkeys(names))
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more} more" if more > 0 else "")


def counted(number: float, what: str) -> str:
    """A number of things: `1 loop`, `3 loops`."""
    return f"{number:,g} {what}{'' if number == 1 else 's'}".replace(",", " ")


def name_of(value: SSAValue) -> str:
    """What the program calls a signal, else what computes it and where."""
    if value.name_hint is not None:
        return value.name_hint
    owner = value.owner
    if not isinstance(owner, Operation):
        return "an input"
    place = told_place(owner)
    return f"{owner.name} at {place}" if place else owner.name


def places_of(ops: Iterable[Operation | None]) -> str:
    """Where the program says what became some ops: `, from FILE:LINE:COLUMN`."""
    found = listed(place for op in ops if op is not None and (place := told_place(op)))
    return f", from {found}" if found else ""
