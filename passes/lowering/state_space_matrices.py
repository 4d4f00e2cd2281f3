"""The matrices of block state space: where they are kept, and the loop that multiplies by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import DenseArrayBase, f64, i1, i32
from xdsl.ir import Block, SSAValue

from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.body import BLOCK, INIT, SAMPLE
from dspc.passes.lowering.lanes import LaneWriter
from dspc.passes.lowering.responses import Numbers, Responses, Scalar, in_precision
from dspc.passes.lowering.state import write_if
from dspc.passes.lowering.unit import counted, fill
from dspc.passes.lowering.writer import FLOAT_FLAGS, INDEX, Buffer, Writer

if TYPE_CHECKING:
    from dspc.passes.lowering.state_space_loop import StateSpaceLoop


class Matrices:
    """The responses, in a row of memory, and the state's transition over a vector of frames.

    The row has for each signal a vector of zeros, the response to an impulse, and those to the
    state: from k elements before the impulse's response on lies column k of the Toeplitz matrix.
    """

    def __init__(self, loop: StateSpaceLoop) -> None:
        self.loop = loop
        self.element = loop.element
        self.lanes = loop.lanes
        self.stride = loop.responses.stride
        is_known = loop.coefficients.is_known
        buffer, self.transition = self._known() if is_known else self._computed()
        self.row = loop.state.prologue.buffer(buffer)

    def _known(self) -> tuple[Buffer, list[list[Scalar]]]:
        loop, numbers = self.loop, Numbers(self.loop.body.before)
        responses, ends = loop.responses.known(numbers)
        zeros = [0.0] * self.lanes
        values = [x for of in responses for row in (zeros, *of) for x in row]
        data = [in_precision(x, self.element) for x in values]
        dense = DenseArrayBase.from_list(self.element, data)  # pyright: ignore
        unit = loop.body.unit
        name = unit.named(loop.hint, "response", self.element, "Response")
        buffer = unit.buffer(name, self.element, len(data), Lifetime.CLASS, Role.DATA, dense)
        return buffer, self._on_past(numbers, ends)

    def _on_past(self, numbers: Numbers, ends: Sequence[Sequence[Scalar]]) -> list[list[Scalar]]:
        """The transition on the past frames; `ends` are the responses to the basis."""
        return [
            self.loop.basis.on_past(numbers, [end[place] for end in ends])
            for place in range(self.loop.depth)
        ]

    def _computed(self) -> tuple[Buffer, list[list[Scalar]]]:
        """Write what computes the matrices: where it is known that they are constant in the
        instance, once; else in each call in which a coefficient has changed."""
        loop, body = self.loop, self.loop.body
        size = len(loop.responses.signals) * self.stride
        is_init = max(body.rate(factor) for factor in self._factors()) <= INIT and body.is_kept
        role = Role.CONSTANT if is_init else Role.STATE
        name = body.unit.named(loop.hint, "response", self.element, "Response")
        row = body.unit.buffer(name, self.element, size, Lifetime.INSTANCE, role)
        name = body.unit.named(loop.hint, "transition", f64, "Transition")
        ends = body.unit.buffer(name, f64, loop.depth**2, Lifetime.INSTANCE, role)
        if is_init:
            fill(body.init, row, body.init.zero(self.element))
            self._responses(body.init, INIT).write(body.init, row, ends)
        else:
            self._write_changed(row, ends)
        before = body.before
        values = [before.load(ends, before.index(place)) for place in range(loop.depth**2)]
        by_unit = [values[at : at + loop.depth] for at in range(0, len(values), loop.depth)]
        return row, self._on_past(Numbers(before), by_unit)

    def _responses(self, w: Writer, rate: int) -> Responses:
        loop = self.loop
        coefficients = loop.coefficients_at(Numbers(w), rate)
        return Responses(coefficients, loop.linear.order, self.lanes, loop.responses.signals)

    def _factors(self) -> list[SSAValue]:
        """The signals that are coefficients and no constants."""
        loop = self.loop
        factors = [term.factor for term in loop.linear.terms if term.factor is not None]
        for node in loop.linear.taps:
            factors += [v for v in node.operands if v not in loop.body.graph.sampled]
        return [v for v in dict.fromkeys(factors) if v not in loop.body.numbers]

    def _write_changed(self, row: Buffer, ends: Buffer) -> None:
        """Write the responses' computation in calls that begin with other coefficients."""
        loop, body, w = self.loop, self.loop.body, self.loop.body.before
        factors = self._factors()
        unit = body.unit
        name = unit.named(loop.hint, "known", self.element, "Known")
        known = unit.buffer(name, self.element, len(factors), Lifetime.INSTANCE, Role.STATE)
        name = unit.named(loop.hint, "is_known", i32, "Known")
        is_known = unit.buffer(name, i32, None, Lifetime.INSTANCE, Role.STATE)
        for buffer in (row, ends, known, is_known):
            unit.clear(buffer)
        changed = w.compare_int("eq", w.load(is_known), w.int(0))
        inner = Writer(w.function, [])
        for place, factor in enumerate(factors):
            value = body.operand(factor, SAMPLE)
            old = w.load(known, w.index(place))
            changed = w.emit(arith.OrIOp, (changed, w.compare_float("ne", value, old)), i1)
            inner.store(value, known, inner.index(place))
        inner.store(inner.int(1), is_known)
        self._responses(inner, BLOCK).write(inner, row, ends)
        write_if(w, changed, [*inner.ops, scf.YieldOp.create()])

    # In the loop

    def of(self, signal: int, response: int) -> SSAValue:
        """The vector of a response to the state."""
        prologue = self.loop.state.prologue
        w = LaneWriter(prologue.function, prologue.ops, self.lanes)
        return w.load_lanes(self.row, w.index(signal * self.stride + (response + 1) * self.lanes))

    def forced(
        self, w: LaneWriter, input_at: Callable[[Writer, SSAValue], SSAValue]
    ) -> Sequence[SSAValue]:
        """Write the loop that computes the response of each signal to the inputs of a vector."""
        signals = self.loop.responses.signals
        zero = w.zero(self.element)
        block = Block(arg_types=[INDEX, *[zero.type] * len(signals)])
        inner = LaneWriter(w.function, [], self.lanes)
        by, *totals = block.args
        inputs = inner.broadcast(input_at(Writer(inner.function, inner.ops), by))
        masked: dict[int, SSAValue] = {}
        results: list[SSAValue] = []
        for at, (signal, total) in enumerate(zip(signals, totals, strict=True)):
            first = self._first(signal)
            if first not in masked:
                masked[first] = self._masked(inner, inputs, by, first)
            start = inner.index(at * self.stride + self.lanes)
            column = inner.load_lanes(self.row, inner.at(arith.SubiOp, start, by))
            results.append(plus(inner, total, masked[first], column))
        block.add_ops([*inner.ops, scf.YieldOp.create(operands=results)])
        return counted(w, w.index(self.lanes), block, [zero] * len(signals))

    def _first(self, signal: SSAValue) -> int:
        """The frames by which a signal is later than its input."""
        taps = self.loop.coefficients.filters[signal]
        return next((frame for frame, tap in enumerate(taps) if tap != 0.0), len(taps))

    def _masked(self, w: LaneWriter, inputs: SSAValue, by: SSAValue, first: int) -> SSAValue:
        """The input in the lanes of frames that may depend on it, in others 0."""
        lanes = w.constants([lane - first for lane in range(self.lanes)], i32)
        number = w.broadcast(Writer(w.function, w.ops).to_int(by))
        return w.select(w.compare_int("ge", lanes, number), inputs, w.zero(self.element))


def plus(w: LaneWriter, total: SSAValue, value: SSAValue, factor: SSAValue) -> SSAValue:
    """The total plus a product."""
    product = w.emit(arith.MulfOp, (value, factor), value.type, FLOAT_FLAGS)
    return w.emit(arith.AddfOp, (product, total), value.type, FLOAT_FLAGS)
