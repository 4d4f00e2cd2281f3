"""The accesses to memory of a function, and the goals that keep each in its buffer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects import memref, vector
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, MemRefType, VectorType
from xdsl.dialects.func import FuncOp
from xdsl.ir import BlockArgument, Operation, Region, SSAValue

from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, FreeOp, ReallocOp
from dspc.dialects.dsp_par.loops import LoopOp, WindowOp


@dataclass(frozen=True, slots=True)
class Site:
    """Elements `index` to `index + width` of a row, or `count` elements from its start."""

    op: Operation
    row: SSAValue
    verb: str
    index: SSAValue | None = None
    width: int = 1
    count: SSAValue | None = None

    @property
    def starts(self) -> list[SSAValue]:
        """The index and the starts of the windows between the access and its buffer."""
        starts = [] if self.index is None else [self.index]
        row = self.row
        while isinstance(row.owner, WindowOp):
            starts.append(row.owner.start)
            row = row.owner.source
        return starts

    @property
    def values(self) -> list[SSAValue]:
        return [*self.starts, *([self.count] if self.count is not None else [])]


def root_of(row: SSAValue) -> SSAValue:
    """The row behind windows."""
    while isinstance(row.owner, WindowOp):
        row = row.owner.source
    return row


def length_of(row: SSAValue) -> int | SSAValue | None:
    """The elements of a row; the frames of a call for an argument of `compute`; None if unknown."""
    type_ = row.type
    assert isinstance(type_, MemRefType)
    shape = type_.get_shape()
    if len(shape) > 1:
        return None
    if not shape:
        return 1
    if shape[0] != DYNAMIC_INDEX:
        return shape[0]
    if not isinstance(row, BlockArgument):
        return None
    function = row.block.parent_op()
    if not isinstance(function, FuncOp) or function.sym_name.data != "compute":
        return None
    frames = row.block.args[0]
    return frames if isinstance(frames.type, IndexType) else None


_HARMLESS = (LoopOp, GetOp, AllocOp, FreeOp, ReallocOp)
"""Ops on memory that access no element."""


def sites_in(region: Region) -> Iterator[Site]:
    """The accesses in a region, windows among them. An unknown op has the verb `?`."""
    for op in region.walk():
        match op:
            case memref.LoadOp():
                yield Site(op, op.memref, "reads", _only(op.indices))
            case memref.StoreOp():
                yield Site(op, op.memref, "writes", _only(op.indices))
            case vector.LoadOp():
                yield Site(op, op.base, "reads", _only(op.indices), _lanes(op.result))
            case vector.StoreOp():
                yield Site(op, op.base, "writes", _only(op.indices), _lanes(op.vector))
            case WindowOp():
                yield Site(op, op.source, "starts", op.start, 0)
            case CopyOp():
                for row, verb in ((op.source, "reads"), (op.target, "writes")):
                    width = 0 if op.count is not None else _whole(row)
                    yield Site(op, row, verb, None, width, op.count)
            case _:
                rows = [v for v in op.operands if isinstance(v.type, MemRefType)]
                if rows and not isinstance(op, _HARMLESS):
                    yield Site(op, rows[0], "?")


def _only(indices: Sequence[SSAValue]) -> SSAValue | None:
    """The index into a row; None for a scalar."""
    return indices[0] if indices else None


def _lanes(value: SSAValue) -> int:
    type_ = value.type
    assert isinstance(type_, VectorType)
    return type_.get_shape()[-1]


def _whole(row: SSAValue) -> int:
    length = length_of(row)
    return length if isinstance(length, int) else 0
