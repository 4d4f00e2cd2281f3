"""`dsp-assign-allocators`: says who gives a C++ class its arrays, and by which methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp, StringAttr
from xdsl.passes import ModulePass

from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp_mem import BufferOp, Lifetime
from dspc.dialects.dsp_mem.buffers import MEMORY_INTERFACE
from dspc.support.diagnostics import DspcError

ALLOCATORS = {
    "original": "manager",
    "info3": "manager",
    "info6": "manager",
    "info3-zones": "",
    "info6-zones": "",
    "host-zones": "",
    "runtime": "runtime",
}
"""Who gives an array its memory, by the interface; "" where `dsp-pack-zones` decides that."""


@dataclass(frozen=True)
class DspAssignAllocators(ModulePass):
    """Sets the allocator of a C++ class's arrays, and the interface by which hosts pass memory.

    `interface` is a version of Faust's `dsp_memory_manager` (`original`, `info3`, `info6`), which
    allocates each array, or one zone for each element type (`info3-zones`, `info6-zones`);
    `host-zones`: the host passes such zones; or `runtime`: the C++ memory run-time allocates. The
    pass records it as attribute `memory_interface` of the `dsp.lowered`. With `original`, arrays
    of an instance stay in the object, and with zones `dsp-pack-zones` decides. Scratch of a call
    keeps its allocator. An array placed in a space keeps the space, except for memory of the class
    or file itself, which is equivalent to any other.
    """

    name = "dsp-assign-allocators"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")
    interface: str = "info6"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.interface not in ALLOCATORS:
            message = f"interface is one of {', '.join(ALLOCATORS)}"
            raise DspcError("E0604", message, exit_status=2)
        for one in op.ops:
            if isinstance(one, LoweredOp):
                one.attributes[MEMORY_INTERFACE] = StringAttr(self.interface)
            elif isinstance(one, BufferOp):
                self._assign(one)

    def _assign(self, buffer: BufferOp) -> None:
        if buffer.lifetime.data == Lifetime.BLOCK or not buffer.type.get_shape():
            return
        if self.interface == "original" and not buffer.is_shared:
            return
        allocator = ALLOCATORS[self.interface]
        if not allocator:
            return
        if not buffer.is_placed_apart:
            buffer.space = buffer.offset = buffer.staged = buffer.copied = None
        buffer.allocator = StringAttr(allocator)
