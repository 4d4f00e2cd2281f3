"""The library cache: a persistent index of the definitions of each library.

A library that is not in the cache is parsed as a whole, so that its errors are reported, and the
location of each definition is stored; later runs parse only the definitions that are looked up.

An entry is named by a hash of the text, the precision and the format's version, and carries that
name and a checksum of its contents. Invalid entries are recomputed. If the cache folder cannot be
used, nothing is stored, without a message.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from dspc.frontends.faust.ast import Declare, Definition, Import, Statements
from dspc.frontends.faust.parser import Precision, parse, parse_definition
from dspc.support.diagnostics import Source, Span
from dspc.support.files.caches import libraries
from dspc.support.files.private import read_private, store_private

_FORMAT = "dspc library index 1"

Places = dict[str, list[tuple[int, int]]]
"""The characters of each clause of each name."""


@dataclass(slots=True)
class LibraryIndex:
    """The index of a library: the locations of its definitions, its imports and declarations."""

    places: Places
    imports: list[Import]
    declares: list[Declare]


class LazyDefinitions(Mapping[str, Definition]):
    """The definitions of a file whose syntax is known to be right, parsed when looked up."""

    __slots__ = ("_parsed", "_places", "_precision", "_source")

    def __init__(self, source: Source, precision: Precision, places: Places) -> None:
        self._source = source
        self._precision: Precision = precision
        self._places = places
        self._parsed: dict[str, Definition] = {}

    def __getitem__(self, name: str) -> Definition:
        definition = self._parsed.get(name)
        if definition is None:
            definition = self._parsed[name] = self._parse(name)
        return definition

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _parse(self, name: str) -> Definition:
        clauses = [
            parse_definition(self._source, self._precision, start, end)
            for start, end in self._places[name]
        ]
        first = clauses[0]
        for clause in clauses[1:]:
            first.rules += clause.rules
        return first


def load_library(source: Source, precision: Precision) -> Statements:
    """The statements of a library, from its cached index if there is one."""
    key = _key(source, precision)
    path = _entry_path(key)
    index = None if path is None else _read(path, key, source)
    if index is None:
        statements = parse(source, precision)
        if path is not None:
            _write(path, key, statements)
        return statements
    definitions = LazyDefinitions(source, precision, index.places)
    return Statements(definitions, index.imports, index.declares)


def _key(source: Source, precision: Precision) -> str:
    text = source.text.encode("utf-8", "surrogatepass")
    return sha256(f"{_FORMAT}\n{precision}\n".encode() + text).hexdigest()


def _entry_path(key: str) -> str | None:
    """Where the entry is or would be, in a folder that nobody else can write."""
    folder = libraries().folder()
    return None if folder is None else os.path.join(folder, f"{key[:40]}.json")


def _header(key: str, body: bytes) -> bytes:
    return f"{_FORMAT} {key} {sha256(body).hexdigest()}\n".encode()


def _read(path: str, key: str, source: Source) -> LibraryIndex | None:
    """The index at `path`, if it is one of exactly this text and whole."""
    data = read_private(path)
    if data is None:
        return None
    first, _, body = data.partition(b"\n")
    header = first + b"\n"
    if header != _header(key, body):
        return None
    try:
        return _decode(json.loads(body), source)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _decode(entry: Any, source: Source) -> LibraryIndex:
    """The index in an entry's data; an error of Python's own if it does not fit."""
    text = source.text
    places: Places = {}
    for name, clauses in cast("dict[str, list[list[int]]]", entry["definitions"]).items():
        places[name] = items = [(start, end) for start, end in clauses]
        for start, end in items:
            if not text.startswith(name, _span(source, start, end).start):
                raise ValueError(name)
    return LibraryIndex(
        places,
        [Import(str(file), _span(source, start, end)) for file, start, end in entry["imports"]],
        [
            Declare(str(key), str(value), function, _span(source, start, end))
            for key, value, function, start, end in entry["declares"]
        ],
    )


def _span(source: Source, start: int, end: int) -> Span:
    if not 0 <= start < end <= len(source.text):
        raise ValueError(start)
    return Span(source, start, end)


def _encode(statements: Statements) -> bytes:
    entry = {
        "definitions": {
            name: [rule.span[1:] for rule in definition.rules]
            for name, definition in statements.definitions.items()
        },
        "imports": [(item.file, *item.span[1:]) for item in statements.imports],
        "declares": [
            (item.key, item.value, item.function, *item.span[1:]) for item in statements.declares
        ],
    }
    return json.dumps(entry, separators=(",", ":")).encode()


def _write(path: str, key: str, statements: Statements) -> None:
    """Store an index atomically."""
    body = _encode(statements)
    store_private(path, _header(key, body) + body, libraries().limit)
