"""`zone`: a part of a larger block that holds many arrays."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, pointer
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class ZoneAllocator(Allocator):
    """Memory at an offset, chosen by `dsp-pack-zones`, in a zone that something else acquires."""

    name = "zone"
    languages = frozenset({"C++", "OpenCL C", "LLVM"})
    spaces = frozenset(Space)
    lifetimes = frozenset(Lifetime)
    can_free = False
    only_arrays = True
    is_pointer = True

    def declare(self, piece: Piece) -> str:
        return pointer(piece)

    def access(self, piece: Piece) -> str:
        return piece.syntax.within(piece)
