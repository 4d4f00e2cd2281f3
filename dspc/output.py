"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress

from dspc.dialects.diagnostics import DspcError


def write_text(path: str | None, text: str) -> None:
    """Write `text` to a file, or to standard output when `path` is None.

    Raises DspcError E0010, exit status 2, where that cannot be done.
    """
    if path is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    with replacing(path) as temporary, open(temporary, "w", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def replacing(path: str) -> Generator[str]:
    """A path to write to, which becomes `path` when the block ends well and vanishes when not.

    Devices and pipes cannot be replaced and are written to directly.
    """
    target = os.path.realpath(path)
    mode = _mode_of(path)
    if mode is not None and not stat.S_ISREG(mode):
        if stat.S_ISDIR(mode):
            raise unwritable(path, "this is a folder")
        yield path
        return
    folder, name = os.path.split(target)
    # The suffix stays last: some writers choose their format by it.
    temporary = os.path.join(folder, f".{os.getpid()}-{name}")
    try:
        _create(temporary, target, mode)
        yield temporary
        os.replace(temporary, target)
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _mode_of(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except OSError:
        return None


def _create(temporary: str, target: str, mode: int | None) -> None:
    """An empty file beside the target, with the target's permissions where it exists."""
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    if mode is not None:
        os.fchmod(descriptor, stat.S_IMODE(mode))
    os.close(descriptor)


def unwritable(path: str, reason: str) -> DspcError:
    return DspcError(
        "E0010", f"{path}: cannot be written: {reason[:1].lower()}{reason[1:]}", None, None, [], 2
    )
