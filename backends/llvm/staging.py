"""Staged buffers: allocations in l2 become local arrays, copies are synchronous."""

from __future__ import annotations

from xdsl.ir import Operation

from dspc.backends.common.allocators import check_allocator
from dspc.backends.llvm.functions import FunctionPrinter, Row
from dspc.backends.llvm.layout import SCRATCH_ALIGNMENT
from dspc.backends.llvm.types import local, memory_type, size_of
from dspc.dialects.diagnostics import DspcError
from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp

ALLOCATORS = frozenset({"static", "stack", "manager", "heap", "local"})
"""Those whose memory is printed: an instance's lies in the host's one block of bytes whichever it
is, a class's in globals, and rows of l2 in the function's frame."""
_COPY = "llvm.memcpy.p0.p0.i64"


class StagedPrinter(FunctionPrinter):
    """Prints `dsp_mem`'s ops as well."""

    def take_memory(self, op: Operation) -> None:
        """An alloca: like memory in l2 it lives until the function ends."""
        assert isinstance(op, AllocOp)
        buffer = op.memref.name_hint or "a copy"
        check_allocator(op.allocator.data, buffer, ALLOCATORS, "LLVM")
        space, type = op.space.data, op.memref.type
        if space != Space.L2 or op.buffer is not None:
            raise DspcError("E0902", f"LLVM code can't take memory in {space.value} as it runs")
        kind, shape = memory_type(type.element_type), type.get_shape()
        name = local(op.memref.name_hint or "near", self.code.number())
        whole = f"[{shape[0]} x {kind}]" if shape else kind
        self._entry.append(f"  {name} = alloca {whole}, align {SCRATCH_ALIGNMENT}")
        self.rows[op.memref] = Row(name, kind, f"copies {name}")

    def copy_row(self, op: Operation) -> None:
        assert isinstance(op, CopyOp)
        source, target = self.rows[op.source], self.rows[op.target]
        size = size_of(target.kind)
        if op.count is not None:
            (count,) = self.take((op.count,))
            length = self.code.value(f"mul nuw nsw i64 {count}, {size}")
        else:
            shape = op.target.type.get_shape()  # pyright: ignore
            if shape and shape[0] < 0:
                raise DspcError("E0902", "LLVM code can't copy a row of unknown length")
            length = str(size * (shape[0] if shape else 1))
        self.code.module.declare(_COPY, "void", ["ptr", "ptr", "i64", "i1"])
        ends = f"ptr {target.pointer}, ptr {source.pointer}"
        self.code.emit(f"call void @{_COPY}({ends}, i64 {length}, i1 false)")

    def skip(self, op: Operation) -> None:
        """No code: copies are synchronous, and the stack needs no initialisation."""


StagedPrinter.special = {
    **FunctionPrinter.special,
    "dsp_mem.alloc": StagedPrinter.take_memory,
    "dsp_mem.copy": StagedPrinter.copy_row,
    "dsp_mem.scope": StagedPrinter.inline,
    "dsp_mem.wait": StagedPrinter.skip,
    "dsp_mem.heap_init": StagedPrinter.skip,
    "dsp_mem.end": StagedPrinter.skip,
}
