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

from dspc.backends.c.storage import Storage
from dspc.backends.cpp.class_memory import ClassMemory, releasing
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.buffers import BufferOp

MANAGER = ALLOCATORS["manager"]
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
_KINDS = {"int": "kInt32_ptr", "float": "kFloat_ptr", "double": "kDouble_ptr"}
_OBJECT = "kObj_ptr"


class ManagedMemory(ClassMemory):
    """The shape of the announcement: the class tables are the manager's."""

    reserved = (
        *("fManager", "fSpaces", "classDestroy", "dsp_memory_manager", "dspc_spaces"),
        *("memory", "instance", "self", "twin", "Managed"),
    )

    def adopt(self, memory: Storage, op: BufferOp) -> None:
        if op.allocator is not None and op.allocator.data == MANAGER.name:
            memory.allocator = MANAGER
            self.keep(memory, op)

    @property
    def blocks(self) -> list[Storage]:
        """All that the manager is asked for, but the object."""
        return [*self.tables, *self.scratch, *self.buffers]

    @property
    def has_spaces(self) -> bool:
        return any(memory.space for memory in self.blocks)

    def head(self) -> Iterator[str]:
        if self.has_spaces:
            yield _LISTENER
        yield "#include <cstring>"
        yield "#include <new>"
        yield ""

    def tail(self) -> Iterator[str]:
        if not self.tables:
            yield ""
        yield from super().tail()
        owner = self.text.name
        yield f"dsp_memory_manager* {owner}::fManager = nullptr;"
        if self.has_spaces:
            yield f"dspc_spaces* {owner}::fSpaces = nullptr;"

    def tell_space(self, memory: Storage | None) -> Iterator[str]:
        """Tells the listener where the next block lies; the object, None, is in no space."""
        if self.has_spaces:
            space = memory.space if memory is not None else ""
            yield f'if (fSpaces) fSpaces->space("{space}");'

    def obtain(self, memory: Storage) -> Iterator[str]:
        """Asks for a block unless it is there."""
        yield from self.tell_space(memory)
        yield self.acquired(memory)

    def object_memory(self) -> str:
        """The expression that asks for the memory of the object."""
        return MANAGER.acquire(Piece("memory", self.text.name, cast="{value}"))

    @property
    def managed_class(self) -> str:
        """The class of objects in memory of the manager, as which they are made."""
        name = self.text.name
        return f"Managed<{name}>" if self.text.options.virtual else name

    def interface(self) -> Iterator[str]:
        if not self.text.options.virtual:
            return
        yield "\t// An object in the manager's memory: `delete`, too, gives it back there."
        yield "\ttemplate <class Class> struct Managed final : Class {"
        yield "\t\tManaged() {}"
        yield "\t\texplicit Managed(const Class& other) : Class(other) {}"
        given_back = MANAGER.release(Piece("memory", "void"))
        yield f"\t\tstatic void operator delete(void* memory) {{ Class::{given_back}; }}"
        yield "\t};"
        yield ""

    def preparation(self) -> Iterator[str]:
        return iter(())

    def class_level(self) -> Iterator[str]:
        yield "\tstatic dsp_memory_manager* fManager;"
        if self.has_spaces:
            yield "\tstatic dspc_spaces* fSpaces;"
        yield ""
        yield "\t// False, and nothing allocated, where the manager has no memory."
        yield from self.text.method(
            "static bool classInit(int sample_rate)", self.fill_tables(), virtual=False
        )
        yield from self.text.method(
            "static void classDestroy()",
            give_back(self.tables),
            virtual=False,
        )

    def fill_tables(self) -> Iterator[str]:
        for memory in self.scratch:
            yield f"{memory.declared} = nullptr;"
        wanted = [*self.tables, *self.scratch]
        for memory in wanted:
            yield from self.obtain(memory)
            yield f"if (!{memory.name}) {{"
            for line in give_back(self.scratch):
                yield f"\t{line}"
            yield "\tclassDestroy();"
            yield "\treturn false;"
            yield "}"
        yield from self.filling()
        yield from give_back(self.scratch)
        yield "return true;"

    def init(self) -> list[str]:
        # Hosts of many voices call no other method, and a host that has called `classInit` expects
        # no further requests.
        tables = self.tables[-1:]
        missing = [f"if (!{one.name} && !classInit(sample_rate)) return;" for one in tables]
        return [*missing, "instanceInit(sample_rate);"]

    def without_memory(self, otherwise: Iterable[str]) -> list[str]:
        # All tables are there or none, and so are the arrays of an instance.
        last = [*self.tables[-1:], *self.buffers[-1:]]
        if not last:
            return []
        missing = " || ".join(f"!{memory.name}" for memory in last)
        inside = [f"\t{line}" for line in (*otherwise, "return;")]
        return [f"if ({missing}) {{", *inside, "}"]

    def clone(self) -> list[str]:
        return [
            *self.tell_space(None),
            f"void* const memory = {self.object_memory()};",
            f"return memory ? new (memory) {self.managed_class}(*this) : nullptr;",
        ]


class DescribedMemory(ManagedMemory):
    """The shapes with `memoryInfo`, `memoryCreate`, `memoryDestroy`, `create` and `destroy`."""

    has_names: ClassVar[bool] = True
    """Whether `info` takes names, kinds and counts (info6), or not (info3)."""
    reserved = (
        *ManagedMemory.reserved,
        "memoryInfo",
        "memoryCreate",
        "memoryDestroy",
        "create",
        "destroy",
    )

    def interface(self) -> Iterator[str]:
        yield from super().interface()
        if self.buffers:
            yield from self.constructors()
            name = self.text.name
            yield from self.text.method(f"~{name}()", ["memoryDestroy();"])

    def instance_init(self) -> list[str]:
        """Hosts that make the object themselves need not call `memoryCreate`."""
        return ["if (!memoryCreate()) return;"] if self.buffers else []

    def additions(self) -> Iterator[str]:
        name, parent = self.text.name, self.text.options.super_class
        yield from self.text.method("static void memoryInfo()", self._infos(), virtual=False)
        yield "\t// False, and nothing allocated, where the manager has no memory."
        yield from self.text.method("bool memoryCreate()", self._acquisition(), virtual=False)
        yield from self.text.method("void memoryDestroy()", give_back(self.buffers), virtual=False)
        yield "\t// Null where the manager has no memory."
        yield from self.text.method(f"static {name}* create()", self._creation(), virtual=False)
        yield from self.text.method(
            f"static void destroy({parent}* instance)", self._destruction(), virtual=False
        )

    def _infos(self) -> Iterator[str]:
        name = self.text.name
        yield f"fManager->begin({len(self.blocks) + 1});"
        for memory in (*self.tables, *self.scratch):
            yield from self._info_of(memory)
        held = [
            one for one in self.text.memory.values() if not one.is_pointer and not one.is_static
        ]
        reads, writes = (sum(pair) for pair in zip((0, 0), *map(self.accesses, held), strict=True))
        yield from self.tell_space(None)
        yield from self._info(name, _OBJECT, "0", f"sizeof({name})", reads, writes)
        for memory in self.buffers:
            yield from self._info_of(memory)
        yield "fManager->end();"

    def _info_of(self, memory: Storage) -> Iterator[str]:
        kind = _KINDS.get(memory.element, _OBJECT)
        yield from self.tell_space(memory)
        yield from self._info(
            memory.name, kind, str(memory.extent), memory.piece().size, *self.accesses(memory)
        )

    def _info(
        self, name: str, kind: str, count: str, size: str, reads: int, writes: int
    ) -> Iterator[str]:
        if not self.has_names:
            yield f"// {name}"
            yield f"fManager->info({size}, {reads}, {writes});"
            return
        facts = f'"{name}", dsp_memory_manager::{kind}, {count}, {size}, {reads}, {writes}'
        yield f"fManager->info({facts});"

    def _acquisition(self) -> Iterator[str]:
        for memory in self.buffers:
            yield from self.obtain(memory)
            yield f"if (!{memory.name}) {{"
            yield "\tmemoryDestroy();"
            yield "\treturn false;"
            yield "}"
        yield "return true;"

    def _place(self, arguments: str) -> Iterator[str]:
        name = self.text.name
        yield from self.tell_space(None)
        yield f"void* const memory = {self.object_memory()};"
        yield "if (!memory) return nullptr;"
        yield f"{name}* const instance = new (memory) {self.managed_class}({arguments});"

    def _acquire_or_leave(self) -> Iterator[str]:
        yield "if (!instance->memoryCreate()) {"
        yield f"\tinstance->~{self.text.name}();"
        yield f"\t{MANAGER.release(Piece('memory', 'void'))};"
        yield "\treturn nullptr;"
        yield "}"

    def _creation(self) -> Iterator[str]:
        yield from self._place("")
        yield from self._acquire_or_leave()
        yield "return instance;"

    def clone(self) -> list[str]:
        lines = [*self._place("*this")]
        lines += [f"instance->{memory.name} = nullptr;" for memory in self.buffers]
        if self.buffers:
            lines += ["// Without memory of its own yet, there is nothing to copy."]
            lines += [f"if (!{self.buffers[-1].name}) return instance;"]
        lines += self._acquire_or_leave()
        for memory in self.buffers:
            at = memory.name
            lines.append(f"std::memcpy(instance->{at}, {at}, {memory.piece().size});")
        return [*lines, "return instance;"]

    def _destruction(self) -> Iterator[str]:
        name = self.text.name
        yield "if (!instance) return;"
        yield f"{name}* const self = static_cast<{name}*>(instance);"
        yield "self->memoryDestroy();"
        yield f"self->~{name}();"
        yield f"{MANAGER.release(Piece('self', name))};"


def give_back(buffers: Iterable[Storage]) -> Iterator[str]:
    """Releases acquired memory in reverse order."""
    for memory in reversed(list(buffers)):
        yield from releasing(memory)
