"""How a class comes by the memory of its buffers, beside the text of their allocators.

An allocator spells one buffer's memory. When its statements run is the business of a *memory
interface*: the methods by which hosts give a class memory. `ClassMemory` is that of a class that
needs no host for it; subclasses are for the hosts that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from dspc.backends.c.literals import data_literals, literal
from dspc.backends.c.names import wrapped
from dspc.backends.c.storage import Storage
from dspc.backends.common.spacing import gap
from dspc.backends.cpp.class_text import ClassText
from dspc.backends.cpp.staging import giver
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role, element_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp
from dspc.dialects.dsp_mem.spaces import PASSING


class ClassMemory:
    """Arrays of the object, of the class and of `compute`; and what allocators give an instance.

    Such memory is acquired when an instance is first prepared, and released by its destructor.
    Tables of the class are acquired by the first `classInit` and kept.
    """

    reserved: ClassVar[tuple[str, ...]] = ("twin",)
    """Names of members that it adds to the class."""

    def __init__(self, text: ClassText) -> None:
        self.text = text
        self.tables: list[Storage] = []
        """The pointers that the class keeps."""
        self.scratch: list[Storage] = []
        """Those that only the generators of tables need."""
        self.buffers: list[Storage] = []
        """Those that each instance has."""
        self.declared: list[Storage] = []
        """Arrays that an allocator of another package declares."""
        self.values: dict[str, str] = {}
        """Where the given contents of a table lie: names of arrays by names of tables."""

    # Of single buffers

    def adopt(self, memory: Storage, op: BufferOp) -> None:
        """Decide who gives a buffer its memory."""
        allocator = giver(op)
        if allocator is None or memory.extent is None:
            return
        memory.allocator = allocator
        if allocator.is_pointer:
            self.keep(memory, op)
        else:
            self.declared.append(memory)

    def keep(self, memory: Storage, op: BufferOp) -> None:
        """Remember a buffer that is behind a pointer."""
        if not memory.is_static:
            self.buffers.append(memory)
            return
        (self.scratch if op.role.data == Role.SCRATCH else self.tables).append(memory)
        if op.values is not None:
            self.values[memory.name] = self.text.names.fresh(f"{memory.name}_values", "values")

    def settle(self) -> None:
        """Called once when all buffers have been adopted."""

    def acquired(self, memory: Storage) -> str:
        """The assignment of memory to a pointer that is null."""
        return f"if (!{memory.name}) {memory.name} = {self.value(memory)};"

    def value(self, memory: Storage) -> str:
        """The expression that acquires memory."""
        cast, alignment = self.text.uses.language.pointer_cast, self.text.options.alignment
        return memory.allocator.acquire(memory.piece(cast=cast, alignment=alignment))

    # Outside the class

    def head(self) -> Iterator[str]:
        """The head of the file: headers and macros."""
        lines = list(self.includes())
        if self.tables or self.scratch or self.buffers:
            lines = ["#include <cstring>", "#include <new>", *lines]
        if lines:
            yield from lines
            yield ""

    def includes(self) -> Iterable[str]:
        """The headers of the allocators that the class asks."""
        memories = (*self.tables, *self.scratch, *self.buffers, *self.declared)
        ops = self.text.unit.functions["compute"].walk()
        asked = [one.allocator for one in memories]
        asked += [ALLOCATORS[op.allocator.data] for op in ops if isinstance(op, AllocOp)]
        return dict.fromkeys(line for one in asked for line in one.includes)

    def contents(self) -> Iterator[str]:
        """The given contents of tables, before the static memory."""
        for memory in self.tables:
            if memory.op is not None and memory.op.values is not None:
                yield from self.initialised(memory, memory.op)

    def initialised(self, memory: Storage, op: BufferOp) -> Iterator[str]:
        """The array with the given contents of a table."""
        assert op.values is not None
        head = f"static const {memory.element} {self.values[memory.name]}[{memory.extent}] = "
        yield from wrapped(head, data_literals(op.values, self.text.uses))

    def static(self, memory: Storage, op: BufferOp) -> Iterator[str]:
        """Memory that all instances share."""
        if op.values is not None:
            values = data_literals(op.values, self.text.uses)
            yield from wrapped(f"static const {memory.declared} = ", values)
        else:
            yield f"static {memory.declared}{self.start(memory)};"

    def tail(self) -> Iterator[str]:
        """Definitions of the static members, after the class."""
        if self.tables:
            yield ""
        for table in self.tables:
            yield f"{table.element}* {self.text.name}::{table.name} = nullptr;"

    # In the class

    def members(self, shared: Iterable[str] = ()) -> Iterator[str]:
        """The members that hold memory; `shared` are the symbols that tasks share."""
        passing = {memory.name for memory in self.scratch}
        for symbol, memory in self.text.memory.items():
            if memory.zone or memory.name in passing or self.is_local(symbol, shared):
                continue
            if memory.is_pointer:
                yield (
                    f"static {memory.declared};"
                    if memory.is_static
                    else f"{memory.declared} = nullptr;"
                )
            elif not memory.is_static:
                yield f"{padded(memory)}{self.start(memory)};"

    def last_members(self) -> Iterator[str]:
        """Members behind those of tasks."""
        return iter(())

    def is_local(self, symbol: str, shared: Iterable[str]) -> bool:
        """Whether it is a variable of `compute`: its scratch, unless tasks share it, or it was
        placed in the object, because the stack has no room."""
        memory = self.text.memory[symbol]
        op = memory.op
        if op is None or op.lifetime.data != Lifetime.BLOCK or memory.is_pointer:
            return False
        is_member = op.space is not None and op.space.data not in PASSING and op.type.get_shape()
        return symbol not in shared and not is_member

    def start(self, memory: Storage) -> str:
        """The initial value of a single number."""
        if memory.op is None or memory.op.init is None:
            return ""
        return f" = {literal(memory.op.init, self.text.uses).text}"

    def interface(self) -> Iterator[str]:
        """The first public methods: how an instance is made and ends."""
        released = [line for memory in self.buffers for line in releasing(memory)]
        if released:
            yield from self.constructors()
            yield from self.text.method(f"~{self.text.name}()", released)

    def constructors(self) -> Iterator[str]:
        """A class that owns memory, which only `clone` copies."""
        name = self.text.name
        yield f"\t{name}() = default;"
        yield f"\t{name}& operator=(const {name}&) = delete;"
        yield ""
        yield " protected:"
        yield ""
        yield f"\t{name}(const {name}&) = default;"
        yield ""
        yield " public:"
        yield ""

    def class_level(self) -> Iterator[str]:
        """The methods that prepare the state shared by all instances."""
        yield from self.text.method(
            "static void classInit(int sample_rate)", self.class_init(), virtual=False
        )

    def class_init(self) -> Iterator[str]:
        """Acquires and fills the tables."""
        for memory in self.scratch:
            yield f"{memory.declared} = nullptr;"
        yield from self._acquisitions((*self.tables, *self.scratch))
        yield from self.filling()
        for memory in self.scratch:
            yield from releasing(memory)

    def _acquisitions(self, wanted: Iterable[Storage]) -> Iterator[str]:
        for memory in wanted:
            yield self.acquired(memory)
            yield f"if (!{memory.name}) throw std::bad_alloc();"

    def filling(self) -> Iterator[str]:
        """Fills the tables once they are there, and their scratch."""
        for name, values in self.values.items():
            yield f"std::memcpy({name}, {values}, sizeof {values});"
        yield from self.text.body("class_init")

    def preparation(self) -> Iterator[str]:
        """The first statements of `instanceConstants`."""
        yield from self._acquisitions(self.buffers)

    def init(self) -> list[str]:
        return ["classInit(sample_rate);", "instanceInit(sample_rate);"]

    def instance_init(self) -> list[str]:
        """The first statements of `instanceInit`."""
        return []

    def clone(self) -> list[str]:
        """A copy in the same state, as Faust's from 2.8x on."""
        name = self.text.name
        if not self.buffers:
            return [f"return new {name}(*this);"]
        lines = [f"{name}* const twin = new {name}(*this);"]
        lines += [f"twin->{memory.name} = nullptr;" for memory in self.buffers]
        return [*lines, *self.copied("throw std::bad_alloc();"), "return twin;"]

    def copied(self, leave: str) -> Iterator[str]:
        """Memory for the arrays of `twin`, with their contents where there are any."""
        for memory in self.buffers:
            at, piece = memory.name, memory.piece()
            yield f"if ({at}) {{"
            yield f"\ttwin->{at} = {self.value(memory)};"
            yield f"\tif (!twin->{at}) {{"
            yield "\t\tdelete twin;"
            yield f"\t\t{leave}"
            yield "\t}"
            yield f"\tstd::memcpy(twin->{at}, {at}, {piece.size});"
            yield "}"

    def without_memory(self, otherwise: Iterable[str]) -> list[str]:
        """The first statements of `compute` and `instanceClear`: a return without memory."""
        return []

    def additions(self) -> Iterator[str]:
        """The last methods of the class."""
        return iter(())

    @property
    def pointed(self) -> list[Storage]:
        """The buffers that the object has pointers to."""
        return self.buffers

    # Sizes and numbers of accesses, for managers

    def accesses(self, memory: Storage) -> tuple[int, int]:
        """How often a frame reads and writes it; a zone, all that lies there."""
        if memory.op is None:
            within = [
                one for one in self.text.memory.values() if one.zone and one.zone == memory.name
            ]
            pairs = [self.accesses(one) for one in within]
            return (sum(reads for reads, _ in pairs), sum(writes for _, writes in pairs))
        return self.text.options.accesses.get(memory.op.sym_name.data, (0, 0))


def padded(memory: Storage) -> str:
    """The declaration of an array with room that keeps a long one apart from the next.

    A placed one has the size that placement counts with.
    """
    op = memory.op
    if op is None or memory.extent is None or op.space is not None:
        return memory.declared
    padding = gap(op.bytes) // element_bytes(op.type)
    return memory.allocator.declare(memory.piece(padding=padding))


def releasing(memory: Storage) -> Iterator[str]:
    """Gives memory back, if it was acquired."""
    if memory.released:
        yield f"if ({memory.name}) {memory.released};"
        yield f"{memory.name} = nullptr;"
