"""Assignments that take place together, written one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Protocol

from xdsl.ir import SSAValue

from dspc.backends.c.expressions import Expr


class Writer(Protocol):
    """What is needed to print assignments."""

    def emit(self, line: str) -> None: ...
    def variable(self, value: SSAValue, expr: Expr) -> Expr: ...


def assign_together(out: Writer, wanted: Iterable[tuple[str, SSAValue, Expr]]) -> None:
    """Print `name = expr` for each triple as if all happened at once.

    A variable is written once nobody else needs its old value; only a cycle costs a temporary.
    """
    left = {name: (value, expr) for name, value, expr in wanted if expr.text != name}
    readers = dict.fromkeys(left, 0)
    for name, (_, expr) in left.items():
        for read in expr.reads:
            if read in left and read != name:
                readers[read] += 1
    ready = deque(name for name, count in readers.items() if not count)

    def release(name: str, expr: Expr) -> None:
        for read in sorted(expr.reads):
            if read in left and read != name:
                readers[read] -= 1
                if not readers[read]:
                    ready.append(read)

    while left:
        if ready:
            name = ready.popleft()
            _, expr = left.pop(name)
            out.emit(f"{name} = {expr.text};")
        else:
            name, (value, expr) = next(iter(left.items()))
            left[name] = (value, out.variable(value, expr))
        release(name, expr)
