"""Buffers packed into zones (`zone`, `zone_offset`): rows on the bytes of one block of memory.

Buffers of disjoint live ranges share bytes, so that a row that is read after another one has
written there reads what that has written, as in C.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from dspc.backends.interp.definition.memory import poison
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.definition.semantics import Scalar
from dspc.backends.interp.placement.spaces import FORMATS, SIZES
from dspc.dialects.dsp_mem import BufferOp


class ZoneRow:
    """A row of `length` elements at `offset` bytes of a zone."""

    __slots__ = ("_box", "_view", "element", "length", "offset", "zone")

    def __init__(self, zone: str, block: bytearray, offset: int, length: int, element: str) -> None:
        self.zone = zone
        self.offset = offset
        self.length = length
        self.element = element
        size = SIZES[element] * length
        view: Any = memoryview(block)[offset : offset + size]
        self._view = view.cast(FORMATS[element])
        self._box = np.float32 if element == "f32" else None

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Scalar]:
        return (self[index] for index in range(self.length))

    def __getitem__(self, index: int) -> Scalar:
        value = self._view[index]
        return value if self._box is None else self._box(value)

    def __setitem__(self, index: int | slice, value: Any) -> None:
        if not isinstance(index, slice):
            self._view[index] = value
            return
        for at, each in zip(range(*index.indices(self.length)), value, strict=True):
            self._view[at] = each


class Zones:
    """The zones of an instance, each as long as its buffers need."""

    def __init__(self, buffers: Iterable[BufferOp] = ()) -> None:
        self.blocks: dict[str, bytearray] = {}
        ends: dict[str, int] = {}
        for op in buffers:
            if op.zone is not None and op.zone_offset is not None:
                end = op.zone_offset.value.data + op.bytes
                ends[op.zone.data] = max(ends.get(op.zone.data, 0), end)
        for name, end in ends.items():
            self.blocks[name] = bytearray(end)

    def row(self, op: BufferOp) -> ZoneRow | None:
        """The memory of a packed buffer, poisoned; None for another."""
        if op.zone is None or op.zone_offset is None:
            return None
        element = element_name(op.type.element_type)
        length = (*op.type.get_shape(), 1)[0]
        name = op.zone.data
        row = ZoneRow(name, self.blocks[name], op.zone_offset.value.data, length, element)
        row[:] = [poison(element)] * length
        return row

    def copy(self) -> Zones:
        twin = Zones()
        twin.blocks = {name: bytearray(block) for name, block in self.blocks.items()}
        return twin

    def moved(self, row: ZoneRow) -> ZoneRow:
        """The row at the same place of these zones."""
        return ZoneRow(row.zone, self.blocks[row.zone], row.offset, row.length, row.element)
