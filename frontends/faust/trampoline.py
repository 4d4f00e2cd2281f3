"""A trampoline: runs mutually recursive generators on an explicit stack instead of Python's.

A task is a generator that yields the tasks whose results it needs, and is sent their results. Each
task has two labels, which messages and the handler of its result use.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from dspc.support.diagnostics import DspcError

Work = tuple[Generator[Any, Any, Any], Any, Any]
"""A generator, and two objects that identify its computation."""

DEEP = 20_000
"""The depth at which `too_deep` is called first, and again after each growth by a quarter."""


class Trampoline:
    """Runs tasks; raises what `too_deep` returns for a stack that has grown much, if anything."""

    def __init__(self) -> None:
        self.stack: list[Work] = []
        self.too_deep: Callable[[list[Work]], DspcError | None] = lambda stack: None

    def run(self, work: Work, finished: Callable[[Any, Any, Any], None]) -> Any:
        """The result of a task; `finished` hears of each task's labels and result."""
        stack = self.stack = [work]
        value: Any = None
        deep = DEEP
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
                if len(stack) > deep:
                    fault = self.too_deep(stack)
                    if fault is not None:
                        raise fault
                    deep += deep // 4
