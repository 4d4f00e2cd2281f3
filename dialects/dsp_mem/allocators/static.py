"""`static`: an array in the class, the object or the file."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, array
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class StaticAllocator(Allocator):
    """Memory that is there from the start: nothing to acquire, nothing to release."""

    name = "static"
    languages = frozenset({"C++", "OpenCL C", "LLVM"})
    spaces = frozenset({Space.STATIC, Space.FLASH})
    lifetimes = frozenset(Lifetime)
    can_free = False

    def declare(self, piece: Piece) -> str:
        return array(piece)
