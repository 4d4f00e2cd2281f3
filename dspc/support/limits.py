"""Limits on the wall time and the resident memory of a compilation.

A watchdog thread polls the clock and the resident set size about twenty times a second and stops
the compiling thread by an asynchronous exception (CPython's `PyThreadState_SetAsyncExc`), which
interrupts Python code anywhere. The limit is on the resident set, not on the address space, of
which libraries reserve far more than they use. Callers of native code and of other processes
obtain their time budget from `remaining`.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf, isinf
from typing import TypeVar

from dspc.support.diagnostics import DspcError, Span

Result = TypeVar("Result")

HAS_THREADS = sys.platform not in ("emscripten", "wasi")
"""Whether Python starts threads on this system: not in WebAssembly."""
MEGABYTE = 1_000_000
_PERIOD = 0.05
"""Polling interval in seconds."""
_REPEAT = 1.0
"""Seconds until the exception is raised again: one raised in a destructor is swallowed."""
_GRACE = 5.0
"""Seconds after which a thread that runs native code, and so gets no exception, counts as stuck."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits in seconds of wall time and bytes of resident memory; infinity is no limit."""

    seconds: float = inf
    memory: float = inf


NO_LIMITS = Limits()


class LimitReached(BaseException):
    """Raised in a thread that reached a limit; not an `Exception`, so that none catches it."""


class _Watch:
    """Enforces limits on the thread that creates it."""

    def __init__(self, limits: Limits, on_stuck: Callable[[DspcError], None] | None) -> None:
        self.limits = limits
        self.end = time.monotonic() + limits.seconds
        self.place: Span | None = None
        self.fault: DspcError | None = None
        self._on_stuck = on_stuck
        self._target = threading.get_ident()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="limits", daemon=True)
        self.outer: _Watch | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; nothing is raised afterwards."""
        self._done.set()
        self._thread.join()
        if self.fault is not None:
            _absorb(self._target)

    def _watch(self) -> None:
        while self.fault is None:
            self._look()
            left = self.end - time.monotonic()
            if self.fault is None and self._done.wait(max(0.001, min(_PERIOD, left))):
                return
        since = time.monotonic()
        while not self._done.is_set():
            _interrupt(self._target)
            self._done.wait(_REPEAT)
            if self._on_stuck and time.monotonic() - since > _GRACE and not self._done.is_set():
                self._on_stuck(self.fault)

    def overtime(self) -> DspcError:
        return DspcError(
            "E0210",
            f"compilation takes longer than {self.limits.seconds:g} s",
            hint="`-t SECONDS` raises the limit",
        )

    def _look(self) -> None:
        if time.monotonic() >= self.end:
            self.fault = self.overtime()
        elif resident_bytes() > self.limits.memory:
            size = self.limits.memory / MEGABYTE
            self.fault = DspcError(
                "E0211",
                f"compilation needs more than {size:.0f} MB of memory",
                hint="`--memory-limit SIZE` raises the limit",
            )


class _Current(threading.local):
    watch: _Watch | None = None


_current = _Current()


def limited(
    limits: Limits,
    action: Callable[[], Result],
    on_stuck: Callable[[DspcError], None] | None = None,
) -> Result:
    """The result of an action that runs within limits; limits of callers hold as well.

    Raises DspcError E0210 when the time limit is reached and E0211 when the memory limit is.
    `on_stuck` is called in the watchdog thread if the action cannot be interrupted. Without threads
    there are no limits.
    """
    if not HAS_THREADS or (isinf(limits.seconds) and isinf(limits.memory)):
        return action()
    if on_stuck is not None:
        sys.unraisablehook = _unraisable
    watch = _Watch(limits, on_stuck)
    watch.outer, _current.watch = _current.watch, watch
    try:
        try:
            watch.start()
            return action()
        finally:
            watch.stop()
    except LimitReached:
        # The exception may have interrupted the first call of `stop`.
        watch.stop()
        if watch.fault is None:
            raise
        fault = watch.fault
        fault.span = fault.span or watch.place
        raise fault from None
    finally:
        _current.watch = watch.outer


def _unraisable(arguments: sys.UnraisableHookArgs) -> None:
    """Report an exception of a destructor, except for LimitReached, which is raised again."""
    if arguments.exc_type is not LimitReached:
        sys.__unraisablehook__(arguments)


def reached() -> DspcError:
    """The error for a LimitReached or an elapsed `remaining`, for the caller to raise."""
    watches = list(_watches())
    failed = [watch for watch in watches if watch.fault is not None]
    watch = failed[0] if failed else min(watches, key=lambda each: each.end)
    watch.stop()
    return watch.fault or watch.overtime()


def concerns(place: Span) -> None:
    """Record the definition being compiled: the location of limit errors that have no other."""
    if _current.watch is not None:
        _current.watch.place = place


def remaining() -> float:
    """Seconds left to this thread, positive; infinite without a limit."""
    end = min((watch.end for watch in _watches()), default=inf)
    return max(end - time.monotonic(), 0.001)


def _watches() -> Iterator[_Watch]:
    """The watches of this thread, innermost first."""
    watch = _current.watch
    while watch is not None:
        yield watch
        watch = watch.outer


def resident_bytes() -> int:
    """The resident set size of this process, or its peak where the system reports only that."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def memory_to_take() -> float:
    """Default memory limit in bytes: the present size plus three quarters of the free memory."""
    bounds = [resident_bytes() + 0.75 * free for free in (_available(), _group_left()) if free]
    return min(bounds, default=inf)


def _available() -> float | None:
    """Bytes available without swapping; half of the physical memory where that is not reported."""
    try:
        with open("/proc/meminfo", "rb") as file:
            for line in file:
                if line.startswith(b"MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2
    except (ValueError, OSError, AttributeError):
        return None


def _group_left() -> float | None:
    """Bytes left in the control group (cgroup) of a container, if it has a memory limit."""
    folder = "/sys/fs/cgroup"
    for most, used in (
        ("memory.max", "memory.current"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ):
        try:
            with open(f"{folder}/{most}") as bound, open(f"{folder}/{used}") as now:
                return max(0, int(bound.read()) - int(now.read()))
        except (OSError, ValueError):
            continue
    return None


def _interrupt(thread: int) -> None:
    """Raise LimitReached at a thread's next bytecode."""
    import ctypes

    raised = ctypes.py_object(LimitReached)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _absorb(thread: int) -> None:
    """Cancel an interrupt that may be pending in this thread, by raising it here.

    Cancelled with a null exception, CPython 3.11 would never reset its signal: all bytecode would
    be slower, and traced functions (`sys.settrace`: debuggers, coverage) would never start.
    """
    try:
        _interrupt(thread)
        while True:
            pass
    except LimitReached:
        pass
