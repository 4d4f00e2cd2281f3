"""`manager`: the host's memory manager, as Faust's -mem option has it."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class ManagerAllocator(Allocator):
    """Memory asked of a `dsp_memory_manager`; never in `compute`, so not for block scratch."""

    name = "manager"
    spaces = frozenset({Space.DDR, Space.MSMC, Space.STATIC})
    lifetimes = frozenset({Lifetime.CLASS, Lifetime.INSTANCE})
    can_free = True

    def declare(self, name: str, element: str, count: int) -> str:
        return f"{element}* {name};"

    def acquire(self, name: str, element: str, count: int, space: Space) -> str:
        size = f"sizeof({element}) * {count}"
        return f"{name} = static_cast<{element}*>(fManager->allocate({size}));"

    def release(self, name: str, space: Space) -> str:
        return f"fManager->destroy({name});"
