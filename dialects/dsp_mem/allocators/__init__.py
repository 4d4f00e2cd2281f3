"""The allocators by name; a new one is one new file and one entry here."""

from __future__ import annotations

from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.allocators.heap import HeapAllocator
from dspc.dialects.dsp_mem.allocators.local import LocalAllocator
from dspc.dialects.dsp_mem.allocators.manager import ManagerAllocator
from dspc.dialects.dsp_mem.allocators.stack import StackAllocator
from dspc.dialects.dsp_mem.allocators.static import StaticAllocator

ALLOCATORS: dict[str, Allocator] = {
    one.name: one
    for one in (
        StaticAllocator(),
        ManagerAllocator(),
        HeapAllocator(),
        LocalAllocator(),
        StackAllocator(),
    )
}
"""Every allocator: name -> the one object of its class."""
