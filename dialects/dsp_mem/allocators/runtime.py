"""`runtime`: the allocator of the C++ memory run-time, `dspc::Allocator`, which may fail."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, pointer
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class RuntimeAllocator(Allocator):
    """Memory that `createDSPInstance2` acquires and releases by the class's lists.

    The class itself only acquires what the generators of its tables need meanwhile, by an array
    whose destructor releases it.
    """

    name = "runtime"
    languages = frozenset({"C++"})
    spaces = frozenset({Space.DDR, Space.MSMC, Space.TCM, Space.STATIC})
    lifetimes = frozenset({Lifetime.CLASS, Lifetime.INSTANCE})
    can_free = True
    is_pointer = True
    includes = ('#include "dspc/memory.h"',)

    def declare(self, piece: Piece) -> str:
        return pointer(piece)

    def scoped(self, piece: Piece) -> str:
        """The declaration of the array that holds scratch."""
        return f"dspc::ScratchArray<{piece.element}> {piece.name}_array"

    def acquire(self, piece: Piece) -> str:
        return f'{piece.name}_array.allocate(scratch, {piece.count}, "{piece.name}")'

    def access(self, piece: Piece) -> str:
        return f"{piece.name}_array.data()"
