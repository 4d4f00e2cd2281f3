"""`stack`: an array on the stack of `compute`."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, array
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class StackAllocator(Allocator):
    """A local array of the function; in l2, where a machine counts its stack as that."""

    name = "stack"
    languages = frozenset({"C++", "OpenCL C", "LLVM"})
    spaces = frozenset({Space.L2, Space.STACK})
    lifetimes = frozenset({Lifetime.BLOCK})
    can_free = False

    def declare(self, piece: Piece) -> str:
        return array(piece)
