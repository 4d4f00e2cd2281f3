"""Lowers a FIR filter to loops over frames and taps, unrolled and jammed over vectors of frames.

An iteration computes as many vectors of frames as half the registers hold: each coefficient is
loaded once for all of them, and their accumulators are independent. Terms are added by decreasing
delay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import DenseArrayBase
from xdsl.ir import Block, SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.lowering.body import SAMPLE
from dspc.passes.lowering.chunk_state import scratch
from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import (
    FLOAT_FLAGS,
    INDEX,
    INT_FLAGS,
    Buffer,
    Writer,
    float_attribute,
)
from dspc.passes.partition.fir import Fir
from dspc.passes.partition.group import LoopGroup

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody


class FirLoop:
    """Lowers a group that is a FIR filter."""

    def __init__(self, body: SplitBody, group: LoopGroup, fir: Fir) -> None:
        self.body = body
        self.fir = fir
        self.state = body.enter(group)
        self.lanes = body.graph.chunking.lanes
        self.element = element(fir.signal)
        self.row = scratch(body.unit, fir.signal.name_hint, self.element, body.size)
        self.taps = self._coefficients()

    def write(self) -> LoopOp:
        body, w = self.body, self.state.prologue
        coefficients = w.buffer(self.taps)
        history = body.histories.of(self.fir.line)
        body.pad(w, self.state.recent(history), self.lanes)
        oldest = self.fir.least + len(self.fir.coefficients) - 1
        start = w.index(history.depth - oldest)
        past = self.state.window(self.state.row(history), start, (self.fir, "past"))
        length = body.chunk.length
        sums = max(body.graph.chunking.registers // 2, 1)
        most = min(sums, body.size // self.lanes)
        done = w.index(0)
        if most > 1:
            rest = w.emit(arith.RemSIOp, (length, w.index(most * self.lanes)), INDEX)
            done = w.emit(arith.SubiOp, (length, rest), INDEX, INT_FLAGS)
            self._loop(coefficients, past, most, w.index(0), done)
        self._loop(coefficients, past, 1, done, length)
        body.hand_on(self.fir.signal, self.row)
        return self.state.finish()

    def write_frame(self, body: SplitBody) -> None:
        """A frame, as a loop over the taps: that of this frame, and those of the past."""
        state, fir = body.loop_state, self.fir
        w = state.scope.writer
        history, first = body.histories.of(fir.line), 0 if fir.least else 1
        assert history.kept is not None
        total = w.zero(self.element)
        if first:
            total = self._plus(w, total, w.index(0), body.operand(fir.line.signal, SAMPLE))
        block = Block(arg_types=[INDEX, self.element])
        inner = Writer(body.function, [])
        tap, before = block.args
        newest = inner.index(history.depth - fir.least)
        place = inner.emit(arith.SubiOp, (newest, tap), INDEX, INT_FLAGS)
        after = self._plus(inner, before, tap, inner.load(history.kept, place))
        block.add_ops([*inner.ops, scf.YieldOp.create(operands=[after])])
        count = w.index(len(fir.coefficients))
        (value,) = counted(w, count, block, [total], w.index(first))
        body.define(fir.signal, value, SAMPLE)

    def _plus(self, w: Writer, total: SSAValue, tap: SSAValue, given: SSAValue) -> SSAValue:
        product = w.emit(arith.MulfOp, (w.load(self.taps, tap), given), self.element, FLOAT_FLAGS)
        return w.emit(arith.AddfOp, (product, total), self.element, FLOAT_FLAGS)

    def _coefficients(self) -> Buffer:
        """The coefficients as a buffer: class data if all are constants, else block scratch."""
        body, coefficients = self.body, self.fir.coefficients
        hint = self.fir.signal.name_hint
        known = [_known(value) for value in coefficients]
        name = body.unit.named(hint, "taps", self.element, "Taps")
        numbers = [number for number in known if number is not None]
        if len(numbers) == len(known):
            values = DenseArrayBase.from_list(self.element, numbers)  # pyright: ignore
            return body.unit.buffer(
                name, self.element, len(known), Lifetime.CLASS, Role.DATA, values
            )
        w, kind = body.before, self.element
        row = body.unit.buffer(name, kind, len(known), Lifetime.BLOCK, Role.SCRATCH)
        one = w.constant(float_attribute(1.0, kind))
        for place, value in enumerate(coefficients):
            w.store(one if value is None else body.operand(value, SAMPLE), row, w.index(place))
        return row

    def _loop(
        self, coefficients: SSAValue, past: SSAValue, sums: int, low: SSAValue, high: SSAValue
    ) -> None:
        """Write the loop over the frames from `low` to `high`, `sums` vectors per iteration."""
        block = Block(arg_types=[INDEX])
        inner = LaneWriter(self.body.function, [], self.lanes)
        frame = block.args[0]
        zeros = [inner.zero(self.element)] * sums
        taps = self._over_taps(coefficients, past, frame, sums)
        count = inner.index(len(self.fir.coefficients))
        totals = counted(inner, count, taps, zeros)
        row = inner.buffer(self.row)
        for place, value in zip(self._places(inner, frame, sums), totals, strict=True):
            inner.store_lanes(value, row, place)
        block.add_ops([*inner.ops, scf.YieldOp.create()])
        counted(self.state.prologue, high, block, [], low, step=sums * self.lanes)

    def _over_taps(
        self, coefficients: SSAValue, past: SSAValue, frame: SSAValue, sums: int
    ) -> Block:
        """The body of the loop over the taps: each tap is added to all accumulators."""
        inner = LaneWriter(self.body.function, [], self.lanes)
        kind = inner.type_of(self.element)
        block = Block(arg_types=[INDEX, *[kind] * sums])
        tap, *before = block.args
        one = Writer(inner.function, inner.ops)
        number = one.emit(memref.LoadOp, (coefficients, tap), self.element)
        factor = inner.broadcast(number)
        newest = inner.at(arith.AddiOp, frame, inner.index(len(self.fir.coefficients) - 1))
        start = inner.at(arith.SubiOp, newest, tap)
        after: list[SSAValue] = []
        for place, value in zip(self._places(inner, start, sums), before, strict=True):
            sample = inner.load_lanes(past, place)
            product = inner.emit(arith.MulfOp, (factor, sample), kind, FLOAT_FLAGS)
            after.append(inner.emit(arith.AddfOp, (product, value), kind, FLOAT_FLAGS))
        block.add_ops([*inner.ops, scf.YieldOp.create(operands=after)])
        return block

    def _places(self, w: LaneWriter, start: SSAValue, sums: int) -> Sequence[SSAValue]:
        """The indices of the vectors of an iteration, from `start` on."""
        more = [w.at(arith.AddiOp, start, w.index(n * self.lanes)) for n in range(1, sums)]
        return [start, *more]


def _known(value: SSAValue | None) -> float | None:
    """A coefficient's value if it is constant."""
    if value is None:
        return 1.0
    op = value.owner
    return op.value.value.data if isinstance(op, arithmetic.ConstantOp) else None
