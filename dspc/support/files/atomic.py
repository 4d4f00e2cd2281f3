"""Atomic writes of one file or of several files together.

A file is written under an unpredictable name in its target's folder (O_EXCL, so that no link can
be planted), synced to disk and renamed. Of several files, all are written before the first is
renamed, and a failure restores the files that were replaced.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from dspc.support.files.transient import held, random_name, vanishing

_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class _Staged:
    """A file that is written but not yet renamed, and the backup path of its target."""

    temporary: str
    target: str
    backup: str
    is_new: bool


@contextmanager
def writing(path: str, durable: bool = True, mode: int = 0o666) -> Generator[BinaryIO]:
    """A file to write to, renamed to `path` at the end of the block unless that raises.

    An existing file is replaced, with its permissions; a new one gets `mode`, less the umask.
    With `durable` it is synced to disk first. Raises OSError.
    """
    with ExitStack() as stack:
        staged, file = _stage(stack, path, mode)
        yield file
        _finish(file, durable)
        _put_in_place([staged])


def write_files(files: Sequence[tuple[str, bytes]]) -> None:
    """Write several files, all or none; folders must exist.

    Raises OSError, whose `filename` is the target.
    """
    with ExitStack() as stack:
        ready: list[_Staged] = []
        for path, data in files:
            with _naming(path):
                staged, file = _stage(stack, path, 0o666)
                file.write(data)
                _finish(file, True)
            ready.append(staged)
        _put_in_place(ready)


@contextmanager
def _naming(path: str) -> Generator[None]:
    """Errors raised in the block name `path` instead of the temporary file."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = path, None
        raise


def _stage(stack: ExitStack, path: str, mode: int) -> tuple[_Staged, BinaryIO]:
    target = os.path.realpath(path)
    name = os.path.join(os.path.dirname(target), f".dspc-{random_name()}")
    temporary, backup = f"{name}.new", f"{name}.old"
    stack.enter_context(vanishing(temporary))
    before = _status(target)
    file = stack.enter_context(_create(temporary, target, mode, before))
    return _Staged(temporary, target, backup, before is None), file


def _create(temporary: str, target: str, mode: int, before: os.stat_result | None) -> BinaryIO:
    if before is not None:
        if stat.S_ISDIR(before.st_mode):
            raise IsADirectoryError(errno.EISDIR, "this is a folder", target)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
    descriptor = os.open(temporary, _FLAGS, mode)
    try:
        if before is not None:
            _keep_permissions(descriptor, before)
        return open(descriptor, "wb")
    except BaseException:
        os.close(descriptor)
        raise


def _keep_permissions(descriptor: int, before: os.stat_result) -> None:
    if hasattr(os, "fchmod"):
        mask = 0o777
        with suppress(OSError):
            os.fchown(descriptor, before.st_uid, before.st_gid)
            mask = 0o7777
        os.fchmod(descriptor, before.st_mode & mask)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _finish(file: BinaryIO, durable: bool) -> None:
    file.flush()
    if durable:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            # Some file systems do not support fsync.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
                raise
    file.close()


def _put_in_place(files: Sequence[_Staged]) -> None:
    """Rename all files, or restore their targets."""
    done: list[_Staged] = []
    with held(), ExitStack() as stack:
        try:
            for each in files:
                # A single rename is atomic; only with several may the first have to be undone.
                if len(files) > 1:
                    stack.enter_context(vanishing(each.backup))
                    with suppress(OSError):
                        os.link(each.target, each.backup)
                with _naming(each.target):
                    os.replace(each.temporary, each.target)
                done.append(each)
        except BaseException:
            for each in reversed(done):
                _undo(each)
            raise


def _undo(each: _Staged) -> None:
    with suppress(OSError):
        if each.is_new:
            os.unlink(each.target)
        else:
            os.replace(each.backup, each.target)
