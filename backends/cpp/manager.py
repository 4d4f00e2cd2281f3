"""Classes whose arrays come from Faust's `dsp_memory_manager`, in each shape that it has had.

original   allocate, destroy: the class tables are the manager's; the host places the object, which
           holds all other memory, where it likes
info3      with begin, info(size, reads, writes), end (Debian's 2.54.9)
info6      with info(name, type, size, size_bytes, reads, writes) (today)

The memory that `memoryInfo` describes is what `classInit` and `create` then ask for, in that order.
Where the manager has none, they give back what they got, last first.

Where arrays were placed in spaces, `fSpaces` is a listener of the host's, or null: before each
block it is told the space. Managers that know nothing of it work as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from dspc.backends.c.language import Uses
from dspc.backends.c.literals import data_literals
from dspc.backends.c.names import wrapped
from dspc.backends.c.storage import Storage
from dspc.backends.common.lowered import Unit
from dspc.backends.cpp.klass import ClassPrinter, CppOptions
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role

_LISTENER = """#ifndef DSPC_SPACES
#define DSPC_SPACES
/* Told the space of the block that a manager is asked for or told of next: "ddr", "msmc", "l2", or
   "" for what may lie anywhere. */
struct dspc_spaces {
	virtual ~dspc_spaces() {}
	virtual void space(const char* name) = 0;
};
#endif
"""
_KINDS = {"int": "kInt32", "float": "kFloat", "double": "kDouble"}


def managed_printer(unit: Unit, options: CppOptions, uses: Uses) -> ClassPrinter:
    """The printer of classes with `options.memory`."""
    if options.memory == "allocator":
        from dspc.backends.cpp.allocated import AllocatedPrinter

        return AllocatedPrinter(unit, options, uses)
    is_packed = any(op.zone is not None for op in unit.buffers)
    if options.memory == "host" or options.zones_only or is_packed:
        from dspc.backends.cpp.zoned import zoned_printer

        return zoned_printer(unit, options, uses)
    if options.memory == "original":
        return OriginalPrinter(unit, options, uses)
    return ManagerPrinter(unit, options, uses)


class PointerPrinter(ClassPrinter):
    """Classes whose tables, and arrays where `arrays_too`, are behind pointers."""

    arrays_too: ClassVar[bool] = True
    includes: ClassVar[tuple[str, ...]] = ("<cstring>", "<new>")

    def __init__(self, unit: Unit, options: CppOptions, uses: Uses) -> None:
        self.tables: list[Storage] = []
        """What the class keeps."""
        self.scratch: list[Storage] = []
        """What only the generators of tables need."""
        self.buffers: list[Storage] = []
        """What each instance has."""
        self.values: dict[str, str] = {}
        """Where the given contents of a table lie: names of arrays by names of tables."""
        super().__init__(unit, options, uses)

    def _storage(self, op: BufferOp) -> Storage:
        memory = super()._storage(op)
        if memory.extent is None or op.lifetime.data == Lifetime.BLOCK:
            return memory
        if not memory.is_static:
            memory.is_pointer = self.arrays_too
            if self.arrays_too:
                self.buffers.append(memory)
            return memory
        memory.is_pointer = True
        if op.role.data == Role.SCRATCH:
            self.scratch.append(memory)
        else:
            self.tables.append(memory)
        if op.values is not None:
            self.values[memory.name] = self._names.fresh(f"{memory.name}_values", "values")
        return memory

    def lines(self) -> Iterator[str]:
        for header in self.includes:
            yield f"#include {header}"
        yield ""
        yield from super().lines()
        yield from self._definitions()

    def _statics(self) -> Iterator[str]:
        for memory in self.tables:
            if memory.op is not None and memory.op.values is not None:
                name = f"static const {memory.element} {self.values[memory.name]}[{memory.extent}]"
                yield from wrapped(f"{name} = ", data_literals(memory.op.values, self._uses))
        yield from super()._statics()

    def _members(self) -> Iterator[str]:
        passing = {f"static {memory.declared};" for memory in self.scratch}
        yield from (line for line in super()._members() if line not in passing)

    def _definitions(self) -> Iterator[str]:
        """The static members, after the class."""
        owner = self._options.class_name
        yield ""
        for table in self.tables:
            yield f"{table.element}* {owner}::{table.name} = nullptr;"

    def filling(self) -> Iterator[str]:
        """Fills the tables once they are there, and their scratch."""
        for name, values in self.values.items():
            yield f"std::memcpy({name}, {values}, sizeof {values});"
        yield from self._body("class_init")

    def accesses(self, memory: Storage) -> tuple[int, int]:
        """How often a frame reads and writes it."""
        if memory.op is None:
            return (0, 0)
        return self._options.accesses.get(memory.op.sym_name.data, (0, 0))


class OriginalPrinter(PointerPrinter):
    """The shape of the announcement: the class tables are the manager's."""

    arrays_too = False
    reserved = (
        *("fManager", "fSpaces", "classDestroy", "dsp_memory_manager", "dspc_spaces"),
        *("memory", "instance", "self"),
    )

    @property
    def blocks(self) -> list[Storage]:
        """All that the manager is asked for, but the object."""
        return [*self.tables, *self.scratch, *self.buffers]

    @property
    def has_spaces(self) -> bool:
        return any(memory.space for memory in self.blocks)

    def lines(self) -> Iterator[str]:
        if self.has_spaces:
            yield _LISTENER
        yield from super().lines()

    def _definitions(self) -> Iterator[str]:
        yield from super()._definitions()
        owner = self._options.class_name
        yield f"dsp_memory_manager* {owner}::fManager = nullptr;"
        if self.has_spaces:
            yield f"dspc_spaces* {owner}::fSpaces = nullptr;"

    def tell_space(self, memory: Storage | None) -> Iterator[str]:
        """Tells the listener where the next block lies; the object, None, is in no space."""
        if self.has_spaces:
            space = memory.space if memory is not None else ""
            yield f'if (fSpaces) fSpaces->space("{space}");'

    def _obtain(self, memory: Storage) -> Iterator[str]:
        """Asks for a block unless it is there."""
        got = f"static_cast<{memory.element}*>(fManager->allocate({_bytes(memory)}))"
        yield from self.tell_space(memory)
        yield f"if (!{memory.name}) {memory.name} = {got};"

    def _class_level(self) -> Iterator[str]:
        yield "\tstatic dsp_memory_manager* fManager;"
        if self.has_spaces:
            yield "\tstatic dspc_spaces* fSpaces;"
        yield ""
        yield "\t// False, and nothing allocated, where the manager has no memory."
        yield from self._method(
            "static bool classInit(int sample_rate)", self._fill_tables(), virtual=False
        )
        yield from self._method(
            "static void classDestroy()",
            _give_back(self.tables),
            virtual=False,
        )

    def _fill_tables(self) -> Iterator[str]:
        for memory in self.scratch:
            yield f"{memory.declared} = nullptr;"
        wanted = [*self.tables, *self.scratch]
        for memory in wanted:
            yield from self._obtain(memory)
            yield f"if (!{memory.name}) {{"
            for line in _give_back(self.scratch):
                yield f"\t{line}"
            yield "\tclassDestroy();"
            yield "\treturn false;"
            yield "}"
        yield from self.filling()
        yield from _give_back(self.scratch)
        yield "return true;"

    def _init(self) -> list[str]:
        return []

    def _clone(self) -> list[str]:
        name = self._options.class_name
        return [
            *self.tell_space(None),
            f"void* const memory = fManager->allocate(sizeof({name}));",
            f"return memory ? new (memory) {name}(*this) : nullptr;",
        ]


class ManagerPrinter(OriginalPrinter):
    """The shapes with `memoryInfo`, `memoryCreate`, `memoryDestroy`, `create` and `destroy`."""

    arrays_too = True
    reserved = (
        *OriginalPrinter.reserved,
        "memoryInfo",
        "memoryCreate",
        "memoryDestroy",
        "create",
        "destroy",
    )

    def _additions(self) -> Iterator[str]:
        name, parent = self._options.class_name, self._options.super_class
        yield from self._method("static void memoryInfo()", self._infos(), virtual=False)
        yield "\t// False, and nothing allocated, where the manager has no memory."
        yield from self._method("bool memoryCreate()", self._acquisition(), virtual=False)
        yield from self._method("void memoryDestroy()", _give_back(self.buffers), virtual=False)
        yield "\t// Null where the manager has no memory."
        yield from self._method(f"static {name}* create()", self._creation(), virtual=False)
        yield from self._method(
            f"static void destroy({parent}* instance)", self._destruction(), virtual=False
        )

    def _infos(self) -> Iterator[str]:
        name = self._options.class_name
        yield f"fManager->begin({len(self.blocks) + 1});"
        for memory in (*self.tables, *self.scratch):
            yield from self._info_of(memory)
        held = [one for one in self._memory.values() if not one.is_pointer and not one.is_static]
        reads, writes = (sum(pair) for pair in zip((0, 0), *map(self.accesses, held), strict=True))
        yield from self.tell_space(None)
        yield from self._info(name, "kObj", "1", f"sizeof({name})", reads, writes)
        for memory in self.buffers:
            yield from self._info_of(memory)
        yield "fManager->end();"

    def _info_of(self, memory: Storage) -> Iterator[str]:
        kind = _KINDS.get(memory.element, "kObj")
        yield from self.tell_space(memory)
        yield from self._info(
            memory.name, kind, str(memory.extent), _bytes(memory), *self.accesses(memory)
        )

    def _info(
        self, name: str, kind: str, count: str, size: str, reads: int, writes: int
    ) -> Iterator[str]:
        if self._options.memory == "info3":
            yield f"// {name}"
            yield f"fManager->info({size}, {reads}, {writes});"
            return
        told = f'"{name}", dsp_memory_manager::{kind}, {count}, {size}, {reads}, {writes}'
        yield f"fManager->info({told});"

    def _acquisition(self) -> Iterator[str]:
        for memory in self.buffers:
            yield from self._obtain(memory)
            yield f"if (!{memory.name}) {{"
            yield "\tmemoryDestroy();"
            yield "\treturn false;"
            yield "}"
        yield "return true;"

    def _place(self, arguments: str) -> Iterator[str]:
        name = self._options.class_name
        yield from self.tell_space(None)
        yield f"void* const memory = fManager->allocate(sizeof({name}));"
        yield "if (!memory) return nullptr;"
        yield f"{name}* const instance = new (memory) {name}({arguments});"

    def _acquire_or_leave(self) -> Iterator[str]:
        yield "if (!instance->memoryCreate()) {"
        yield f"\tinstance->~{self._options.class_name}();"
        yield "\tfManager->destroy(memory);"
        yield "\treturn nullptr;"
        yield "}"

    def _creation(self) -> Iterator[str]:
        yield from self._place("")
        yield from self._acquire_or_leave()
        yield "return instance;"

    def _clone(self) -> list[str]:
        lines = [*self._place("*this")]
        lines += [f"instance->{memory.name} = nullptr;" for memory in self.buffers]
        lines += self._acquire_or_leave()
        for memory in self.buffers:
            at = memory.name
            lines.append(f"std::memcpy(instance->{at}, {at}, {_bytes(memory)});")
        return [*lines, "return instance;"]

    def _destruction(self) -> Iterator[str]:
        name = self._options.class_name
        yield "if (!instance) return;"
        yield f"{name}* const self = static_cast<{name}*>(instance);"
        yield "self->memoryDestroy();"
        yield f"self->~{name}();"
        yield "fManager->destroy(self);"


def _bytes(memory: Storage) -> str:
    return f"{memory.extent} * sizeof({memory.element})"


def _give_back(buffers: Iterable[Storage]) -> Iterator[str]:
    """Gives back what is there, last first."""
    for memory in reversed(list(buffers)):
        yield f"if ({memory.name}) fManager->destroy({memory.name});"
        yield f"{memory.name} = nullptr;"
