"""The lowest peak of one space by CP-SAT, which improves a given packing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dspc.passes.placement.exact import common_step, set_limits
from dspc.passes.placement.minimalloc import SPACE, lower_bound
from dspc.passes.placement.model import Answer, Item

STRATEGIES = 8
"""Search strategies interleaved on one thread, so that results do not depend on the cores."""


def lower_peak(items: Sequence[Item], first: Answer, time_limit: float) -> Answer:
    """A packing no higher than `first`; `is_optimal` if no lower one exists.

    The sequence of improvements is deterministic, its length depends on the time limit.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    unit, highest = common_step(items), first.peak[SPACE]
    peak = model.new_int_var(lower_bound(items), highest, "")
    times: list[Any] = []
    places: list[Any] = []
    steps: list[tuple[int, Any]] = []
    for item, (at,) in zip(items, first.offsets, strict=True):
        live = item.choices[0].rooms[0].live
        assert live is not None
        step = max(item.align, unit)
        offset = model.new_int_var(0, (highest - item.size) // step, "")
        model.add_hint(offset, at // step)
        model.add(step * offset + item.size <= peak)
        times.append(model.new_fixed_size_interval_var(live[0], live[1] - live[0], ""))
        places.append(model.new_fixed_size_interval_var(step * offset, item.size, ""))
        steps.append((step, offset))
    model.add_no_overlap_2d(times, places)
    model.add_cumulative(times, [item.size for item in items], peak)
    model.minimize(peak)
    solver = cp_model.CpSolver()
    set_limits(solver, time_limit, STRATEGIES)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return first
    offsets: list[tuple[int, ...]] = [(step * solver.value(offset),) for step, offset in steps]
    end = max(at + item.size for item, (at,) in zip(items, offsets, strict=True))
    is_optimal = status == cp_model.OPTIMAL
    return Answer([0] * len(items), offsets, 0, "exact", is_optimal, {SPACE: end})
