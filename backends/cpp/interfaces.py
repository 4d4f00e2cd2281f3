"""The memory interfaces by name: a new one is one class and one entry here."""

from __future__ import annotations

from dspc.backends.cpp.allocated import RuntimeMemory
from dspc.backends.cpp.class_memory import ClassMemory
from dspc.backends.cpp.manager import DescribedMemory, ManagedMemory
from dspc.backends.cpp.zoned import HostZones, ManagedZones


class DescribedBySize(DescribedMemory):
    """The manager of Faust 2.54.9, to which sizes and numbers of accesses are declared."""

    has_names = False


class ZonesBySize(ManagedZones):
    """The same, in zones."""

    has_names = False


INTERFACES: dict[str, type[ClassMemory]] = {
    "original": ManagedMemory,
    "info3": DescribedBySize,
    "info6": DescribedMemory,
    "info3-zones": ZonesBySize,
    "info6-zones": ManagedZones,
    "host-zones": HostZones,
    "runtime": RuntimeMemory,
}
"""As `dsp-assign-allocators` calls them."""
