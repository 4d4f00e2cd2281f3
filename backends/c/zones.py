"""Arrays that lie in zones, a block for each kind of number (`dsp-pack-zones`)."""

from __future__ import annotations

from collections.abc import Iterable

from dspc.backends.c.storage import Storage
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.buffers import BufferOp

ZONE = ALLOCATORS["zone"]


def zones_of(memories: Iterable[Storage], allocator: Allocator) -> list[Storage]:
    """The zones in which arrays lie, as arrays of their own."""
    found: dict[str, Storage] = {}
    for memory in memories:
        if not memory.zone:
            continue
        zone = found.setdefault(
            memory.zone,
            Storage(memory.zone, memory.element, 0, "", allocator=allocator, space=memory.space),
        )
        each = memory.bytes // (memory.extent or 1)
        zone.extent = max(zone.extent or 0, (memory.zone_offset + memory.bytes) // each)
    return [found[name] for name in sorted(found, reverse=True)]


def into_zone(memory: Storage, op: BufferOp) -> None:
    """Have a buffer lie where `dsp-pack-zones` put it."""
    if op.zone is not None and op.zone_offset is not None:
        memory.allocator = ZONE
        memory.zone, memory.zone_offset = op.zone.data, op.zone_offset.value.data
