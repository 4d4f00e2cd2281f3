"""A writer of copies into an existing function."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    IndexType,
    IntegerAttr,
    IntegerType,
    MemRefType,
    StringAttr,
    UnitAttr,
    i1,
    i64,
)
from xdsl.ir import Attribute, Block, SSAValue

from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, LifetimeAttr
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, WaitOp
from dspc.dialects.dsp_mem.spaces import Space, SpaceAttr
from dspc.dialects.dsp_par import WindowOp
from dspc.passes.lowering.ring_indices import period_of
from dspc.passes.lowering.writer import OpWriter

INDEX = IndexType()
L2 = SpaceAttr(Space.L2)
BLOCK = LifetimeAttr(Lifetime.BLOCK)
SIGNED_GE = IntegerAttr(5, i64)
NO_OVERFLOW_FLAGS = arith.IntegerOverflowAttr("none")


class HoistedConstants:
    """Constants at the top of a function, each materialised once."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._known: dict[tuple[int, Attribute], SSAValue] = {}

    def number(self, value: int, kind: Attribute = INDEX) -> SSAValue:
        known = self._known.get((value, kind))
        if known is None:
            assert isinstance(kind, IndexType | IntegerType)
            attribute = IntegerAttr(value, kind)
            op = arith.ConstantOp.create(result_types=(kind,), properties={"value": attribute})
            first = self._block.first_op
            assert first is not None
            self._block.insert_op_before(op, first)
            known = self._known[value, kind] = op.results[0]
        return known


class CopyWriter(OpWriter):
    """Appends copies between a buffer and its memory in l2 to one list."""

    def __init__(self, constants: HoistedConstants) -> None:
        super().__init__([])
        self.constants = constants

    def index(self, value: int) -> SSAValue:
        return self.constants.number(value)

    def add(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.AddiOp, (lhs, rhs), lhs.type, {"overflowFlags": NO_OVERFLOW_FLAGS})

    def sub(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.SubiOp, (lhs, rhs), lhs.type, {"overflowFlags": NO_OVERFLOW_FLAGS})

    def least(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.MinSIOp, (lhs, rhs), lhs.type)

    def at_least(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        return self.emit(arith.CmpiOp, (lhs, rhs), i1, {"predicate": SIGNED_GE})

    def place(self, moment: SSAValue, size: int) -> SSAValue:
        """The ring index of a moment.

        In exact rings the moment is an index, or an index minus at most the ring size.
        """
        if period_of(size):
            later = self.add(moment, self.constants.number(size, moment.type))
            is_inside = self.at_least(moment, self.constants.number(0, moment.type))
            place = self.emit(arith.SelectOp, (is_inside, moment, later), moment.type)
            return self.emit(arith.IndexCastOp, (place,), INDEX)
        mask = self.constants.number(size - 1, moment.type)
        place = self.emit(arith.AndIOp, (moment, mask), moment.type)
        return self.emit(arith.IndexCastOp, (place,), INDEX)

    def window(self, row: SSAValue, start: SSAValue) -> SSAValue:
        """The window of a row from an element on."""
        assert isinstance(row.type, MemRefType)
        kind = MemRefType(row.type.element_type, [DYNAMIC_INDEX])
        return self.emit(WindowOp, (row, start), kind)

    def copy(self, source: SSAValue, target: SSAValue, count: SSAValue | None = None) -> None:
        """Start an asynchronous copy of a row, or of its first `count` elements."""
        operands = [source, target] if count is None else [source, target, count]
        self.ops.append(CopyOp.create(operands=operands, properties={"is_async": UnitAttr()}))

    def wait(self) -> None:
        self.ops.append(WaitOp.create())


def near_memory(buffer: BufferOp, type: MemRefType, allocator: str, has_offset: bool) -> AllocOp:
    """The allocation in l2 for a copy of a buffer."""
    properties: dict[str, Attribute] = {
        "space": L2,
        "allocator": StringAttr(allocator),
        "lifetime": BLOCK,
    }
    if has_offset:
        assert buffer.staged is not None
        properties["offset"] = buffer.staged
    near = AllocOp.create(result_types=(type,), properties=properties)
    near.memref.name_hint = f"{buffer.sym_name.data}_near"
    return near
