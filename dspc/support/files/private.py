"""Cache folders whose contents only the user can have written.

A cache is optional: where its folder cannot be created, belongs to another user or is writable by
others, it is not used, without a message. The same holds for each file in it.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from io import BufferedReader

ContentsT = TypeVar("ContentsT", bytes, memoryview)

_OTHERS = 0o022
"""Mode bits: writable by group or others."""
_STALE = 24 * 3600
"""Age in seconds at which an unfinished file counts as abandoned."""


_is_off = False


@contextmanager
def without_caches() -> Generator[None]:
    """Neither read nor write caches in the block, as `--no-cache` asks."""
    global _is_off
    before, _is_off = _is_off, True
    try:
        yield
    finally:
        _is_off = before


def cache_folder() -> str | None:
    """The folder of all caches: `$DSPC_CACHE_DIR`, or else `dspc` in the user's cache folder.

    That is `$XDG_CACHE_HOME` or the system's. None without a home, or in `without_caches`.
    """
    if _is_off:
        return None
    chosen = os.environ.get("DSPC_CACHE_DIR")
    if chosen:
        return chosen
    base = os.environ.get("XDG_CACHE_HOME") or _system_folder()
    return os.path.join(base, "dspc") if os.path.isabs(base) else None


def _system_folder() -> str:
    """The user's folder of caches by the custom of the system; Linux has XDG's."""
    if sys.platform in ("darwin", "win32"):
        with suppress(ImportError):
            from platformdirs import user_cache_dir

            return user_cache_dir()
    return os.path.expanduser("~/.cache")


def private_folder(base: str | None, name: str) -> str | None:
    """The folder `name` of a cache, with mode 0700; None where it cannot be created or trusted."""
    if base is None:
        return None
    folder = os.path.join(base, name)
    try:
        os.makedirs(base, exist_ok=True)
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)
        status = os.lstat(folder)
        if not stat.S_ISDIR(status.st_mode) or not _is_ours(status):
            return None
        if stat.S_IMODE(status.st_mode) & 0o077 and hasattr(os, "geteuid"):
            os.chmod(folder, 0o700)
    except (OSError, ValueError):
        return None
    return folder


def read_private(path: str) -> bytes | None:
    """The contents of a regular file that only the user can write; None for any other."""
    return _private(path, lambda file: file.read())


def map_private(path: str) -> memoryview | None:
    """The same without a copy: files are replaced, not written in place.

    On Windows it is a copy, since files that are mapped there cannot be replaced.
    """
    if sys.platform == "win32":
        data = read_private(path)
        return None if data is None else memoryview(data)
    from mmap import ACCESS_READ, mmap

    return _private(path, lambda file: memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)))


def _private(path: str, read: Callable[[BufferedReader], ContentsT]) -> ContentsT | None:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or not _is_ours(status):
                return None
            return read(file)
    except (OSError, ValueError, MemoryError):
        return None


def store_private(path: str, data: bytes, limit: int) -> bool:
    """Write a file into a private folder and evict others beyond `limit` bytes; returns success.

    Eviction is least recently used first. Files are not synced to disk, so readers must check
    them by a checksum in their contents or name.
    """
    from dspc.support.files.atomic import writing

    try:
        if os.path.islink(path):
            os.unlink(path)
        with writing(path, durable=False, mode=0o600) as file:
            file.write(data)
    except (OSError, ValueError):
        return False
    evict(os.path.dirname(path), limit, path)
    return True


def mark_used(path: str) -> None:
    """Set a file's access time to now, for eviction."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), os.stat(path).st_mtime_ns))


def evict(folder: str, limit: int, kept: str) -> None:
    """Remove files until the folder holds no more than `limit` bytes, but never `kept`."""
    files: list[tuple[int, int, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                is_left = entry.name.startswith(".") and time.time() - status.st_mtime > _STALE
                if is_left and stat.S_ISREG(status.st_mode):
                    os.unlink(entry.path)
                elif stat.S_ISREG(status.st_mode):
                    used = max(status.st_atime_ns, status.st_mtime_ns)
                    files.append((used, status.st_size, entry.path))
    total = sum(size for _, size, _ in files)
    for _, size, path in sorted(files):
        if total <= limit:
            return
        if path != kept:
            with suppress(OSError):
                os.unlink(path)
                total -= size


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file belongs to the user and is not writable by others."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
