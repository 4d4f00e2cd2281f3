"""Functions that take memory and copy it: l2 is a local array here, and copies are at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from xdsl.ir import Operation

from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.storage import Storage
from dspc.backends.common.allocators import check_allocator, printing
from dspc.backends.common.lowered import Unit
from dspc.backends.cpp.language import CPP
from dspc.dialects.dsp_mem import BufferOp, Space
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, ScopeOp
from dspc.support.diagnostics import DspcError

_OWN = ("static", "stack")
_HOSTED = ("manager", "zone", "runtime")
"""Those that need a host which knows the class; without it, memory is the object's own."""
_FOREIGN = ("heap", "local")
"""Those of OpenCL, in whose place a class has memory of its own, or a zone of their space."""
NEAR = frozenset({*_OWN, *_FOREIGN, "manager"})
"""Those in whose place a function that copies to l2 has an array of its own."""


def printed_allocators(unit: Unit) -> frozenset[str]:
    """Those whose memory the class of a program can have."""
    return printing(CPP.name, unit) | set(_FOREIGN)


def giver(op: BufferOp) -> Allocator | None:
    """The allocator of a buffer, if it is none of the object's own and needs no host."""
    if op.allocator is None or op.allocator.data in (*_OWN, *_HOSTED, *_FOREIGN):
        return None
    return ALLOCATORS[op.allocator.data]


class StagedPrinter(FunctionPrinter):
    """Prints `dsp_mem`'s ops as well."""

    special: ClassVar[Mapping[str, Callable[[Any, Operation], None]]]

    def take_memory(self, op: Operation) -> None:
        """An array of the function: it lives as long as memory of l2 does, and is as near."""
        assert isinstance(op, AllocOp)
        buffer = op.memref.name_hint or "a copy"
        allocator = ALLOCATORS[op.allocator.data]
        if allocator.is_pointer or self.language.name not in allocator.languages:
            check_allocator(op.allocator.data, buffer, NEAR, self.language.name)
            allocator = ALLOCATORS["stack"]
        space = op.space.data
        if space != Space.L2 or op.buffer is not None:
            raise DspcError("E0702", f"C++ code cannot take memory in {space.value} as it runs")
        shape = op.memref.type.get_shape()
        name = self.names.fresh(op.memref.name_hint, "near")
        memory = Storage(
            name,
            self.language.scalar(op.memref.type.element_type),
            shape[0] if shape else None,
            f"@{name}",
            allocator=allocator,
        )
        self.emit(f"{memory.declared};")
        self.arrays[op.memref] = memory

    def copy_row(self, op: Operation) -> None:
        assert isinstance(op, CopyOp)
        source, target = self.arrays[op.source], self.arrays[op.target]
        type = op.target.type
        if op.count is not None:
            count = self.take(op.count).text
        else:
            shape = type.get_shape()  # pyright: ignore
            if shape and shape[0] < 0:
                raise DspcError("E0702", "C++ code cannot copy a row of unknown length")
            count = str(shape[0]) if shape else ""
        self.settle_readers(target.key)
        if count:
            self.emit(f"std::copy_n({source.name}, {count}, {target.name});")
        else:
            self.emit(f"{target.name} = {source.name};")

    def scope(self, op: Operation) -> None:
        assert isinstance(op, ScopeOp)
        self.settle_memory()
        self.open("{", op.body.block.ops, lambda: self.close("}"))

    def skip(self, op: Operation) -> None:
        """Copies have ended, and the contents of l2 at the call's start are undefined."""


StagedPrinter.special = {
    **FunctionPrinter.special,
    "dsp_mem.alloc": StagedPrinter.take_memory,
    "dsp_mem.copy": StagedPrinter.copy_row,
    "dsp_mem.scope": StagedPrinter.scope,
    "dsp_mem.wait": StagedPrinter.skip,
    "dsp_mem.heap_init": StagedPrinter.skip,
    "dsp_mem.end": StagedPrinter.skip,
}
