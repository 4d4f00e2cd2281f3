"""Orders of a graph's tasks, for one thread and for tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dspc.dialects.dsp_par import TaskOp
from dspc.support.diagnostics import DspcError
from dspc.support.graphs import topological_order


def topological(tasks: Sequence[TaskOp]) -> list[TaskOp]:
    """Each task after its predecessors; ties are in the order given.

    Raises DspcError E0902 where tasks wait for each other, which the verifier excludes.
    """
    place = {task.number.data: at for at, task in enumerate(tasks)}
    before = [[place[number] for number in task.predecessors] for task in tasks]
    after: list[list[int]] = [[] for _ in tasks]
    for at, sources in enumerate(before):
        for source in sources:
            after[source].append(at)
    order = topological_order(range(len(tasks)), before.__getitem__, after.__getitem__, int)
    if len(order) < len(tasks):
        raise DspcError("E0902", "the tasks of a graph wait for each other")
    return [tasks[at] for at in order]


def in_order(tasks: Iterable[TaskOp]) -> list[TaskOp]:
    """The tasks level by level, each level in the order given; errors as of `topological`."""
    given = list(tasks)
    level: dict[int, int] = {}
    for task in topological(given):
        level[task.number.data] = max((level[one] + 1 for one in task.predecessors), default=0)
    return sorted(given, key=lambda task: level[task.number.data])
