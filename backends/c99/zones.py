"""Zones in C: memory that the host hands over (`-mem2`) or passes to functions (`-mem3`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.storage import Storage
from dspc.backends.c.zones import host_zones, size_macros

NAMES = ("iZone", "fZone", "dZone", "izone", "fzone", "dzone")
CONTROLS = ("iControl", "fControl", "icontrol", "fcontrol")


class StructZones:
    """How a struct and its functions reach the zones of an instance.

    `are_passed`: by parameters of each function, else by pointers of the struct. Faust's arrays of
    controls, which come before, are of size 0: the struct has what is computed from controls.
    """

    def __init__(self, memories: Iterable[Storage], real: str, are_passed: bool) -> None:
        self.are_passed = are_passed
        self._zones = host_zones(memories, real)
        self._real = self._zones[1].element

    def members(self) -> Iterator[str]:
        """The pointers of the struct."""
        if not self.are_passed:
            yield from (f"{zone.element}* {zone.name};" for zone in self._zones)

    @property
    def parameters(self) -> str:
        """Additional parameters of all functions."""
        zone_parameters = (f", {zone.element}* {zone.name}" for zone in self._zones)
        return "".join(zone_parameters) if self.are_passed else ""

    @property
    def arguments(self) -> str:
        """The same in a call from another function."""
        return "".join(f", {zone.name}" for zone in self._zones) if self.are_passed else ""

    @property
    def sample_parameters(self) -> str:
        """Additional parameters of functions of samples: Faust's arrays of controls as well."""
        controls = f", int* iControl, {self._real}* fControl" if self.are_passed else ""
        return controls + self.parameters

    @property
    def sample_arguments(self) -> str:
        return (", iControl, fControl" if self.are_passed else "") + self.arguments

    def handing_over(self, name: str) -> Iterator[str]:
        """`setMemory` and the `new` that calls it, for a struct with pointers."""
        if self.are_passed:
            return
        zone_arguments = "".join(f", {zone.element}* {zone.name.lower()}" for zone in self._zones)
        passed = "".join(f", {zone.name.lower()}" for zone in self._zones)
        controls = f"int* icontrol, {self._real}* fcontrol"
        yield f"void setMemory{name}({name}* dsp, {controls}{zone_arguments}) {{"
        yield "\t(void)icontrol;"
        yield "\t(void)fcontrol;"
        yield from (f"\tdsp->{zone.name} = {zone.name.lower()};" for zone in self._zones)
        yield "}"
        yield f"{name}* new{name}({controls}{zone_arguments}) {{"
        yield f"\t{name}* dsp = {name}_new();"
        yield f"\tif (dsp) setMemory{name}(dsp, icontrol, fcontrol{passed});"
        yield "\treturn dsp;"
        yield "}\n"

    def macros(self) -> Iterator[str]:
        """The numbers of elements in each zone."""
        return size_macros(self._zones)
