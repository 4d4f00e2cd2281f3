"""`manager`: the host's memory manager, as Faust's -mem option has it."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, pointer
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class ManagerAllocator(Allocator):
    """Memory asked of a `dsp_memory_manager`; never in `compute`, so not for block scratch."""

    name = "manager"
    languages = frozenset({"C++"})
    spaces = frozenset({Space.DDR, Space.MSMC, Space.TCM, Space.STATIC})
    lifetimes = frozenset({Lifetime.CLASS, Lifetime.INSTANCE})
    can_free = True
    is_pointer = True

    def declare(self, piece: Piece) -> str:
        return pointer(piece)

    def acquire(self, piece: Piece) -> str:
        request = f"fManager->allocate({piece.size})"
        return request if piece.element == "void" else piece.converted(request)

    def release(self, piece: Piece) -> str:
        return f"fManager->destroy({piece.name})"
