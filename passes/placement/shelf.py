"""First-fit state of one space: items that are always live at the bottom, the others above."""

from __future__ import annotations

from bisect import insort

from dspc.passes.placement.model import Range, round_up


class Shelf:
    """Allocates memory by first fit. Offsets of passing pieces are relative to `floor`.

    Pieces that are always live interfere with all others, so that only the sum of their sizes
    matters; `layout` assigns their offsets at the end. Passing pieces have a bounded live range.
    """

    __slots__ = ("align", "bottom", "capacity", "passing", "top")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.bottom = 0
        self.align = 1
        self.top = 0
        self.passing: list[tuple[int, int, tuple[int, int]]] = []
        """Offset, end and live range of each passing piece, in the order of offsets."""

    @property
    def floor(self) -> int:
        """The offset at which the passing pieces begin."""
        return round_up(self.bottom, self.align)

    def missing(self, size: int, align: int, live: Range) -> int:
        """The bytes that are missing for another piece; 0 if it fits."""
        if live is None:
            bottom, top = self.bottom + round_up(size, align), self.top
            used = round_up(bottom, self.align) + top if top else bottom
            return max(0, used - self.capacity)
        floor = round_up(self.bottom, max(self.align, align))
        return max(0, floor + max(self.top, self._gap(size, align, live) + size) - self.capacity)

    def take(self, size: int, align: int, live: Range) -> int:
        """Allocate a piece that fits; returns the offset of a passing one."""
        if live is None:
            self.bottom += round_up(size, align)
            return 0
        offset = self._gap(size, align, live)
        self.align = max(self.align, align)
        insort(self.passing, (offset, offset + size, live))
        self.top = max(self.top, offset + size)
        return offset

    def _gap(self, size: int, align: int, live: tuple[int, int]) -> int:
        """The lowest offset that is free for a whole live range."""
        offset = 0
        for start, end, other in self.passing:
            if other[1] <= live[0] or live[1] <= other[0]:
                continue
            if offset + size <= start:
                break
            offset = max(offset, round_up(end, align))
        return offset
