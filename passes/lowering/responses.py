"""Responses of a linear recurrence over a vector of frames, in double precision.

With y = x + c1 y' + c2 y'' + ..., the frames of a vector are the sum of the responses to the inputs
of the vector (an impulse at each frame) and to the state before it. Responses are computed by the
recurrence itself in double precision, whatever the precision of the program, and rounded once.

The state is taken in the basis `d_j = (E - r)^j y` of the oldest frame, where E advances by a frame
and r is the mean of the poles: for a pole pair of the angle w, the responses then are a cosine and
a sine (the latter divided by sin w, and its coefficient small in proportion), so that nothing
cancels where poles are near 1 or -1. Plain past frames would have responses of about +n and -n.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import f32, f64
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.analysis.interval_math import single
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import (
    FLOAT_FLAGS,
    INDEX,
    INT_FLAGS,
    Buffer,
    Writer,
    float_attribute,
)
from dspc.passes.partition.linear import Linear

Scalar = float | SSAValue
"""A number: known, or of type f64 in the lowered program."""
LARGEST_F32 = 3e38
"""Responses are clamped to it, so that they are finite, and silence stays silence."""
DIGITS = 240
"""The decimal exponent that products of coefficients may reach in double precision."""


class Numbers:
    """Arithmetic on numbers in double precision, with constant folding."""

    def __init__(self, w: Writer) -> None:
        self.w = w

    def value(self, number: Scalar) -> SSAValue:
        if isinstance(number, SSAValue):
            return number
        return self.w.constant(float_attribute(number, f64))

    def add(self, x: Scalar, y: Scalar) -> Scalar:
        if isinstance(x, float) and isinstance(y, float):
            return x + y
        if x == 0.0 or y == 0.0:
            return y if x == 0.0 else x
        return self._emit(arith.AddfOp, x, y)

    def sub(self, x: Scalar, y: Scalar) -> Scalar:
        if isinstance(x, float) and isinstance(y, float):
            return x - y
        return x if y == 0.0 else self._emit(arith.SubfOp, x, y)

    def mul(self, x: Scalar, y: Scalar) -> Scalar:
        if isinstance(x, float) and isinstance(y, float):
            return x * y
        for one, other in ((x, y), (y, x)):
            if one == 0.0:
                return 0.0
            if one == 1.0:
                return other
        return self._emit(arith.MulfOp, x, y)

    def dot(self, xs: Sequence[Scalar], ys: Sequence[Scalar]) -> Scalar:
        """The sum of products."""
        total: Scalar = 0.0
        for x, y in zip(xs, ys, strict=True):
            total = self.add(total, self.mul(x, y))
        return total

    def clamped(self, x: Scalar, most: float) -> Scalar:
        """The number within +-most; NaN stays."""
        if not isinstance(x, SSAValue):
            return x if math.isnan(x) else min(max(x, -most), most)
        high, low = self.value(most), self.value(-most)
        x = self.w.select(self.w.compare_float("lt", high, x), high, x)
        return self.w.select(self.w.compare_float("lt", x, low), low, x)

    def widened(self, x: SSAValue) -> SSAValue:
        """A number of the program in double precision."""
        return x if x.type == f64 else self.w.emit(arith.ExtFOp, (x,), f64)

    def rounded(self, x: Scalar, kind: Attribute) -> SSAValue:
        """The number in the precision of the program."""
        value = self.value(x)
        if kind == f64:
            return value
        widened = value.owner
        if isinstance(widened, arith.ExtFOp):
            return widened.operands[0]
        return self.w.emit(arith.TruncFOp, (value,), f32)

    def _emit(self, op_type: type[Operation], x: Scalar, y: Scalar) -> SSAValue:
        return self.w.emit(op_type, (self.value(x), self.value(y)), f64, FLOAT_FLAGS)


@dataclass(frozen=True)
class Coefficients:
    """The recurrence `y = x + sum of feedback[i] * y(i + 1 frames ago)`, and filters of it, the
    first of them y itself: the coefficients of y and of its past, from 0 frames ago on."""

    feedback: Sequence[Scalar]
    filters: Sequence[Sequence[Scalar]]

    @property
    def is_known(self) -> bool:
        numbers = [*self.feedback, *(number for taps in self.filters for number in taps)]
        return all(isinstance(number, float) for number in numbers)


def coefficients_of(
    linear: Linear, graph: Graph, numbers: Numbers, value_of: Callable[[SSAValue], Scalar]
) -> Coefficients:
    """The coefficients of a recurrence; `value_of` are those of its factors."""
    depth = linear.depth(graph)
    feedback: list[Scalar] = [0.0] * depth
    for factor, back, is_minus in linear.terms:
        amount = 1.0 if factor is None else value_of(factor)
        add = numbers.sub if is_minus else numbers.add
        feedback[back - 1] = add(feedback[back - 1], amount)
    filters: dict[SSAValue, Sequence[Scalar]] = {linear.signal: [1.0] + [0.0] * depth}
    for node in linear.taps:
        op = node.op
        assert isinstance(op, arithmetic.AddOp | arithmetic.SubOp | arithmetic.MulOp)
        operands = [graph.plan.resolve(value) for value in op.operands]
        if isinstance(op, arithmetic.MulOp):
            past, factor = operands if operands[0] in graph.sampled else reversed(operands)
            amount = value_of(factor)
            taps = [numbers.mul(amount, tap) for tap in _taps(graph, filters, past, depth)]
        else:
            add = numbers.sub if isinstance(op, arithmetic.SubOp) else numbers.add
            both = (_taps(graph, filters, value, depth) for value in operands)
            taps = [add(x, y) for x, y in zip(*both, strict=True)]
        filters[op.result] = taps
    return Coefficients(feedback, list(filters.values()))


def _taps(
    graph: Graph, filters: dict[SSAValue, Sequence[Scalar]], value: SSAValue, depth: int
) -> Sequence[Scalar]:
    if value not in graph.fixed:
        return filters[value]
    back = graph.fixed[value][1]
    return [1.0 if place == back else 0.0 for place in range(depth + 1)]


class Basis:
    """The basis of the state: `depth` past frames, from the oldest on, as differences with the
    ratio `ratio`."""

    def __init__(self, numbers: Numbers, feedback: Sequence[Scalar], order: int) -> None:
        self.depth = len(feedback)
        self.ratio = numbers.mul(feedback[0], 1.0 / order)

    def changed(self, numbers: Numbers, past: Sequence[Scalar]) -> list[Scalar]:
        """The past frames, from the latest on, in the basis."""
        parts = list(reversed(past))
        for level in range(1, self.depth):
            for place in range(self.depth - 1, level - 1, -1):
                scaled = numbers.mul(self.ratio, parts[place - 1])
                parts[place] = numbers.sub(parts[place], scaled)
        return parts

    def past(self, numbers: Numbers, at: int) -> list[Scalar]:
        """The past frames, from the latest on, of a unit vector of the basis."""
        powers: list[Scalar] = [1.0]
        for _ in range(self.depth):
            powers.append(numbers.mul(powers[-1], self.ratio))
        frames = [
            numbers.mul(float(math.comb(place, at)), powers[place - at]) if place >= at else 0.0
            for place in range(self.depth)
        ]
        return frames[::-1]

    def on_past(self, numbers: Numbers, row: Sequence[Scalar]) -> list[Scalar]:
        """A linear form on the basis as one on the past frames, from the latest on."""
        unit = [[float(place == at) for place in range(self.depth)] for at in range(self.depth)]
        return [numbers.dot(row, self.changed(numbers, past)) for past in unit]


class Responses:
    """The responses of `signals`, the numbers of filters, over `frames` frames: first to an impulse
    in the first of them, then to each unit vector of the state's basis."""

    def __init__(
        self, coefficients: Coefficients, order: int, frames: int, signals: Sequence[int]
    ) -> None:
        self.coefficients = coefficients
        self.order = order
        self.frames = frames
        self.signals = signals
        self.depth = len(coefficients.feedback)
        self.stride = (self.depth + 2) * frames
        """The elements of a signal's responses in a row, which begin with zeros."""

    def limited(self, numbers: Numbers) -> list[Scalar]:
        """The feedback coefficients, clamped so that all responses are finite."""
        most = 10.0 ** (DIGITS // (self.frames + self.depth))
        return [numbers.clamped(each, most) for each in self.coefficients.feedback]

    def starts(self, numbers: Numbers, feedback: Sequence[Scalar]) -> list[list[Scalar]]:
        """The past frames of y of each response, with the coefficients `limited`."""
        basis = Basis(numbers, feedback, self.order)
        units = [basis.past(numbers, at) for at in range(self.depth)]
        return [[0.0] * self.depth, *units]

    def known(self, numbers: Numbers) -> tuple[list[list[list[float]]], list[list[float]]]:
        """The responses by signal, response and frame, and the past frames after them of each
        response to the state; all coefficients are known."""
        feedback = self.limited(numbers)
        responses: list[list[list[float]]] = [[] for _ in self.signals]
        ends: list[list[float]] = []
        for number, start in enumerate(self.starts(numbers, feedback)):
            past = list(start)
            rows: list[list[float]] = [[] for _ in self.signals]
            for frame in range(self.frames):
                impulse = float(number == 0 and frame == 0)
                value = numbers.add(numbers.dot(feedback, past), impulse)
                for row, signal in zip(rows, self.signals, strict=True):
                    taps = self.coefficients.filters[signal]
                    row.append(_known(numbers.dot(taps, [value, *past])))
                past = [value, *past[:-1]]
            for rows_of, row in zip(responses, rows, strict=True):
                rows_of.append(row)
            if number:
                ends.append([_known(each) for each in past])
        return responses, ends

    def write(self, w: Writer, row: Buffer, ends: Buffer) -> None:
        """Write the loop that computes them: to a row, by signal, response and frame, with zeros
        before each signal's, and the past frames after each response to the state to `ends`."""
        numbers = Numbers(w)
        limited = self.limited(numbers)
        feedback = [numbers.value(each) for each in limited]
        starts = [numbers.value(each) for start in self.starts(numbers, limited) for each in start]
        block = Block(arg_types=[INDEX, f64, *[f64] * len(starts)])
        inner = Numbers(Writer(w.function, []))
        frame, impulse, *past = block.args
        following: list[SSAValue] = []
        for number in range(self.depth + 1):
            own = past[number * self.depth : (number + 1) * self.depth]
            value = inner.dot(feedback, own)
            if number == 0:
                value = inner.add(value, impulse)
            new = inner.value(value)
            self._store(inner, row, number, frame, [new, *own])
            following += [new, *own[:-1]]
        zero = inner.value(0.0)
        block.add_ops([*inner.w.ops, scf.YieldOp.create(operands=[zero, *following])])
        one = numbers.value(1.0)
        after = counted(w, w.index(self.frames), block, [one, *starts])
        for place, value in enumerate(after[1 + self.depth :]):
            w.store(value, ends, w.index(place))

    def _store(
        self, inner: Numbers, row: Buffer, number: int, frame: SSAValue, past: Sequence[Scalar]
    ) -> None:
        """Write one frame of a response of each signal."""
        w, most = inner.w, LARGEST_F32
        for at, signal in enumerate(self.signals):
            value = inner.dot(self.coefficients.filters[signal], past)
            if row.element == f32:
                value = inner.clamped(value, most)
            first = w.index(at * self.stride + (number + 1) * self.frames)
            place = w.emit(arith.AddiOp, (first, frame), INDEX, INT_FLAGS)
            w.store(inner.rounded(value, row.element), row, place)


def in_precision(value: float, kind: Attribute) -> float:
    """A known response in the precision of the program, finite."""
    if kind == f64 or math.isnan(value):
        return value
    return single(min(max(value, -LARGEST_F32), LARGEST_F32))


def _known(value: Scalar) -> float:
    assert isinstance(value, float)
    return value
