"""The record of a run's inputs, by which a cache detects stale entries.

Files that Python opens for reading and folders that it lists are seen by an audit hook (PEP 578),
so that no reader has to report them. Tests of whether a file exists raise no audit event: the
search paths use `is_file` and `is_folder` of this module. What a record cannot describe (other
processes, connections, devices) makes the run impossible to cache.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

_CODE = (".py", ".pyc")
_CLOCK_TICK = 0.011
"""Seconds by which time stamps of files may lag behind the clock: the coarsest kernel tick."""
_HARMLESS = ("/proc/self/", "/proc/meminfo", "/sys/fs/cgroup/", "/dev/null", "/dev/urandom")
"""Files read to bound memory and for random names, which no output depends on."""
_FOREIGN_EVENTS = frozenset(
    {
        "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile",
        "os.system", "socket.connect", "socket.bind", "subprocess.Popen", "urllib.Request",
    }
)  # fmt: skip


class Accesses:
    """The inputs read since the record was created.

    `sources` and `lookups` belong to one program and are cleared by `next_program`; other files and
    folders may be read once in a process for all programs, and stay.
    """

    def __init__(self) -> None:
        self.since = time.time()
        self.files: dict[str, None] = {}
        self.sources: dict[str, None] = {}
        self.folders: dict[str, None] = {}
        self.lookups: dict[tuple[str, str], bool] = {}
        self.obstacle: str | None = None
        """An access that the record cannot describe; None if it is complete."""

    def next_program(self) -> None:
        """Drop the entries that concern the last program only."""
        self.sources, self.lookups = {}, {}

    def opened(self, path: Any, mode: Any, flags: Any) -> None:
        """Note a file that is opened, unless for writing."""
        if isinstance(path, int) or path is None or _writes(mode, flags):
            return
        name = os.fsdecode(path)
        if not name.endswith(_CODE) and name not in self.sources:
            self.files.setdefault(name)

    def is_settled(self, path: str) -> bool:
        """Whether a file that is read is a regular one, or none, unchanged since the beginning."""
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            return True
        changed = max(status.st_ctime, status.st_mtime)
        return stat.S_ISREG(status.st_mode) and changed < self.since - _CLOCK_TICK


_current: Accesses | None = None
_is_hooked = False


def record() -> Accesses:
    """The record of this process, begun by the first call; it lives until the process ends."""
    global _current, _is_hooked
    if not _is_hooked:
        _is_hooked = True
        sys.addaudithook(_audit)
    if _current is None:
        _current = Accesses()
    return _current


@contextmanager
def paused() -> Generator[None]:
    """Record nothing in the block."""
    global _current
    before, _current = _current, None
    try:
        yield
    finally:
        _current = before


@contextmanager
def noted_sources() -> Generator[dict[str, None]]:
    """The files of programs, with their imports, that are read in the block; no audit hook."""
    with _noted() as accesses:
        yield accesses.sources


@contextmanager
def _noted() -> Generator[Accesses]:
    global _current
    before, _current = _current, Accesses()
    try:
        yield _current
    finally:
        _current = before


@contextmanager
def noted_alone() -> Generator[Accesses | None]:
    """The sources that programs are read from in the block, without audit hook: files and searches.

    None where another record is open, which would be incomplete then.
    """
    if _current is not None or not _alone.acquire(blocking=False):
        yield None
        return
    try:
        with _noted() as accesses:
            yield accesses
    finally:
        _alone.release()


_alone = threading.Lock()


def note_source(path: str) -> None:
    """Note a file that is read anew for each program."""
    if _current is not None:
        _current.sources.setdefault(path)


def is_file(path: str) -> bool:
    """`os.path.isfile`, noted in the record."""
    result = os.path.isfile(path)
    if _current is not None:
        _current.lookups["file", path] = result
    return result


def is_folder(path: str) -> bool:
    """`os.path.isdir`, noted in the record."""
    result = os.path.isdir(path)
    if _current is not None:
        _current.lookups["folder", path] = result
    return result


def is_harmless(path: str) -> bool:
    """Whether no output depends on a file."""
    return path.startswith(_HARMLESS)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _current is None:
        return
    if event == "open":
        _current.opened(*arguments[:3])
    elif event in ("os.listdir", "os.scandir"):
        path: Any = arguments[0]
        if isinstance(path, int):
            _current.obstacle = "a folder without name"
        else:
            _current.folders.setdefault(os.fsdecode(path or os.curdir))
    elif event in _FOREIGN_EVENTS:
        _current.obstacle = event


def _writes(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return not mode.startswith("r") or "+" in mode
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
