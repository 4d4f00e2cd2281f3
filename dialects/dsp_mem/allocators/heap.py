"""`heap`: TI's user-defined heaps, one for each space."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece
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
        return f"DSPC_P({piece.element}) {piece.name}"

    def acquire(self, piece: Piece) -> str:
        assert piece.space is not None
        size = f"sizeof({piece.element}) * {piece.count}"
        return f"(DSPC_P({piece.element}))__malloc_{piece.space.value}({size})"

    def release(self, piece: Piece) -> str:
        assert piece.space is not None
        return "" if piece.space == Space.L2 else f"__free_{piece.space.value}({piece.name})"
