"""Staged buffers: allocations in l2 are at fixed addresses, copies are synchronous."""

from __future__ import annotations

from xdsl.ir import Operation

from dspc.backends.common.allocators import check_allocator
from dspc.backends.common.traversal import copied_extent
from dspc.backends.wasm.allocators import NAME, OWN
from dspc.backends.wasm.functions import WasmFunction
from dspc.backends.wasm.instructions import BYTES
from dspc.backends.wasm.storage import WasmRow
from dspc.backends.wasm.types import memory_type
from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp
from dspc.support.diagnostics import DspcError


class StagedFunction(WasmFunction):
    """Encodes `dsp_mem`'s ops as well."""

    def take_memory(self, op: Operation) -> None:
        """Memory of its own for each allocation: it is read in the same call only."""
        assert isinstance(op, AllocOp)
        check_allocator(op.allocator.data, op.memref.name_hint or "a copy", OWN, NAME)
        space, type = op.space.data, op.memref.type
        if space != Space.L2 or op.buffer is not None:
            message = f"WebAssembly code can't take memory in {space.value} as it runs"
            raise DspcError("E0902", message)
        kind, shape = memory_type(type.element_type), type.get_shape()
        start = self.layout.reserve(BYTES[kind] * (shape[0] if shape else 1))
        self.rows[op.memref] = WasmRow(kind, None, start, f"copy at {start}")

    def copy_row(self, op: Operation) -> None:
        assert isinstance(op, CopyOp)
        source, target = self.rows[op.source], self.rows[op.target]
        self.address(target, None)
        self.address(source, None)
        size = BYTES[target.kind]
        if op.count is not None:
            self.code.get(self.push_of(op.count))
            self.code.emit("i32.const", size)
            self.code.emit("i32.mul")
        else:
            self.code.emit("i32.const", size * copied_extent(op, "WebAssembly code"))
        self.code.emit("memory.copy")


StagedFunction.special = {
    **WasmFunction.special,
    **WasmFunction.copies,
    "dsp_mem.alloc": StagedFunction.take_memory,
    "dsp_mem.copy": StagedFunction.copy_row,
}
