"""Folders of caches, which hold nothing that anybody else could have put there.

A cache is optional: where its folder cannot be made, belongs to somebody else, or can be written by
others, or where a file in it does, there is none, and nobody is told.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress

from dspc.dialects.storage.whole import writing

_OTHERS = 0o022
"""The bits of a mode that let others write."""
_STALE = 24 * 3600
"""Seconds after which a file that was never finished is nobody's."""


def cache_folder() -> str | None:
    """`$DSPC_CACHE_DIR`, else `$XDG_CACHE_HOME/dspc`, else `~/.cache/dspc`, if there is one."""
    chosen = os.environ.get("DSPC_CACHE_DIR")
    if chosen:
        return chosen
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "dspc") if os.path.isabs(base) else None


def private_folder(base: str | None, name: str) -> str | None:
    """The folder `name` in a cache, for nobody but the user; None where that can't be had."""
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
    """The contents of a plain file that only the user can have written; None if it is none."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or not _is_ours(status):
                return None
            return file.read()
    except (OSError, ValueError, MemoryError):
        return None


def store_private(path: str, data: bytes, limit: int) -> bool:
    """Put a file into a private folder, which then keeps at most `limit` bytes; whether it's there.

    The files that were not used for longest go first. A checksum in the contents or the name has
    to tell that they are whole: they are not brought to the disk.
    """
    try:
        with writing(path, durable=False, mode=0o600) as file:
            file.write(data)
    except (OSError, ValueError):
        return False
    evict(os.path.dirname(path), limit, path)
    return True


def mark_used(path: str) -> None:
    """Note that a file was used now."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), os.stat(path).st_mtime_ns))


def evict(folder: str, limit: int, kept: str) -> None:
    """Remove files until the folder holds no more than `limit` bytes, but never `kept`."""
    found: list[tuple[int, int, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                is_left = entry.name.startswith(".") and time.time() - status.st_mtime > _STALE
                if is_left and stat.S_ISREG(status.st_mode):
                    os.unlink(entry.path)
                elif stat.S_ISREG(status.st_mode):
                    used = max(status.st_atime_ns, status.st_mtime_ns)
                    found.append((used, status.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= limit:
            return
        if path != kept:
            with suppress(OSError):
                os.unlink(path)
                total -= size


def _is_ours(status: os.stat_result) -> bool:
    """Whether a file belongs to the user, and nobody else can write it."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
