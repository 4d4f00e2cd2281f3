"""Driving generators that wait for one another, on an explicit stack instead of Python's own.

A task is a generator that yields the tasks whose results it needs, and is sent their results. With
each task goes what it works on, for messages, and what to do with its result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

from dspc.dialects.diagnostics import DspcError

Work = tuple[Generator[Any, Any, Any], Any, Any]
"""A generator and two objects that tell what it computes."""

MAX_DEPTH = 600_000
_CHECK_EVERY = 4096


class Trampoline:
    """Runs tasks within limits: `deadline` is a `time.monotonic()` value.

    Raises DspcError E0210 past the deadline and E0211 if tasks wait for one another too deeply.
    """

    def __init__(self, deadline: float, time_limit: float) -> None:
        self.deadline = deadline
        self.time_limit = time_limit
        self.stack: list[Work] = []
        self.over_size: Callable[[], bool] = lambda: False

    def run(self, work: Work, finished: Callable[[Any, Any, Any], None]) -> Any:
        """The result of a task; `finished` hears of each task's labels and result."""
        stack = self.stack = [work]
        value: Any = None
        steps = 0
        current = work[0]
        while True:
            try:
                needed = current.send(value)
            except StopIteration as stop:
                value = stop.value
                _, first, second = stack.pop()
                finished(first, second, value)
                if not stack:
                    return value
                current = stack[-1][0]
            else:
                stack.append(needed)
                current = needed[0]
                value = None
            steps += 1
            if not steps % _CHECK_EVERY:
                self._check(len(stack))

    def _check(self, depth: int) -> None:
        if time.monotonic() > self.deadline:
            raise DspcError(
                "E0210",
                f"evaluation takes longer than {self.time_limit:g} s",
                hint="a definition may call itself without end; `-t SECONDS` allows for more time",
            )
        if depth > MAX_DEPTH or self.over_size():
            raise DspcError(
                "E0211",
                "evaluation outgrows its memory",
                hint="does a definition call itself without ever reaching a case that ends it?",
            )
