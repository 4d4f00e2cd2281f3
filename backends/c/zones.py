"""Arrays that lie in zones, a block for each kind of number (`dsp-pack-zones`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.storage import Storage
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.buffers import BufferOp

ZONE = ALLOCATORS["zone"]
_MACROS = {"iZone": "FAUST_INT_ZONE", "fZone": "FAUST_FLOAT_ZONE", "dZone": "FAUST_DOUBLE_ZONE"}


def zones_of(memories: Iterable[Storage], allocator: Allocator) -> list[Storage]:
    """The zones in which arrays lie, as arrays of their own."""
    by_name: dict[str, Storage] = {}
    for memory in memories:
        if not memory.zone:
            continue
        zone = by_name.setdefault(
            memory.zone,
            Storage(memory.zone, memory.element, 0, "", allocator=allocator, space=memory.space),
        )
        each = memory.bytes // (memory.extent or 1)
        zone.extent = max(zone.extent or 0, (memory.zone_offset + memory.bytes) // each)
    return [by_name[name] for name in sorted(by_name, reverse=True)]


def host_zones(memories: Iterable[Storage], real: str) -> list[Storage]:
    """The zones that a host provides (`-mem2`, `-mem3`), those without arrays among them."""
    zones = {zone.name: zone for zone in zones_of(memories, ZONE)}
    kinds = {"iZone": "int", "fZone": real}
    if "dZone" in zones:
        kinds = {"iZone": "int", "fZone": "float", "dZone": "double"}
    return [
        zones.get(name) or Storage(name, kind, 0, "", allocator=ZONE)
        for name, kind in kinds.items()
    ]


def size_macros(zones: Iterable[Storage]) -> Iterator[str]:
    """The numbers of elements in zones, as Faust's macros give them."""
    sizes = {"FAUST_INT_CONTROLS": 0, "FAUST_REAL_CONTROLS": 0}
    sizes |= {_MACROS[zone.name]: zone.extent or 0 for zone in zones}
    for macro, size in sizes.items():
        yield f"#undef {macro}"
        yield f"#define {macro} {size}"


def into_zone(memory: Storage, op: BufferOp) -> None:
    """Have a buffer lie where `dsp-pack-zones` put it."""
    if op.zone is not None and op.zone_offset is not None:
        memory.allocator = ZONE
        memory.zone, memory.zone_offset = op.zone.data, op.zone_offset.value.data
