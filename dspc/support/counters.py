"""Statistics of passes: counters that are recorded only while a collector is active."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

_collected: ContextVar[Counter[str] | None] = ContextVar("collected", default=None)


def count(name: str, number: int = 1) -> None:
    """Add to a statistic of the running pass, if statistics are collected."""
    counter = _collected.get()
    if counter is not None:
        counter[name] += number


@contextmanager
def collecting() -> Generator[Counter[str]]:
    """Collect the counters of passes that run in the block."""
    counter: Counter[str] = Counter()
    token = _collected.set(counter)
    try:
        yield counter
    finally:
        _collected.reset(token)
