"""The past of one step of a pack: its youngest frames in vectors that the loop carries, older ones
in a ring in memory.

A ring holds a frame's vectors as a row of plain numbers, one row for each frame, and is as long as
that of a single delay line (`passes/lowering/rings.py`), so that its size in numbers is that of a
ring times the lanes. A vector that is carried costs a move in each frame and a register in all of
them; few registers are left when a pack has many vectors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from xdsl.dialects import arith
from xdsl.ir import SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.lanes import LaneWriter, vector_type
from dspc.passes.lowering.state import Slot
from dspc.passes.lowering.unit import Unit
from dspc.passes.lowering.writer import Buffer
from dspc.passes.splitting.reaches import carried_frames
from dspc.passes.splitting.state import LoopState


class PackPast:
    """The past of a signal of which each lane has one; `width` is the numbers of a row."""

    def __init__(
        self,
        state: LoopState,
        writer: LaneWriter,
        signal: SSAValue,
        reaches: Collection[int],
        blocks: Sequence[int],
    ) -> None:
        self.state = state
        self.w = writer
        self.signal = signal
        self.blocks = blocks
        self.width = len(blocks) * writer.lanes
        self.slots = self._registers(carried_frames(reaches, len(blocks)))
        """The vectors of each frame back, block by block."""
        depth = max(reaches)
        self.ring = self._ring(depth) if depth > len(self.slots) else None

    def _buffer(self, unit: Unit, suffix: str, frames: int) -> Buffer:
        kind = element(self.signal)
        name = unit.named(self.signal.name_hint, suffix, kind, "Rec")
        buffer = unit.buffer(name, kind, frames * self.width, Lifetime.INSTANCE, Role.STATE)
        unit.clear(buffer)
        return buffer

    def _registers(self, depth: int) -> list[list[Slot]]:
        if not depth:
            return []
        lanes, state = self.w.lanes, self.state
        buffer = self._buffer(state.unit, "lanes", depth)
        vectors = vector_type(element(self.signal), lanes)
        return [
            [
                state.carried_in(
                    self.signal.name_hint, vectors, buffer, back * self.width + b * lanes
                )
                for b in self.blocks
            ]
            for back in range(depth)
        ]

    def _ring(self, depth: int) -> tuple[Buffer, int]:
        """The rows, and how many there are.

        Positions are counted from a chunk's first frame and wrap once in an exact ring, so that a
        ring of fewer rows than a chunk has frames is one of a power of two.
        """
        rows = self.state.unit.ring_size(depth)
        if rows < self.state.histories.graph.chunking.size:
            rows = 1 << (rows - 1).bit_length()
        return self._buffer(self.state.unit, "rows", rows), rows

    def read(self, back: int) -> list[SSAValue]:
        """The vectors of some frames ago."""
        if back <= len(self.slots):
            return [slot.argument for slot in self.slots[back - 1]]
        assert self.ring is not None
        place = self.w.buffer(self.ring[0])
        return [self.w.load_lanes(place, start) for start in self._starts(back)]

    def push(self, values: Sequence[SSAValue]) -> None:
        """Add the vectors of this frame, when all that reads the past has been written."""
        younger = values
        for slots in self.slots:
            for slot, value in zip(slots, younger, strict=True):
                self.state.assign(slot, value)
            younger = [slot.argument for slot in slots]
        if self.ring is not None:
            place = self.w.buffer(self.ring[0])
            for value, start in zip(values, self._starts(0), strict=True):
                self.w.store_lanes(value, place, start)

    def _starts(self, back: int) -> Iterable[SSAValue]:
        """Where the vectors of some frames ago lie."""
        assert self.ring is not None
        row = self.state.ring_index(self.ring[1], back)
        first = self.w.at(arith.MuliOp, row, self.w.index(self.width))
        for block in self.blocks:
            start = block * self.w.lanes
            yield self.w.at(arith.AddiOp, first, self.w.index(start)) if start else first
