"""`static`: an array in the class or the file."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class StaticAllocator(Allocator):
    """Memory that is there from the start: nothing to acquire, nothing to release."""

    name = "static"
    spaces = frozenset({Space.STATIC})
    lifetimes = frozenset(Lifetime)
    can_free = False

    def declare(self, name: str, element: str, count: int) -> str:
        return f"{element} {name}[{count}];"

    def acquire(self, name: str, element: str, count: int, space: Space) -> str:
        return ""

    def release(self, name: str, space: Space) -> str:
        return ""
