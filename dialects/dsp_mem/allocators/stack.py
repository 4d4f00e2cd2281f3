"""`stack`: an array on the stack of `compute`."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, array
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class StackAllocator(Allocator):
    """A local array of the function; the stack is near, so it counts as l2."""

    name = "stack"
    languages = frozenset({"C++", "OpenCL C", "LLVM"})
    spaces = frozenset({Space.L2})
    lifetimes = frozenset({Lifetime.BLOCK})
    can_free = False

    def declare(self, piece: Piece) -> str:
        return array(piece)
