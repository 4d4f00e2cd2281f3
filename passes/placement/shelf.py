"""One space while it is filled: what is always alive lies at the bottom, the rest above it."""

from __future__ import annotations

from bisect import insort

from dspc.passes.placement.model import Range, round_up


class Shelf:
    """Takes pieces of memory first fit. Offsets of passing pieces are relative to `floor`.

    Pieces that are always alive exclude each other and everything else, so where they lie does not
    matter: only their sum counts, and `layout` gives them their places at the end.
    """

    __slots__ = ("align", "bottom", "capacity", "passing", "top")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.bottom = 0
        self.align = 1
        self.top = 0
        self.passing: list[tuple[int, int, tuple[int, int]]] = []
        """Offset, end and live range of each, by offset."""

    @property
    def floor(self) -> int:
        """Where the passing pieces begin."""
        return round_up(self.bottom, self.align)

    def missing(self, size: int, align: int, live: Range) -> int:
        """By how many bytes the space is too small to take this as well; 0 where it fits."""
        if live is None:
            bottom, top = self.bottom + round_up(size, align), self.top
            used = round_up(bottom, self.align) + top if top else bottom
            return max(0, used - self.capacity)
        floor = round_up(self.bottom, max(self.align, align))
        return max(0, floor + max(self.top, self._gap(size, align, live) + size) - self.capacity)

    def take(self, size: int, align: int, live: Range) -> int:
        """Take a piece that fits; the offset of a passing one."""
        if live is None:
            self.bottom += round_up(size, align)
            return 0
        offset = self._gap(size, align, live)
        self.align = max(self.align, align)
        insort(self.passing, (offset, offset + size, live))
        self.top = max(self.top, offset + size)
        return offset

    def _gap(self, size: int, align: int, live: tuple[int, int]) -> int:
        """The lowest place that is free for all of a live range."""
        offset = 0
        for start, end, other in self.passing:
            if other[1] <= live[0] or live[1] <= other[0]:
                continue
            if offset + size <= start:
                break
            offset = max(offset, round_up(end, align))
        return offset
