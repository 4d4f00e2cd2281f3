"""`new`: the C++ free store."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, pointer
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class NewAllocator(Allocator):
    """Memory from `new[]`, which throws where it has none; never in `compute`."""

    name = "new"
    languages = frozenset({"C++"})
    spaces = frozenset({Space.DDR})
    lifetimes = frozenset({Lifetime.CLASS, Lifetime.INSTANCE})
    can_free = True
    is_pointer = True

    def declare(self, piece: Piece) -> str:
        return pointer(piece)

    def acquire(self, piece: Piece) -> str:
        return f"new {piece.element}[{piece.count}]"

    def release(self, piece: Piece) -> str:
        return f"delete[] {piece.name}"
