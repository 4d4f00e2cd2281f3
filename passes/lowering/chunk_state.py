"""State while one of several loops is written: the current chunk, windows, histories."""

from __future__ import annotations

from xdsl.dialects import memref, scf
from xdsl.dialects.arith import AddiOp, MaxSIOp, MinSIOp, MuliOp, OrIOp, RemSIOp, SubiOp
from xdsl.dialects.builtin import i1, i32
from xdsl.ir import Attribute, Block, BlockArgument, Region, SSAValue

from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.dsp_par import WindowOp, YieldOp
from dspc.dialects.dsp_par.loops import KINDS, LoopKind, LoopOp, loop_of
from dspc.passes.analysis.delay_lines import DelayLine, Domain, Plan
from dspc.passes.lowering.histories import Histories, History
from dspc.passes.lowering.ring_indices import advanced, moment_before, period_of, place_of
from dspc.passes.lowering.state import State, write_if
from dspc.passes.lowering.unit import LoweringUnit, counted
from dspc.passes.lowering.writer import (
    INDEX,
    INT_FLAGS,
    Buffer,
    FunctionBuilder,
    Writer,
    open_row_type,
)
from dspc.passes.partition.group import LoopGroup


class Chunk:
    """The chunk as values of an iteration of the chunk loop: first frame, length, positions."""

    def __init__(self, function: FunctionBuilder) -> None:
        self.function = function
        self.block = Block(arg_types=[INDEX, INDEX])
        self.first, self.length = self.block.args
        self.first.name_hint, self.length.name_hint = "first", "length"
        self.positions: dict[int, BlockArgument] = {}

    def position(self, period: int) -> SSAValue:
        """The number of frames before this chunk modulo a period, or 2^32 for a period of 0."""
        known = self.positions.get(period)
        if known is None:
            known = self.positions[period] = self.block.insert_arg(i32, len(self.block.args))
            known.name_hint = "position"
        return known


class LoopState(State):
    """The state of one of several loops."""

    def __init__(
        self, unit: LoweringUnit, plan: Plan, chunk: Chunk, histories: Histories, group: LoopGroup
    ) -> None:
        self.chunk = chunk
        self.histories = histories
        self.group = group
        self.prologue = Writer(chunk.function, [])
        self.epilogue = Writer(chunk.function, [])
        super().__init__(unit, plan, chunk.function, self.prologue, True)
        self.loop.args[0].name_hint = "i"
        self._own: dict[DelayLine, DelayLine] = {}
        self._windows: dict[object, SSAValue] = {}
        self._ends: dict[tuple[int, SSAValue], tuple[SSAValue, SSAValue]] = {}
        self.is_assumed = False
        """Whether the current delay is assumed to be at least a chunk long."""

    @property
    def frame(self) -> SSAValue:
        return self.loop.args[0]

    def finish(self) -> LoopOp:
        """The loop op, with prologue and epilogue."""
        w = Writer(self.chunk.function, self.prologue.ops)
        if self.scope.writer.ops or self.slots:
            self.write_loop(w, self.chunk.length)
        block = Block()
        block.add_ops([*w.ops, *self.epilogue.ops, YieldOp.create()])
        kind = LoopKind.RECURSIVE if self.group.is_recursive else LoopKind.FREE
        return loop_of(KINDS[kind], Region(block))  # pyright: ignore

    # Rows

    def window(self, row: SSAValue, start: SSAValue, key: object) -> SSAValue:
        """The window of a row from `start` on, created once per key in the prologue."""
        known = self._windows.get(key)
        if known is None:
            element = row.type.element_type  # pyright: ignore
            known = self.prologue.emit(WindowOp, (row, start), open_row_type(element))
            known.name_hint = row.name_hint
            self._windows[key] = known
        return known

    def load_row(self, row: SSAValue) -> SSAValue:
        """The element of this frame."""
        element = row.type.element_type  # pyright: ignore
        return self.scope.writer.emit(memref.LoadOp, (row, self.frame), element)

    def store_row(self, value: SSAValue, row: SSAValue) -> None:
        self.scope.writer.store_to(value, row, self.frame)

    def channel(self, channel: SSAValue) -> SSAValue:
        """The window of the current chunk in an input or output."""
        return self.window(channel, self.chunk.first, channel)

    def copied(self, channel: SSAValue, size: int) -> SSAValue:
        """A copy of an input's chunk in a row of so many elements, for loads of whole vectors: the
        host's array may end within a vector, and have elements of another type."""
        w, source = self.prologue, self.channel(channel)
        element = source.type.element_type  # pyright: ignore
        row = w.buffer(scratch(self.unit, channel.name_hint, element, size))
        copy_row(w, source, row, w.index(0), self.chunk.length)
        return row

    def position(self, domain: Domain, period: int = 0) -> SSAValue:
        """The number of frames that the domain has run, modulo a period, or 2^32 for 0."""
        if domain is not None:
            return super().position(domain, period)
        scope = self.scope
        known = scope.known.get(("position", period))
        if known is None:
            w = scope.writer
            frame = scope.known.get("frame")
            if frame is None:
                frame = scope.known["frame"] = w.to_int(self.frame)
            known = advanced(w, self.chunk.position(period), frame, period)
            scope.known["position", period] = known
        return known

    # Lines

    def read(self, line: DelayLine, back: int) -> SSAValue:
        if line.domain is not None:
            return super().read(line, back)
        histories = self.histories
        if histories.in_registers(line, back, True, self.group):
            return self.registers(self.own(line))[back - 1].argument
        key = (line, back)
        for scope in self.scopes:
            if key in scope.known:
                return scope.known[key]
        value = self.scope.known[key] = self._read_history(line, back)
        return value

    def _read_history(self, line: DelayLine, back: int) -> SSAValue:
        history = self.histories.of(line)
        row = self.row(history)
        w = self.prologue
        if not history.size:
            start = w.index(history.depth - back)
            return self.load_row(self.window(row, start, (line, back)))
        if history.is_masked and self._is_near(line, back):
            index = self.ring_index(history.size, back, None)
            return self.scope.writer.emit(memref.LoadOp, (row, index), line.element)
        return self.load_row(self.ring_window(history, w.int(back), back))

    def _is_near(self, line: DelayLine, back: int) -> bool:
        """Whether the read may see a value that this loop has written in the same chunk."""
        histories = self.histories
        return histories.writers[line] is self.group and not histories.graph.is_far(line, back)

    def read_varying(self, line: DelayLine, back: SSAValue, is_sampled: bool) -> SSAValue:
        if line.domain is not None:
            return super().read_varying(line, back, is_sampled)
        history = self.histories.of(line)
        row, w = self.row(history), self.scope.writer
        if not history.size:
            place = w.add_int(w.to_int(self.frame), w.int(history.depth))
            index = w.to_index(w.sub_int(place, back))
        elif self.is_assumed:
            self.histories.bounds[back] = None
            some = self.prologue.emit(MaxSIOp, (back, self.prologue.int(1)), i32)
            return self.load_row(self.ring_window(history, some, back))
        elif is_sampled or history.is_masked:
            index = self.ring_index_varying(w, history.size, back, None)
        else:
            return self.load_row(self.ring_window(history, back, back))
        return w.emit(memref.LoadOp, (row, index), line.element)

    def row(self, history: History) -> SSAValue:
        assert history.row is not None
        return self.prologue.buffer(history.row)

    def ring_window(self, history: History, back: SSAValue, key: object) -> SSAValue:
        """The window of a ring that starts `back` frames before this chunk."""
        return self.window(
            self.row(history), self.ring_start(history, back, key), (history.line, key)
        )

    def ring_start(self, history: History, back: SSAValue | None, key: object) -> SSAValue:
        """The ring index of the frame `back` frames before this chunk."""
        known = self._windows.get(("start", history.size, key))
        if known is None:
            w, period = self.prologue, period_of(history.size)
            moment = moment_before(w, self.chunk.position(period), back, period)
            known = self._windows["start", history.size, key] = place_of(w, moment, history.size)
        return known

    def own(self, line: DelayLine) -> DelayLine:
        """The part of a delay line that this loop carries in registers."""
        own = self._own.get(line)
        if own is None:
            own = self._own[line] = DelayLine(line.signal, None, line.start)
            own.depth = self.histories.of(line).registers
            own.is_recursive = line.is_recursive
        return own

    def push(self, line: DelayLine, value: SSAValue) -> None:
        if line.domain is not None:
            super().push(line, value)
            return
        history = self.histories.of(line)
        if history.registers:
            self.shift(self.own(line), value)
        if history.row is None:
            return
        if not history.size:
            self._copy_past(history)
            self.store_row(value, self.recent(history))
        elif history.is_masked:
            index = self.ring_index(history.size, 0, None)
            self.scope.writer.store_to(value, self.row(history), index)
            self._mirror_start(history)
        else:
            start = self.ring_start(history, None, "now")
            self.store_row(value, self.window(self.row(history), start, (line, "now")))
            self._mirror_written(history, start)

    def recent(self, history: History) -> SSAValue:
        """The window of the current chunk in a history."""
        row = self.row(history)
        if history.size:
            start = self.ring_start(history, None, "now")
        else:
            start = self.prologue.index(history.depth)
        return self.window(row, start, (history.line, "now"))

    def _copy_past(self, history: History) -> None:
        """Copy the past frames before the chunk, and the chunk's last frames out after it."""
        w, after = self.prologue, self.epilogue
        assert history.kept is not None
        assert history.row is not None
        buffer, row = w.buffer(history.kept), self.row(history)
        size = w.index(history.depth)
        copy_row(w, buffer, row, w.index(0), size)
        end = after.emit(WindowOp, (row, self.chunk.length), open_row_type(history.line.element))
        copy_row(after, end, buffer, w.index(0), size)

    def _mirror_written(self, history: History, start: SSAValue) -> None:
        """Copy elements written beyond the ring's end to its start, or its start to the mirror."""
        w = self.epilogue
        row, size = self.row(history), w.index(history.size)
        kind = open_row_type(history.line.element)
        mirror = w.emit(WindowOp, (row, size), kind)
        over, last = self._written_ends(history.size, start)
        copy_row(w, mirror, row, w.index(0), over)
        copy_row(w, row, mirror, start, last)

    def _written_ends(self, size: int, start: SSAValue) -> tuple[SSAValue, SSAValue]:
        """The end of what was written beyond a ring's end, counted from its start, and the end of
        what was written into its first chunk: the same for all rings of a size."""
        known = self._ends.get((size, start))
        if known is None:
            w = self.epilogue
            end = w.emit(AddiOp, (start, self.chunk.length), INDEX, INT_FLAGS)
            over = w.emit(SubiOp, (end, w.index(size)), INDEX, INT_FLAGS)
            last = w.emit(MinSIOp, (end, w.index(self.histories.graph.chunking.size)), INDEX)
            known = self._ends[size, start] = over, last
        return known

    def _mirror_start(self, history: History) -> None:
        """Copy the ring's start to the mirror, if this chunk wrote there."""
        w, inner = self.epilogue, Writer(self.chunk.function, [])
        row, size = self.row(history), w.index(history.size)
        chunk = w.index(self.histories.graph.chunking.size)
        start = self.ring_start(history, None, "now")
        end = w.emit(AddiOp, (start, self.chunk.length), INDEX, INT_FLAGS)
        starts = w.compare_int("lt", start, chunk)
        ends = w.compare_int("gt", end, size)
        gate = w.emit(OrIOp, (starts, ends), i1)
        mirror = inner.emit(WindowOp, (row, size), open_row_type(history.line.element))
        copy_row(inner, row, mirror, inner.index(0), chunk)
        write_if(w, gate, [*inner.ops, scf.YieldOp.create()])


def copy_row(w: Writer, source: SSAValue, target: SSAValue, low: SSAValue, high: SSAValue) -> None:
    """Write a loop that copies the elements from index `low` to `high` (exclusive)."""
    block = Block(arg_types=[INDEX])
    inner = Writer(w.function, [])
    element = source.type.element_type  # pyright: ignore
    value = inner.emit(memref.LoadOp, (source, block.args[0]), element)
    inner.store_to(value, target, block.args[0])
    block.add_ops([*inner.ops, scf.YieldOp.create()])
    counted(w, high, block, [], low)


def clear_rest(w: Writer, row: SSAValue, length: SSAValue, lanes: int, width: int = 1) -> None:
    """Pad a chunk, of `width` elements per frame, with zeros to a whole vector of frames.

    The last vector of a chunk then reads no uninitialised elements.
    """
    element = row.type.element_type  # pyright: ignore
    up = w.emit(AddiOp, (length, w.index(lanes - 1)), INDEX, INT_FLAGS)
    over = w.emit(RemSIOp, (up, w.index(lanes)), INDEX)
    low, high = length, w.emit(SubiOp, (up, over), INDEX, INT_FLAGS)
    if width != 1:
        low, high = (w.emit(MuliOp, (end, w.index(width)), INDEX, INT_FLAGS) for end in (low, high))
    block = Block(arg_types=[INDEX])
    inner = Writer(w.function, [])
    inner.store_to(inner.zero(element), row, block.args[0])
    block.add_ops([*inner.ops, scf.YieldOp.create()])
    counted(w, high, block, [], low)


def scratch(unit: LoweringUnit, hint: str | None, element: Attribute, size: int) -> Buffer:
    """A block scratch row of `size` elements, rewritten in each chunk."""
    name = unit.named(hint, "block", element, "Zec")
    return unit.buffer(name, element, size, Lifetime.BLOCK, Role.SCRATCH)
