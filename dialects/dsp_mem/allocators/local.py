"""`local`: an OpenCL local buffer."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class LocalAllocator(Allocator):
    """An array in a kernel's local memory, which lives as long as the kernel runs."""

    name = "local"
    spaces = frozenset({Space.L2})
    lifetimes = frozenset({Lifetime.BLOCK})
    can_free = False

    def declare(self, name: str, element: str, count: int) -> str:
        return f"local {element} {name}[{count}];"

    def acquire(self, name: str, element: str, count: int, space: Space) -> str:
        return ""

    def release(self, name: str, space: Space) -> str:
        return ""
