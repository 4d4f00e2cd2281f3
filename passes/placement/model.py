"""The problem of placement and its answers, free of any IR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ALWAYS = None
"""The live range of what is alive at all times."""

Range = tuple[int, int] | None
"""Moments `first` to `last` (exclusive), or `ALWAYS`."""


@dataclass(frozen=True, slots=True)
class Room:
    """Memory that a choice needs, in a space, for a time: `bytes`, or as many as the item has."""

    space: str
    live: Range = ALWAYS
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to house an item; `cost` in cycles per block.

    `penalty` is added in the search, for what the user wants only where nothing else fits.
    """

    label: str
    cost: int
    rooms: tuple[Room, ...]
    penalty: int = 0

    @property
    def weight(self) -> int:
        """What the search minimises the sum of."""
        return self.cost + self.penalty


@dataclass(frozen=True, slots=True)
class Item:
    """To be housed: `size` and `align` in bytes, and the ways to do it, cheapest first."""

    name: str
    size: int
    align: int
    choices: tuple[Choice, ...]

    def bytes_in(self, room: Room) -> int:
        """What it takes in a room."""
        return self.size if room.bytes is None else room.bytes

    def padded_in(self, room: Room) -> int:
        """The same, rounded up to the alignment."""
        return round_up(self.bytes_in(room), self.align)


@dataclass(frozen=True, slots=True)
class Problem:
    """Items, and the bytes of each space."""

    items: Sequence[Item]
    capacity: Mapping[str, int]


@dataclass(slots=True)
class Answer:
    """For each item the index of its choice and the offset of each of that choice's rooms."""

    chosen: list[int]
    offsets: list[tuple[int, ...]]
    cost: int
    method: str
    is_optimal: bool = False
    peak: dict[str, int] = field(default_factory=dict[str, int])
    """The highest byte used of each space."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """An item that found no place, and by how many bytes its best space is too small."""

    item: Item
    space: str
    missing: int


class DoesNotFitError(Exception):
    """No place was found for these items."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__(f"{len(misfits)} items do not fit")
        self.misfits = misfits


def cost_of(problem: Problem, chosen: Sequence[int]) -> int:
    """What the search minimises."""
    return sum(
        item.choices[index].weight for item, index in zip(problem.items, chosen, strict=True)
    )


def round_up(value: int, align: int) -> int:
    return -(-value // align) * align


def overlaps(a: Range, b: Range) -> bool:
    """Whether two live ranges meet."""
    return a is None or b is None or (a[0] < b[1] and b[0] < a[1])
