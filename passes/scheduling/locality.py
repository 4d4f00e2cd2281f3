"""Locality of tasks: a partition of the tasks for threads that each run a fixed share of the work.

Recursive bisection of the tasks in program order, in which tasks on the same memory are close to
each other: each cut balances the work and minimises the buffers accessed on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from dspc.passes.analysis.loop_dag import WorkUnit

PLACES = 1000
"""Places are 0 to PLACES - 1."""
UNEVEN = 0.06
"""The greatest deviation of a half from half of the work, as a share of the whole."""


def places_of(tasks: Sequence[WorkUnit]) -> list[int]:
    """A place for each task, in the order given; threads take equal ranges of places."""
    places = [0] * len(tasks)
    work = [(0, len(tasks), 0, PLACES)]
    while work:
        start, end, low, high = work.pop()
        middle = (low + high) // 2
        if end - start < 2 or middle == low:
            places[start:end] = [middle] * (end - start)
            continue
        at = start + _cut(tasks[start:end])
        work += [(start, at, low, middle), (at, end, middle, high)]
    return places


def _cut(tasks: Sequence[WorkUnit]) -> int:
    """The number of tasks of the first half: at least one, and not all."""
    total = sum(task.cost for task in tasks) or 1.0
    shares = [cost / total for cost in accumulate(task.cost for task in tasks)]
    shared = _shared(tasks)
    near = [at for at in range(1, len(tasks)) if abs(shares[at - 1] - 0.5) <= UNEVEN]
    if near:
        return min(near, key=lambda at: (shared[at], abs(shares[at - 1] - 0.5)))
    return min(range(1, len(tasks)), key=lambda at: abs(shares[at - 1] - 0.5))


def _shared(tasks: Sequence[WorkUnit]) -> list[int]:
    """For each cut, the number of buffers that tasks on both sides access."""
    first: dict[object, int] = {}
    last: dict[object, int] = {}
    for at, task in enumerate(tasks):
        for memory in task.touches.reads | task.touches.writes:
            first.setdefault(memory, at)
            last[memory] = at
    changes = [0] * (len(tasks) + 1)
    for memory, at in first.items():
        changes[at + 1] += 1
        changes[last[memory] + 1] -= 1
    return list(accumulate(changes))
