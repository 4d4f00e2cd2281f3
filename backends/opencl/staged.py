"""Prints `compute` where its copies in l2 are ops: rows of l2, copies by DMA, and waiting for them.

    dsp_mem.alloc <l2> "local"         DSPC_LP(float) const near = DSPC_NEAR(float, 4096);
    dsp_mem.copy %d, %near {is_async}  DSPC_COPY_IN(float, near, d, 1024);
    dsp_mem.wait                       DSPC_COPIED;

The kernel gives l2 as the array `l2_area`. Each voice's memory is contiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from xdsl.dialects.builtin import MemRefType
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dspc.backends.c.language import Uses
from dspc.backends.c.names import Names
from dspc.backends.common.allocators import check_allocator
from dspc.backends.opencl.allocators import CL_SYNTAX, HEAP, LOCAL, OWN, UNCONVERTED
from dspc.backends.opencl.functions import ClFunctionPrinter
from dspc.backends.opencl.layout import NEAR, SIZES, ClLayout
from dspc.backends.opencl.storage import ClStorage
from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.allocators.base import Piece, pointer
from dspc.dialects.dsp_mem.buffers import BufferOp, memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, HeapInitOp, ScopeOp
from dspc.support.diagnostics import DspcError

AREA = "local ulong *l2_area DSPC_L2_PARAMS"
"""The last parameter of a function with copies in l2."""
AREA_ARGUMENTS = "DSPC_AREA(l2_area) DSPC_L2_ARGS"
START = ("event_t copied = 0;", "int copies = 0;")
"""Its first statement."""


def near_bytes(function: FuncOp, layout: ClLayout) -> int:
    """Bytes of l2 that the copies and the scratch of `compute` take; 0 where there are none."""
    rows = [
        (memory_bytes(op.memref.type), op.offset)
        for op in function.walk()
        if isinstance(op, AllocOp) and op.space.data == Space.L2
    ]
    near = [place.op for place in layout.scratch if place.is_near and place.op is not None]
    rows += [(op.bytes, None if _is_of_heap(op) else op.offset) for op in near]
    size_taken, heap = 0, 0
    for size, offset in rows:
        if offset is None:
            heap += (size + 7) & ~7
        else:
            size_taken = max(size_taken, offset.value.data + ((size + 7) & ~7))
    return max(size_taken, heap)


def _is_of_heap(op: BufferOp) -> bool:
    """Whether the l2 heap gives scratch its memory, and not a place at a fixed offset."""
    return op.allocator is not None and op.allocator.data == "heap"


class StagedClPrinter(ClFunctionPrinter):
    """The lines of a function whose copies in l2 are `dsp_mem`'s ops."""

    special: ClassVar[Mapping[str, Callable[[Any, Operation], None]]]

    def __init__(
        self, function: str, layout: ClLayout, names: Names, uses: Uses, own_bytes: int
    ) -> None:
        super().__init__(function, layout, names, uses)
        self._own_bytes = own_bytes
        self._taken: list[tuple[int, int]] = []
        """Bytes of l2 that rows have taken so far: where each begins and ends."""
        self._scratch = [place for place in layout.scratch if place.is_near]
        self._has_heap = False

    def take_scratch(self) -> None:
        """Declare the rows of l2 that are scratch: at their offsets, or from the heap there."""
        for place in self._scratch:
            assert place.op is not None
            assert place.op.offset is not None
            offset, size = place.op.offset.value.data, place.op.bytes
            if _is_of_heap(place.op):
                self._start_heap()
                self._take_row(place.name, place.element, size)
            else:
                self._taken.append((offset, offset + size))
                self._take_row(place.name, place.element, size, offset)

    def _take_row(self, name: str, element: str, size: int, offset: int | None = None) -> None:
        """Declare a row of so many bytes: at an offset of the kernel's area, or from the heap."""
        piece = Piece(
            name,
            element,
            size // SIZES[element],
            space=Space.L2,
            attribute="const",
            cast=UNCONVERTED,
            zone="l2_area",
            offset=offset or 0,
            bytes=str(size),
            syntax=CL_SYNTAX,
        )
        memory_text = HEAP.acquire(piece) if offset is None else LOCAL.access(piece)
        self.emit(f"{pointer(piece)} = {memory_text};")

    def take_memory(self, op: Operation) -> None:
        assert isinstance(op, AllocOp)
        buffer = op.memref.name_hint or "a copy"
        check_allocator(op.allocator.data, buffer, OWN, self.language.name)
        if op.space.data != Space.L2 or op.buffer is not None:
            space = op.space.data.value
            raise DspcError("E0702", f"OpenCL code cannot take memory in {space} as it runs")
        kind = self.language.scalar(op.memref.type.element_type)
        shape = op.memref.type.get_shape()
        count = shape[0] if shape else 1
        name = self.names.fresh(op.memref.name_hint, "near")
        offset = None if op.offset is None else op.offset.value.data
        if offset is not None:
            self._take_bytes(offset, count * SIZES[kind])
        self._take_row(name, kind, count * SIZES[kind], offset)
        key = NEAR if self._scratch else f"@{name}"
        place = ClStorage(name, kind, count, key, cell="0", holder=f"DSPC_LP({kind})")
        place.is_near = True
        self.arrays[op.memref] = place

    def _take_bytes(self, start: int, size: int) -> None:
        """Print pending reads of rows before another row takes some of their bytes.

        Copies with disjoint live ranges share bytes of l2, under names that tell nothing of it.
        """
        end = start + size
        if any(first < end and start < last for first, last in self._taken):
            self.settle_memory()
        self._taken.append((start, end))

    def copy_row(self, op: Operation) -> None:
        assert isinstance(op, CopyOp)
        source, target = self.arrays[op.source], self.arrays[op.target]
        assert isinstance(source, ClStorage)
        assert isinstance(target, ClStorage)
        self.settle_readers(target.key)
        assert isinstance(op.target.type, MemRefType)
        shape = op.target.type.get_shape()
        if not shape:
            value = self.cell(source, [], source.name).text
            self.emit(f"{self.cell(target, [], target.name).text} = {value};")
            return
        if op.count is None and shape[0] < 0:
            raise DspcError("E0702", "OpenCL code cannot copy a row of unknown length")
        if source.is_near == target.is_near:
            raise DspcError("E0702", "OpenCL code copies between l2 and other memory only")
        count = str(shape[0]) if op.count is None else self.take(op.count).text
        if source.holder.startswith("constant "):
            # DMA takes from global memory only.
            self.emit(f"for (int at = 0; at < {count}; ++at)")
            self.emit(f"\t{target.name}[at] = {source.name}[at];")
            return
        way = "IN" if target.is_near else "OUT"
        self.emit(f"DSPC_COPY_{way}({target.element}, {target.name}, {source.name}, {count});")

    def wait(self, op: Operation) -> None:
        """Copies that have not ended hold no rows that are read after them."""
        self.settle_memory()
        self.emit("DSPC_COPIED;")

    def start_heap(self, op: Operation) -> None:
        assert isinstance(op, HeapInitOp)
        self._start_heap()

    def _start_heap(self) -> None:
        if not self._has_heap:
            self.emit(f"{HEAP.start(Space.L2, 'l2_area', f'{self._own_bytes}u')};")
        self._has_heap = True

    def scope(self, op: Operation) -> None:
        assert isinstance(op, ScopeOp)
        self.settle_memory()
        self.open("{", op.body.block.ops, lambda: self.close("}"))

    def skip(self, op: Operation) -> None:
        """The end of a scope."""


StagedClPrinter.special = {
    **ClFunctionPrinter.special,
    "dsp_mem.alloc": StagedClPrinter.take_memory,
    "dsp_mem.copy": StagedClPrinter.copy_row,
    "dsp_mem.scope": StagedClPrinter.scope,
    "dsp_mem.wait": StagedClPrinter.wait,
    "dsp_mem.heap_init": StagedClPrinter.start_heap,
    "dsp_mem.end": StagedClPrinter.skip,
}
