"""Which loops of a chunk make one task: what would wait for each other anyway, and what is tiny."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from dspc.dialects.dsp_par import LoopOp
from dspc.passes.analysis.loop_dag import Unit, drop_implied, in_order, join, loop_units

WORTH_A_TASK = 2000.0
"""What a task has to take to be worth handing to another thread, in ns."""

WORTH_SHARING = 8000.0
"""What all tasks of a call have to take for a second thread to be of use, in ns."""


def least_frames(tasks: Sequence[Unit], chunk: int) -> int:
    """The frames of a call from which several threads gain anything."""
    each = sum(task.cost for task in tasks) / chunk
    return max(1, ceil(WORTH_SHARING / max(each, 1e-3)))


def make_tasks(loops: Sequence[LoopOp], chunk: int, group: bool) -> list[Unit]:
    """The tasks of a chunk, each after those that it waits for, without superfluous dependences."""
    units = _join_chains(loop_units(loops, chunk))
    if group:
        count = 0
        while count != len(units):
            count = len(units)
            units = _join_alike(_join_neighbours(units))
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

    No other way can lead from one to the other, so this makes no circle.
    """
    gone: set[Unit] = set()
    for unit in sorted(units, key=lambda unit: unit.cost):
        if unit in gone or unit.cost >= WORTH_A_TASK:
            continue
        if len(unit.after) == 1:
            (then,) = unit.after
            join(then, unit, in_front=True)
        elif len(unit.before) == 1:
            (first,) = unit.before
            join(first, unit)
        else:
            continue
        gone.add(unit)
    return [unit for unit in units if unit not in gone]


def _join_alike(units: Sequence[Unit]) -> list[Unit]:
    """Join tiny tasks that wait for the same and that the same wait for, until they pay."""
    alike: dict[tuple[frozenset[Unit], frozenset[Unit]], Unit] = {}
    gone: set[Unit] = set()
    for unit in units:
        if unit.cost >= WORTH_A_TASK:
            continue
        key = frozenset(unit.before), frozenset(unit.after)
        kept = alike.get(key)
        if kept is None or kept.cost >= WORTH_A_TASK:
            alike[key] = unit
            continue
        join(kept, unit)
        gone.add(unit)
    return [unit for unit in units if unit not in gone]
