"""What a command leaves half done vanishes when a signal ends it: temporary files, child processes.

While anything of the kind exists, SIGTERM and SIGHUP first remove it and then end the process as
they would have done; at other times their handling is left alone, and so it is where a host
program handles or ignores them itself. SIGINT stays Python's KeyboardInterrupt, which `with`
cleans up after, but waits where files change places or a process is being started.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from math import isinf
from types import FrameType
from typing import TYPE_CHECKING, Any

from dspc.dialects.limits import reached, remaining

if TYPE_CHECKING:
    import subprocess

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

_paths: list[str] = []
_children: list[int] = []
_held = 0
_pending: int | None = None


@contextmanager
def watching() -> Generator[None]:
    """Have signals clean up in the block; only in the main thread can they be told to."""
    changed: list[tuple[signal.Signals, Any]] = []
    try:
        for number in (signal.SIGINT, *_ENDING):
            before = signal.getsignal(number)
            if before in (signal.SIG_DFL, signal.default_int_handler):
                with suppress(ValueError):
                    signal.signal(number, _end)
                    changed.append((number, before))
        yield
    finally:
        for number, before in changed:
            signal.signal(number, before)


@contextmanager
def held() -> Generator[None]:
    """Let a signal wait for the end of the block."""
    global _held, _pending
    _held += 1
    try:
        yield
    finally:
        _held -= 1
        number = _pending
        if not _held and number is not None:
            _pending = None
            _end(number, None)


@contextmanager
def vanishing(path: str) -> Generator[str]:
    """A path at which whatever is there when the block ends, however it ends, is removed."""
    with watching():
        _paths.append(path)
        try:
            yield path
        finally:
            _remove(path)
            _paths.remove(path)


@contextmanager
def scratch_folder(inside: str | None = None) -> Generator[str]:
    """A new folder that only the user can enter, removed with all that it holds.

    It is made in the system's folder for temporary files, or in `inside`. Raises OSError.
    """
    import tempfile

    where = tempfile.gettempdir() if inside is None else inside
    with vanishing(os.path.join(where, f"dspc-{random_name()}")) as path:
        os.mkdir(path, 0o700)
        yield path


def random_name() -> str:
    """Sixteen hexadecimal digits that nobody can foresee."""
    return os.urandom(8).hex()


def run_command(
    command: Sequence[str],
    seconds: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, bytes, bytes]:
    """Run a command without input: its exit status, output and error output.

    Whatever it starts is of its group, which ends with it, also where this process is ended.
    Raises OSError where it cannot be started, subprocess.TimeoutExpired after `seconds`, DspcError
    E0210 when the time of the compilation is over.
    """
    import subprocess

    left = remaining()
    most = left if seconds is None else min(seconds, left)
    child: subprocess.Popen[bytes] | None = None
    with watching():
        try:
            with held():
                child = subprocess.Popen(
                    list(command),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=None if environment is None else dict(environment),
                    start_new_session=True,
                )
                _children.append(child.pid)
            output, errors = child.communicate(timeout=None if isinf(most) else most)
            return child.returncode, output, errors
        except subprocess.TimeoutExpired:
            if most == left:
                raise reached() from None
            raise
        finally:
            if child is not None:
                _kill_group(child.pid)
                child.wait()
                _children.remove(child.pid)
                for stream in (child.stdout, child.stderr):
                    if stream is not None:
                        stream.close()


def _kill_group(leader: int) -> None:
    with suppress(OSError):
        os.killpg(leader, signal.SIGKILL)


def _remove(path: str) -> None:
    with suppress(OSError):
        if os.path.isdir(path) and not os.path.islink(path):
            import shutil

            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def _end(number: int, frame: FrameType | None) -> None:
    """Remove what is half done and die of the signal; SIGINT is an exception, as ever."""
    global _pending
    if _held:
        _pending = number
        return
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    for child in _children:
        _kill_group(child)
        with suppress(OSError):
            os.waitpid(child, 0)
    for path in _paths:
        _remove(path)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
