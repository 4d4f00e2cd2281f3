"""Classes whose arrays lie packed in zones, a block for each kind of number: `-mem1` and `-mem2`.

With `-mem1` the zones come from Faust's memory manager, with `-mem2` the host hands them over. The
tables lie there, too, so that each instance has its own and nothing is shared. Where arrays lie was
decided by `dsp-pack-zones`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.storage import Storage
from dspc.backends.c.zones import host_zones, into_zone, size_macros, zones_of
from dspc.backends.cpp.class_memory import ClassMemory
from dspc.backends.cpp.manager import MANAGER, DescribedMemory
from dspc.dialects.dsp_mem.buffers import BufferOp


class ManagedZones(DescribedMemory):
    """Two blocks (fewer where a kind of number has no arrays) and the object, from the manager."""

    reserved = (*DescribedMemory.reserved, "staticInit")

    def adopt(self, memory: Storage, op: BufferOp) -> None:
        into_zone(memory, op)
        if memory.zone and op.values is not None:
            self.values[memory.name] = self.text.names.fresh(f"{memory.name}_values", "values")

    def settle(self) -> None:
        self.buffers = zones_of(self.text.memory.values(), MANAGER)

    def contents(self) -> Iterator[str]:
        for memory in self.text.memory.values():
            if memory.name in self.values and memory.op is not None:
                yield from self.initialised(memory, memory.op)

    def members(self, shared: Iterable[str] = ()) -> Iterator[str]:
        for zone in self.buffers:
            yield f"{zone.declared} = nullptr;"
        yield from super().members(shared)

    def fill_tables(self) -> Iterator[str]:
        yield "return true;  // each instance has its own tables"

    def instance_init(self) -> list[str]:
        return [*super().instance_init(), "staticInit(sample_rate);"]

    def additions(self) -> Iterator[str]:
        yield from self.text.method(
            "void staticInit(int sample_rate)", self.filling_zones(), virtual=False
        )
        yield from super().additions()

    def filling_zones(self) -> Iterator[str]:
        """Fills the tables of an instance."""
        for memory in self.text.memory.values():
            if memory.name in self.values:
                values = self.values[memory.name]
                yield memory.pointer("const")
                yield f"std::memcpy({memory.name}, {values}, sizeof {values});"
        yield from self.text.body("class_init")


class HostZones(ClassMemory):
    """No manager: the host hands over the zones before it calls `init`."""

    reserved = (
        *("staticInit", "setMemory", "izone", "fzone", "dzone", "icontrol", "fcontrol"),
        *("iZone", "fZone", "dZone", "kIntZone", "kRealZone", "kDoubleZone"),
    )

    def adopt(self, memory: Storage, op: BufferOp) -> None:
        into_zone(memory, op)

    def settle(self) -> None:
        real = "float" if self.text.unit.single else "double"
        self.zones = host_zones(self.text.memory.values(), real)

    @property
    def pointed(self) -> list[Storage]:
        return self.zones

    def tail(self) -> Iterator[str]:
        yield ""
        yield from size_macros(self.zones)

    def members(self, shared: Iterable[str] = ()) -> Iterator[str]:
        for zone in self.zones:
            yield f"{zone.declared} = nullptr;"
        yield from super().members(shared)

    def interface(self) -> Iterator[str]:
        name = self.text.name
        sizes = zip(("kIntZone", "kRealZone", "kDoubleZone"), self.zones, strict=False)
        constants = ", ".join(f"{size} = {zone.extent or 0}" for size, zone in sizes)
        yield "\t// The numbers in each zone."
        yield f"\tenum {{ {constants} }};"
        yield ""
        arguments = ", ".join(f"{zone.element}* {zone.name.lower()}" for zone in self.zones)
        starts = ", ".join(f"{zone.name}({zone.name.lower()})" for zone in self.zones)
        yield f"\t{name}() {{}}"
        yield f"\t{name}({arguments}) : {starts} {{}}"
        yield ""
        yield "\t// To be called before `init`: the zones stay the host's."
        sets = [f"{zone.name} = {zone.name.lower()};" for zone in self.zones]
        yield from self.text.method(f"void setMemory({arguments})", sets, virtual=False)
        real = self.zones[1].element
        passed = ", ".join(zone.name.lower() for zone in self.zones)
        yield "\t// As Faust's own, whose first two are of size 0 without -ec."
        yield from self.text.method(
            f"void setMemory(int*, {real}*, {arguments})", [f"setMemory({passed});"], virtual=False
        )

    def class_level(self) -> Iterator[str]:
        yield from self.text.method("static void classInit(int sample_rate)", [], virtual=False)
        yield from self.text.method(
            "void staticInit(int sample_rate)", self.text.body("class_init"), virtual=False
        )

    def instance_init(self) -> list[str]:
        return ["staticInit(sample_rate);"]

    def clone(self) -> list[str]:
        return [f"return new {self.text.name}();  // it needs zones of its own"]
