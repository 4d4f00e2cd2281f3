"""Zones in C: memory that the host hands over (`-mem2`) or passes to functions (`-mem3`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.storage import Storage
from dspc.backends.c.zones import ZONE, zones_of

NAMES = ("iZone", "fZone", "dZone", "izone", "fzone", "dzone")
CONTROLS = ("iControl", "fControl", "icontrol", "fcontrol")
_MACROS = {"iZone": "FAUST_INT_ZONE", "fZone": "FAUST_FLOAT_ZONE", "dZone": "FAUST_DOUBLE_ZONE"}


class Zones:
    """How a struct and its functions reach the zones of an instance.

    `are_passed`: by parameters of each function, else by pointers of the struct. Faust's arrays of
    controls, which come before, are of size 0: the struct has what is computed from controls.
    """

    def __init__(self, memories: Iterable[Storage], real: str, are_passed: bool) -> None:
        self.are_passed = are_passed
        found = {zone.name: zone for zone in zones_of(memories, ZONE)}
        kinds = {"iZone": "int", "fZone": real}
        if "dZone" in found:
            kinds = {"iZone": "int", "fZone": "float", "dZone": "double"}
        self._zones = [
            found.get(name) or Storage(name, kind, 0, "", allocator=ZONE)
            for name, kind in kinds.items()
        ]
        self._real = self._zones[1].element

    def members(self) -> Iterator[str]:
        """The pointers of the struct."""
        if not self.are_passed:
            yield from (f"{zone.element}* {zone.name};" for zone in self._zones)

    @property
    def parameters(self) -> str:
        """What functions take besides their own parameters."""
        told = (f", {zone.element}* {zone.name}" for zone in self._zones)
        return "".join(told) if self.are_passed else ""

    @property
    def arguments(self) -> str:
        """The same in a call from another function."""
        return "".join(f", {zone.name}" for zone in self._zones) if self.are_passed else ""

    @property
    def sample_parameters(self) -> str:
        """What functions of samples take: Faust's arrays of controls as well."""
        controls = f", int* iControl, {self._real}* fControl" if self.are_passed else ""
        return controls + self.parameters

    @property
    def sample_arguments(self) -> str:
        return (", iControl, fControl" if self.are_passed else "") + self.arguments

    def handing_over(self, name: str) -> Iterator[str]:
        """`setMemory` and the `new` that calls it, for a struct with pointers."""
        if self.are_passed:
            return
        given = "".join(f", {zone.element}* {zone.name.lower()}" for zone in self._zones)
        passed = "".join(f", {zone.name.lower()}" for zone in self._zones)
        controls = f"int* icontrol, {self._real}* fcontrol"
        yield f"void setMemory{name}({name}* dsp, {controls}{given}) {{"
        yield "\t(void)icontrol;"
        yield "\t(void)fcontrol;"
        yield from (f"\tdsp->{zone.name} = {zone.name.lower()};" for zone in self._zones)
        yield "}"
        yield f"{name}* new{name}({controls}{given}) {{"
        yield f"\t{name}* dsp = {name}_new();"
        yield f"\tif (dsp) setMemory{name}(dsp, icontrol, fcontrol{passed});"
        yield "\treturn dsp;"
        yield "}\n"

    def macros(self) -> Iterator[str]:
        """The numbers in each zone, as Faust's macros tell them."""
        sizes = {"FAUST_INT_CONTROLS": 0, "FAUST_REAL_CONTROLS": 0}
        sizes |= {_MACROS[zone.name]: zone.extent or 0 for zone in self._zones}
        for macro, size in sizes.items():
            yield f"#undef {macro}"
            yield f"#define {macro} {size}"
