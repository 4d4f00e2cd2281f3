"""Clean-up of temporary files and child processes when a signal ends the command.

While any exist, SIGTERM and SIGHUP remove them before ending the process as by default. Handlers
are installed only for that time, and never where a host program handles or ignores the signals
itself. SIGINT remains Python's KeyboardInterrupt, after which `with` statements clean up; it is
deferred while files are renamed or a process is started.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from math import isinf
from types import FrameType
from typing import TYPE_CHECKING, Any

from dspc.support.limits import reached, remaining

if TYPE_CHECKING:
    import subprocess

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

_paths: list[str] = []
_children: list[int] = []
_held = 0
_pending: int | None = None


@contextmanager
def watching() -> Generator[None]:
    """Install the signal handlers for the block; no effect outside the main thread."""
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
    """Defer signals to the end of the block."""
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
    """A path whose file or folder is removed at the end of the block, also by a signal."""
    with watching():
        _paths.append(path)
        try:
            yield path
        finally:
            _remove(path)
            _paths.remove(path)


@contextmanager
def scratch_folder(inside: str | None = None) -> Generator[str]:
    """A new folder of mode 0700, removed with its contents at the end of the block.

    It is created in `inside`, or the system's folder for temporary files. Raises OSError.
    """
    import tempfile

    where = tempfile.gettempdir() if inside is None else inside
    with vanishing(os.path.join(where, f"dspc-{random_name()}")) as path:
        os.mkdir(path, 0o700)
        yield path


def random_name() -> str:
    """Sixteen hexadecimal digits from the system's secure random source."""
    return os.urandom(8).hex()


def run_command(
    command: Sequence[str],
    seconds: float | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, bytes, bytes]:
    """Run a command without input; returns exit status, standard output and standard error.

    It runs in a process group of its own, which is killed when it ends or this process is ended.
    Raises OSError where it cannot be started, subprocess.TimeoutExpired after `seconds`, and
    DspcError E0210 at the time limit of the compilation.
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
        if hasattr(os, "killpg"):
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGTERM)  # without process groups; ends it at once on Windows


def _remove(path: str) -> None:
    with suppress(OSError):
        if os.path.isdir(path) and not os.path.islink(path):
            import shutil

            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def _end(number: int, frame: FrameType | None) -> None:
    """Signal handler: clean up and end by the signal's default action; SIGINT raises."""
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
