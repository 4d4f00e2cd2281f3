"""Code of the modules of dspc and xDSL in one file, for the processes of commands.

Python looks for the file of each module in its package's folder, and reads or compiles its code.
Here one file of the cache has the code of all modules that commands have loaded, each with the size
and time of its source, by which Python knows stale code, too (PEP 552). A module whose source has
another size or time, or is another file, is imported as always.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Sequence
from functools import cached_property
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import NamedTuple
from zlib import crc32

from dspc.support.files.caches import module_code
from dspc.support.files.packed import PackedPart, read_parts, store_parts

_FORMAT = b"dspc code of modules 1"
_PACKAGES = ("dspc.", "xdsl.")
_MOST = 2000
"""Modules of a file. One that would hold more keeps those of the last process."""
_SETTLED = 2.0
"""Seconds since the last change of a source after which its time says whether it changed."""


class Entry(NamedTuple):
    """A module of the file: its source, where Python would keep its code, and the code."""

    origin: str
    cached: str | None
    is_package: bool
    size: int
    changed: int
    """Time of modification of the source, in nanoseconds."""
    checksum: int
    code: bytes | memoryview


class ModuleCode:
    """A finder (`sys.meta_path`) of the modules whose code is in the cache; it notes the others."""

    def __init__(self) -> None:
        self._noted: dict[str, NotingLoader] = {}
        self._used: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module of our packages by its name; `path` has the folder of its package."""
        if path is None or not name.startswith(_PACKAGES) or len(path) != 1:
            return None
        entry = self._kept.get(name)
        code = None if entry is None else _valid(entry, path[0], name.rpartition(".")[2])
        if entry is not None and code is not None:
            self._used.add(name)
            return _spec(name, entry, code)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = self._noted[name] = NotingLoader(name, spec.loader.path)
        return spec

    @cached_property
    def _kept(self) -> dict[str, Entry]:
        """The modules of the file, by name."""
        parts = {} if self._path is None else read_parts(self._path, _FORMAT)
        return {name: Entry._make((*part.row, part.data)) for name, part in parts.items()}

    @cached_property
    def _path(self) -> str | None:
        """Where the code of this Python and installation is or would be; None without a folder."""
        return module_code().python_file(os.path.dirname(os.path.abspath(__file__)))

    def store(self) -> None:
        """Store the code of the modules that were not in the cache, if any."""
        new = {name: loader.entry() for name, loader in self._noted.items()}
        found = {name: entry for name, entry in new.items() if entry is not None}
        if not found or self._path is None:
            return
        entries = self._kept | found
        if len(entries) > _MOST:
            entries = {name: entries[name] for name in entries if name in found.keys() | self._used}
        parts = {name: PackedPart(entry[:-1], entry.code) for name, entry in entries.items()}
        store_parts(self._path, _FORMAT, parts, module_code().limit)


class NotingLoader(SourceFileLoader):
    """Loads a module as Python does, and notes its code with the state of its source before."""

    _before: os.stat_result | None = None
    _code: CodeType | None = None

    def get_code(self, fullname: str) -> CodeType | None:
        self._before = os.stat(self.path)
        code = super().get_code(fullname)
        self._code = code
        return code

    def entry(self) -> Entry | None:
        """The module's entry; None if its source has changed since, or a moment before."""
        before, code = self._before, self._code
        if before is None or code is None or time.time() - before.st_mtime < _SETTLED:
            return None
        try:
            if not _is_same(os.stat(self.path), before.st_size, before.st_mtime_ns):
                return None
        except OSError:
            return None
        data = marshal.dumps(code)
        spec = getattr(sys.modules.get(self.name), "__spec__", None)
        return Entry(
            self.path, spec and spec.cached, self.is_package(self.name),
            before.st_size, before.st_mtime_ns, crc32(data), data,
        )  # fmt: skip


class KeptLoader(SourceFileLoader):
    """The loader of a module whose code is known."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType | None:
        return self._code


def _valid(entry: Entry, folder: str, name: str) -> CodeType | None:
    """The code of an entry; None if its source changed, or is not the module of this folder."""
    tail = os.path.join(name, "__init__.py") if entry.is_package else f"{name}.py"
    if entry.origin != os.path.join(folder, tail) or crc32(entry.code) != entry.checksum:
        return None
    try:
        if not _is_same(os.stat(entry.origin), entry.size, entry.changed):
            return None
    except OSError:
        return None
    code = marshal.loads(entry.code)
    return code if isinstance(code, CodeType) else None


def _is_same(status: os.stat_result, size: int, changed: int) -> bool:
    return status.st_size == size and status.st_mtime_ns == changed


def _spec(name: str, entry: Entry, code: CodeType) -> ModuleSpec:
    loader = KeptLoader(name, entry.origin, code)
    spec = ModuleSpec(name, loader, origin=entry.origin, is_package=entry.is_package)
    spec.has_location = True
    spec.cached = entry.cached
    if entry.is_package:
        spec.submodule_search_locations = [os.path.dirname(entry.origin)]
    return spec
