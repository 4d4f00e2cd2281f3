"""Lowers a cascade: each section of it is a lane, `skew` frames behind the one that it reads.

A step computes `w = x + c1 w' + c2 w'' + ...` and `y = b0 w + b1 w' + ...` in all lanes, where x is
the lane's input: a signal from outside, or the y of another lane, `skew` steps ago. Before a lane's
first frame of a chunk and after its last, it keeps its state. (H. T. Kung, Why systolic
architectures?, IEEE Computer 15(1), 1982.)

Accuracy: each lane computes the products and sums of its recurrence, frame after frame, in the
precision of the program; only the order of sums differs from one loop over the frames, and products
of coefficients are rounded once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from xdsl.dialects import arith, memref, scf
from xdsl.dialects.builtin import IntegerAttr, i1, i32, i64
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp.base import FIRST, element
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.dsp_par.lanes import lane_type
from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.lowering.body import INIT, SAMPLE
from dspc.passes.lowering.chunk_state import LoopState, scratch
from dspc.passes.lowering.coefficients import coefficients_at, factors_of
from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.responses import Numbers, Scalar, in_precision
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import FLOAT_FLAGS, INDEX, INT_FLAGS, Buffer, Writer
from dspc.passes.partition.cascade import Cascade, Section
from dspc.passes.partition.group import LoopGroup

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody

T = TypeVar("T")


@dataclass(frozen=True)
class Factor:
    """The coefficients of all lanes: a vector, and a mask of lanes that have one."""

    vector: SSAValue
    mask: SSAValue | None
    is_one: bool
    is_used: Sequence[bool]
    """Whether each lane has one."""

    def times(self, w: LaneWriter, value: SSAValue) -> SSAValue:
        """The products; 0 in lanes without a coefficient, even if the value is not finite."""
        if not self.is_one:
            value = w.emit(arith.MulfOp, (self.vector, value), value.type, FLOAT_FLAGS)
        if self.mask is None:
            return value
        return w.select(self.mask, value, w.zero(lane_type(value.type)))


class CascadeLoop:
    """Lowers a group that is a cascade.

    Its loops carry the past of w, from the latest frame on, and then the outputs of the last steps.
    """

    def __init__(self, body: SplitBody, group: LoopGroup, cascade: Cascade) -> None:
        self.body = body
        self.cascade = cascade
        self.sections = cascade.sections
        self.state = body.enter(group)
        self.lanes = body.graph.chunking.lanes
        self.element = element(self.sections[0].linear.signal)
        prologue = self.state.prologue
        self.start = LaneWriter(prologue.function, prologue.ops, self.lanes)
        self.sources = [self._source(each) for each in self.sections if each.source is None]
        self.lags = self._per_lane([cascade.lag(section) for section in self.sections])
        self.rows = [
            (lane, section, self._row(section))
            for lane, section in enumerate(self.sections)
            if body.is_read(section.output)
        ]
        self.coefficients = self._coefficients()
        name = (self.sections[0].linear.signal.name_hint, "lanes", "Rec")
        size = cascade.depth * self.lanes
        key = ("cascade", self.sections[0].linear.signal)
        self.kept = body.unit.state(key, name, self.element, size)

    def _source(self, section: Section) -> SSAValue:
        """The row of a signal from outside."""
        body, source = self.body, section.linear.inputs[0].value
        if source in body.graph.inputs and source not in body.rows:
            return self.state.channel(body.channels[body.graph.inputs[source]])
        return body.row(source)

    def _row(self, section: Section) -> Buffer:
        """The row of an output. Lanes that have ended write behind the chunk."""
        size = self.body.size + self.cascade.latest
        return scratch(self.body.unit, section.output.name_hint, self.element, size)

    def _per_lane(self, numbers: Sequence[int]) -> SSAValue:
        """A constant vector of integers; unused lanes have 0."""
        return self.start.constants([*numbers, *[0] * (self.lanes - len(numbers))], i32)

    # Coefficients

    def _coefficients(self) -> list[Factor | None]:
        """The factors c1, c2, ..., b0, b1, ...; None for those that are 0 in all lanes."""
        body = self.body
        known = self._columns(body.before, SAMPLE)
        rates = [body.rate(v) for s in self.sections for v in factors_of(s.linear, body)]
        is_init = bool(rates) and max(rates) <= INIT and body.is_kept
        row = self._computed() if is_init else None
        return [self._factor(number, column, row) for number, column in enumerate(known)]

    def _columns(self, w: Writer, rate: int) -> list[list[Scalar]]:
        """The coefficients by their number and by lane, as numbers that code of a rate can use."""
        depth, numbers = self.cascade.depth, Numbers(w)
        lanes: list[list[Scalar]] = []
        for section in self.sections:
            own = coefficients_at(self.body, section.linear, numbers, rate)
            missing: list[Scalar] = [0.0] * (depth - len(own.feedback))
            lanes.append([*own.feedback, *missing, *own.filters[section.filter], *missing])
        return [list(column) for column in zip(*self._padded(lanes), strict=True)]

    def _computed(self) -> Buffer:
        """Write the code of `instance_constants` that computes all coefficients."""
        body, init = self.body, self.body.init
        every = [each for column in self._columns(init, INIT) for each in column]
        hint = self.sections[0].output.name_hint
        name = body.unit.named(hint, "coefficients", self.element, "Const")
        lifetime = Lifetime.INSTANCE
        row = body.unit.buffer(name, self.element, len(every), lifetime, Role.CONSTANT)
        numbers = Numbers(init)
        for place, each in enumerate(every):
            init.store(numbers.rounded(each, self.element), row, init.index(place))
        return row

    def _factor(self, number: int, column: Sequence[Scalar], row: Buffer | None) -> Factor | None:
        body = self.body
        is_used = [not isinstance(each, float) or each != 0.0 for each in column]
        if not any(is_used):
            return None
        exact = [each for each in column if isinstance(each, float)]
        if len(exact) == len(column):
            w = LaneWriter(body.function, body.before.ops, self.lanes)
            values = [in_precision(each, self.element) for each in exact]
            vector = w.constants(values, self.element)
        elif row is None:
            w = LaneWriter(body.function, body.before.ops, self.lanes)
            numbers = Numbers(body.before)
            vector = w.filled([numbers.rounded(each, self.element) for each in column])
        else:
            w = LaneWriter(body.function, body.function.loads, self.lanes)
            vector = w.load_lanes(w.buffer(row), w.index(number * self.lanes))
        mask = None if all(is_used) else w.constants(is_used, i1)
        is_one = all(each == 1.0 for each in exact) and len(exact) == len(column)
        return Factor(vector, mask, is_one, is_used)

    # The loops

    def write(self) -> LoopOp:
        """The loop in which lanes begin, the one in which all run, and that in which they end."""
        body, w, latest = self.body, self.start, self.cascade.latest
        depth, length = self.cascade.depth, body.chunk.length
        place = w.buffer(self.kept)
        carried: Sequence[SSAValue] = [
            *(w.load_lanes(place, w.index(back * self.lanes)) for back in range(depth)),
            *[w.zero(self.element)] * self.cascade.skew,
        ]
        begun = w.index(0)
        if latest:
            plain = Writer(w.function, w.ops)
            begun = plain.emit(arith.MinSIOp, (w.index(latest), length), INDEX)
            carried = counted(w, begun, self._steps(True, None), carried)
        carried = counted(w, length, self._steps(False, None), carried, begun)
        if latest:
            end = w.at(arith.AddiOp, length, w.index(latest))
            carried = counted(w, end, self._steps(True, length), carried, length)
        for back in range(depth):
            w.store_lanes(carried[back], place, w.index(back * self.lanes))
        for _, section, row in self.rows:
            body.hand_on(section.output, row)
        return self.state.finish()

    def write_frame(self, body: SplitBody) -> None:
        """A frame of each section, after the one that it reads."""
        outputs: dict[int, SSAValue] = {}
        for lane in sorted(range(len(self.sections)), key=self._lag):
            section = self.sections[lane]
            if section.source is None:
                value = body.operand(section.linear.inputs[0].value, SAMPLE)
            else:
                value = outputs[section.source]
            outputs[lane] = self._write_section(body.loop_state, lane, value)
            if body.is_read(section.output):
                body.define(section.output, outputs[lane], SAMPLE)

    def _write_section(self, state: LoopState, lane: int, value: SSAValue) -> SSAValue:
        """A frame of a section, whose input is `value`; returns its output."""
        w, prologue = state.scope.writer, state.prologue
        start = LaneWriter(prologue.function, prologue.ops, self.lanes)
        hint = self.sections[lane].linear.signal.name_hint
        places = range(lane, self.cascade.depth * self.lanes, self.lanes)
        slots = [state.slot_in(hint, self.element, self.kept, place) for place in places]
        past = [slot.argument for slot in slots]
        factors = [_of_lane(start, factor, lane) for factor in self.coefficients]
        for back in range(len(past), 0, -1):
            factor = factors[back - 1]
            if factor is not None:
                value = _added(w, _times(w, factor, past[back - 1]), value)
        for slot, new in zip(slots, [value, *past], strict=False):
            state.assign(slot, new)
        taps = list(zip(factors[len(past) :], [value, *past], strict=True))
        products = [
            _times(w, factor, each) for factor, each in reversed(taps) if factor is not None
        ]
        total = products[0] if products else w.zero(self.element)
        for product in products[1:]:
            total = _added(w, product, total)
        return total

    def _lag(self, lane: int) -> int:
        return self.cascade.lag(self.sections[lane])

    def _steps(self, is_partial: bool, length: SSAValue | None) -> Block:
        """The body of a loop; with `is_partial` for steps in which not all lanes are within the
        chunk, after its `length` if that is given."""
        depth = self.cascade.depth
        width = self.start.zero(self.element).type
        block = Block(arg_types=[INDEX, *[width] * (depth + self.cascade.skew)])
        w = LaneWriter(self.body.function, [], self.lanes)
        step, *carried = block.args
        past, outputs = carried[:depth], carried[depth:]
        new = self._sum(w, self._input(w, step, outputs[-1], length is None), past)
        output = self._output(w, new, past)
        following = [new, *past[:-1]]
        if is_partial:
            following = self._kept(w, step, length, following, past)
        for lane, section, row in self.rows:
            self._store(w, w.extract(output, lane), row, step, section, is_partial)
        block.add_ops([*w.ops, scf.YieldOp.create(operands=[*following, output, *outputs[:-1]])])
        return block

    def _input(self, w: LaneWriter, step: SSAValue, late: SSAValue, has_inputs: bool) -> SSAValue:
        """The inputs of all lanes: outputs of `skew` steps ago, and signals from outside."""
        outside = w.zero(self.element)
        if has_inputs:
            plain = Writer(w.function, w.ops)
            numbers = [plain.emit(memref.LoadOp, (row, step), self.element) for row in self.sources]
            is_one = len(numbers) == 1
            outside = w.broadcast(numbers[0]) if is_one else w.filled(self._padded(numbers))
        mask: list[int] = []
        roots = 0
        for section in self.sections:
            mask.append(self.lanes + roots if section.source is None else section.source)
            roots += section.source is None
        return w.shuffle(late, outside, self._padded(mask))

    def _padded(self, values: list[T]) -> list[T]:
        return [*values, *[values[-1]] * (self.lanes - len(values))]

    def _sum(self, w: LaneWriter, value: SSAValue, past: Sequence[SSAValue]) -> SSAValue:
        """The next w: the latest frame is added last, for the step waits for it."""
        for back in range(len(past), 0, -1):
            value = _plus(w, self.coefficients[back - 1], past[back - 1], value)
        return value

    def _output(self, w: LaneWriter, new: SSAValue, past: Sequence[SSAValue]) -> SSAValue:
        taps = self.coefficients[len(past) :]
        total: SSAValue | None = None
        for factor, value in reversed(list(zip(taps, [new, *past], strict=True))):
            if total is not None:
                total = _plus(w, factor, value, total)
            elif factor is not None:
                total = factor.times(w, value)
        return w.zero(self.element) if total is None else total

    def _kept(
        self,
        w: LaneWriter,
        step: SSAValue,
        length: SSAValue | None,
        new: Sequence[SSAValue],
        old: Sequence[SSAValue],
    ) -> list[SSAValue]:
        """The new state in lanes that are within the chunk, the old one in others."""
        plain = Writer(w.function, w.ops)
        now = w.broadcast(plain.to_int(step))
        has_begun = w.compare_int("ge", now, self.lags)
        kept = [w.select(has_begun, *pair) for pair in zip(new, old, strict=True)]
        if length is not None:
            end = w.emit(arith.AddiOp, (self.lags, w.broadcast(plain.to_int(length))), i32)
            runs = w.compare_int("lt", now, end)
            kept = [w.select(runs, *pair) for pair in zip(kept, old, strict=True)]
        return kept

    def _store(
        self,
        w: LaneWriter,
        value: SSAValue,
        row: Buffer,
        step: SSAValue,
        section: Section,
        is_partial: bool,
    ) -> None:
        """Store a lane's output at its frame; before the first one, where that one is stored."""
        plain, lag = Writer(w.function, w.ops), self.cascade.lag(section)
        frame = step
        if lag:
            frame = plain.emit(arith.SubiOp, (step, w.index(lag)), INDEX, INT_FLAGS)
            if is_partial:
                frame = plain.emit(arith.MaxSIOp, (frame, w.index(0)), INDEX)
        plain.store(value, row, frame)


def _plus(w: LaneWriter, factor: Factor | None, value: SSAValue, total: SSAValue) -> SSAValue:
    """The total, which is computed first, plus a product."""
    if factor is None:
        return total
    result = w.emit(arith.AddfOp, (factor.times(w, value), total), value.type, FLOAT_FLAGS)
    assert isinstance(result.owner, Operation)
    if isinstance(total.owner, arith.AddfOp):
        result.owner.attributes[FIRST] = IntegerAttr(1, i64)
    return result


def _of_lane(w: LaneWriter, factor: Factor | None, lane: int) -> SSAValue | None:
    """The coefficient of a lane; None where it has none."""
    if factor is None or not factor.is_used[lane]:
        return None
    return w.extract(factor.vector, lane)


def _times(w: Writer, factor: SSAValue, value: SSAValue) -> SSAValue:
    return w.emit(arith.MulfOp, (factor, value), value.type, FLOAT_FLAGS)


def _added(w: Writer, product: SSAValue, total: SSAValue) -> SSAValue:
    return w.emit(arith.AddfOp, (product, total), total.type, FLOAT_FLAGS)
