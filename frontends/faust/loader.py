"""The modules of one compilation: each file loaded once, imports merged as Faust merges them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dspc.frontends.faust.ast import Definition, Import, Statements
from dspc.frontends.faust.files import FileFinder, read_program, read_source
from dspc.frontends.faust.library_cache import load_library
from dspc.frontends.faust.parse_trees import ParseTrees
from dspc.frontends.faust.parser import Precision, parse
from dspc.support.diagnostics import DspcError, Note, Source, Span


@dataclass(eq=False, slots=True)
class ParsedFile:
    """A file's text and its statements."""

    source: Source
    statements: Statements


@dataclass(eq=False, slots=True)
class Merged(Mapping[str, Definition]):
    """The union of the definitions of several files; each is parsed when looked up."""

    owners: dict[str, Mapping[str, Definition]] = field(
        default_factory=dict[str, Mapping[str, Definition]]
    )

    def __getitem__(self, name: str) -> Definition:
        return self.owners[name][name]

    def __contains__(self, name: object) -> bool:
        return name in self.owners

    def __iter__(self) -> Iterator[str]:
        return iter(self.owners)

    def __len__(self) -> int:
        return len(self.owners)


class Loader:
    """Loads the files of one compilation and remembers them.

    Files may import one another in circles, or themselves, as Faust lets them: an environment
    holds each file's definitions once.
    """

    def __init__(self, precision: Precision = "single", include: tuple[str, ...] = ()) -> None:
        """`include` are the `-I` folders."""
        self.precision: Precision = precision
        self.include = include
        self.modules: dict[str, ParsedFile] = {}
        self.finder = FileFinder(include)

    def load_program(self, path: str) -> ParsedFile:
        """The main program, from the path that the command line names."""
        return self.load_source(read_program(path))

    def load_source(self, source: Source) -> ParsedFile:
        """The main program, from its text; files are looked for beside `source.name`, too."""
        self.finder = FileFinder(self.include, source.name)
        module = ParsedFile(source, parse(source, self.precision))
        self.modules[os.path.realpath(source.name)] = module
        return module

    def load(self, file: str, span: Span) -> ParsedFile:
        """The file that an `import`, `library` or `component` at `span` names."""
        path = self.finder.find(file, span)
        key = os.path.realpath(path)
        module = self.modules.get(key)
        if module is None:
            source = read_source(path, span=span)
            module = self.modules[key] = ParsedFile(source, load_library(source, self.precision))
        return module

    def definitions(self, statements: Statements) -> Mapping[str, Definition]:
        """All definitions of some statements and of their imports, each file once.

        E0109 where a name is defined in two of the files, unless both are the same expression tree.
        """
        if not statements.imports:
            return statements.definitions
        merged = Merged()
        _merge(merged, statements.definitions)
        for module in self._imported(statements):
            if module.statements is not statements:
                _merge(merged, module.statements.definitions)
        return merged

    def _imported(self, statements: Statements) -> Iterator[ParsedFile]:
        """The modules that statements import, directly or not, each once, in source order."""
        seen: set[ParsedFile] = set()
        waiting: list[Import] = statements.imports[::-1]
        while waiting:
            item = waiting.pop()
            module = self.load(item.file, item.span)
            if module in seen:
                continue
            seen.add(module)
            yield module
            waiting += reversed(module.statements.imports)


def _merge(merged: Merged, definitions: Mapping[str, Definition]) -> None:
    owners = merged.owners
    for name in definitions:
        owner = owners.setdefault(name, definitions)
        if owner is not definitions and not ParseTrees().same(owner[name], definitions[name]):
            raise _defined_twice(owner[name], definitions[name])


def _defined_twice(first: Definition, second: Definition) -> DspcError:
    return DspcError(
        "E0109",
        f"`{first.name}` is defined twice, in {first.span.source.name} and "
        f"{second.span.source.name}",
        _name_span(second),
        "rename one of them, or use `library(...)` in place of `import(...)`",
        [Note("the other definition", _name_span(first))],
    )


def _name_span(definition: Definition) -> Span:
    span = definition.span
    return span._replace(end=span.start + len(definition.name))
