"""Calls in forked processes, with bounds on processor time and memory."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dspc.support.diagnostics import DspcError

SECONDS = 40
"""Processor time of one call."""
WALL = 300.0
"""The least time after which a call that waits is ended, in seconds."""
BUSY = 20
"""How many times longer than its processor time a call may take on a busy machine."""
MEMORY = 16 << 30
"""Bytes of address space that a call may add to what its process has already reserved.

An instance of the interpreter and its copy map four times the 2 GB of a board's DDR, sparsely."""


@dataclass(frozen=True)
class Reply:
    """The outcome of a call: its value, or the kind of its end and a message.

    Ends are "refused" with the code of the error, "crash", "died" with the signal, and "time".
    """

    value: Any = None
    end: str = ""
    message: str = ""


def forked(call: Callable[[], Any], seconds: int | None = None) -> Reply:
    """Run a call in a copy of this process; `seconds` of processor time end it (SECONDS)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _serve(call, writing, SECONDS if seconds is None else seconds)
    os.close(writing)
    data = _received(reading, child, max(WALL, BUSY * (SECONDS if seconds is None else seconds)))
    os.close(reading)
    status = os.waitpid(child, 0)[1]
    if data is None:
        return Reply(end="time")
    if data:
        with contextlib.suppress(pickle.UnpicklingError, EOFError):
            return pickle.loads(data)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return (
            Reply(end="time")
            if number == signal.SIGXCPU
            else Reply(end="died", message=str(number))
        )
    return Reply(end="died", message=f"exit {os.waitstatus_to_exitcode(status)}")


def _received(reading: int, child: int, wall: float) -> bytes | None:
    """What the child wrote; None if it took too long, after its end."""
    parts: list[bytes] = []
    last = time.monotonic() + wall
    while True:
        if not select.select([reading], [], [], max(0.0, last - time.monotonic()))[0]:
            os.kill(child, signal.SIGKILL)
            return None
        part = os.read(reading, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _serve(call: Callable[[], Any], writing: int, seconds: int) -> None:
    for one in (signal.SIGSEGV, signal.SIGFPE, signal.SIGABRT, signal.SIGBUS, signal.SIGILL):
        signal.signal(one, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    allowed = _reserved() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    reply = pickle.dumps(_reply(call))
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(reply)
    os._exit(0)


def _reserved() -> int:
    """Bytes of address space of this process; see statm in proc(5).

    Compilers and OpenCL loaded before reserve gigabytes that they never touch.
    """
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[0]) * resource.getpagesize()


def _reply(call: Callable[[], Any]) -> Reply:
    try:
        return Reply(call())
    except DspcError as error:
        return Reply(end="refused", message=f"{error.code} {error.message[:300]}")
    except BaseException as error:
        return Reply(end="crash", message=f"{type(error).__name__}: {error}"[:300])
