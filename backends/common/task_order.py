"""The order of a graph's tasks on one thread."""

from __future__ import annotations

from collections.abc import Iterable

from dspc.dialects.dsp_par import TaskOp
from dspc.support.diagnostics import DspcError


def in_order(tasks: Iterable[TaskOp]) -> list[TaskOp]:
    """Tasks in an order that their dependences allow; the verifier knows that there is one."""
    done: set[int] = set()
    ordered: list[TaskOp] = []
    left = list(tasks)
    while left:
        ready = [task for task in left if done.issuperset(task.predecessors)]
        if not ready:
            raise DspcError("E0902", "the tasks of a graph wait for each other")
        done.update(task.number.data for task in ready)
        ordered += ready
        left = [task for task in left if task.number.data not in done]
    return ordered
