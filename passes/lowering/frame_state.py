"""State while a loop over single frames of the whole program is written.

It is the state of the loops over chunks: registers and packs in the same buffers, rings with their
mirrors, and copied delay lines in the row that keeps their past between chunks.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.dialects.arith import AddiOp, MaxSIOp, RemSIOp
from xdsl.dialects.builtin import i32
from xdsl.ir import SSAValue

from dspc.dialects.dsp_par import WindowOp
from dspc.passes.analysis.delay_lines import DelayLine, Domain, Plan
from dspc.passes.lowering.chunk_state import Chunk, LoopState, copy_row
from dspc.passes.lowering.histories import Histories, History
from dspc.passes.lowering.state import write_if
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import INDEX, INT_FLAGS, Buffer, Writer, open_row_type
from dspc.passes.partition.group import LoopGroup


class FrameState(LoopState):
    """The state of a loop whose body computes a frame of all loops."""

    def __init__(self, unit: LoweringUnit, plan: Plan, chunk: Chunk, histories: Histories) -> None:
        super().__init__(unit, plan, chunk, histories, LoopGroup([], is_recursive=True))
        self._pushed: dict[DelayLine, SSAValue] = {}
        """The values of this frame in delay lines in memory."""

    def position(self, domain: Domain, period: int = 0) -> SSAValue:
        if domain is not None or not period:
            return super().position(domain, period)
        known = self.scope.known.get(("position", period))
        if known is None:  # the frames may be more than a period
            w = self.scope.writer
            before = w.to_index(self.chunk.position(period))
            sum = w.emit(AddiOp, (before, self.frame), INDEX, INT_FLAGS)
            known = w.to_int(w.emit(RemSIOp, (sum, w.index(period)), INDEX))
            self.scope.known["position", period] = known
        return known

    def read(self, line: DelayLine, back: int) -> SSAValue:
        if line.domain is None and back <= self._carried(line):
            return self.registers(self.own(line))[back - 1].argument
        return super().read(line, back)

    def _carried(self, line: DelayLine) -> int:
        """The past frames of a line in values: a recurrence keeps its past in a form of its own."""
        is_linear = self.histories.writers[line].linear is not None
        return 0 if is_linear else self.histories.of(line).registers

    def _read_history(self, line: DelayLine, back: int) -> SSAValue:
        history, w = self.histories.of(line), self.scope.writer
        if history.size:
            return w.load(_row(history), self.ring_index(history.size, back, None))
        assert history.kept is not None
        return w.load(history.kept, w.index(history.depth - back))

    def read_varying(self, line: DelayLine, back: SSAValue, is_sampled: bool) -> SSAValue:
        if line.domain is not None:
            return super().read_varying(line, back, is_sampled)
        history, w = self.histories.of(line), self.scope.writer
        if self.is_assumed:
            back = w.emit(MaxSIOp, (back, w.int(1)), i32)
        if history.size:
            return w.load(_row(history), self.ring_index_varying(w, history.size, back, None))
        assert history.kept is not None
        some = back if self.is_assumed else w.emit(MaxSIOp, (back, w.int(1)), i32)
        index = w.to_index(w.sub_int(w.int(history.depth), some))
        past = w.load(history.kept, index)
        now = self._pushed.get(line)
        if now is None:
            return past
        return w.select(w.compare_int("eq", back, w.int(0)), now, past)

    def push(self, line: DelayLine, value: SSAValue) -> None:
        if line.domain is not None:
            super().push(line, value)
            return
        history = self.histories.of(line)
        if self._carried(line):
            self.shift(self.own(line), value)
        if history.row is None:
            return
        self._pushed[line] = value
        if history.size:
            index = self.ring_index(history.size, 0, None)
            self.scope.writer.store(value, history.row, index)

    def end_frame(self) -> None:
        """Advance the delay lines that are copied, and store what the mirrors of rings have; no op
        may read them in this frame any more."""
        super().end_frame()
        if self.scope.domain is not None:
            return
        mirrored: dict[int, list[tuple[Buffer, SSAValue]]] = {}
        for line, value in self._pushed.items():
            history = self.histories.of(line)
            if history.size:
                mirrored.setdefault(history.size, []).append((_row(history), value))
            else:
                self._shift(history, value)
        for size, rows in mirrored.items():
            self._mirror(size, rows)

    def _shift(self, history: History, value: SSAValue) -> None:
        """Write the move of a copied line by one frame."""
        assert history.kept is not None
        w, row, last = self.scope.writer, self.prologue.buffer(history.kept), history.depth - 1
        if last:
            start, kind = self.prologue.index(1), open_row_type(history.line.element)
            later = self.prologue.emit(WindowOp, (row, start), kind)
            copy_row(w, later, row, w.index(0), w.index(last))
        w.store(value, history.kept, w.index(last))

    def _mirror(self, size: int, rows: Sequence[tuple[Buffer, SSAValue]]) -> None:
        """Store the frame in the mirrors of rings of a size, if these have it."""
        w = self.scope.writer
        inner = Writer(w.function, [])
        index = self.ring_index(size, 0, None)
        place = inner.emit(AddiOp, (index, inner.index(size)), INDEX, INT_FLAGS)
        for row, value in rows:
            inner.store(value, row, place)
        is_first = w.compare_int("lt", index, w.index(self.histories.graph.chunking.size))
        write_if(w, is_first, [*inner.ops, scf.YieldOp.create()])


def _row(history: History) -> Buffer:
    assert history.row is not None
    return history.row
