"""Exact search for a packing into one space of a given height by canonical solutions.

M. D. Moffitt, "MiniMalloc: A Lightweight Memory Allocator for Hardware-Accelerated Machine
Learning", ASPLOS 2023. If there is a packing, there is one in which each piece lies on the bottom
or on another piece. Listed from the bottom up it is a sequence of pieces, each at the lowest offset
above the pieces before it, with ties broken by rank. Only such sequences are searched, depth first.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Task = tuple[Ints, int, int]
"""Pieces to be placed, and the offset and rank of the previous one."""

_FAR = 1 << 60


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A piece of memory: live from moment `first` to `last` (exclusive), size in bytes."""

    first: int
    last: int
    size: int
    align: int = 1


class OutOfTimeError(Exception):
    """The search reached its limit without a result."""


def rankings(rectangles: Sequence[Rectangle]) -> list[list[int]]:
    """Orders of pieces for the tie-break: each solves instances that others do not.

    By the most bytes live at a moment of a piece's live range, by its length, and by its area.
    """
    moments = sorted(
        {moment for rectangle in rectangles for moment in (rectangle.first, rectangle.last)}
    )
    loads = {t: sum(b.size for b in rectangles if b.first <= t < b.last) for t in moments}
    load = [
        max(loads[t] for t in moments if rectangle.first <= t < rectangle.last)
        for rectangle in rectangles
    ]
    span = [rectangle.last - rectangle.first for rectangle in rectangles]
    area = [rectangle.size * length for rectangle, length in zip(rectangles, span, strict=True)]
    keys = [(load, span, area), (load, area, span), (span, area, load)]
    keys += [(area, span, load), ([rectangle.size for rectangle in rectangles], span, load)]
    return [
        sorted(range(len(rectangles)), key=lambda i: (*(-facts[i] for facts in key), i))
        for key in keys
    ]


class Search:
    """Packs rectangles, given in the order of their rank, into `height` bytes.

    `steps` bounds the number of placements tried; `end` is a time of `time.monotonic` in seconds.
    """

    def __init__(
        self, rectangles: Sequence[Rectangle], height: int, steps: int, end: float
    ) -> None:
        moments = sorted(
            {moment for rectangle in rectangles for moment in (rectangle.first, rectangle.last)}
        )
        at = {moment: index for index, moment in enumerate(moments)}
        self.height, self.steps, self.end = height, steps, end
        self.count = 0
        self.first = np.array([at[rectangle.first] for rectangle in rectangles], np.int64)
        self.last = np.array([at[rectangle.last] for rectangle in rectangles], np.int64)
        self.size = np.array([rectangle.size for rectangle in rectangles], np.int64)
        self.align = np.array([rectangle.align for rectangle in rectangles], np.int64)
        self.meets = (self.first[:, None] < self.last) & (self.first < self.last[:, None])
        np.fill_diagonal(self.meets, False)
        sections = np.arange(len(moments) - 1)
        self.alive = (self.first[:, None] <= sections) & (sections < self.last[:, None])
        self.offset = np.zeros(len(rectangles), np.int64)
        """The offset of a placed piece; of others, the lowest offset above the placed ones."""
        self.waiting: Ints = (self.alive * self.size[:, None]).sum(0)
        """The bytes that are not placed yet, for each section of time."""

    def run(self) -> list[int] | None:
        """The offsets, or None if there is no packing; raises OutOfTimeError."""
        if all(self._solve(part) for part in self._parts(np.arange(len(self.size)))):
            return [int(offset) for offset in self.offset]
        return None

    def _solve(self, ids: Ints) -> bool:
        """Place pieces whose live ranges are disjoint from those of all others."""
        calls = [self._pack(ids, 0, -1)]
        answer = False
        value: bool | None = None
        while calls:
            try:
                calls.append(self._pack(*calls[-1].send(value)))
                value = None
            except StopIteration as end:
                calls.pop()
                value = answer = end.value
        return answer

    def _parts(self, ids: Ints) -> list[Ints]:
        """The connected components of the interference graph, the smallest first."""
        if not len(ids):
            return []
        first = self.first[ids]
        turns = first.argsort(kind="stable")
        reached = np.maximum.accumulate(self.last[ids[turns]])
        cuts = (first[turns][1:] >= reached[:-1]).nonzero()[0] + 1
        if not len(cuts):
            return [ids]
        return sorted((np.sort(part) for part in np.split(ids[turns], cuts)), key=len)

    def _pack(self, ids: Ints, floor: int, rank: int) -> Generator[Task, bool | None, bool]:
        """Place these pieces after the piece `rank`, which lies at `floor`; whether it succeeded.

        Subtasks are yielded to the caller's explicit stack instead of recursive calls. On failure
        all placements are undone.
        """
        self.count += 1
        if self.count > self.steps or (not self.count & 127 and time.monotonic() > self.end):
            raise OutOfTimeError
        offset = self.offset[ids]
        late = (offset < floor) | ((offset == floor) & (ids < rank))
        if not self._has_room(ids, floor, late):
            return False
        # A piece that fits wholly below the next one would precede it in a canonical solution.
        roof = (offset + self.size[ids]).min()
        tried = np.nonzero(~late & (offset < roof))[0]
        for index in tried[np.lexsort((ids[tried], offset[tried]))]:
            piece, others = int(ids[index]), np.concatenate((ids[:index], ids[index + 1 :]))
            before = self.offset[others]
            self._place(piece, others, 1)
            for part in self._parts(others):
                if not (yield part, int(offset[index]), piece):
                    break
            else:
                return True
            self._place(piece, others, -1)
            self.offset[others] = before
        return False

    def _has_room(self, ids: Ints, floor: int, late: NDArray[np.bool_]) -> bool:
        """Whether each section has room for the unplaced pieces at their lowest offsets.

        The lowest offset of a late piece was passed over, so another piece must lie below it.
        """
        size, lowest = self.size[ids], self.offset[ids]
        if late.any():
            ends = np.maximum(lowest, floor) + size
            below = self.meets[np.ix_(ids[late], ids)]
            lowest[late] = np.where(below, ends, _FAR).min(1)
        if (lowest + size).max() > self.height:
            return False
        start, end = self.first[ids].min(), self.last[ids].max()
        under = np.where(self.alive[ids, start:end], lowest[:, None], _FAR).min(0)
        waiting = self.waiting[start:end]
        return not (under + waiting > self.height)[waiting > 0].any()

    def _place(self, piece: int, others: Ints, sign: int) -> None:
        """Place a piece at its lowest offset, or (`sign` -1) undo that."""
        self.waiting[self.first[piece] : self.last[piece]] -= sign * self.size[piece]
        if sign > 0:
            near = others[self.meets[piece, others]]
            top, align = self.offset[piece] + self.size[piece], self.align[near]
            self.offset[near] = np.maximum(self.offset[near], -(-top // align) * align)
