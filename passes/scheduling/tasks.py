"""Task coarsening: merges chains of loops and tasks that are too small to schedule."""

from __future__ import annotations

from collections.abc import Sequence

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.dialects.dsp_par import LoopOp
from dspc.passes.analysis.loop_dag import WorkUnit, drop_implied, in_order, join, loop_units

FEW = 2
"""The most predecessors of a task into which one of them is merged."""

GAIN = 0.9
"""The time of two threads must be below this share of that of one."""
NEVER = 2**31 - 1
"""More frames than any chunk has."""


def least_frames(tasks: Sequence[WorkUnit], chunk: int, processor: ProcessorModel) -> int:
    """The least frames of a call for which a second thread gains anything; `NEVER` if none.

    Threads synchronise at the end of each chunk, so longer calls gain no more than a whole chunk.
    """
    communication = _communication(processor)
    if not _gains(tasks, 1.0, communication):
        return NEVER
    low, high = 0, chunk
    while high - low > 1:
        middle = (low + high) // 2
        if _gains(tasks, middle / chunk, communication):
            high = middle
        else:
            low = middle
    return high


def _worth_a_task(processor: ProcessorModel) -> float:
    """The least cost of a task that is worth handing to another thread, in ns."""
    return processor.cycle * processor.hand_over


def _communication(processor: ProcessorModel) -> float:
    """The communication cost of a dependence between threads: stealing the task, and fetching its
    rows from another core's cache; in ns of the cost model, of which wide processors take half or
    less."""
    return 2 * _worth_a_task(processor)


def _gains(tasks: Sequence[WorkUnit], share: float, communication: float) -> bool:
    """Whether two threads run the tasks, scaled by `share`, faster than one."""
    alone = share * sum(task.cost for task in tasks)
    return _on_two_threads(tasks, share, communication) <= GAIN * alone


def _on_two_threads(tasks: Sequence[WorkUnit], share: float, communication: float) -> float:
    """The makespan of a list schedule on two threads, in ns."""
    free = [0.0, communication]  # the second thread must be woken
    ends: dict[WorkUnit, tuple[float, int]] = {}
    place = {task: at for at, task in enumerate(tasks)}
    waiting = {task: len(task.before) for task in tasks}
    ready = [task for task in tasks if not waiting[task]]
    while ready:
        starts = [
            (max(free[thread], _inputs_at(task, thread, ends, communication)), thread, at)
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
    return max(end + (communication if thread else 0.0) for end, thread in ends.values())


def _inputs_at(
    task: WorkUnit,
    thread: int,
    ends: dict[WorkUnit, tuple[float, int]],
    communication: float,
) -> float:
    """The time at which all inputs of a task are available to a thread, in ns."""
    inputs = (ends[other] for other in task.before)
    return max(
        (end + (communication if ran != thread else 0.0) for end, ran in inputs), default=0.0
    )


def make_tasks(
    loops: Sequence[LoopOp], chunk: int, group: bool, processor: ProcessorModel
) -> list[WorkUnit]:
    """The tasks of a chunk in topological order, with transitively reduced dependences."""
    units = _join_chains(loop_units(loops, chunk, processor))
    if group:
        count, least = 0, _worth_a_task(processor)
        while count != len(units):
            count = len(units)
            units = _join_neighbours(_join_alike(units, least), least)
    tasks = in_order(units)
    drop_implied(tasks)
    return tasks


def _join_chains(units: Sequence[WorkUnit]) -> list[WorkUnit]:
    """Merge chains: units with one successor that has one predecessor."""
    absorbed: set[WorkUnit] = set()
    for unit in units:
        while unit not in absorbed and len(unit.after) == 1:
            (then,) = unit.after
            if then.before != {unit}:
                break
            join(unit, then)
            absorbed.add(then)
    return [unit for unit in units if unit not in absorbed]


def _join_neighbours(units: Sequence[WorkUnit], least: float) -> list[WorkUnit]:
    """Merge small tasks with their only successor or predecessor.

    No other path can connect the two, so this closes no cycle. Tasks with more than FEW
    predecessors are not merged: they would become long and run last.
    """
    absorbed: set[WorkUnit] = set()
    for unit in sorted(units, key=lambda unit: unit.cost):
        if unit in absorbed or unit.cost >= least:
            continue
        then = next(iter(unit.after)) if len(unit.after) == 1 else None
        if then is not None and (then.cost < least or len(then.before) <= FEW):
            join(then, unit, in_front=True)
        elif len(unit.before) == 1:
            (first,) = unit.before
            join(first, unit)
        else:
            continue
        absorbed.add(unit)
    return [unit for unit in units if unit not in absorbed]


def _join_alike(units: Sequence[WorkUnit], least: float) -> list[WorkUnit]:
    """Merge small tasks with equal predecessors or equal successors, up to `least` ns.

    Where only one side is equal, the other must have a task in common, so that they share data. No
    path connects two such tasks, so this closes no cycle.
    """
    units = _joined(units, least, by_before=True, by_after=True)
    units = _joined(units, least, by_before=False, by_after=True)
    return _joined(units, least, by_before=True, by_after=False)


def _joined(
    units: Sequence[WorkUnit], least: float, by_before: bool, by_after: bool
) -> list[WorkUnit]:
    alike: dict[tuple[frozenset[WorkUnit], frozenset[WorkUnit]], WorkUnit] = {}
    absorbed: set[WorkUnit] = set()
    for unit in units:
        if unit.cost >= least:
            continue
        key = (
            frozenset(unit.before if by_before else ()),
            frozenset(unit.after if by_after else ()),
        )
        earlier = alike.get(key)
        if (
            earlier is None
            or earlier.cost >= least
            or not (by_before or earlier.before & unit.before)
            or not (by_after or earlier.after & unit.after)
        ):
            alike[key] = unit
            continue
        join(earlier, unit)
        absorbed.add(unit)
    return [unit for unit in units if unit not in absorbed]
