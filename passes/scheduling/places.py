"""Where tasks are at home: threads that take a piece of the work each find their memory in caches.

Tasks stand in the program's order, in which those that touch the same memory are near each other.
The order is cut in halves of about the same work, the halves again, each time where the least
memory is touched from both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from dspc.passes.analysis.loop_dag import Unit

PLACES = 1000
"""The numbers of places, from 0 on."""
UNEVEN = 0.06
"""How much more or less than half of the work a half may be, of the whole."""


def places_of(tasks: Sequence[Unit]) -> list[int]:
    """A place for each task, in the order given; of several threads, each takes as many places."""
    found = [0] * len(tasks)
    work = [(0, len(tasks), 0, PLACES)]
    while work:
        start, end, low, high = work.pop()
        middle = (low + high) // 2
        if end - start < 2 or middle == low:
            found[start:end] = [middle] * (end - start)
            continue
        at = start + _cut(tasks[start:end])
        work += [(start, at, low, middle), (at, end, middle, high)]
    return found


def _cut(tasks: Sequence[Unit]) -> int:
    """How many of some tasks make the first half: one at least, and not all."""
    total = sum(task.cost for task in tasks) or 1.0
    shares = [cost / total for cost in accumulate(task.cost for task in tasks)]
    shared = _shared(tasks)
    near = [at for at in range(1, len(tasks)) if abs(shares[at - 1] - 0.5) <= UNEVEN]
    if near:
        return min(near, key=lambda at: (shared[at], abs(shares[at - 1] - 0.5)))
    return min(range(1, len(tasks)), key=lambda at: abs(shares[at - 1] - 0.5))


def _shared(tasks: Sequence[Unit]) -> list[int]:
    """For each cut, how many pieces of memory tasks on both sides touch."""
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
