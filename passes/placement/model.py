"""The placement problem and its answers, independent of the IR."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ALWAYS = None
"""The live range of an item that is always live."""

Range = tuple[int, int] | None
"""Moments `first` to `last` (exclusive), or `ALWAYS`."""


@dataclass(frozen=True, slots=True)
class Room:
    """Memory of a space that a choice needs for a live range: `bytes`, or the item's size."""

    space: str
    live: Range = ALWAYS
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to place an item; `cost` in cycles per block.

    `penalty` is added in the search only, for choices of last resort.
    """

    label: str
    cost: int
    rooms: tuple[Room, ...]
    penalty: int = 0

    @property
    def weight(self) -> int:
        """The term of the objective function."""
        return self.cost + self.penalty


@dataclass(frozen=True, slots=True)
class Item:
    """An item to place: `size` and `align` in bytes, and its choices by increasing cost."""

    name: str
    size: int
    align: int
    choices: tuple[Choice, ...]

    def bytes_in(self, room: Room) -> int:
        """The bytes that it needs in a room."""
        return self.size if room.bytes is None else room.bytes

    def padded_in(self, room: Room) -> int:
        """The same, rounded up to the alignment."""
        return round_up(self.bytes_in(room), self.align)


@dataclass(frozen=True, slots=True)
class Problem:
    """Items, and the capacity of each space in bytes."""

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
    """An item that does not fit, and the missing bytes of its best space."""

    item: Item
    space: str
    missing: int


class DoesNotFitError(Exception):
    """Raised for items that do not fit."""

    def __init__(self, misfits: list[Misfit]) -> None:
        super().__init__(f"{len(misfits)} items do not fit")
        self.misfits = misfits


def cost_of(problem: Problem, chosen: Sequence[int]) -> int:
    """The objective function."""
    return sum(
        item.choices[index].weight for item, index in zip(problem.items, chosen, strict=True)
    )


def round_up(value: int, align: int) -> int:
    return -(-value // align) * align


def overlaps(a: Range, b: Range) -> bool:
    """Whether two live ranges intersect."""
    return a is None or b is None or (a[0] < b[1] and b[0] < a[1])
