"""`local`: an OpenCL local buffer."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, array
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class LocalAllocator(Allocator):
    """An array in a kernel's local memory, which lives as long as the kernel runs."""

    name = "local"
    languages = frozenset({"OpenCL C"})
    spaces = frozenset({Space.L2})
    lifetimes = frozenset({Lifetime.BLOCK})
    can_free = False

    def declare(self, piece: Piece) -> str:
        return f"local {array(piece)}"

    def access(self, piece: Piece) -> str:
        return piece.syntax.within(piece) if piece.zone else piece.name
