"""Staged buffers: allocations in l2 become local arrays, copies are synchronous."""

from __future__ import annotations

from xdsl.ir import Operation

from dspc.backends.common.allocators import check_allocator
from dspc.backends.common.traversal import copied_extent
from dspc.backends.llvm.allocators import FRAME, LLVM_SYNTAX, NAME, OWN
from dspc.backends.llvm.code import COPY
from dspc.backends.llvm.functions import LlvmFunctionPrinter, Row
from dspc.backends.llvm.layout import SCRATCH_ALIGNMENT
from dspc.backends.llvm.types import local, memory_type, size_of
from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp
from dspc.support.diagnostics import DspcError


class LlvmStagedPrinter(LlvmFunctionPrinter):
    """Prints `dsp_mem`'s ops as well."""

    def take_memory(self, op: Operation) -> None:
        """An alloca: like memory in l2 it lives until the function ends."""
        assert isinstance(op, AllocOp)
        buffer = op.memref.name_hint or "a copy"
        check_allocator(op.allocator.data, buffer, OWN, NAME)
        space, type = op.space.data, op.memref.type
        if space != Space.L2 or op.buffer is not None:
            raise DspcError("E0902", f"LLVM code can't take memory in {space.value} as it runs")
        kind, shape = memory_type(type.element_type), type.get_shape()
        name = local(op.memref.name_hint or "near", self.code.number())
        count = shape[0] if shape else None
        piece = Piece(name, kind, count, alignment=SCRATCH_ALIGNMENT, syntax=LLVM_SYNTAX)
        self._entry.append(f"  {FRAME.declare(piece)}")
        self.rows[op.memref] = Row(name, kind, f"copies {name}")

    def copy_row(self, op: Operation) -> None:
        assert isinstance(op, CopyOp)
        source, target = self.rows[op.source], self.rows[op.target]
        size = size_of(target.kind)
        if op.count is not None:
            (count,) = self.take((op.count,))
            length = self.code.value(f"mul nuw nsw i64 {count}, {size}")
        else:
            length = str(size * copied_extent(op, "LLVM code"))
        self.code.module.declare(COPY, "void", ["ptr", "ptr", "i64", "i1"])
        ends = f"ptr {target.pointer}, ptr {source.pointer}"
        self.code.emit(f"call void @{COPY}({ends}, i64 {length}, i1 false)")


LlvmStagedPrinter.special = {
    **LlvmFunctionPrinter.special,
    **LlvmFunctionPrinter.copies,
    "dsp_mem.alloc": LlvmStagedPrinter.take_memory,
    "dsp_mem.copy": LlvmStagedPrinter.copy_row,
}
