"""Which loops of a chunk make one task: what would wait for each other anyway, and what is tiny."""

from __future__ import annotations

from collections.abc import Sequence

from dspc.dialects.dsp_par import LoopOp
from dspc.passes.analysis.loop_dag import Unit, drop_implied, in_order, join, loop_units

WORTH_A_TASK = 2000.0
"""What a task has to take to be worth handing to another thread, in ns."""

FEW = 2
"""For how many a task may wait that takes one of them in front of it."""

HANDED_OVER = 4000.0
"""What a task waits longer for one that another thread ran: to be found, and its rows fetched from
another core's cache; in ns of the estimate, of which wide processors take a half or a third."""
GAIN = 0.9
"""A second thread has to bring the time down to this share of what one takes."""
NEVER = 2**31 - 1
"""More frames than a chunk has."""


def least_frames(tasks: Sequence[Unit], chunk: int) -> int:
    """The frames of a call from which a second thread gains anything; `NEVER` if none.

    All threads meet at the end of each chunk, so longer calls gain no more than a whole chunk does.
    """
    if not _gains(tasks, 1.0):
        return NEVER
    low, high = 0, chunk
    while high - low > 1:
        middle = (low + high) // 2
        if _gains(tasks, middle / chunk):
            high = middle
        else:
            low = middle
    return high


def _gains(tasks: Sequence[Unit], share: float) -> bool:
    """Whether two threads run tasks of a share of their length faster than one does."""
    alone = share * sum(task.cost for task in tasks)
    return _on_two_threads(tasks, share) <= GAIN * alone


def _on_two_threads(tasks: Sequence[Unit], share: float) -> float:
    """About how long two threads take, each task as soon as a thread can have it, in ns."""
    free = [0.0, HANDED_OVER]  # the second has to notice that there is work
    ends: dict[Unit, tuple[float, int]] = {}
    place = {task: at for at, task in enumerate(tasks)}
    waiting = {task: len(task.before) for task in tasks}
    ready = [task for task in tasks if not waiting[task]]
    while ready:
        starts = [
            (max(free[thread], _inputs_at(task, thread, ends)), thread, at)
            for at, task in enumerate(ready)
            for thread in (0, 1)
        ]
        start, thread, at = min(starts)
        task = ready.pop(at)
        free[thread] = start + share * task.cost
        ends[task] = free[thread], thread
        for other in sorted(task.after, key=place.__getitem__):
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return max(end + (HANDED_OVER if thread else 0.0) for end, thread in ends.values())


def _inputs_at(task: Unit, thread: int, ends: dict[Unit, tuple[float, int]]) -> float:
    """When all that a task waits for has reached a thread."""
    return max(
        [end + (HANDED_OVER if ran != thread else 0.0) for end, ran in map(ends.get, task.before)],  # pyright: ignore
        default=0.0,
    )


def make_tasks(loops: Sequence[LoopOp], chunk: int, group: bool) -> list[Unit]:
    """The tasks of a chunk, each after those that it waits for, without superfluous dependences."""
    units = _join_chains(loop_units(loops, chunk))
    if group:
        count = 0
        while count != len(units):
            count = len(units)
            units = _join_neighbours(_join_alike(units))
    tasks = in_order(units)
    drop_implied(tasks)
    return tasks


def _join_chains(units: Sequence[Unit]) -> list[Unit]:
    """Join loops that only feed each other."""
    gone: set[Unit] = set()
    for unit in units:
        while unit not in gone and len(unit.after) == 1:
            (then,) = unit.after
            if then.before != {unit}:
                break
            join(unit, then)
            gone.add(then)
    return [unit for unit in units if unit not in gone]


def _join_neighbours(units: Sequence[Unit]) -> list[Unit]:
    """Join tiny tasks to the only one that waits for them, or that they wait for.

    No other way can lead from one to the other, so this makes no circle. What waits for many is
    left alone: with all of them in front, it would be long and come last.
    """
    gone: set[Unit] = set()
    for unit in sorted(units, key=lambda unit: unit.cost):
        if unit in gone or unit.cost >= WORTH_A_TASK:
            continue
        then = next(iter(unit.after)) if len(unit.after) == 1 else None
        if then is not None and (then.cost < WORTH_A_TASK or len(then.before) <= FEW):
            join(then, unit, in_front=True)
        elif len(unit.before) == 1:
            (first,) = unit.before
            join(first, unit)
        else:
            continue
        gone.add(unit)
    return [unit for unit in units if unit not in gone]


def _join_alike(units: Sequence[Unit]) -> list[Unit]:
    """Join tiny tasks that wait for the same or that the same wait for, until they pay.

    Where that holds for one side alone, the other side must have a task in common: so they work on
    the same memory. No way leads from one of two such tasks to the other, so this makes no circle.
    """
    units = _joined(units, by_before=True, by_after=True)
    units = _joined(units, by_before=False, by_after=True)
    return _joined(units, by_before=True, by_after=False)


def _joined(units: Sequence[Unit], by_before: bool, by_after: bool) -> list[Unit]:
    alike: dict[tuple[frozenset[Unit], frozenset[Unit]], Unit] = {}
    gone: set[Unit] = set()
    for unit in units:
        if unit.cost >= WORTH_A_TASK:
            continue
        key = (
            frozenset(unit.before if by_before else ()),
            frozenset(unit.after if by_after else ()),
        )
        kept = alike.get(key)
        if (
            kept is None
            or kept.cost >= WORTH_A_TASK
            or not (by_before or kept.before & unit.before)
            or not (by_after or kept.after & unit.after)
        ):
            alike[key] = unit
            continue
        join(kept, unit)
        gone.add(unit)
    return [unit for unit in units if unit not in gone]
