"""The loop over chunks around the loops of one chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import i1, i32
from xdsl.ir import Block, BlockArgument, Operation, Region, SSAValue

from dspc.dialects.dsp import interface
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.analysis.chunking import Chunking
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.lowering.chunk_state import Chunk
from dspc.passes.lowering.fold_lengths import fold_length
from dspc.passes.lowering.histories import Histories
from dspc.passes.lowering.partitioned import SplitBody
from dspc.passes.lowering.prepared import Prepared
from dspc.passes.lowering.single_frames import FrameBody
from dspc.passes.lowering.state import write_if
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import INDEX, INT_FLAGS, INT_PREDICATES, Buffer, Writer
from dspc.passes.partition.group import LoopGroup


@dataclass(frozen=True)
class Start:
    """The number of frames before this call modulo a period (0 for 2^32), and its state buffer.

    `inside` is the placeholder for the number of frames before the current chunk.
    """

    inside: BlockArgument
    period: int
    buffer: Buffer
    value: SSAValue

    def after(self, w: Writer, frames: SSAValue) -> SSAValue:
        """The number after that many more frames."""
        if not self.period:
            return w.add_int(self.value, w.to_int(frames))
        sum = w.emit(arith.AddiOp, (w.to_index(self.value), frames), INDEX, INT_FLAGS)
        return w.to_int(w.emit(arith.RemSIOp, (sum, w.index(self.period)), INDEX))


def lower_loops(
    program: interface.ProgramOp, graph: Graph, groups: Sequence[LoopGroup]
) -> list[Operation]:
    """The ops of the lowered module: a loop for each group of its graph.

    The program keeps its body, but its `ui` region is moved.
    """
    parts = Prepared(program, graph.plan, graph.chunking.exact_beyond)
    unit = parts.unit
    histories = Histories(graph, groups, unit)
    body = SplitBody(
        unit,
        parts.plan,
        parts.compute,
        parts.storage,
        parts.facts,
        parts.init,
        graph,
        groups,
        histories,
    )
    body.zones = parts.zones
    loops = body.lower_all()
    chunks = Chunks(body, parts.count, graph.chunking)
    if loops:
        chunks.write(loops)
    body.write_meters(parts.count)
    return parts.finish()


class Chunks:
    """Writes the loop over chunks around the loops of one chunk."""

    def __init__(self, body: SplitBody, count: SSAValue, chunking: Chunking) -> None:
        self.body = body
        self.w = body.before
        self.unit = body.unit
        self.chunk: Chunk = body.chunk
        self.count = count
        self.chunking = chunking
        self.bounds = body.histories.bounds

    def write(self, loops: Sequence[Operation]) -> None:
        starts = self._starts()
        longest = self._longest()
        if self.chunking.singles:
            self._write_whole_and_singles(loops, starts, longest, FrameBody(self.body))
        elif not self.chunking.is_bounded:
            self._write_full_and_rest(loops, starts, longest)
        else:
            self._write_bounded(loops, starts, longest)
        for start in starts:
            self.w.store(start.after(self.w, self.count), start.buffer)
        for buffer, before, step in self.body.phases.values():
            advanced = self.w.emit(arith.MuliOp, (self.w.to_int(self.count), step), i32, INT_FLAGS)
            self.w.store(self.w.add_int(before, advanced), buffer)

    def _longest(self) -> SSAValue | None:
        """The most frames of a chunk in this call; None where no delay is assumed long."""
        bounds = self.bounds
        if not bounds:
            return None
        w = self.w
        least = w.int(self.chunking.size)
        for bound in bounds:
            least = w.emit(arith.MinSIOp, (least, bound), i32)
        least = w.emit(arith.MaxSIOp, (least, w.int(1)), i32)
        longest = w.to_index(least)
        longest.name_hint = "longest"
        return longest

    def _starts(self) -> list[Start]:
        """The frame counters that the loops use."""
        starts: list[Start] = []
        for period, inside in self.chunk.positions.items():
            name = self.unit.named(None, "", i32, "Position")
            buffer = self.unit.buffer(name, i32, None, Lifetime.INSTANCE, Role.STATE)
            self.unit.clear(buffer)
            starts.append(Start(inside, period, buffer, self.w.load(buffer)))
        return starts

    def _write_full_and_rest(
        self, loops: Sequence[Operation], starts: Sequence[Start], longest: SSAValue | None
    ) -> None:
        w, size = self.w, self.w.index(self.chunking.size)
        rest = w.emit(arith.RemSIOp, (self.count, size), INDEX)
        full = w.emit(arith.SubiOp, (self.count, rest), INDEX, INT_FLAGS)
        if longest is not None:
            is_whole = w.emit(
                arith.CmpiOp, (longest, size), i1, {"predicate": INT_PREDICATES["eq"]}
            )
            full = w.select(is_whole, full, w.index(0))
        full.name_hint, rest.name_hint = "full", "rest"
        if longest is not None:
            self._write_shorter(loops, starts, full, longest)
            return
        inner = Writer(w.function, [])
        mapper: dict[SSAValue, SSAValue] = {self.chunk.first: full, self.chunk.length: rest}
        mapper |= {start.inside: start.after(inner, full) for start in starts}
        inner.ops.extend(loop.clone(mapper) for loop in loops)
        self._write_full(loops, starts, full)
        block = Block()
        block.add_ops([*inner.ops, scf.YieldOp.create()])
        some = w.compare_int("gt", rest, w.index(0))
        w.ops.append(scf.IfOp.create(operands=[some], regions=[Region(block), Region()]))

    def _write_full(
        self, loops: Sequence[Operation], starts: Sequence[Start], full: SSAValue
    ) -> None:
        size = self.w.index(self.chunking.size)
        self.chunk.length.replace_all_uses_with(size)
        fold_length(self.w, size)
        self._over_chunks(self.w, full, [], loops, starts, size)

    def _write_shorter(
        self,
        loops: Sequence[Operation],
        starts: Sequence[Start],
        full: SSAValue,
        longest: SSAValue,
    ) -> None:
        """Write the frames after the full chunks as chunks no longer than the feedback."""
        w = self.w
        inner = Writer(w.function, [])
        block = Block(arg_types=[INDEX])
        first = block.args[0]
        first.name_hint = "first"
        mapper: dict[SSAValue, SSAValue] = {self.chunk.first: first}
        mapper[self.chunk.length] = self._length(inner, first, self.count, longest)
        mapper |= {start.inside: start.after(inner, first) for start in starts}
        inner.ops.extend(loop.clone(mapper) for loop in loops)
        block.add_ops([*inner.ops, scf.YieldOp.create()])
        self._write_full(loops, starts, full)
        counted(w, self.count, block, [], full, longest)

    def _write_whole_and_singles(
        self,
        loops: Sequence[Operation],
        starts: Sequence[Start],
        longest: SSAValue | None,
        frames: FrameBody,
    ) -> None:
        """Write chunks of a multiple of `singles` frames, then a loop over the other frames."""
        w = self.w
        size, singles = w.index(self.chunking.size), w.index(self.chunking.singles)
        rest = w.emit(arith.RemSIOp, (self.count, singles), INDEX)
        whole = w.emit(arith.SubiOp, (self.count, rest), INDEX, INT_FLAGS)
        if longest is not None:
            is_some = w.compare_int("ge", longest, singles)
            whole = w.select(is_some, whole, w.index(0))
            multiple = w.emit(arith.DivSIOp, (longest, singles), INDEX)
            multiple = w.emit(arith.MaxSIOp, (multiple, w.index(1)), INDEX)
            size = w.emit(arith.MuliOp, (multiple, singles), INDEX, INT_FLAGS)
        whole.name_hint = "whole"
        loop = frames.write()
        chunks = Writer(w.function, frames.chunks.setup.ops)
        inner = Writer(w.function, [])
        length = self._length(inner, self.chunk.first, whole, size, singles)
        self.chunk.length.replace_all_uses_with(length)
        self._over_chunks(chunks, whole, inner.ops, loops, starts, size)
        write_if(w, w.compare_int("gt", whole, w.index(0)), [*chunks.ops, scf.YieldOp.create()])
        after = Writer(w.function, [])
        self._write_singles(after, loop, frames.chunk, starts, whole)
        some = w.compare_int("lt", whole, self.count)
        write_if(w, some, [*after.ops, scf.YieldOp.create()])

    def _write_singles(
        self, w: Writer, loop: Operation, chunk: Chunk, starts: Sequence[Start], whole: SSAValue
    ) -> None:
        """Write the loop over the frames from `whole` on."""
        rest = w.emit(arith.SubiOp, (self.count, whole), INDEX, INT_FLAGS)
        rest.name_hint = "rest"
        chunk.first.replace_all_uses_with(whole)
        chunk.length.replace_all_uses_with(rest)
        of_period = {start.period: start for start in starts}
        for period, inside in chunk.positions.items():
            position = of_period[period].after(w, whole)
            position.name_hint = "position"
            inside.replace_all_uses_with(position)
        w.ops.append(loop)

    def _write_bounded(
        self, loops: Sequence[Operation], starts: Sequence[Start], longest: SSAValue | None
    ) -> None:
        inner = Writer(self.w.function, [])
        size = self.w.index(self.chunking.size) if longest is None else longest
        length = self._length(inner, self.chunk.first, self.count, size)
        self.chunk.length.replace_all_uses_with(length)
        self._over_chunks(self.w, self.count, inner.ops, loops, starts, size)

    def _length(
        self,
        w: Writer,
        first: SSAValue,
        end: SSAValue,
        size: SSAValue,
        multiple: SSAValue | None = None,
    ) -> SSAValue:
        """The number of frames of the chunk that begins at `first`; compilers see that it is a
        multiple, where all chunks are."""
        left = w.emit(arith.SubiOp, (end, first), INDEX, INT_FLAGS)
        length = w.emit(arith.MinSIOp, (left, size), INDEX)
        if multiple is not None:
            vectors = w.emit(arith.DivSIOp, (length, multiple), INDEX)
            length = w.emit(arith.MuliOp, (vectors, multiple), INDEX, INT_FLAGS)
        length.name_hint = "length"
        return length

    def _over_chunks(
        self,
        outer: Writer,
        end: SSAValue,
        setup: list[Operation],
        loops: Sequence[Operation],
        starts: Sequence[Start],
        step: SSAValue,
    ) -> None:
        """Write the loop over the chunks; its counter is the first frame of each."""
        chunk, w = self.chunk, Writer(self.w.function, setup)
        block = chunk.block
        for start in starts:
            position = start.after(w, chunk.first)
            position.name_hint = "position"
            start.inside.replace_all_uses_with(position)
            block.erase_arg(start.inside)
        block.erase_arg(chunk.length)
        block.add_ops([*w.ops, *loops, scf.YieldOp.create()])
        counted(outer, end, block, [], step=step)
