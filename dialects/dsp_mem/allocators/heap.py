"""`heap`: TI's user-defined heaps, one for each space."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class HeapAllocator(Allocator):
    """Memory from `__malloc_ddr` and its relatives; the l2 heap only grows and is reset by init."""

    name = "heap"
    spaces = frozenset({Space.DDR, Space.MSMC, Space.L2})
    lifetimes = frozenset(Lifetime)
    can_free = True

    def declare(self, name: str, element: str, count: int) -> str:
        return f"DSPC_P({element}) {name};"

    def acquire(self, name: str, element: str, count: int, space: Space) -> str:
        call = f"__malloc_{space.value}(sizeof({element}) * {count})"
        return f"{name} = (DSPC_P({element})){call};"

    def release(self, name: str, space: Space) -> str:
        return "" if space == Space.L2 else f"__free_{space.value}({name});"
