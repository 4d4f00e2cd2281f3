"""Classes for our own C++ memory run-time: what its README asks of a generated class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.c.names import string_literal
from dspc.backends.c.storage import Storage
from dspc.backends.cpp.manager import PointerPrinter


class AllocatedPrinter(PointerPrinter):
    """Classes whose memory `createDSPInstance2` takes from an allocator that may fail."""

    reserved = ("DspcMemory", "dspc", "scratch", "status")
    includes = ("<cstring>", '"dspc/memory.h"')

    def _class_level(self) -> Iterator[str]:
        name = self._options.class_name
        depends = bool(self._unit.functions["class_init"].body.block.args[0].uses)
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
        owner = self._options.class_name
        items = []
        for memory in memories:
            reads, writes = self.accesses(memory)
            told = f"{string_literal(memory.name)}, {memory.extent}, {reads}, {writes}"
            items.append(f"{one}<&{owner}::{memory.name}>({told})")
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
            array = f"{memory.name}_array"
            told = f"scratch, {memory.extent}, {string_literal(memory.name)}"
            yield f"dspc::ScratchArray<{memory.element}> {array};"
            yield f"if (const dspc::Status status = {array}.allocate({told}); !dspc::ok(status)) {{"
            yield "\treturn status;"
            yield "}"
            yield f"{memory.element}* const {memory.name} = {array}.data();"
        yield from self.filling()
        yield "return dspc::Status::Ok;"

    def _init(self) -> list[str]:
        return ["instanceInit(sample_rate);"]

    def _clone(self) -> list[str]:
        return ["return nullptr;  // dspc::Instance clones: it knows whose memory this is"]
