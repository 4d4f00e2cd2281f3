"""Loops with declared memory accesses, and windows on rows."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from xdsl.dialects import memref, vector
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, MemRefType
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Operation, Region, SpacedOpaqueSyntaxAttribute, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_attr_definition,
    irdl_op_definition,
    operand_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import IsTerminator, Pure, is_side_effect_free
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_mem import GetOp
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp


class LoopKind(StrEnum):
    """Whether a loop has a loop-carried dependence."""

    RECURSIVE = "recursive"
    """Frames may depend on earlier frames of the loop and run in order."""
    FREE = "free"
    """No loop-carried dependence: frames may run in parallel or as SIMD lanes."""


@irdl_attr_definition
class LoopKindAttr(
    EnumAttribute[LoopKind],  # pyright: ignore[reportInvalidTypeArguments]  (it is a StrEnum)
    SpacedOpaqueSyntaxAttribute,
):
    """Whether a loop has a loop-carried dependence: `free` (none) or `recursive`."""

    name = "dsp_par.kind"


@irdl_op_definition
class WindowOp(IRDLOperation):
    """A row from element `start` on: `dsp_par.window %row[%start] : memref<64xf32>`.

    The result has a dynamic length; its element i is element `start + i` of the source and must
    be within the source.
    """

    name = "dsp_par.window"
    source = operand_def(MemRefType)
    start = operand_def(IndexType)
    result = result_def(MemRefType)
    traits = traits_def(Pure())
    assembly_format = "$source `[` $start `]` attr-dict `:` type($source) `->` type($result)"

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        assert isinstance(source, MemRefType)
        assert isinstance(result, MemRefType)
        if source.element_type != result.element_type:
            raise VerifyException("a window has the element type of its row")
        if len(source.get_shape()) != 1 or result.get_shape() != (DYNAMIC_INDEX,):
            raise VerifyException("a window is a row of dynamic length, on a row")


def memory_of(row: SSAValue) -> object:
    """The identity of a row's memory: a buffer's symbol, or a channel argument of `compute`."""
    while isinstance(row.owner, WindowOp):
        row = row.owner.source
    return row.owner.buffer if isinstance(row.owner, GetOp) else row


def touched(region: Region) -> Iterator[tuple[Operation, SSAValue, bool]]:
    """The memory accesses in a region: op, row and whether it writes."""
    for op in region.walk():
        for row, is_write in _rows(op):
            yield op, row, is_write


def _rows(op: Operation) -> Iterator[tuple[SSAValue, bool]]:
    """The rows that an op itself accesses, and whether it writes."""
    name = op.name
    if name in _ROWS:
        for index, is_write in _ROWS[name]:
            yield op.operands[index], is_write
    elif name not in (WindowOp.name, LoopOp.name):
        # Unknown ops with side effects count as writes, conservatively.
        for operand in op.operands:
            if isinstance(operand.type, MemRefType) and not is_side_effect_free(op):
                yield operand, True


_ROWS = {
    memref.LoadOp.name: ((0, False),),
    memref.StoreOp.name: ((1, True),),
    vector.LoadOp.name: ((0, False),),
    vector.StoreOp.name: ((1, True),),
    memref.CopyOp.name: ((0, False), (1, True)),
    CopyOp.name: ((0, False), (1, True)),
}
"""The operands of accesses that are rows, and whether they are written, by the name of the op."""


@irdl_op_definition
class YieldOp(IRDLOperation):
    """Terminator of the regions of this dialect."""

    name = "dsp_par.yield"
    traits = traits_def(IsTerminator(), Pure())
    assembly_format = "attr-dict"


@irdl_op_definition
class LoopOp(IRDLOperation):
    """A loop over the frames of a chunk, with the memory that it accesses.

        dsp_par.loop free reads(%in0 : memref<?xf32>) writes(%y : memref<32xf32>) { ... }

    The region contains a loop over frames (`scf.for`) with its prologue (loads of state, windows on
    rows) and epilogue (stores of state and histories). It reads only rows in `reads` and `writes`
    and writes only rows in `writes`, besides memory that it allocates itself (copies in l2); this
    is verified, and parallel execution relies on it.
    """

    name = "dsp_par.loop"
    kind = prop_def(LoopKindAttr)
    reads = var_operand_def(MemRefType)
    writes = var_operand_def(MemRefType)
    body = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "$kind (`reads` `(` $reads^ `:` type($reads) `)`)? "
        "(`writes` `(` $writes^ `:` type($writes) `)`)? $body attr-dict"
    )

    def verify_(self) -> None:
        if not isinstance(self.body.block.last_op, YieldOp):
            raise VerifyException("the region of a loop must end in dsp_par.yield")
        writes = {memory_of(row) for row in self.writes}
        known = writes | {memory_of(row) for row in self.reads}
        for op in self.body.walk():
            if op.name == LoopOp.name:
                raise VerifyException("loops of dsp_par are not nested")
            for row, is_write in _rows(op):
                memory = memory_of(row)
                if memory in (writes if is_write else known) or _is_allocated_in(memory, self):
                    continue
                verb = "writes" if is_write else "reads"
                raise VerifyException(
                    f"the loop {verb} a row that it does not declare, by {op.name}"
                )


def _is_allocated_in(memory: object, loop: LoopOp) -> bool:
    """Whether a loop allocates memory, as `memory_of` identifies it."""
    if not isinstance(memory, SSAValue) or not isinstance(memory.owner, AllocOp):
        return False
    return loop.is_ancestor(memory.owner)


def loop_of(kind: LoopKindAttr, body: Region) -> LoopOp:
    """A loop with this region as its body; `reads` and `writes` are collected from it."""
    reads: dict[object, SSAValue] = {}
    writes: dict[object, SSAValue] = {}
    for _, row, is_write in touched(body):
        (writes if is_write else reads).setdefault(memory_of(row), _source(row))
    only_read = [row for memory, row in reads.items() if memory not in writes]
    return LoopOp.build(
        operands=[only_read, list(writes.values())],
        properties={"kind": kind},
        regions=[body],
    )


def _source(row: SSAValue) -> SSAValue:
    while isinstance(row.owner, WindowOp):
        row = row.owner.source
    return row


KINDS: dict[LoopKind, LoopKindAttr] = {kind: LoopKindAttr(kind) for kind in LoopKind}
