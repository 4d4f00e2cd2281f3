"""A writer of ops on vectors, the counterpart of `Writer` for scalars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from xdsl.dialects import arith, vector
from xdsl.dialects.builtin import (
    DenseArrayBase,
    DenseIntOrFPElementsAttr,
    FloatAttr,
    IntegerAttr,
    VectorType,
    f64,
    i1,
    i64,
)
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.dialects.dsp_par.lanes import (
    CompareOp,
    ConvertOp,
    LanePredicate,
    LanePredicateAttr,
    SelectOp,
    lane_type,
)
from dspc.passes.lowering.writer import (
    FLOAT_FLAGS,
    INDEX,
    INT_FLAGS,
    FunctionBuilder,
    Writer,
    index_attribute,
)


@cache
def _place(lane: int) -> DenseArrayBase:
    return DenseArrayBase.from_list(i64, [lane])


_PREDICATES = {predicate.value: LanePredicateAttr(predicate) for predicate in LanePredicate}
_CONVERSIONS = (arith.FPToSIOp, arith.SIToFPOp, arith.ExtUIOp)


@cache
def vector_type(element: Attribute, lanes: int) -> VectorType:
    """The interned type of a vector of `lanes` elements."""
    return VectorType(element, [lanes])


class LaneWriter(Writer):
    """Appends ops on vectors of `lanes` elements. Constants are splats.

    The scalar lowerings (`arithmetic.py`) lower to vectors when given this writer.
    """

    __slots__ = ("lanes",)

    def __init__(self, function: FunctionBuilder, ops: list[Operation], lanes: int) -> None:
        super().__init__(function, ops)
        self.lanes = lanes

    def emit(
        self,
        op_type: type[Operation],
        operands: Sequence[SSAValue],
        result: Attribute,
        properties: dict[str, Attribute] | None = None,
    ) -> SSAValue:
        """Append an op; `result` is the vector type or the element type."""
        if op_type in _CONVERSIONS:
            op_type, properties = ConvertOp, None
        return super().emit(op_type, operands, self.type_of(result), properties)

    def type_of(self, element: Attribute) -> VectorType:
        return element if isinstance(element, VectorType) else vector_type(element, self.lanes)

    def constant(self, value: IntegerAttr | FloatAttr) -> SSAValue:
        return self.constants([value.value.data] * self.lanes, value.type)

    def constants(self, values: Sequence[float], element: Attribute) -> SSAValue:
        """A constant vector."""
        # repr distinguishes 0.0 from -0.0, and NaN has one text.
        key = (element, *map(repr, values))
        known = self.function.constants.get(key)
        if known is None:
            type = vector_type(element, len(values))
            dense = DenseIntOrFPElementsAttr.from_list(type, list(values))  # pyright: ignore
            op = arith.ConstantOp.create(result_types=(type,), properties={"value": dense})
            self.function.header.append(op)
            known = self.function.constants[key] = op.results[0]
        return known

    def index(self, value: int) -> SSAValue:
        return super().constant(index_attribute(value))

    def at(self, op_type: type[Operation], lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """An index computed by a binary op such as `arith.addi`."""
        return super().emit(op_type, (lhs, rhs), INDEX, INT_FLAGS)

    def compare_int(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(CompareOp, (lhs, rhs), i1, {"predicate": _PREDICATES[predicate]})

    compare_float = compare_int

    def select(self, condition: SSAValue, yes: SSAValue, no: SSAValue) -> SSAValue:
        return self.emit(SelectOp, (condition, yes, no), yes.type)

    def broadcast(self, value: SSAValue) -> SSAValue:
        """A scalar in all lanes."""
        return self.emit(vector.BroadcastOp, (value,), value.type)

    def filled(self, numbers: Sequence[SSAValue]) -> SSAValue:
        """A vector of scalars, one per lane."""
        result = self.broadcast(numbers[0])
        for lane, number in enumerate(numbers[1:], 1):
            if number is not numbers[0]:
                place: dict[str, Attribute] = {"static_position": _place(lane)}
                result = self.emit(vector.InsertOp, (number, result), result.type, place)
        return result

    def extract(self, value: SSAValue, lane: int) -> SSAValue:
        """One lane as a scalar."""
        place: dict[str, Attribute] = {"static_position": _place(lane)}
        return super().emit(vector.ExtractOp, (value,), lane_type(value.type), place)

    def shuffle(self, first: SSAValue, second: SSAValue, mask: Sequence[int]) -> SSAValue:
        """The lanes selected by `mask`, numbered through both vectors (`vector.shuffle`)."""
        properties: dict[str, Attribute] = {"mask": DenseArrayBase.from_list(i64, mask)}
        type = vector_type(lane_type(first.type), len(mask))
        return self.emit(vector.ShuffleOp, (first, second), type, properties)

    def load_lanes(self, row: SSAValue, index: SSAValue) -> SSAValue:
        """The vector of elements of a row from an index on."""
        return self.emit(vector.LoadOp, (row, index), row.type.element_type)  # pyright: ignore

    def store_lanes(self, value: SSAValue, row: SSAValue, index: SSAValue) -> None:
        operands = [value, row, index]
        self.ops.append(vector.StoreOp.create(operands=operands, location=self.location))

    def sum_rows(self, vectors: Sequence[SSAValue]) -> SSAValue:
        """Transposed reduction: lane k of the result is the sum of the lanes of vector k.

        A tree of shuffles and additions, log2(lanes) deep; every vector is summed in the same
        order. Shuffles stay within 128-bit units where possible, since those are cheap.
        """
        level, stays = list(vectors), 1
        unit = min(2 if lane_type(level[0].type) == f64 else 4, self.lanes)
        while len(level) > 1:
            stays *= 2
            mask = _within_units(self.lanes, unit) if stays <= unit else _units(self.lanes, unit)
            step = 1 if stays <= unit else unit
            level = [
                self._halved(a, b, mask, step) for a, b in zip(level[::2], level[1::2], strict=True)
            ]
        return level[0]

    def sum_lanes(self, value: SSAValue) -> SSAValue:
        """The sum of the lanes of a vector as a scalar, in the order of `sum_rows`."""
        step = 1
        while step < self.lanes:
            other = self.shuffle(value, value, [lane ^ step for lane in range(self.lanes)])
            value = self.emit(arith.AddfOp, (value, other), value.type, FLOAT_FLAGS)
            step *= 2
        return self.extract(value, 0)

    def _halved(self, a: SSAValue, b: SSAValue, mask: list[int], step: int) -> SSAValue:
        """The sums of the lanes selected by a mask with those `step` lanes further on."""
        first = self.shuffle(a, b, mask)
        second = self.shuffle(a, b, [lane + step for lane in mask])
        return self.emit(arith.AddfOp, (first, second), first.type, FLOAT_FLAGS)


def _within_units(lanes: int, unit: int) -> list[int]:
    """The mask of every other lane: unit by unit, of the first vector, then of the second."""
    return [
        source + start + lane
        for start in range(0, lanes, unit)
        for source in (0, lanes)
        for lane in range(0, unit, 2)
    ]


def _units(lanes: int, unit: int) -> list[int]:
    """The mask of every other unit of the first vector, then of the second."""
    return [
        source + start + lane
        for source in (0, lanes)
        for start in range(0, lanes, 2 * unit)
        for lane in range(unit)
    ]
