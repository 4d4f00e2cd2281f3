"""Lowers a linear recurrence of first order, `y = a * y' + x`, to a prefix scan over lanes.

Within a vector of W frames, log2 W steps `v += a^k * (v shifted by k lanes)` for k = 1, 2, 4, ...
compute all prefixes; then `a^(lane+1)` times the last frame of the previous vector is added.
(P. M. Kogge and H. S. Stone, A parallel algorithm for the efficient solution of a general class of
recurrence equations, IEEE Trans. Comput. C-22, 1973.) Each call begins with the last frame of the
previous one, so a change of `a` between calls is exact.

Accuracy: a frame is the same sum of products as in a loop over frames, reassociated. Its error is
at most about `log2 W + 2` roundings of the sum of the terms' magnitudes, for any `a`; powers of `a`
are computed once per call. An `a` that varies is clamped to a magnitude whose powers over a vector
are finite (10^4 in single precision with 8 lanes): beyond, they would overflow, but so would the
recurrence itself within some frames, unless its input is 0. dsp-find-linear leaves large literals.
Integer arithmetic wraps and is exact in any order.

The loop-carried dependence is a single scalar: `a^W` times the last frame of the previous vector
plus the last prefix.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, f32, i32
from xdsl.ir import Block, SSAValue

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.lowering.body import SAMPLE
from dspc.passes.lowering.chunk_state import scratch
from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import FLOAT_FLAGS, INDEX, INT_FLAGS, Writer, float_attribute
from dspc.passes.partition.group import LoopGroup
from dspc.passes.partition.linear import Linear

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody

LARGEST = {True: (1e4, 3e38), False: (1e8, 1e308)}
"""The greatest factor, and the greatest of its powers over a vector, by whether the element type is
f32."""


class ScanLoop:
    """Lowers a group that is a linear recurrence of first order."""

    def __init__(self, body: SplitBody, group: LoopGroup, linear: Linear) -> None:
        self.body = body
        self.linear = linear
        self.state = body.enter(group)
        self.lanes = body.graph.chunking.lanes
        self.element = element(linear.signal)
        self.is_int = self.element == i32
        self.row = scratch(body.unit, linear.signal.name_hint, self.element, body.size)
        name = (linear.signal.name_hint, "state", "Rec")
        self.last = body.unit.state(("last", linear.signal), name, self.element, None)

    def write(self) -> LoopOp:
        """The loop over vectors, and a loop that fills the signal's delay lines if it has any."""
        body, state, signal = self.body, self.state, self.linear.signal
        w = state.prologue
        source = self._input_source()
        steps, carried, most = self._powers()
        row = w.buffer(self.row)
        block = Block(arg_types=[INDEX, self.element])
        inner = LaneWriter(body.function, [], self.lanes)
        frame, before = block.args
        value = source if isinstance(source, SSAValue) else inner.load_lanes(source[0], frame)
        zero = inner.zero(self.element)
        for shift, power in steps:
            mask = [
                lane - shift if lane >= shift else self.lanes + lane for lane in range(self.lanes)
            ]
            moved = inner.shuffle(value, zero, mask)
            value = self._plus(inner, moved, power, value)
        one = Writer(inner.function, inner.ops)
        after = self._plus(one, before, most, inner.extract(value, self.lanes - 1))
        value = self._plus(inner, inner.broadcast(before), carried, value)
        inner.store_lanes(value, row, frame)
        block.add_ops([*inner.ops, scf.YieldOp.create(operands=[after])])
        counted(w, body.chunk.length, block, [w.load(self.last)], step=self.lanes)
        end = w.emit(arith.SubiOp, (body.chunk.length, w.index(1)), INDEX, INT_FLAGS)
        w.store(w.load(self.row, end), self.last)
        body.hand_on(signal, self.row)
        return state.finish()

    def write_frame(self, body: SplitBody) -> None:
        """A frame, as the sum of input and product."""
        state, signal = body.loop_state, self.linear.signal
        before = state.slot_in(signal.name_hint, self.element, self.last)
        source = body.operand(self.linear.inputs[0].value, SAMPLE)
        value = self._plus(state.scope.writer, before.argument, self.factor, source)
        state.assign(before, value)
        body.define(signal, value, SAMPLE)

    def _plus(self, w: Writer, x: SSAValue, factor: SSAValue, sum: SSAValue) -> SSAValue:
        add, flags = (arith.AddiOp, INT_FLAGS) if self.is_int else (arith.AddfOp, FLOAT_FLAGS)
        return w.emit(add, (self._times(w, x, factor), sum), x.type, flags)

    def _times(self, w: Writer, x: SSAValue, y: SSAValue) -> SSAValue:
        multiply = arith.MuliOp if self.is_int else arith.MulfOp
        return w.emit(multiply, (x, y), x.type, INT_FLAGS if self.is_int else FLOAT_FLAGS)

    def _input_source(self) -> SSAValue | tuple[SSAValue]:
        """The input: a vector that is constant in a call, or (in a tuple) a row."""
        body, source = self.body, self.linear.inputs[0].value
        if source not in body.graph.sampled:
            setup = LaneWriter(body.function, body.setup.ops, self.lanes)
            return setup.broadcast(body.operand(source, SAMPLE))
        copied = body.copied_input(source)
        if copied is None:
            return (body.row(source),)
        body.pad(self.state.prologue, copied, self.lanes)
        return (copied,)

    def _powers(self) -> tuple[list[tuple[int, SSAValue]], SSAValue, SSAValue]:
        """Powers `a^k` of the factor for W lanes: (k, vector) for k = 1, 2, 4, ... below W; the
        vector of k = 1 to W; the scalar `a^W`."""
        body, w = self.body, self.body.setup
        lanes = LaneWriter(body.function, w.ops, self.lanes)
        powers = [self.factor]
        for number in range(2, self.lanes + 1):
            pair = (powers[number // 2 - 1], powers[number - number // 2 - 1])
            powers.append(self._times(w, *pair))
        steps: list[tuple[int, SSAValue]] = []
        shift = 1
        while shift < self.lanes:
            steps.append((shift, lanes.broadcast(powers[shift - 1])))
            shift *= 2
        return steps, lanes.filled(powers), powers[-1]

    @cached_property
    def factor(self) -> SSAValue:
        """The signed factor, clamped so that its powers are finite."""
        w, term = self.body.before, self.linear.terms[0]
        if term.factor is None:
            return w.constant(self._number(-1 if term.is_minus else 1))
        factor = self.body.operand(term.factor, SAMPLE)
        if self.is_int:
            return self._times(w, factor, w.int(-1)) if term.is_minus else factor
        largest, power = LARGEST[self.element == f32]
        most = min(largest, power ** (1 / self.lanes))
        high = w.constant(float_attribute(most, self.element))
        low = w.constant(float_attribute(-most, self.element))
        factor = w.select(w.compare_float("lt", high, factor), high, factor)
        factor = w.select(w.compare_float("lt", factor, low), low, factor)
        if term.is_minus:
            zero = w.zero(self.element)
            factor = w.emit(arith.SubfOp, (zero, factor), self.element, FLOAT_FLAGS)
        return factor

    def _number(self, value: int) -> IntegerAttr | FloatAttr:
        if self.is_int:
            return IntegerAttr(value, i32)
        return float_attribute(float(value), self.element)
