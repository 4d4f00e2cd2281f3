"""The cache of finished output: the files that a command line wrote for the same inputs.

An entry is named by a hash of the arguments, the working folder, the environment that the compiler
reads and the Python that runs it. It holds the outputs, the messages in order, and all they depend
on, recorded while they were made (`support/files/input_record.py`): digests of all files read,
searches of the file system and their results, and size and time of each module of the compiler that
was loaded. An entry is used only if all of these are as they were; damaged ones are ignored.

This module is imported before the compiler, which a hit never loads, and imports little itself.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, TextIO

from dspc.support.files.caches import outputs
from dspc.support.files.input_record import Accesses, is_harmless, paused
from dspc.support.files.private import cache_folder, mark_used, read_private, store_private

_LARGEST = 8 << 20
"""Bytes of the largest entry."""
_FORMAT = b"dspc output 1"
_DISTRIBUTION = ".dist-info" + os.sep
_ENVIRONMENT = ("FAUST", "DSPC_", "PYTHON", "PATH", "HOME", "LANG", "LC_", "XDG_")
"""Beginnings of the names of environment variables that the compiler or Python reads."""
_NEVER = frozenset(
    {
        "--no-cache", "-v", "--verbose", "-d", "--details", "-time", "--time-passes",
        "--compilation-time", "--tune", "--cache", "-h", "--help",
    }
)  # fmt: skip
"""Arguments with which a command line is not looked up: they measure, or manage caches."""
_PACKAGES = frozenset(
    {
        "dspc", "xdsl", "numpy", "ortools", "llvmlite", "google", "pandas", "absl", "typer",
        "click", "rich", "annotated_doc", "shellingham", "typing_extensions", "immutabledict",
        "ordered_set", "pygments", "markdown_it", "mdurl",
    }
)  # fmt: skip
"""Packages whose code depends on nothing but the record and the name of the entry."""

StreamTexts = list[tuple[str, bytes]]
"""Texts by stream, "out" or "err", in order."""
Files = Sequence[tuple[str, bytes]]


class Request:
    """One compilation: the place of its entry, and the contents to store in it."""

    def __init__(self, words: Sequence[str]) -> None:
        self.key = _key(words)
        self.output: StreamTexts = []
        self._loaded = frozenset(sys.modules)
        self._state: dict[str, Any] | None = None

    @property
    def path(self) -> str | None:
        """The path of the entry; None without a folder that only the user can write."""
        folder = outputs().folder()
        return None if folder is None else os.path.join(folder, self.key)

    def replay(self) -> bool:
        """Write the outputs of a valid entry; False, with nothing written, if there is none."""
        with paused():
            path = self.path
            entry = None if path is None else self.valid_entry(path)
        if path is None or entry is None:
            return False
        parts = entry["parts"]
        if entry["files"] or entry["folders"]:
            from dspc.output import write_all
            from dspc.support.diagnostics import DspcError

            names = [name for name, _ in entry["files"]]
            try:
                write_all(list(zip(names, parts, strict=False)), entry["folders"])
            except DspcError:
                return False
        _tell(entry["streams"], parts[len(entry["files"]) :])
        mark_used(path)
        return True

    def valid_entry(self, path: str) -> dict[str, Any] | None:
        """The entry at a path, with its texts as `parts`, if it is whole and not stale."""
        data = read_private(path) or b""
        first, _, rest = data.partition(b"\n")
        if first != _header(self.key, rest):
            return None
        text, _, blob = rest.partition(b"\n")
        entry: dict[str, Any] = json.loads(text)
        state = entry["state"]
        if any(found != state.get(kind) for kind, found in _described(entry)):
            return None
        return entry | {"parts": _parts(entry, blob)}

    def inputs_read(self, accesses: Accesses) -> None:
        """Describe the dependencies of the output, before outputs are written over inputs."""
        files = [*accesses.files, *accesses.sources]
        files = [path for path in dict.fromkeys(files) if not self._is_apart(path)]
        modules = _modules_since(self._loaded)
        if accesses.obstacle or modules is None:
            return
        if not all(accesses.is_settled(path) for path in (*files, *modules)):
            return
        folders = [path for path in accesses.folders if not self._is_apart(path)]
        entry: dict[str, Any] = {
            "inputs": files,
            "listed": folders,
            "lookups": [list(lookup) for lookup in accesses.lookups],
            "modules": _by_folder(modules),
        }
        entry["state"] = dict(_described(entry))
        if entry["state"]["lookups"] == list(accesses.lookups.values()):
            self._state = entry

    def store(self, files: Files, folders: Sequence[str]) -> None:
        """Store the outputs and messages, if their dependencies could be described."""
        path = self.path if self._state is not None else None
        parts = [data for _, data in files] + [data for _, data in self.output]
        if path is None or sum(map(len, parts)) > _LARGEST:
            return
        entry = {
            **(self._state or {}),
            "files": [(name, len(data)) for name, data in files],
            "folders": list(folders),
            "streams": [(stream, len(data)) for stream, data in self.output],
        }
        rest = json.dumps(entry, separators=(",", ":")).encode() + b"\n" + b"".join(parts)
        store_private(path, _header(self.key, rest) + b"\n" + rest, outputs().limit)

    def _is_apart(self, path: str) -> bool:
        """Whether a file or folder need not be described.

        That is one of a cache of ours, each entry of which is checked, one that Python imports
        from, or the metadata of an installed package, which the name of the entry accounts for.
        """
        if is_harmless(path) or path in sys.path_importer_cache or _DISTRIBUTION in path:
            return True
        base = cache_folder()
        return base is not None and path.startswith(base + os.sep)


def request_of(arguments: Sequence[str]) -> Request | None:
    """The request of a command line, and the record of its inputs; None if not to be cached."""
    if not arguments or not _NEVER.isdisjoint(arguments):
        return None
    return Request(arguments)


def _key(words: Sequence[str]) -> str:
    names = sorted(name for name in os.environ if name.startswith(_ENVIRONMENT))
    system = os.uname() if hasattr(os, "uname") else (os.name,)
    identity = [
        list(words), _working_folder(), [[name, os.environ[name]] for name in names],
        sys.version, sys.executable, repr(sys.flags), sys.path, list(system),
        [_stamp(folder) for folder in sys.path if folder.endswith("-packages")],
    ]  # fmt: skip
    return sha256(json.dumps(identity).encode()).hexdigest()[:40]


def _working_folder() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""


def _header(key: str, rest: bytes) -> bytes:
    return b"%s %s %s" % (_FORMAT, key.encode(), sha256(rest).hexdigest().encode())


def _described(entry: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """The present state of the dependencies of an entry, by kind; most often inputs change."""
    yield "inputs", [_digest(path) for path in entry["inputs"]]
    yield "listed", [_listing(path) for path in entry["listed"]]
    tests = {"file": os.path.isfile, "folder": os.path.isdir}
    yield "lookups", [tests[kind](path) for kind, path in entry["lookups"]]
    modules = entry["modules"].items()
    yield (
        "modules",
        [_stamp(os.path.join(folder, name)) for folder, names in modules for name in names],
    )


def _digest(path: str) -> str | None:
    """The digest of a file's contents; None if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return sha256(file.read()).hexdigest()
    except (OSError, ValueError, MemoryError):
        return None


def _listing(path: str) -> str | None:
    try:
        names = sorted(os.listdir(path))
    except (OSError, ValueError):
        return None
    return sha256(json.dumps(names).encode()).hexdigest()


def _stamp(path: str) -> list[int] | None:
    """Size and time of modification of a file or folder, by which Python knows stale code too."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return [status.st_size, status.st_mtime_ns]


def _modules_since(loaded: frozenset[str]) -> list[str] | None:
    """The files of modules outside of the standard library; None if one is of another package."""
    standard = os.path.dirname(os.__file__) + os.sep
    files: list[str] = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str):
            continue
        if file.startswith(standard) and "-packages" + os.sep not in file:
            continue
        if name.partition(".")[0] in _PACKAGES:
            files.append(file)
        elif name not in loaded:
            return None
    return files


def _by_folder(files: Sequence[str]) -> dict[str, list[str]]:
    folders: dict[str, list[str]] = {}
    for file in sorted(files):
        folders.setdefault(os.path.dirname(file), []).append(os.path.basename(file))
    return folders


def _parts(entry: dict[str, Any], blob: bytes) -> list[bytes]:
    parts: list[bytes] = []
    at = 0
    for _, size in [*entry["files"], *entry["streams"]]:
        parts.append(blob[at : at + size])
        at += size
    return parts


def _tell(streams: Sequence[tuple[str, int]], texts: Sequence[bytes]) -> None:
    from contextlib import suppress

    for (name, _), text in zip(streams, texts, strict=True):
        if name == "err":
            with suppress(OSError, ValueError):
                _write(sys.stderr, text)
            continue
        try:
            _write(sys.stdout, text)
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            from dspc.output import STANDARD_OUTPUT, drop_output, unwritable

            drop_output()
            reason = getattr(error, "strerror", None) or str(error)
            raise unwritable(STANDARD_OUTPUT, reason) from None


def _write(stream: TextIO, text: bytes) -> None:
    stream.flush()
    stream.buffer.write(text)
    stream.flush()
