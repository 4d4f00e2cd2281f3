"""Classes whose arrays lie in the spaces that `dsp-place-allocations` chose for them.

Class tables are static arrays with the attribute of their space, a macro such as `DSPC_DDR` that
is empty unless somebody defines it. The arrays of an instance lie in one zone for each space, which
the host hands over with `setMemory`. What it doesn't give is taken, when the instance is first
prepared, from static pools for `DSPC_INSTANCES` instances with the same attributes, or else from
the C++ heap, so that hosts that know nothing of this work as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from dspc.backends.c.language import Uses
from dspc.backends.c.literals import data_literals
from dspc.backends.c.names import wrapped
from dspc.backends.c.storage import Storage
from dspc.backends.common.lowered import Unit
from dspc.backends.cpp.klass import ClassPrinter, CppOptions
from dspc.dialects.dsp_mem.buffers import BufferOp, Role

SPACES = ("ddr", "msmc", "l2", "static")


class SpacePrinter(ClassPrinter):
    """Prints a class with a zone for each space."""

    reserved = (
        *("Zones", "setMemory", "takeZones", "giveZones", "zones", "own", "slot"),
        *("kZoneAlignment", *(f"zone_{space}" for space in SPACES)),
        *(f"k{space.capitalize()}Bytes" for space in SPACES),
    )

    def __init__(self, unit: Unit, options: CppOptions, uses: Uses) -> None:
        self.values: dict[str, str] = {}
        """Where the given contents of a placed table lie: names of arrays by names of tables."""
        super().__init__(unit, options, uses)
        sizes: dict[str, int] = {}
        for memory in self._memory.values():
            if memory.zone:
                end = memory.zone_offset + memory.bytes
                sizes[memory.space] = max(sizes.get(memory.space, 0), end)
        self.zones = {space: sizes[space] for space in SPACES if space in sizes}
        """The bytes of an instance in each space."""

    def _storage(self, op: BufferOp) -> Storage:
        memory = super()._storage(op)
        if memory.space and memory.is_static and op.values is not None:
            self.values[memory.name] = self._names.fresh(f"{memory.name}_values", "values")
        if op.zone is not None and op.zone_offset is not None:
            memory.zone, memory.zone_offset = f"zone_{memory.space}", op.zone_offset.value.data
            memory.zone_is_bytes = True
            if op.role.data == Role.SCRATCH:
                # It may share its place with other scratch, so what is known of one is of all.
                memory.shares, memory.key = True, f"@zone {memory.space}"
        return memory

    # Static memory

    def lines(self) -> Iterator[str]:
        yield "#include <cstddef>"
        yield "#include <cstring>"
        yield "#include <new>"
        yield ""
        placed = {memory.space for memory in self._memory.values() if memory.space}
        for space in sorted(placed):
            yield f"#ifndef {_macro(space)}"
            yield f"#define {_macro(space)} /* attribute of arrays in {space} */"
            yield "#endif"
        if self.zones:
            yield from self._pool()
        yield ""
        yield from super().lines()

    def _pool(self) -> Iterator[str]:
        name = self._options.class_name
        yield "#ifndef DSPC_INSTANCES"
        yield "#define DSPC_INSTANCES 0 /* how many have static memory */"
        yield "#endif"
        yield "#if DSPC_INSTANCES"
        yield "#include <atomic>"
        yield f"static std::atomic<bool> {name}_taken[DSPC_INSTANCES];"
        for space, size in self.zones.items():
            row = -(-size // self._options.alignment) * self._options.alignment
            head = f"alignas({self._options.alignment}) static unsigned char {_macro(space)}"
            yield f"{head} {name}_{space}[DSPC_INSTANCES][{row}];"
        yield "#endif"

    def _static(self, memory: Storage, op: BufferOp) -> Iterator[str]:
        if not memory.space:
            yield from super()._static(memory, op)
            return
        if op.values is not None:
            head = f"static const {memory.element} {self.values[memory.name]}[{memory.extent}] = "
            yield from wrapped(head, data_literals(op.values, self._uses))
        align = f"alignas({self._options.alignment})"
        array = f"{memory.name}[{memory.extent}]"
        yield f"{align} static {memory.element} {_macro(memory.space)} {array};"

    # Members

    def _members(self) -> Iterator[str]:
        yield from super()._members()
        for space in self.zones:
            yield f"unsigned char* zone_{space} = nullptr;"
        if self.zones:
            yield "unsigned char* own = nullptr;"
            yield "int slot = -1;"

    def _about(self) -> Iterator[str]:
        if self.zones:
            yield from self._memory_interface()
        yield from super()._about()

    def _memory_interface(self) -> Iterator[str]:
        name = self._options.class_name
        sizes = [f"k{space.capitalize()}Bytes = {size}" for space, size in self.zones.items()]
        yield "\t// Bytes of an instance's arrays in each space, and the alignment of each zone."
        told = ", ".join([*sizes, f"kZoneAlignment = {self._options.alignment}"])
        yield f"\tenum : std::size_t {{ {told} }};"
        yield ""
        yield "\tstruct Zones {"
        yield from (f"\t\tvoid* {space};" for space in self.zones)
        yield "\t};"
        yield ""
        yield f"\t{name}() = default;"
        yield f"\t{name}(const {name}&) = delete;"
        yield f"\t{name}& operator=(const {name}&) = delete;"
        yield f"\t{self._virtual}~{name}() {{ giveZones(); }}"
        yield ""
        yield "\t// To be called before `init`. The zones stay the host's; in place of null, the"
        yield "\t// instance finds memory itself."
        yield from self._method("void setMemory(const Zones& zones)", self._set(), virtual=False)

    def _set(self) -> Iterator[str]:
        yield "giveZones();"
        for space in self.zones:
            yield f"zone_{space} = static_cast<unsigned char*>(zones.{space});"

    def _additions(self) -> Iterator[str]:
        if not self.zones:
            return
        yield " private:"
        yield ""
        yield from self._method("void takeZones()", self._take(), virtual=False)
        yield from self._method("void giveZones()", self._give(), virtual=False)

    def _take(self) -> Iterator[str]:
        """Finds memory for zones that there are not."""
        name, align = self._options.class_name, self._options.alignment
        missing = " || ".join(f"!zone_{space}" for space in self.zones)
        yield f"if (!({missing})) return;"
        yield "#if DSPC_INSTANCES"
        yield "for (int i = 0; slot < 0 && i < DSPC_INSTANCES; ++i)"
        yield f"\tif (!{name}_taken[i].exchange(true)) slot = i;"
        yield "if (slot >= 0) {"
        for space in self.zones:
            yield f"\tif (!zone_{space}) zone_{space} = {name}_{space}[slot];"
        yield "\treturn;"
        yield "}"
        yield "#endif"
        rows = {space: -(-size // align) * align for space, size in self.zones.items()}
        sizes = " + ".join(f"(zone_{space} ? 0 : {row})" for space, row in rows.items())
        yield f"const std::size_t size = {sizes};"
        yield f"own = new unsigned char[size + {align - 1}];"
        yield f"const std::size_t past = reinterpret_cast<std::uintptr_t>(own) % {align};"
        yield f"unsigned char* next = own + ({align} - past) % {align};"
        for space, row in rows.items():
            yield f"if (!zone_{space}) {{"
            yield f"\tzone_{space} = next;"
            yield f"\tnext += {row};"
            yield "}"

    def _give(self) -> Iterator[str]:
        """Gives back what `takeZones` found, and forgets what was handed over."""
        yield "delete[] own;"
        yield "own = nullptr;"
        yield "#if DSPC_INSTANCES"
        yield f"if (slot >= 0) {self._options.class_name}_taken[slot] = false;"
        yield "#endif"
        yield "slot = -1;"
        for space in self.zones:
            yield f"zone_{space} = nullptr;"

    # Methods

    def _class_level(self) -> Iterator[str]:
        copies = (
            f"std::memcpy({name}, {values}, sizeof {values});"
            for name, values in self.values.items()
        )
        body = [*copies, *self._body("class_init")]
        yield from self._method("static void classInit(int sample_rate)", body, virtual=False)

    def _body(self, function: str) -> list[str]:
        lines = super()._body(function)
        return (
            ["takeZones();", *lines] if self.zones and function == "instance_constants" else lines
        )


def is_placed(unit: Unit) -> bool:
    """Whether any array lies in a space of its own."""
    return any(op.is_placed_apart and op.type.get_shape() for op in unit.buffers)


def _macro(space: str) -> str:
    return f"DSPC_{space.upper()}"
