"""Bounds on what a compilation takes: seconds, and bytes of memory that the process holds.

A thread looks at the clock and at the resident set some twenty times a second and stops the thread
that compiles by an asynchronous exception (CPython's `PyThreadState_SetAsyncExc`), which reaches
Python code of every stage. Resident pages are counted, not addresses: libraries reserve far more
addresses than they use. Native code and other processes that may run for long ask `remaining` for
the time that they have. All levels need that, so that this stands beside the dialects.
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

from dspc.dialects.diagnostics import DspcError, Span

Result = TypeVar("Result")

MEGABYTE = 1_000_000
_PERIOD = 0.05
"""Seconds between two looks."""
_REPEAT = 1.0
"""Seconds until a thread that did not hear is told once more: destructors swallow exceptions."""
_GRACE = 5.0
"""Seconds until a thread that never hears, since it is in native code, counts as stuck."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of wall time and bytes of resident memory; infinite ones are no limits."""

    seconds: float = inf
    memory: float = inf


NO_LIMITS = Limits()


class LimitReached(BaseException):
    """Raised in a thread that reached a limit: no `except Exception` catches it."""


class _Watch:
    """Watches over the thread that makes it."""

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
        """Watch no longer; nothing is raised after this."""
        self._done.set()
        self._thread.join()
        if self.fault is not None:
            _interrupt(self._target, None)

    def _watch(self) -> None:
        while self.fault is None:
            self._look()
            left = self.end - time.monotonic()
            if self.fault is None and self._done.wait(max(0.001, min(_PERIOD, left))):
                return
        told = time.monotonic()
        while not self._done.is_set():
            _interrupt(self._target, LimitReached)
            self._done.wait(_REPEAT)
            if self._on_stuck and time.monotonic() - told > _GRACE and not self._done.is_set():
                self._on_stuck(self.fault)

    def overtime(self) -> DspcError:
        return DspcError(
            "E0210",
            f"compilation takes longer than {self.limits.seconds:g} s",
            hint="`-t SECONDS` allows for more time",
        )

    def _look(self) -> None:
        if time.monotonic() >= self.end:
            self.fault = self.overtime()
        elif resident_bytes() > self.limits.memory:
            size = self.limits.memory / MEGABYTE
            self.fault = DspcError(
                "E0211",
                f"more than {size:.0f} MB of memory are needed",
                hint="`--memory-limit SIZE` allows for more memory",
            )


class _Current(threading.local):
    watch: _Watch | None = None


_current = _Current()


def limited(
    limits: Limits,
    action: Callable[[], Result],
    on_stuck: Callable[[DspcError], None] | None = None,
) -> Result:
    """The result of an action that is stopped at the limits, or at those around it.

    Raises DspcError E0210 when its time is over and E0211 when the process has outgrown its
    memory. `on_stuck` is called, in another thread, if the action does not end even then.
    """
    if isinf(limits.seconds) and isinf(limits.memory):
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
        # It may have come in the midst of the first stop.
        watch.stop()
        if watch.fault is None:
            raise
        fault = watch.fault
        fault.span = fault.span or watch.place
        raise fault from None
    finally:
        _current.watch = watch.outer


def _unraisable(what: sys.UnraisableHookArgs) -> None:
    """Tell what a destructor raised, but for a limit, which comes again."""
    if what.exc_type is not LimitReached:
        sys.__unraisablehook__(what)


def reached() -> DspcError:
    """The fault that a LimitReached, or the end of `remaining`, stands for.

    It is for the caller to raise, who may have more to tell about it.
    """
    watches = list(_watches())
    told = [watch for watch in watches if watch.fault is not None]
    watch = told[0] if told else min(watches, key=lambda each: each.end)
    watch.stop()
    return watch.fault or watch.overtime()


def concerns(place: Span) -> None:
    """The definition that is being compiled: where faults point that have no other place."""
    if _current.watch is not None:
        _current.watch.place = place


def remaining() -> float:
    """The seconds left to this thread, more than 0; infinite where nothing is limited."""
    end = min((watch.end for watch in _watches()), default=inf)
    return max(end - time.monotonic(), 0.001)


def _watches() -> Iterator[_Watch]:
    """Those over this thread, the innermost first."""
    watch = _current.watch
    while watch is not None:
        yield watch
        watch = watch.outer


def resident_bytes() -> int:
    """The resident set of this process; the most it was where the system does not tell."""
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
    """What a process may come to hold: what it does, and three quarters of what is free."""
    found = [resident_bytes() + 0.75 * free for free in (_available(), _group_left()) if free]
    return min(found, default=inf)


def _available() -> float | None:
    """Bytes that processes can have without swapping; half of all where that is not told."""
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
    """Bytes that the control group of a container has left, if it is bounded."""
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


def _interrupt(thread: int, kind: type[BaseException] | None) -> None:
    """Raise in a thread at its next bytecode, or take back what was not raised yet."""
    import ctypes

    raised = ctypes.py_object() if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
