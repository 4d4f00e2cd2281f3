"""Classes whose arrays lie in the spaces that `dsp-place-allocations` chose for them.

Class tables are static arrays with the attribute of their space, a macro such as `DSPC_DDR` that
is empty unless somebody defines it. The arrays of an instance lie in one zone for each space, which
the host hands over with `setMemory`. What it doesn't give is taken, when the instance is first
prepared, from static pools for `DSPC_INSTANCES` instances with the same attributes, or else from
the C++ heap, so that hosts that know nothing of this work as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dspc.backends.c.literals import data_literals
from dspc.backends.c.names import wrapped
from dspc.backends.c.storage import Storage
from dspc.backends.c.zones import ZONE
from dspc.backends.cpp.class_memory import ClassMemory, releasing
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.allocators.pools import COUNT, ZonePool
from dspc.dialects.dsp_mem.buffers import BufferOp, Role
from dspc.dialects.dsp_mem.spaces import Space

FREE_STORE = ALLOCATORS["new"]
OWN = Piece("own", "unsigned char")
SPACES = ("ddr", "msmc", "l2", "tcm", "static")


class SpaceZones(ClassMemory):
    """Prints a class with a zone for each space."""

    reserved = (
        *("Zones", "setMemory", "takeZones", "giveZones", "zones", "own", "slot", "twin"),
        *("kZoneAlignment", *(f"zone_{space}" for space in SPACES)),
        *(f"k{space.capitalize()}Bytes" for space in SPACES),
    )

    def settle(self) -> None:
        sizes: dict[str, int] = {}
        for memory in self.text.memory.values():
            if memory.zone:
                end = memory.zone_offset + memory.bytes
                sizes[memory.space] = max(sizes.get(memory.space, 0), end)
        # The bytes of an instance in each space.
        self.zones = {space: sizes[space] for space in SPACES if space in sizes}

    def adopt(self, memory: Storage, op: BufferOp) -> None:
        super().adopt(memory, op)
        if memory.is_pointer:
            return
        if op.is_in_flash:
            memory.space = Space.FLASH.value
            return
        if memory.space and memory.is_static and op.values is not None:
            self.values[memory.name] = self.text.names.fresh(f"{memory.name}_values", "values")
        if op.zone is not None and op.zone_offset is not None:
            memory.allocator = ZONE
            memory.zone, memory.zone_offset = f"zone_{memory.space}", op.zone_offset.value.data
            memory.zone_is_bytes = True
            if op.role.data == Role.SCRATCH:
                # It may share its place with other scratch, so what is known of one is of all.
                memory.shares, memory.key = True, f"@zone {memory.space}"

    # Static memory

    def head(self) -> Iterator[str]:
        yield "#include <cstddef>"
        yield "#include <cstring>"
        yield "#include <new>"
        yield from self.includes()
        yield ""
        placed = {
            memory.space
            for memory in self.text.memory.values()
            if memory.space and (memory.zone or not memory.is_pointer)
        }
        for space in sorted(placed):
            yield f"#ifndef {_macro(space)}"
            yield from self._section(space)
            yield "#endif"
        if self.zones:
            yield from self._pool()
        yield ""

    def _section(self, space: str) -> Iterator[str]:
        """The attribute of arrays in a space: of the machine's section, or none."""
        facts = self.text.options.sections.get(space)
        if facts is None:
            yield f"#define {_macro(space)} /* attribute of arrays in {space} */"
            return
        if facts.macro:
            yield f"#ifdef {facts.macro}"
            yield f"#define {_macro(space)} {facts.macro}"
            yield "#else"
        yield f'#define {_macro(space)} __attribute__((section("{facts.section}")))'
        if facts.macro:
            yield "#endif"

    def _pool(self) -> Iterator[str]:
        # On a board arrays are in sections, and not in a heap.
        is_board = int(any(space in self.text.options.sections for space in self.zones))
        yield from self.pool.size(is_board, "how many have static memory")
        yield "#ifndef DSPC_NO_HEAP"
        yield f"#define DSPC_NO_HEAP {is_board} /* whether there are no others */"
        yield "#endif"
        yield f"#if {COUNT}"
        yield "#include <atomic>"
        yield self.pool.declare_flags()
        for space, size in self.zones.items():
            yield self.pool.declare(self._zone(space, size))
        yield "#endif"

    @property
    def pool(self) -> ZonePool:
        """The static memory of instances that the host gives none."""
        return ZonePool(self.text.name)

    def _zone(self, space: str, size: int) -> Piece:
        """The zone of one instance in a space."""
        align = self.text.options.alignment
        rows = -(-size // align) * align
        return replace(OWN, name=space, count=rows, alignment=align, attribute=_macro(space))

    def static(self, memory: Storage, op: BufferOp) -> Iterator[str]:
        if not memory.space:
            yield from super().static(memory, op)
            return
        if op.is_in_flash and op.values is not None:
            head = memory.allocator.declare(memory.piece(attribute=_macro(memory.space)))
            yield from wrapped(f"static const {head} = ", data_literals(op.values, self.text.uses))
            return
        if op.values is not None:
            yield from self.initialised(memory, op)
        piece = memory.piece(attribute=_macro(memory.space))
        align = f"alignas({self.text.options.alignment})"
        yield f"{align} static {memory.allocator.declare(piece)};"

    # Members

    def last_members(self) -> Iterator[str]:
        for space in self.zones:
            yield f"{ZONE.declare(Piece(f'zone_{space}', 'unsigned char'))} = nullptr;"
        if self.zones:
            yield "#if !DSPC_NO_HEAP"
            yield f"{FREE_STORE.declare(OWN)} = nullptr;"
            yield "#endif"
            yield "int slot = -1;"

    def interface(self) -> Iterator[str]:
        yield from self._memory_interface() if self.zones else super().interface()

    def _memory_interface(self) -> Iterator[str]:
        name = self.text.name
        sizes = [f"k{space.capitalize()}Bytes = {size}" for space, size in self.zones.items()]
        yield "\t// Bytes of an instance's arrays in each space, and the alignment of each zone."
        constants = ", ".join([*sizes, f"kZoneAlignment = {self.text.options.alignment}"])
        yield f"\tenum : std::size_t {{ {constants} }};"
        yield ""
        yield "\tstruct Zones {"
        yield from (f"\t\tvoid* {space};" for space in self.zones)
        yield "\t};"
        yield ""
        yield from self.constructors()
        released = [line for memory in self.buffers for line in releasing(memory)]
        if released:
            yield from self.text.method(f"~{name}()", ["giveZones();", *released])
        else:
            yield f"\t{self.text.virtual}~{name}() {{ giveZones(); }}"
            yield ""
        yield "\t// To be called before `init`. The zones stay the host's; in place of null, the"
        yield "\t// instance finds memory itself."
        yield from self.text.method(
            "void setMemory(const Zones& zones)", self._set(), virtual=False
        )

    def _set(self) -> Iterator[str]:
        yield "giveZones();"
        for space in self.zones:
            yield f"zone_{space} = static_cast<unsigned char*>(zones.{space});"

    def clone(self) -> list[str]:
        """A copy whose zones it finds itself."""
        if not self.zones:
            return super().clone()
        name, (first, *_) = self.text.name, self.zones
        lines = [f"{name}* const twin = new {name}(*this);"]
        lines += [f"twin->{memory.name} = nullptr;" for memory in self.buffers]
        lines += [f"twin->zone_{space} = nullptr;" for space in self.zones]
        lines += ["#if !DSPC_NO_HEAP", "twin->own = nullptr;", "#endif", "twin->slot = -1;"]
        lines += [f"if (zone_{first}) {{", "\ttwin->takeZones();"]
        lines += [
            f"\tif (!twin->zone_{first}) {{",
            "\t\tdelete twin;",
            "\t\treturn nullptr;",
            "\t}",
        ]
        for space, size in self.zones.items():
            lines.append(f"\tstd::memcpy(twin->zone_{space}, zone_{space}, {size});")
        return [*lines, "}", *self.copied("throw std::bad_alloc();"), "return twin;"]

    def additions(self) -> Iterator[str]:
        if not self.zones:
            return
        yield " private:"
        yield ""
        yield from self.text.method("void takeZones()", self._take(), virtual=False)
        yield from self.text.method("void giveZones()", self._give(), virtual=False)

    def _take(self) -> Iterator[str]:
        """Finds memory for zones that there are not."""
        align = self.text.options.alignment
        missing = " || ".join(f"!zone_{space}" for space in self.zones)
        yield f"if (!({missing})) return;"
        yield f"#if {COUNT}"
        yield from self.pool.acquire()
        yield "if (slot >= 0) {"
        for space, size in self.zones.items():
            memory = self.pool.access(self._zone(space, size))
            yield f"\tif (!zone_{space}) zone_{space} = {memory}[slot];"
        yield "\treturn;"
        yield "}"
        yield "#endif"
        yield "#if DSPC_NO_HEAP"
        yield f"__builtin_trap();  // more instances than {COUNT}"
        yield "#else"
        rows = {space: -(-size // align) * align for space, size in self.zones.items()}
        sizes = " + ".join(f"(zone_{space} ? 0 : {row})" for space, row in rows.items())
        yield f"const std::size_t size = {sizes};"
        own = replace(OWN, count=f"size + {align - 1}")
        yield f"own = {FREE_STORE.acquire(own)};"
        yield f"const std::size_t past = reinterpret_cast<std::uintptr_t>(own) % {align};"
        yield f"unsigned char* next = own + ({align} - past) % {align};"
        for space, row in rows.items():
            yield f"if (!zone_{space}) {{"
            yield f"\tzone_{space} = next;"
            yield f"\tnext += {row};"
            yield "}"
        yield "#endif"

    def _give(self) -> Iterator[str]:
        """Releases the memory that `takeZones` acquired, and drops the host's."""
        yield "#if !DSPC_NO_HEAP"
        yield f"{FREE_STORE.release(OWN)};"
        yield "own = nullptr;"
        yield "#endif"
        yield f"#if {COUNT}"
        yield f"{self.pool.release('slot')};"
        yield "#endif"
        yield "slot = -1;"
        for space in self.zones:
            yield f"zone_{space} = nullptr;"

    # Methods

    def preparation(self) -> Iterator[str]:
        if self.zones:
            yield "takeZones();"
        yield from super().preparation()


def _macro(space: str) -> str:
    return f"DSPC_{space.upper()}"
