"""Lowers a program to distributed loops; single ops are lowered as in the scalar form."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.arith import AddfOp, SubiOp
from xdsl.dialects.builtin import LocationAttr
from xdsl.dialects.memref import LoadOp
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.analysis.delay_lines import Plan
from dspc.passes.analysis.frame_graph import Graph, Node, Total
from dspc.passes.lowering.arithmetic import SignalFacts
from dspc.passes.lowering.body import SAMPLE, Body, RegionWalk
from dspc.passes.lowering.cascade_loop import CascadeLoop
from dspc.passes.lowering.chunk_state import Chunk, LoopState, clear_rest, scratch
from dspc.passes.lowering.fir_loop import FirLoop
from dspc.passes.lowering.histories import Histories, History
from dspc.passes.lowering.meters import write_sunk
from dspc.passes.lowering.pack_loop import PackedLoop
from dspc.passes.lowering.phases import write_phase
from dspc.passes.lowering.scan_loop import ScanLoop
from dspc.passes.lowering.state_space_loop import StateSpaceLoop
from dspc.passes.lowering.state_space_matrices import Matrices
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import (
    FLOAT_FLAGS,
    INDEX,
    INT_FLAGS,
    UNKNOWN,
    Buffer,
    FunctionBuilder,
    Writer,
)
from dspc.passes.partition.group import LoopGroup, beside_outputs

Form = PackedLoop | ScanLoop | StateSpaceLoop | CascadeLoop | FirLoop


class SplitBody(Body):
    """Lowers a program's body loop by loop; loops hand signals to each other in rows of a chunk."""

    def __init__(
        self,
        unit: LoweringUnit,
        plan: Plan,
        function: FunctionBuilder,
        storage: dict[SSAValue, Buffer],
        facts: SignalFacts,
        init: Writer,
        graph: Graph,
        groups: Sequence[LoopGroup],
        histories: Histories,
    ) -> None:
        super().__init__(unit, plan, function, storage, facts, init)
        self.graph = graph
        self.groups = groups
        self.sums: dict[tuple[int, int], Buffer] = {}
        """The rows of sums over lanes, by the root node of the sum and the number of the pack."""
        self.chunk = Chunk(function)
        self.channels: Sequence[SSAValue] = function.block.args[1:]
        self.rates.update(dict.fromkeys(graph.sampled, SAMPLE))
        self.local: dict[SSAValue, SSAValue] = {}
        """The signals that the current loop has computed."""
        self.slow = frozenset(graph.slow)
        self.in_loops = False
        self.home = {node.order: group for group in groups for node in group.nodes}
        self.histories = histories
        self.setup = Writer(function, []) if graph.chunking.singles else self.before
        """Writes the values that only vectors of frames need, before the loop over chunks."""
        self.forms: dict[LoopGroup, Form] = {}
        """The writers of loops that are packs, recurrences or FIR filters."""
        self.phases: dict[SSAValue, tuple[Buffer, SSAValue, SSAValue]] = {}
        """The state of each phase that is a product, its value before the call, and its step."""
        self.rows: dict[SSAValue, Buffer] = {}
        """The row of a signal that other loops read."""
        self.shared = self._shared()
        scans = [g.linear for g in groups if g.linear is not None and g.linear.order == 1]
        self.matrices: dict[object, Matrices] = {}
        """Those of block state space, by the form of the recurrences."""
        self.scanned = {scan.inputs[0].value for scan in scans}
        """The inputs of prefix scans, which load whole vectors of frames."""
        self.last: dict[SSAValue, Buffer] = {}
        """The last frame's value of the signals that sunk ops read."""

    def lower_all(self) -> list[LoopOp]:
        """Write the ops before the loops; returns the loops of a chunk."""
        self.walk(iter(self.graph.slow))
        w = self.before
        for signal in self.graph.last:
            row = scratch(self.unit, signal.name_hint, element(signal), 1)
            self.last[signal] = row
            # In a call without frames no loop writes it, and compilers warn of that.
            w.store(w.zero(element(signal)), row, w.index(0))
        self.in_loops = True
        loops = [self._stage()]
        loops.extend(self._loop(group) for group in self.groups)
        return [loop for loop in loops if loop is not None]

    def _shared(self) -> set[SSAValue]:
        """The signals that another loop reads in the same frame, or that a meter shows."""
        shared = set(self.graph.watched)
        for group in self.groups:
            for node in group.nodes:
                for signal in node.operands:
                    producer = self.graph.of.get(signal)
                    if producer is not None and self.home[producer] is not group:
                        shared.add(signal)
        return shared

    # Loops

    def _stage(self) -> LoopOp | None:
        """A loop that copies inputs which are read after another loop has written an output.

        The host may pass one array as input and output (in-place call).
        """
        late = dict.fromkeys(
            signal
            for group in beside_outputs(self.groups, self.graph.chunking.is_apart)
            for node in group.nodes
            for signal in self.inputs_of(node)
        )
        if not late:
            return None
        state = self.enter(LoopGroup([], is_recursive=False))
        for signal in late:
            value = self.sampled(signal)
            self.rows[signal] = scratch(self.unit, signal.name_hint, value.type, self.size)
            self._leave(signal, value)
        return state.finish()

    def inputs_of(self, node: Node) -> list[SSAValue]:
        return [signal for signal in node.operands if signal in self.graph.inputs]

    @property
    def size(self) -> int:
        return self.graph.chunking.size

    def enter(self, group: LoopGroup) -> LoopState:
        state = LoopState(self.unit, self.plan, self.chunk, self.histories, group)
        self.state = state
        self.local = {}
        state.number = group.order if group.nodes else 0
        return state

    def _loop(self, group: LoopGroup) -> LoopOp:
        form = self._form(group)
        if form is not None:
            self.forms[group] = form
            return form.write()
        state = self.enter(group)
        self.write_nodes(group)
        state.end_frame()
        return state.finish()

    def _form(self, group: LoopGroup) -> Form | None:
        if group.pack:
            return PackedLoop(self, group)
        if group.linear:
            is_scan = group.linear.order == 1
            return (ScanLoop if is_scan else StateSpaceLoop)(self, group, group.linear)
        if group.cascade:
            return CascadeLoop(self, group, group.cascade)
        return FirLoop(self, group, group.fir) if group.fir else None

    def write_nodes(self, group: LoopGroup) -> None:
        """Write a frame of a loop that has no form of its own."""
        state = self.loop_state
        for node in group.nodes:
            if node.op is None:
                served = node.operands[0] if node.signal is None else node.signal
                state.prologue.location = state.scope.writer.location = _place(served)
            if node.total is not None:
                self._total(node, node.total)
            elif node.op is not None:
                self.walk(iter((node.op,)))
            elif node.signal is not None:
                self.publish(node.signal, self.operand(node.signal, SAMPLE))
            else:
                self._output(state, node)

    def _total(self, node: Node, total: Total) -> None:
        """A sum: the sums over lanes of packs, then the other terms in program order."""
        assert node.op is not None
        w = self.writer(SAMPLE, node.op)
        terms = [self.sum_over_lanes(total.root, pack) for pack in total.packs]
        terms += [self.operand(signal, SAMPLE) for signal in node.operands]
        value = terms[0]
        for term in terms[1:]:
            value = w.emit(AddfOp, (value, term), value.type, FLOAT_FLAGS)
        self.define_op(node.op, value, SAMPLE)

    def sum_over_lanes(self, root: int, pack: int) -> SSAValue:
        """The sum over lanes of a pack in this frame, by the root node of the sum."""
        state = self.loop_state
        return state.load_row(state.prologue.buffer(self.sums[root, pack]))

    def _output(self, state: LoopState, node: Node) -> None:
        assert node.output is not None
        channel = self.channels[len(self.graph.inputs) + node.output]
        value = self.operand(node.operands[0], SAMPLE)
        state.store_row(value, state.channel(channel))

    @property
    def loop_state(self) -> LoopState:
        assert isinstance(self.state, LoopState)
        return self.state

    def publish(self, source: SSAValue, value: SSAValue) -> None:
        """Store a signal's value of this frame: to its delay lines, row and meters."""
        state = self.loop_state
        for line in self.plan.lines_of.get(source, ()):
            if line.domain is None:
                state.push(line, value)
        if source not in self.shared:
            return
        for line in self.plan.lines_of.get(source, ()):
            if line.domain is None and state.histories.of(line).row is not None:
                if not state.histories.of(line).size:  # behind a ring's chunk lies its past
                    self._fill(source)
                break
        else:
            self.rows[source] = scratch(self.unit, source.name_hint, value.type, self.size)
            self._leave(source, value)
        self.show(source)

    def hand_on(self, signal: SSAValue, row: Buffer) -> None:
        """Publish a signal that a loop stored in a row: readers of this frame use the row, readers
        of past frames a history, which a loop over the frames fills."""
        state, lines = self.loop_state, self.plan.lines_of.get(signal, ())
        if any(line.domain is None and self.histories.of(line).row is not None for line in lines):
            self.define(signal, state.load_row(state.prologue.buffer(row)), SAMPLE)
            state.end_frame()
        elif signal in self.shared:
            self.rows[signal] = row
            self._fill(signal)
            self.show(signal)

    def is_read(self, signal: SSAValue) -> bool:
        """Whether another loop, a meter, or a delay line in memory takes a signal."""
        lines = (line for line in self.plan.lines_of.get(signal, ()) if line.domain is None)
        return signal in self.shared or any(self.histories.of(line).row for line in lines)

    def show(self, source: SSAValue) -> None:
        """Store the last frame of the chunk to the meters of a signal, and for sunk ops."""
        w = self.loop_state.epilogue
        for buffer, index in self.shown(source, w):
            row = self.row(source)
            last = w.emit(SubiOp, (self.chunk.length, w.index(1)), INDEX, INT_FLAGS)
            shown = w.emit(LoadOp, (row, last), row.type.element_type)  # pyright: ignore
            w.store(shown, buffer, index)

    def shown(self, source: SSAValue, w: Writer) -> list[tuple[Buffer, SSAValue | None]]:
        """The places that keep a signal's value of the last frame: buffers, and indices in them."""
        meters = self.graph.meters.get(source, ())
        zones = [self.zones[meter.widget.string_value()] for meter in meters]
        places: list[tuple[Buffer, SSAValue | None]] = [(zone, None) for zone in zones]
        if source in self.last:
            places.append((self.last[source], w.index(0)))
        return places

    def write_meters(self, count: SSAValue) -> None:
        """Write the ops that only meters need, after the loop over chunks."""

        def last_values(w: Writer) -> dict[SSAValue, SSAValue]:
            return {leaf: w.load(row, w.index(0)) for leaf, row in self.last.items()}

        self.in_loops = False
        if self.graph.sunk:
            write_sunk(self, self.graph.sunk, self.before, count, last_values)

    def _leave(self, source: SSAValue, value: SSAValue) -> None:
        self.loop_state.store_row(value, self.loop_state.prologue.buffer(self.rows[source]))
        self._fill(source)

    def _fill(self, source: SSAValue) -> None:
        """Pad a row to a whole vector of frames, if a scan reads it.

        The writer of the row pads it, so that several scans only read it.
        """
        if source in self.scanned:
            self.pad(self.loop_state.epilogue, self.row(source), self.graph.chunking.lanes)

    def pad(self, w: Writer, row: SSAValue, lanes: int, width: int = 1) -> None:
        """Pad a row, of `width` elements per frame, to a whole vector of frames."""
        if not self.graph.chunking.has_whole(lanes):
            clear_rest(w, row, self.chunk.length, lanes, width)

    def row(self, source: SSAValue) -> SSAValue:
        """The row with a signal's values of this chunk."""
        state = self.loop_state
        buffer = self.rows.get(source)
        if buffer is not None:
            return state.prologue.buffer(buffer)
        return state.recent(self.history(source))

    def copied_input(self, source: SSAValue) -> SSAValue | None:
        """A copy of the host's array in a row, for an input without a row; None for all others."""
        if source not in self.graph.inputs or source in self.rows:
            return None
        return self.loop_state.copied(self.channels[self.graph.inputs[source]], self.size)

    def history(self, source: SSAValue) -> History:
        """The history that holds a signal's values of this chunk, where it has no row."""
        for line in self.plan.lines_of[source]:
            if line.domain is None and self.histories.of(line).row is not None:
                return self.histories.of(line)
        raise AssertionError("a signal that another loop needs is left in no row")

    @property
    def keeps_order(self) -> bool:
        """Only in recursive loops: a fixed order of sums would prevent vectorisation of others."""
        return self.in_loops and self.loop_state.group.is_recursive

    # Values

    def operand(self, value: SSAValue, rate: int) -> SSAValue:
        source = self.plan.resolve(value)
        if rate == SAMPLE and self.in_loops and source in self.graph.sampled:
            return self.sampled(source)
        return super().operand(value, rate)

    def sampled(self, source: SSAValue) -> SSAValue:
        """A signal's value of this frame, in the current loop."""
        known = self.local.get(source)
        if known is not None:
            return known
        state = self.loop_state
        for scope in state.scopes:
            if source in scope.known:
                return scope.known[source]
        fixed = self.graph.fixed.get(source)
        if fixed is not None:
            value = state.read(*fixed)
        elif source in self.graph.inputs and source not in self.rows:
            channel = self.channels[self.graph.inputs[source]]
            value = state.load_row(state.channel(channel))
        else:
            value = state.load_row(self.row(source))
        if value.name_hint is None:
            value.name_hint = source.name_hint
        state.scope.known[source] = value
        return value

    def is_defined(self, source: SSAValue) -> bool:
        if source not in self.graph.sampled or source in self.local:
            return True
        producer = self.graph.of.get(source)
        if producer is not None:
            return self.home[producer] is not self.loop_state.group
        return source in self.graph.fixed or source in self.graph.inputs

    def op(self, op: Operation) -> RegionWalk | None:
        if not self.in_loops:
            return super().op(op)
        if op in self.slow:
            return None
        step = self.graph.closed_step(op) if self.loop_state.scope.domain is None else None
        if step is not None:
            write_phase(self, op, step)
            return None
        self.loop_state.is_assumed = op in self.graph.chunking.assumed
        return super().op(op)

    def define(self, source: SSAValue, value: SSAValue | None, rate: int) -> None:
        if value is not None and value.name_hint is None:
            value.name_hint = source.name_hint
        if value is None or rate < SAMPLE or not self.in_loops:
            self.rates[source] = rate
            if value is not None:
                self.values[source] = value
            return
        self.local[source] = value
        state = self.state
        if state.scope.domain is None:
            self.publish(source, value)
        for line in self.plan.lines_of.get(source, ()):
            if line.domain is None:
                continue
            if line.domain is state.scope.domain:
                state.push(line, value)
            elif line.domain in state.closed:
                state.push_late(line, value)


def _place(signal: SSAValue) -> LocationAttr:
    """Where a signal is written; where it is first used for an input."""
    if isinstance(signal.owner, Operation):
        return signal.owner.location
    return next((use.operation.location for use in signal.uses), UNKNOWN)
