"""Writers of loop-level ops: functions, op lists, interned types and constants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import copysign, inf

from xdsl.dialects import arith, func, memref
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    FloatAttr,
    FunctionType,
    IndexType,
    IntegerAttr,
    LocationAttr,
    MemRefType,
    StringAttr,
    SymbolRefAttr,
    UnknownLoc,
    f32,
    f64,
    i1,
    i32,
    i64,
)
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dspc.dialects.dsp_mem import GetOp

INDEX = IndexType()
UNKNOWN = UnknownLoc()
NO_OVERFLOW_FLAGS = arith.IntegerOverflowAttr("none")
NO_FAST_MATH = arith.FastMathFlagsAttr("none")
INT_FLAGS: dict[str, Attribute] = {"overflowFlags": NO_OVERFLOW_FLAGS}
FLOAT_FLAGS: dict[str, Attribute] = {"fastmath": NO_FAST_MATH}
INT_PREDICATES = {
    name: IntegerAttr(number, i64)
    for name, number in {"eq": 0, "ne": 1, "lt": 2, "le": 3, "gt": 4, "ge": 5}.items()
}
"""Predicates of `arith.cmpi`, signed."""
FLOAT_PREDICATES = {
    name: IntegerAttr(number, i64)
    for name, number in {"eq": 1, "gt": 2, "ge": 3, "lt": 4, "le": 5, "ne": 13}.items()
}
"""Predicates of `arith.cmpf`: ordered, except `une`."""


@cache
def row_type(element: Attribute, size: int | None) -> MemRefType:
    """The interned memref type of a buffer: `size` elements, or rank 0 if None."""
    return MemRefType(element, [] if size is None else [size])


@cache
def open_row_type(element: Attribute) -> MemRefType:
    """The interned memref type of an audio channel: rank 1, dynamic size."""
    return MemRefType(element, [DYNAMIC_INDEX])


@cache
def int_attribute(value: int) -> IntegerAttr:
    return IntegerAttr(value, i32)


@cache
def index_attribute(value: int) -> IntegerAttr:
    return IntegerAttr(value, INDEX)


def float_attribute(value: float, element: Attribute) -> FloatAttr:
    """A constant of an element type; overflow of f32 gives infinity."""
    try:
        return FloatAttr(value, f32 if element == f32 else f64)
    except OverflowError:
        return FloatAttr(copysign(inf, value), f32)


@dataclass(frozen=True, slots=True)
class Buffer:
    """A declared buffer of `size` elements, or of rank 0 if None."""

    name: SymbolRefAttr
    element: Attribute
    size: int | None


class FunctionBuilder:
    """A function under construction. Constants and buffers are materialised once, at its top."""

    def __init__(self, name: str, arguments: Sequence[Attribute]) -> None:
        self.name = name
        self.block = Block(arg_types=arguments)
        self.constants: dict[object, SSAValue] = {}
        self.buffers: dict[Buffer, SSAValue] = {}
        self.bits: dict[SSAValue, SSAValue] = {}
        """The i1 that an i32 of 0 or 1 was extended from."""
        self.header: list[Operation] = []
        self.loads: list[Operation] = []
        self.body: list[Operation] = []

    def finish(self) -> func.FuncOp:
        """The function op; call once, after everything is written."""
        self.block.add_ops([*self.header, *self.loads, *self.body])
        self.block.add_op(func.ReturnOp.create())
        types = [argument.type for argument in self.block.args]
        return func.FuncOp.create(
            properties={
                "sym_name": StringAttr(self.name),
                "function_type": FunctionType.from_lists(types, []),
            },
            regions=[Region(self.block)],
        )


class OpWriter:
    """Appends ops to one list, all at `location`."""

    __slots__ = ("location", "ops")

    def __init__(self, ops: list[Operation]) -> None:
        self.ops = ops
        self.location: LocationAttr = UNKNOWN

    def emit(
        self,
        op_type: type[Operation],
        operands: Sequence[SSAValue],
        result: Attribute,
        properties: dict[str, Attribute] | None = None,
    ) -> SSAValue:
        """Append an op with one result, and return that result."""
        op = op_type.create(
            operands=operands,
            result_types=(result,),
            properties=properties or {},
            location=self.location,
        )
        self.ops.append(op)
        return op.results[0]


class Writer(OpWriter):
    """Appends ops to one list inside a function, which has each constant and buffer once."""

    __slots__ = ("function",)

    def __init__(self, function: FunctionBuilder, ops: list[Operation]) -> None:
        super().__init__(ops)
        self.function = function

    def constant(self, value: IntegerAttr | FloatAttr) -> SSAValue:
        number = value.value.data
        # repr distinguishes 0.0 from -0.0, and NaN has one text.
        key = (value.type, repr(number) if isinstance(number, float) else number)
        known = self.function.constants.get(key)
        if known is None:
            op = arith.ConstantOp.create(result_types=(value.type,), properties={"value": value})
            self.function.header.append(op)
            known = self.function.constants[key] = op.results[0]
        return known

    def int(self, value: int) -> SSAValue:
        return self.constant(int_attribute(value))

    def index(self, value: int) -> SSAValue:
        return self.constant(index_attribute(value))

    def zero(self, element: Attribute) -> SSAValue:
        return self.int(0) if element == i32 else self.constant(float_attribute(0.0, element))

    def buffer(self, buffer: Buffer) -> SSAValue:
        known = self.function.buffers.get(buffer)
        if known is None:
            op = GetOp.create(
                result_types=(row_type(buffer.element, buffer.size),),
                properties={"buffer": buffer.name},
            )
            self.function.header.append(op)
            known = self.function.buffers[buffer] = op.results[0]
        return known

    def load(self, buffer: Buffer, index: SSAValue | None = None) -> SSAValue:
        operands = [self.buffer(buffer)] if index is None else [self.buffer(buffer), index]
        return self.emit(memref.LoadOp, operands, buffer.element)

    def store(self, value: SSAValue, buffer: Buffer, index: SSAValue | None = None) -> None:
        self.store_to(value, self.buffer(buffer), index)

    def store_to(self, value: SSAValue, row: SSAValue, index: SSAValue | None = None) -> None:
        operands = [value, row] if index is None else [value, row, index]
        self.ops.append(memref.StoreOp.create(operands=operands, location=self.location))

    def add_int(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.AddiOp, (lhs, rhs), i32, INT_FLAGS)

    def sub_int(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.SubiOp, (lhs, rhs), i32, INT_FLAGS)

    def and_int(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.AndIOp, (lhs, rhs), i32)

    def compare_int(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.CmpiOp, (lhs, rhs), i1, {"predicate": INT_PREDICATES[predicate]})

    def compare_float(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        properties = {"predicate": FLOAT_PREDICATES[predicate], **FLOAT_FLAGS}
        return self.emit(arith.CmpfOp, (lhs, rhs), i1, properties)

    def select(self, condition: SSAValue, yes: SSAValue, no: SSAValue) -> SSAValue:
        return self.emit(arith.SelectOp, (condition, yes, no), yes.type)

    def to_index(self, value: SSAValue) -> SSAValue:
        return self.emit(arith.IndexCastOp, (value,), INDEX)

    def to_int(self, value: SSAValue) -> SSAValue:
        return self.emit(arith.IndexCastOp, (value,), i32)

    def clamp_int(self, value: SSAValue, low: int, high: int) -> SSAValue:
        """The value clamped to [low, high]."""
        above = self.emit(arith.MaxSIOp, (value, self.int(low)), i32)
        return self.emit(arith.MinSIOp, (above, self.int(high)), i32)
