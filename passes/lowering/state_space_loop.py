"""Lowers a linear recurrence of higher order, and filters of its past, to block state space.

A vector of frames is `H x + O s`: H, lower triangular and Toeplitz, has the impulse response in its
columns, and O the responses to the state s before the vector. (C. S. Burrus, Block realization of
digital filters, IEEE Trans. Audio Electroacoust. AU-20, 1972.) A loop adds the columns, each times
its input, in the lanes from its frame on: not even infinite inputs spread to earlier frames.

Accuracy: the state is carried in double precision, and the matrices are computed in double
precision once: at compile time, in `instance_constants`, or in a call in which a control has
changed them. (`responses.py` has the basis in which nothing cancels.) In single precision, a vector
adds to the state the rounding errors of its own inputs' responses only. Frames after the last whole
vector run one by one in double precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import f64, i32
from xdsl.ir import Block, SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.lowering.body import SAMPLE
from dspc.passes.lowering.chunk_state import scratch
from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.responses import Numbers, Scalar
from dspc.passes.lowering.state_space_matrices import Matrices
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import (
    FLOAT_FLAGS,
    INDEX,
    INT_FLAGS,
    Writer,
)
from dspc.passes.partition.group import LoopGroup
from dspc.passes.partition.linear import Linear

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody


class StateSpaceLoop:
    """Lowers a group that is a linear recurrence of order 2 or more."""

    def __init__(self, body: SplitBody, group: LoopGroup, linear: Linear) -> None:
        self.body = body
        self.linear = linear
        self.state = body.enter(group)
        self.lanes = body.graph.chunking.lanes
        self.element = element(linear.signal)
        self.hint = linear.signal.name_hint
        taps = (v for node in linear.taps if node.op is not None for v in node.op.results)
        filters = [linear.signal, *taps]
        self.outputs = [signal for signal in filters if body.is_read(signal)]
        signals = list(dict.fromkeys([linear.signal, *self.outputs]))
        self.at = {signal: at for at, signal in enumerate(signals)}
        """The numbers of the signals that are computed, among the matrices' responses."""
        self.sources = [(self._input_source(value), is_minus) for value, is_minus in linear.inputs]
        self.matrices = self._matrices(linear, [filters.index(signal) for signal in signals])
        self.depth = self.matrices.basis.depth
        self.row = self.state.prologue.buffer(self.matrices.buffer)
        name = (self.hint, "state", "Rec")
        self.kept = body.unit.state(("past", linear.signal), name, f64, self.depth)

    def _matrices(self, linear: Linear, filters: Sequence[int]) -> Matrices:
        """The matrices of these filters, which recurrences of one form share."""
        known = self.body.matrices
        form = (linear.form(self.body.graph), tuple(filters))
        if form not in known:
            known[form] = Matrices(self.body, linear, filters)
        return known[form]

    def _input_source(self, source: SSAValue) -> SSAValue:
        """The row of an input, or its value if it is constant in a call."""
        body = self.body
        if source not in body.graph.sampled:
            return body.operand(source, SAMPLE)
        copied = body.copied_input(source)
        return body.row(source) if copied is None else copied

    # The loops

    def write(self) -> LoopOp:
        """The loop over vectors, the loop over the frames after them, and one that fills the
        delay lines of signals that have any."""
        body, w = self.body, self.state.prologue
        rows = [scratch(body.unit, v.name_hint, self.element, body.size) for v in self.outputs]
        places = [w.buffer(row) for row in rows]
        states = [w.load(self.kept, w.index(place)) for place in range(self.depth)]
        length = body.chunk.length
        if body.graph.chunking.has_whole(self.lanes):
            states = counted(w, length, self._vectors(places), states, step=self.lanes)
        else:
            rest = w.emit(arith.RemSIOp, (length, w.index(self.lanes)), INDEX)
            done = w.emit(arith.SubiOp, (length, rest), INDEX, INT_FLAGS)
            states = counted(w, done, self._vectors(places), states, step=self.lanes)
            states = counted(w, length, self._frames(places), states, done)
        for place, value in enumerate(states):
            w.store(value, self.kept, w.index(place))
        for signal, row in zip(self.outputs, rows, strict=True):
            body.hand_on(signal, row)
        return self.state.finish()

    def _vectors(self, rows: Sequence[SSAValue]) -> Block:
        """The body of the loop over vectors: arguments are the frame and the state."""
        matrices = self.matrices
        block = Block(arg_types=[INDEX, *[f64] * self.depth])
        w = LaneWriter(self.body.function, [], self.lanes)
        frame, *past = block.args
        free = self._forced(w, lambda inner, by: self._input(inner, frame, by))
        numbers = Numbers(Writer(w.function, w.ops))
        following = [
            self._advanced(
                numbers, numbers.widened(w.extract(free[0], self.lanes - back)), past, row
            )
            for back, row in enumerate(matrices.transition, 1)
        ]
        parts = matrices.basis.changed(numbers, past)
        state = [w.broadcast(numbers.rounded(each, self.element)) for each in parts]
        for signal, row in zip(self.outputs, rows, strict=True):
            value = free[self.at[signal]]
            for place, each in enumerate(state, 1):
                value = plus(w, value, each, self._response(self.at[signal], place))
            w.store_lanes(value, row, frame)
        block.add_ops([*w.ops, scf.YieldOp.create(operands=following)])
        return block

    def _response(self, signal: int, response: int) -> SSAValue:
        """The vector of a signal's response to the state; both by number."""
        prologue = self.state.prologue
        w = LaneWriter(prologue.function, prologue.ops, self.lanes)
        place = signal * self.matrices.stride + (response + 1) * self.lanes
        return w.load_lanes(self.row, w.index(place))

    def _forced(
        self, w: LaneWriter, input_at: Callable[[Writer, SSAValue], SSAValue]
    ) -> Sequence[SSAValue]:
        """Write the loop that computes the response of each signal to the inputs of a vector."""
        matrices, zero = self.matrices, w.zero(self.element)
        block = Block(arg_types=[INDEX, *[zero.type] * len(matrices.signals)])
        inner = LaneWriter(w.function, [], self.lanes)
        by, *totals = block.args
        inputs = inner.broadcast(input_at(Writer(inner.function, inner.ops), by))
        masked: dict[int, SSAValue] = {}
        results: list[SSAValue] = []
        for at, (number, total) in enumerate(zip(matrices.signals, totals, strict=True)):
            first = matrices.first(number)
            if first not in masked:
                masked[first] = self._masked(inner, inputs, by, first)
            start = inner.index(at * matrices.stride + self.lanes)
            column = inner.load_lanes(self.row, inner.at(arith.SubiOp, start, by))
            results.append(plus(inner, total, masked[first], column))
        block.add_ops([*inner.ops, scf.YieldOp.create(operands=results)])
        return counted(w, w.index(self.lanes), block, [zero] * len(matrices.signals))

    def _masked(self, w: LaneWriter, inputs: SSAValue, by: SSAValue, first: int) -> SSAValue:
        """The input in the lanes of frames that may depend on it, in others 0."""
        lanes = w.constants([lane - first for lane in range(self.lanes)], i32)
        number = w.broadcast(Writer(w.function, w.ops).to_int(by))
        return w.select(w.compare_int("ge", lanes, number), inputs, w.zero(self.element))

    def _advanced(
        self, numbers: Numbers, free: SSAValue, past: Sequence[SSAValue], row: Sequence[Scalar]
    ) -> SSAValue:
        """A frame of the next state: `free`, and the response to the state."""
        value: Scalar = numbers.widened(free)
        for each, factor in zip(past, row, strict=True):
            value = numbers.add(value, numbers.mul(each, factor))
        return numbers.value(value)

    def _input(self, w: Writer, frame: SSAValue, by: SSAValue) -> SSAValue:
        """The inputs' sum, some frames after the first of a vector."""
        total: SSAValue | None = None
        place = w.emit(arith.AddiOp, (frame, by), INDEX, INT_FLAGS)
        for source, is_minus in self.sources:
            is_row = source.type != self.element
            value = w.emit(memref.LoadOp, (source, place), self.element) if is_row else source
            if is_minus or total is not None:
                start = w.zero(self.element) if total is None else total
                add = arith.SubfOp if is_minus else arith.AddfOp
                value = w.emit(add, (start, value), value.type, FLOAT_FLAGS)
            total = value
        assert total is not None
        return total

    def _frames(self, rows: Sequence[SSAValue]) -> Block:
        """The body of the loop over single frames, in double precision."""
        block = Block(arg_types=[INDEX, *[f64] * self.depth])
        w = Writer(self.body.function, [])
        frame, *past = block.args
        inputs = [
            w.emit(memref.LoadOp, (source, frame), self.element)
            if source.type != self.element
            else source
            for source, _ in self.sources
        ]
        new, outputs = self._frame(Numbers(w), inputs, past)
        for output, row in zip(outputs, rows, strict=True):
            w.store_to(output, row, frame)
        block.add_ops([*w.ops, scf.YieldOp.create(operands=[new, *past[:-1]])])
        return block

    def _frame(
        self, numbers: Numbers, inputs: Sequence[SSAValue], past: Sequence[SSAValue]
    ) -> tuple[SSAValue, list[SSAValue]]:
        """The state and the outputs of a frame, from its inputs and the state before it."""
        coefficients = self.matrices.coefficients
        filters = [coefficients.filters[number] for number in self.matrices.signals]
        value: Scalar = 0.0
        for each, (_, is_minus) in zip(inputs, self.linear.inputs, strict=True):
            add = numbers.sub if is_minus else numbers.add
            value = add(value, numbers.widened(each))
        value = numbers.add(value, numbers.dot(coefficients.feedback, past))
        new = numbers.value(value)
        outputs = [numbers.dot(filters[self.at[signal]], [new, *past]) for signal in self.outputs]
        return new, [numbers.rounded(output, self.element) for output in outputs]

    def write_frame(self, body: SplitBody) -> None:
        """A frame, in double precision."""
        state = body.loop_state
        slots = [state.slot_in(self.hint, f64, self.kept, place) for place in range(self.depth)]
        past = [slot.argument for slot in slots]
        inputs = [body.operand(value, SAMPLE) for value, _ in self.linear.inputs]
        new, outputs = self._frame(Numbers(state.scope.writer), inputs, past)
        for slot, value in zip(slots, [new, *past], strict=False):
            state.assign(slot, value)
        for signal, output in zip(self.outputs, outputs, strict=True):
            body.define(signal, output, SAMPLE)


def plus(w: LaneWriter, total: SSAValue, value: SSAValue, factor: SSAValue) -> SSAValue:
    """The total plus a product."""
    product = w.emit(arith.MulfOp, (value, factor), value.type, FLOAT_FLAGS)
    return w.emit(arith.AddfOp, (product, total), value.type, FLOAT_FLAGS)
