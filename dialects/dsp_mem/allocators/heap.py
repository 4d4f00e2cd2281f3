"""`heap`: TI's user-defined heaps, one for each space. Their built-in functions are spelled here.

TI OpenCL documentation, "Extensions: user-defined DSP heaps"; `backends/opencl/heap/dspc_heap.h`
implements the functions for all other devices.
"""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, pointer
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class HeapAllocator(Allocator):
    """Memory from `__malloc_ddr` and its relatives; the l2 heap only grows and is reset by init."""

    name = "heap"
    languages = frozenset({"OpenCL C"})
    spaces = frozenset({Space.DDR, Space.MSMC, Space.L2})
    lifetimes = frozenset(Lifetime)
    can_free = True
    is_pointer = True

    def declare(self, piece: Piece) -> str:
        return pointer(piece)

    def acquire(self, piece: Piece) -> str:
        assert piece.space is not None
        return piece.converted(f"__malloc_{piece.space.value}({piece.size})")

    def release(self, piece: Piece) -> str:
        assert piece.space is not None
        return "" if piece.space == Space.L2 else f"__free_{piece.space.value}({piece.name})"

    def start(self, space: Space, memory: str, size: str) -> str:
        """The statement that makes a heap of so many bytes; expressions of memory and size."""
        return f"__heap_init_{space.value}({memory}, {size})"
