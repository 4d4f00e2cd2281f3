"""The past of one position of a pack: recent frames in loop-carried vectors, older ones in a ring.

A ring element is a row of scalars, the vectors of one frame. How many frames are carried and how
many rows there are has been decided (`dsp.line`). A loop-carried vector costs a move in each frame
and a register.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from xdsl.dialects import arith
from xdsl.ir import SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.partition import LineOp
from dspc.dialects.places import span_of
from dspc.passes.lowering.chunk_state import LoopState
from dspc.passes.lowering.lane_writer import LaneWriter, vector_type
from dspc.passes.lowering.state import Slot
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import Buffer
from dspc.passes.packing.reaches import MOST_NUMBERS
from dspc.support.diagnostics import DspcError


class PackPast:
    """The past of a position; `width` is the number of scalars of a row.

    A row that is read at elements of which no vector begins has `margins`: elements of 0 before
    its lanes and behind them.
    """

    def __init__(
        self,
        state: LoopState,
        writer: LaneWriter,
        lines: Sequence[LineOp],
        signal: SSAValue,
        reaches: Collection[int],
        blocks: Sequence[int],
        margins: tuple[int, int] = (0, 0),
    ) -> None:
        self.state = state
        self.w = writer
        self.lines = lines
        self.signal = signal
        self.blocks = blocks
        self.first, behind = (_whole(margin, writer.lanes) for margin in margins)
        self.width = self.first + len(blocks) * writer.lanes + behind
        carried = 0 if any(margins) else lines[0].carried
        self.slots = self._registers(min(carried, max(reaches)))
        """`slots[frames back - 1][block]`."""
        self._row_starts: dict[int, SSAValue] = {}
        """The ring index of the first element of a row, by the frames ago."""
        depth = max(reaches)
        self.ring = self._ring(depth) if depth > len(self.slots) else None

    def _buffer(self, unit: LoweringUnit, suffix: str, frames: int) -> Buffer:
        name = (self.signal.name_hint, suffix, "Rec")
        key = (suffix, self.signal)
        return unit.state(key, name, element(self.signal), frames * self.width)

    def _registers(self, depth: int) -> list[list[Slot]]:
        if not depth:
            return []
        lanes, state = self.w.lanes, self.state
        buffer = self._buffer(state.unit, "lanes", depth)
        vectors = vector_type(element(self.signal), lanes)
        return [
            [
                state.slot_in(self.signal.name_hint, vectors, buffer, back * self.width + b * lanes)
                for b in self.blocks
            ]
            for back in range(depth)
        ]

    def _ring(self, depth: int) -> tuple[Buffer, int]:
        """The buffer of rows, and their number: that of each lane's `dsp.line`.

        Raises DspcError E0306 where they differ, or cannot hold the past.
        """
        numbers = {0 if line.rows is None else line.rows.value.data for line in self.lines}
        rows, name = max(numbers), self.lines[0].sym_name.data
        fault = None
        if len(numbers) > 1:
            fault = f"the lanes of the pack of @{name} have different numbers of rows"
        elif rows <= depth or rows * self.width > MOST_NUMBERS:
            fault = f"@{name} has {rows} rows, but its pack reads {depth} frames of the past"
        elif rows < self.state.histories.graph.chunking.size and rows & (rows - 1):
            fault = f"@{name} has fewer rows than a chunk has frames, and no power of two"
        if fault is not None:
            raise DspcError("E0306", fault, span_of(self.lines[0]), "run dsp-partition again")
        return self._buffer(self.state.unit, "rows", rows), rows

    def read(self, back: int) -> list[SSAValue]:
        """The vectors of `back` frames ago."""
        if back <= len(self.slots):
            return [slot.argument for slot in self.slots[back - 1]]
        assert self.ring is not None
        place = self.w.buffer(self.ring[0])
        return [self.w.load_lanes(place, start) for start in self._starts(back)]

    def read_at(self, back: int, block: int, shift: int) -> SSAValue:
        """The vector of `back` frames ago that begins `shift` elements behind those of a block."""
        assert self.ring is not None
        start = self._start(back, block * self.w.lanes + shift)
        return self.w.load_lanes(self.w.buffer(self.ring[0]), start)

    def push(self, values: Sequence[SSAValue]) -> None:
        """Push the vectors of this frame; call after all reads of the past are written."""
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
        """The ring indices of the vectors of `back` frames ago."""
        return (self._start(back, block * self.w.lanes) for block in self.blocks)

    def _start(self, back: int, element: int) -> SSAValue:
        """The ring index of an element of `back` frames ago."""
        assert self.ring is not None
        first = self._row_starts.get(back)
        if first is None:
            row = self.state.ring_index(self.ring[1], back, None)
            first = self.w.at(arith.MuliOp, row, self.w.index(self.width))
            self._row_starts[back] = first
        element += self.first
        return self.w.at(arith.AddiOp, first, self.w.index(element)) if element else first


def _whole(count: int, lanes: int) -> int:
    """The elements of whole vectors for `count` elements."""
    return -(-count // lanes) * lanes
