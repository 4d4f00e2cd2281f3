"""Lowers a pack to one loop: each position becomes ops on vectors of lanes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import i1
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.dsp_par.lanes import lane_type
from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.lowering.arithmetic import ARITHMETIC, SignalFacts
from dspc.passes.lowering.body import INIT, SAMPLE
from dspc.passes.lowering.chunk_state import scratch
from dspc.passes.lowering.grid import GridWriter, write_factors
from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.pack_past import PackPast
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import INDEX, Buffer
from dspc.passes.packing.colouring import Sum
from dspc.passes.packing.operands import Operand
from dspc.passes.packing.pack import Pack, signal_of
from dspc.passes.packing.reaches import reaches_of
from dspc.passes.packing.stencil import Diagonal, Stencil
from dspc.passes.partition.group import LoopGroup

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody
    from dspc.passes.lowering.single_frames import FrameBody

T = TypeVar("T")


class LaneFacts:
    """Facts that hold for an operand in all lanes."""

    def __init__(self, facts: SignalFacts, ops: Sequence[Operation]) -> None:
        self._facts = facts
        self._ops = ops

    def within(self, value: SSAValue, low: float, high: float) -> bool:
        place = list(self._ops[0].operands).index(value)
        return all(self._facts.within(op.operands[place], low, high) for op in self._ops)

    def ends(self, value: SSAValue) -> tuple[float, float]:
        return self._facts.ends(value)


class PackedLoop:
    """Lowers a group that is a pack.

    A block is one vector's worth of lanes; `values[position][block]` are the vectors of this frame.
    """

    def __init__(self, body: SplitBody, group: LoopGroup) -> None:
        assert group.pack is not None
        self.body = body
        self.group = group
        self.pack: Pack = group.pack
        self.state = body.enter(group)
        self.lanes = self.pack.width
        self.blocks = range(-(-self.pack.lanes // self.lanes))
        self.w = LaneWriter(body.function, self.state.scope.writer.ops, self.lanes)
        self.before = LaneWriter(body.function, body.before.ops, self.lanes)
        self.values: dict[int, list[SSAValue]] = {}
        self.past: dict[int, PackPast] = {}
        """The past of each position that is delayed."""
        self._known: dict[object, list[SSAValue]] = {}
        self._fixed: dict[object, list[SSAValue]] = {}
        """The operands that are constant in a call."""
        self._factors: dict[Diagonal, list[SSAValue]] = {}
        """The factors of a grid's neighbours that are constant in a call."""

    def write(self) -> LoopOp:
        """The loop, with the sums over its lanes."""
        self._write_lanes()
        return self.state.finish()

    def write_frame(self, body: FrameBody) -> None:
        """A frame, in the same vectors."""
        PackedFrame(body, self).write_values()

    def _write_lanes(self) -> None:
        self._make_past()
        for position in self._in_order():
            self._write_position(position)
        self._keep_past()
        for position, lane in self.pack.exports:
            self._export(position, lane)
        for total, terms in self.pack.terms.items():
            self._sum(total, self._over_blocks(terms))

    def _in_order(self) -> list[int]:
        """The positions in program order, which is a topological order of a frame."""
        rows = self.pack.positions
        return sorted(range(len(rows)), key=lambda position: rows[position][0].order)

    def _write_position(self, position: int) -> None:
        row = self.pack.positions[position]
        ops = [node.op for node in row if node.op is not None]
        facts = LaneFacts(self.body.facts, ops)
        self.w.location = ops[0].location
        columns = [self._operand(column) for column in self.pack.operands[position]]
        if self.pack.stencil is not None and position == self.pack.grid:
            outputs = self._grid(self.pack.stencil, columns)
        else:
            lower = ARITHMETIC[type(ops[0])]
            outputs = [
                lower(self.w, ops[0], [column[block] for column in columns], facts)
                for block in self.blocks
            ]
        for value in outputs:
            value.name_hint = value.name_hint or signal_of(row[0]).name_hint
        self.values[position] = outputs

    # State

    def _make_past(self) -> None:
        """Make the past values that lanes read."""
        for position, reaches in reaches_of(self.pack).items():
            signals = [signal_of(node) for node in self.pack.positions[position]]
            graph = self.body.graph
            lines = [graph.chunking.lines[graph.plan.line(signal, None)] for signal in signals]
            self.past[position] = PackPast(
                self.state, self.w, lines, signals[0], reaches, self.blocks, self._margins(position)
            )

    def _margins(self, position: int) -> tuple[int, int]:
        """The elements that nodes of a grid read before the first node and behind the last."""
        if self.pack.stencil is None or position != self.pack.grid:
            return 0, 0
        shifts = [diagonal.shift for diagonal in self.pack.stencil.diagonals]
        return max(0, -min(shifts)), max(0, *shifts)

    def _keep_past(self) -> None:
        for position, past in self.past.items():
            past.push(self.values[position])

    # Operands

    def _operand(self, column: Sequence[Operand]) -> list[SSAValue]:
        """The vectors of an operand, one for each block."""
        kind, first = self.pack.kind_of(column), column[0]
        if kind == "lane":
            position = self.pack.at[first.node][0]
            if first.kind == "now":
                return self.values[position]
            return self._of_past(position, first.reach)
        key = tuple(operand.signal for operand in column)
        kept = self._fixed if kind == "slow" else self._known
        known = kept.get(key)
        if known is None:
            make = {"slow": self._slow, "shared": self._shared, "apart": self._gathered}[kind]
            known = kept[key] = make(key)
        return known

    def _grid(self, stencil: Stencil, driven: list[list[SSAValue]]) -> list[SSAValue]:
        """The vectors of the nodes of a grid."""
        body = self.body
        first = signal_of(body.graph.nodes[stencil.lanes[0]])
        slow = [each for each in stencil.diagonals if not each.is_sampled]
        others = [each for each in stencil.diagonals if each.is_sampled]
        make = partial(write_factors, blocks=self.blocks, kind=element(first))
        if not self._factors:
            self._factors = make(self.before, slow, valued=self._number)
        factors = {**self._factors, **make(self.w, others, valued=self._number)}
        past = self.past[self.pack.at[stencil.lanes[0]][0]]
        return GridWriter(self.w, stencil, past, driven, factors, self._number).write()

    def _number(self, operand: Operand) -> SSAValue:
        """The scalar of an operand from outside."""
        if operand.kind == "slow":
            return self.body.operand(operand.signal, SAMPLE)
        return self.body.sampled(operand.signal)

    def _of_past(self, position: int, back: int) -> list[SSAValue]:
        known = self._known.get((position, back))
        if known is None:
            known = self._known[position, back] = self.past[position].read(back)
        return known

    def _shared(self, signals: Sequence[SSAValue]) -> list[SSAValue]:
        value = self.w.broadcast(self.body.sampled(signals[0]))
        return [value for _ in self.blocks]

    def _gathered(self, signals: Sequence[SSAValue]) -> list[SSAValue]:
        return self._filled(self.w, [self.body.sampled(signal) for signal in signals])

    def _slow(self, signals: Sequence[SSAValue]) -> list[SSAValue]:
        """An operand that is constant in a call: vectors built before the loop over chunks."""
        body = self.body
        numbers = [body.numbers.get(signal) for signal in signals]
        known = [number.value.data for number in numbers if number is not None]
        if len(known) == len(signals):
            kind = element(signals[0])
            return [self.before.constants(self._lanes(known, b), kind) for b in self.blocks]
        if all(signal is signals[0] for signal in signals):
            value = self.before.broadcast(body.operand(signals[0], SAMPLE))
            return [value for _ in self.blocks]
        if body.is_kept and all(body.rates[signal] <= INIT for signal in signals):
            return self._constants(signals)
        return self._filled(self.before, [body.operand(signal, SAMPLE) for signal in signals])

    def _constants(self, signals: Sequence[SSAValue]) -> list[SSAValue]:
        """Init-rate operands: loaded from a buffer that `instance_constants` fills."""
        body, init = self.body, self.body.init
        kind = element(signals[0])
        name = body.unit.named(signals[0].name_hint, "lanes", kind, "Const")
        size = len(self.blocks) * self.lanes
        row = body.unit.buffer(name, kind, size, Lifetime.INSTANCE, Role.CONSTANT)
        for at in range(size):
            signal = signals[min(at, len(signals) - 1)]
            init.store(body.operand(signal, INIT), row, init.index(at))
        loads = LaneWriter(body.function, body.function.loads, self.lanes)
        place = loads.buffer(row)
        starts = [loads.index(block * self.lanes) for block in self.blocks]
        return [loads.load_lanes(place, start) for start in starts]

    def _filled(self, w: LaneWriter, numbers: Sequence[SSAValue]) -> list[SSAValue]:
        """Vectors of scalars."""
        return [w.filled(self._lanes(numbers, block)) for block in self.blocks]

    def _lanes(self, values: Sequence[T], block: int) -> list[T]:
        """The lanes of a block; unused lanes repeat the last one."""
        last = len(values) - 1
        return [values[min(block * self.lanes + lane, last)] for lane in range(self.lanes)]

    # Results

    def _export(self, position: int, lane: int) -> None:
        """Extract the signal of one lane for other loops."""
        signal = signal_of(self.pack.positions[position][lane])
        value = self.values[position][lane // self.lanes]
        self.body.define(signal, self.w.extract(value, lane % self.lanes), SAMPLE)

    def _over_blocks(self, terms: Sequence[tuple[int, list[int]]]) -> SSAValue:
        """The sum of the vectors of all terms, in the order of positions and blocks."""
        total: SSAValue | None = None
        for position, lanes in terms:
            for block in self.blocks:
                term = self._masked(self.values[position][block], lanes, block)
                if term is not None and total is not None:
                    term = self.w.emit(arith.AddfOp, (total, term), total.type)
                total = total if term is None else term
        assert total is not None
        return total

    def _sum(self, target: Sum, total: SSAValue) -> None:
        """Store a sum over lanes in a row: after the loop, the lanes are reduced for several frames
        at a time (`LaneWriter.sum_rows`)."""
        body, state = self.body, self.state
        kind = lane_type(total.type)
        frames = -(-body.size // self.lanes) * self.lanes
        parts = scratch(body.unit, "parts", kind, frames * self.lanes)
        row = scratch(body.unit, "sum", kind, frames)
        width = self.w.index(self.lanes)
        place = self.w.at(arith.MuliOp, state.frame, width)
        self.w.store_lanes(total, self.w.buffer(parts), place)
        self._sum_frames(parts, row)
        body.sums[target.root, self.pack.number] = row

    def _masked(self, value: SSAValue, lanes: Sequence[int], block: int) -> SSAValue | None:
        """A vector with 0 in the lanes that are no terms; None where no lane is one."""
        start = block * self.lanes
        wanted = set(lanes)
        mask = [start + lane in wanted for lane in range(self.lanes)]
        if all(mask):
            return value
        if not any(mask):
            return None
        zero = self.w.zero(value.type.element_type)  # pyright: ignore
        return self.w.select(self.w.constants(mask, i1), value, zero)

    def _sum_frames(self, parts: Buffer, row: Buffer) -> None:
        """Write the loop that reduces the lanes, for as many frames at a time as lanes."""
        after = self.state.epilogue
        self.body.pad(after, after.buffer(parts), self.lanes, self.lanes)
        block = Block(arg_types=[INDEX])
        w = LaneWriter(self.body.function, [], self.lanes)
        frame = block.args[0]
        source = w.buffer(parts)
        first = w.at(arith.MuliOp, frame, w.index(self.lanes))
        places = [
            w.at(arith.AddiOp, first, w.index(lane * self.lanes)) if lane else first
            for lane in range(self.lanes)
        ]
        total = w.sum_rows([w.load_lanes(source, place) for place in places])
        w.store_lanes(total, w.buffer(row), frame)
        block.add_ops([*w.ops, scf.YieldOp.create()])
        counted(after, self.body.chunk.length, block, [], step=self.lanes)


class PackedFrame(PackedLoop):
    """Lowers a frame of a pack, whose loop is written."""

    def __init__(self, body: FrameBody, loop: PackedLoop) -> None:
        super().__init__(body, loop.group)
        self._fixed = loop._fixed
        self._factors = loop._factors
        self._totals = body.totals

    def write_values(self) -> None:
        """Define the signals and sums of the pack that other ops read."""
        self._write_lanes()

    def _sum(self, target: Sum, total: SSAValue) -> None:
        lanes = self.w.sum_lanes(total)
        self._totals[target.root, self.pack.number] = lanes
