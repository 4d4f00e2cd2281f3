"""The caches of dspc: their folders, which share one place, and their bounds."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from dspc.support.files.private import cache_folder, private_folder

MEBIBYTE = 1 << 20


class FileCache(NamedTuple):
    """A folder of the place of all caches, the bytes to which it is trimmed, and what it holds."""

    name: str
    limit: int
    holds: str

    def folder(self) -> str | None:
        """Its folder, of mode 0700; None where it cannot be created or trusted."""
        return private_folder(cache_folder(), self.name)

    def python_file(self, *others: str) -> str | None:
        """The file for code of this Python, and of what `others` name; None without a folder."""
        folder = self.folder()
        python = f"{sys.implementation.cache_tag} {sys.version} {sys.flags.optimize}"
        key = " ".join([python, *others]).encode(errors="surrogateescape")
        return None if folder is None else os.path.join(folder, sha256(key).hexdigest()[:40])


def _native_limit() -> int:
    """`$DSPC_CACHE_LIMIT` in MiB, 512 by default."""
    try:
        return max(0, int(os.environ.get("DSPC_CACHE_LIMIT", ""))) * MEBIBYTE
    except ValueError:
        return 512 * MEBIBYTE


def outputs() -> FileCache:
    """The files that `dspc` has written, and the programs that Python has loaded."""
    return FileCache("outputs", 64 * MEBIBYTE, "output of the command, programs of dspc.load")


def libraries() -> FileCache:
    """The indices of libraries, the largest of which has about 100 000 bytes."""
    return FileCache("libraries", 64 * MEBIBYTE, "parsed libraries")


def generated_code() -> FileCache:
    """Compiled code of the methods that `dataclasses` writes, a mebibyte for each Python."""
    return FileCache("code", 16 * MEBIBYTE, "code of classes")


def module_code() -> FileCache:
    """Code of modules, some mebibytes for each Python and installation."""
    return FileCache("modules", 64 * MEBIBYTE, "code of modules")


def objects() -> FileCache:
    """Machine code of LLVM."""
    return FileCache("objects", 128 * MEBIBYTE, "machine code of LLVM")


def native() -> FileCache:
    """Shared libraries of the C++ back end."""
    return FileCache("native", _native_limit(), "programs compiled from C++")


def tuned_options() -> FileCache:
    """The choices of `--tune`, some hundred bytes each."""
    return FileCache("tuned", MEBIBYTE, "choices of --tune")


def conformance() -> FileCache:
    """The programs and sounds that the conformance tests have compiled and rendered."""
    return FileCache("conformance", 8 << 30, "steps of the conformance tests")


def all_caches() -> tuple[FileCache, ...]:
    """All caches."""
    code = (generated_code(), module_code())
    return outputs(), libraries(), *code, objects(), native(), tuned_options(), conformance()


def describe_caches() -> str:
    """The place of the caches, and a line for each with its files, size and bound."""
    base = cache_folder()
    if base is None:
        return "there is no folder for caches\n"
    lines = [f"{base}\n"]
    for cache in all_caches():
        paths = _files(os.path.join(base, cache.name))
        size = sum(size for _, size in paths)
        lines.append(
            f"{cache.name:12}{len(paths):8} files{size / MEBIBYTE:10.1f} MiB of "
            f"{cache.limit // MEBIBYTE:5}  {cache.holds}\n"
        )
    return "".join(lines)


def clear_caches() -> str:
    """Remove the files of all caches; returns a one-line summary."""
    base = cache_folder()
    removed, freed = 0, 0
    for cache in all_caches() if base is not None else ():
        if cache.folder() is None:
            continue
        for path, size in _files(os.path.join(base or "", cache.name)):
            with suppress(OSError):
                os.unlink(path)
                removed, freed = removed + 1, freed + size
    return f"removed {removed} files, {freed / MEBIBYTE:.1f} MiB\n"


def _files(folder: str) -> list[tuple[str, int]]:
    """The files in a folder and its own folders, with their sizes; links are not followed."""
    files: list[tuple[str, int]] = []
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with suppress(OSError):
                files.append((path, os.lstat(path).st_size))
    return files
