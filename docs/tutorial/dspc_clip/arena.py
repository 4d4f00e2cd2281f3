"""The allocator `arena`: memory that two C functions of the host give and take back."""

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class ArenaAllocator(Allocator):
    """Arrays of an instance in an arena of the host."""

    name = "arena"
    languages = frozenset({"C++"})
    spaces = frozenset({Space.DDR})
    lifetimes = frozenset(Lifetime)
    can_free = True
    is_pointer = True
    includes = ("void* arena_take(unsigned long size);", "void arena_give(void* memory);")

    def declare(self, piece):
        return f"{piece.element}* {piece.name}"

    def acquire(self, piece):
        return piece.converted(f"arena_take({piece.size})")

    def release(self, piece):
        return f"arena_give({piece.name})"
