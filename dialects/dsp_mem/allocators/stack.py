"""`stack`: an array on the stack of `compute`."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class StackAllocator(Allocator):
    """A local array of the function; the stack is near, so it counts as l2."""

    name = "stack"
    spaces = frozenset({Space.L2})
    lifetimes = frozenset({Lifetime.BLOCK})
    can_free = False

    def declare(self, name: str, element: str, count: int) -> str:
        return f"{element} {name}[{count}];"

    def acquire(self, name: str, element: str, count: int, space: Space) -> str:
        return ""

    def release(self, name: str, space: Space) -> str:
        return ""
