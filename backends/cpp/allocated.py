"""Classes for our own C++ memory run-time, with the interface that its README specifies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.names import string_literal
from dspc.backends.c.storage import Storage
from dspc.backends.cpp.class_memory import ClassMemory
from dspc.dialects.dsp_mem.allocators.runtime import RuntimeAllocator
from dspc.dialects.dsp_mem.buffers import BufferOp

RUNTIME = RuntimeAllocator()


class RuntimeMemory(ClassMemory):
    """Classes whose memory `createDSPInstance2` takes from an allocator that may fail."""

    reserved = ("DspcMemory", "dspc", "scratch", "status")

    def adopt(self, memory: Storage, op: BufferOp) -> None:
        if op.allocator is not None and op.allocator.data == RUNTIME.name:
            memory.allocator = RUNTIME
            self.keep(memory, op)

    def head(self) -> Iterator[str]:
        yield "#include <cstring>"
        yield from RUNTIME.includes
        yield ""

    def tail(self) -> Iterator[str]:
        if not self.tables:
            yield ""
        yield from super().tail()

    def interface(self) -> Iterator[str]:
        return iter(())

    def preparation(self) -> Iterator[str]:
        return iter(())

    def class_level(self) -> Iterator[str]:
        name = self.text.name
        depends = bool(self.text.unit.functions["class_init"].body.block.args[0].uses)
        yield "\tstruct DspcMemory {"
        yield "\t\tstatic constexpr auto tables() noexcept {"
        yield from self._list("dspc::tableList", "dspc::classTable", self.tables)
        yield "\t\t}"
        yield "\t\tstatic constexpr auto buffers() noexcept {"
        yield from self._list(f"dspc::bufferList<{name}>", "dspc::instanceBuffer", self.buffers)
        yield "\t\t}"
        yield f"\t\tstatic constexpr bool tablesDependOnRate = {str(depends).lower()};"
        arguments = "dspc::Allocator& scratch, int sample_rate"
        yield f"\t\tstatic dspc::Status fillTables({arguments}) noexcept {{"
        for line in self._fill():
            yield f"\t\t\t{line}"
        yield "\t\t}"
        yield "\t};"
        yield ""

    def _list(self, whole: str, one: str, memories: Iterable[Storage]) -> Iterator[str]:
        owner = self.text.name
        items = []
        for memory in memories:
            reads, writes = self.accesses(memory)
            arguments = f"{string_literal(memory.name)}, {memory.extent}, {reads}, {writes}"
            items.append(f"{one}<&{owner}::{memory.name}>({arguments})")
        if not items:
            yield f"\t\t\treturn {whole}();"
            return
        yield f"\t\t\treturn {whole}("
        for number, item in enumerate(items, 1):
            yield f"\t\t\t\t{item}{',' if number < len(items) else ');'}"

    def _fill(self) -> Iterator[str]:
        yield "static_cast<void>(scratch);"
        yield "static_cast<void>(sample_rate);"
        for memory in self.scratch:
            piece = memory.piece()
            yield f"{RUNTIME.scoped(piece)};"
            request = RUNTIME.acquire(piece)
            yield f"if (const dspc::Status status = {request}; !dspc::ok(status)) {{"
            yield "\treturn status;"
            yield "}"
            yield f"{memory.element}* const {memory.name} = {RUNTIME.access(piece)};"
        yield from self.filling()
        yield "return dspc::Status::Ok;"

    def init(self) -> list[str]:
        return ["instanceInit(sample_rate);"]

    def clone(self) -> list[str]:
        return ["return nullptr;  // dspc::Instance clones: it knows whose memory this is"]
