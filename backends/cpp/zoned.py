"""Classes whose arrays lie packed in zones, a block for each kind of number: `-mem1` and `-mem2`.

With `-mem1` the zones come from Faust's memory manager, with `-mem2` the host hands them over. The
tables lie there, too, so that each instance has its own and nothing is shared. Where arrays lie was
decided by `dsp-pack-zones`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.language import Uses
from dspc.backends.c.literals import data_literals
from dspc.backends.c.names import wrapped
from dspc.backends.c.storage import Storage
from dspc.backends.common.lowered import Unit
from dspc.backends.cpp.klass import ClassPrinter, CppOptions
from dspc.backends.cpp.manager import ManagerPrinter
from dspc.dialects.dsp_mem.buffers import BufferOp

_MACROS = {"iZone": "FAUST_INT_ZONE", "fZone": "FAUST_FLOAT_ZONE", "dZone": "FAUST_DOUBLE_ZONE"}


def zoned_printer(unit: Unit, options: CppOptions, uses: Uses) -> ClassPrinter:
    """The printer for zones of a manager, or of the host."""
    if options.memory == "host":
        return HostZonePrinter(unit, options, uses)
    return ManagerZonePrinter(unit, options, uses)


def zones_of(memories: Iterable[Storage]) -> list[Storage]:
    """The zones in which arrays lie, as arrays of their own."""
    found: dict[str, Storage] = {}
    for memory in memories:
        if not memory.zone:
            continue
        zone = found.setdefault(
            memory.zone,
            Storage(memory.zone, memory.element, 0, "", is_pointer=True, space=memory.space),
        )
        each = memory.bytes // (memory.extent or 1)
        zone.extent = max(zone.extent or 0, (memory.zone_offset + memory.bytes) // each)
    return [found[name] for name in sorted(found, reverse=True)]


class ManagerZonePrinter(ManagerPrinter):
    """Two blocks (fewer where a kind of number has no arrays) and the object, from the manager."""

    reserved = (*ManagerPrinter.reserved, "staticInit")

    def __init__(self, unit: Unit, options: CppOptions, uses: Uses) -> None:
        super().__init__(unit, options, uses)
        self.buffers = zones_of(self._memory.values())

    def _storage(self, op: BufferOp) -> Storage:
        memory = ClassPrinter._storage(self, op)
        _into_zone(memory, op)
        if memory.zone and op.values is not None:
            self.values[memory.name] = self._names.fresh(f"{memory.name}_values", "values")
        return memory

    def _statics(self) -> Iterator[str]:
        yield from _given(self._memory.values(), self.values, self._uses)
        yield from super()._statics()

    def _members(self) -> Iterator[str]:
        for zone in self.buffers:
            yield f"{zone.declared} = nullptr;"
        yield from super()._members()

    def accesses(self, memory: Storage) -> tuple[int, int]:
        if memory.op is not None:
            return super().accesses(memory)
        inside = [super(ManagerZonePrinter, self).accesses(one) for one in self._within(memory)]
        return (sum(reads for reads, _ in inside), sum(writes for _, writes in inside))

    def _within(self, zone: Storage) -> list[Storage]:
        return [memory for memory in self._memory.values() if memory.zone == zone.name]

    def _fill_tables(self) -> Iterator[str]:
        yield "return true;  // each instance has its own tables"

    def _instance_init(self) -> list[str]:
        return ["staticInit(sample_rate);", *super()._instance_init()]

    def _additions(self) -> Iterator[str]:
        yield from self._method(
            "void staticInit(int sample_rate)", self.filling_zones(), virtual=False
        )
        yield from super()._additions()

    def filling_zones(self) -> Iterator[str]:
        """Fills the tables of an instance."""
        yield from _copies(self._memory.values(), self.values)
        yield from self._body("class_init")


class HostZonePrinter(ClassPrinter):
    """No manager: the host hands over the zones before it calls `init`."""

    reserved = (
        *("staticInit", "setMemory", "izone", "fzone", "dzone", "icontrol", "fcontrol"),
        *("iZone", "fZone", "dZone", "kIntZone", "kRealZone", "kDoubleZone"),
    )

    def __init__(self, unit: Unit, options: CppOptions, uses: Uses) -> None:
        super().__init__(unit, options, uses)
        real = "float" if unit.single else "double"
        found = {zone.name: zone for zone in zones_of(self._memory.values())}
        kinds = {"iZone": "int", "fZone": real}
        if "dZone" in found:
            kinds = {"iZone": "int", "fZone": "float", "dZone": "double"}
        self.zones = [
            found.get(name) or Storage(name, kind, 0, "", is_pointer=True)
            for name, kind in kinds.items()
        ]

    def lines(self) -> Iterator[str]:
        yield from super().lines()
        yield ""
        sizes = {"FAUST_INT_CONTROLS": 0, "FAUST_REAL_CONTROLS": 0}
        sizes |= {_MACROS[zone.name]: zone.extent or 0 for zone in self.zones}
        for macro, size in sizes.items():
            yield f"#undef {macro}"
            yield f"#define {macro} {size}"

    def _storage(self, op: BufferOp) -> Storage:
        memory = super()._storage(op)
        _into_zone(memory, op)
        return memory

    def _members(self) -> Iterator[str]:
        for zone in self.zones:
            yield f"{zone.declared} = nullptr;"
        yield from super()._members()

    def _about(self) -> Iterator[str]:
        name = self._options.class_name
        sizes = zip(("kIntZone", "kRealZone", "kDoubleZone"), self.zones, strict=False)
        told = ", ".join(f"{size} = {zone.extent or 0}" for size, zone in sizes)
        yield "\t// The numbers in each zone."
        yield f"\tenum {{ {told} }};"
        yield ""
        arguments = ", ".join(f"{zone.element}* {zone.name.lower()}" for zone in self.zones)
        starts = ", ".join(f"{zone.name}({zone.name.lower()})" for zone in self.zones)
        yield f"\t{name}() {{}}"
        yield f"\t{name}({arguments}) : {starts} {{}}"
        yield ""
        yield "\t// To be called before `init`: the zones stay the host's."
        sets = [f"{zone.name} = {zone.name.lower()};" for zone in self.zones]
        yield from self._method(f"void setMemory({arguments})", sets, virtual=False)
        real = self.zones[1].element
        passed = ", ".join(zone.name.lower() for zone in self.zones)
        yield "\t// As Faust's own, whose first two are of size 0 without -ec."
        yield from self._method(
            f"void setMemory(int*, {real}*, {arguments})", [f"setMemory({passed});"], virtual=False
        )
        yield from super()._about()

    def _class_level(self) -> Iterator[str]:
        yield from self._method("static void classInit(int sample_rate)", [], virtual=False)
        yield from self._method(
            "void staticInit(int sample_rate)", self._body("class_init"), virtual=False
        )

    def _instance_init(self) -> list[str]:
        return ["staticInit(sample_rate);", *super()._instance_init()]

    def _clone(self) -> list[str]:
        return [f"return new {self._options.class_name}();  // it needs zones of its own"]


def _into_zone(memory: Storage, op: BufferOp) -> None:
    if op.zone is None or op.zone_offset is None:
        return
    memory.is_pointer = True
    memory.zone, memory.zone_offset = op.zone.data, op.zone_offset.value.data


def _given(memories: Iterable[Storage], names: dict[str, str], uses: Uses) -> Iterator[str]:
    """The given contents of tables that lie in zones."""
    for memory in memories:
        if memory.name in names and memory.op is not None and memory.op.values is not None:
            head = f"static const {memory.element} {names[memory.name]}[{memory.extent}] = "
            yield from wrapped(head, data_literals(memory.op.values, uses))


def _copies(memories: Iterable[Storage], names: dict[str, str]) -> Iterator[str]:
    for memory in memories:
        if memory.name in names:
            yield memory.pointer("const")
            yield f"std::memcpy({memory.name}, {names[memory.name]}, sizeof {names[memory.name]});"
