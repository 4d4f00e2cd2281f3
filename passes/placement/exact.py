"""Exact placement: assignment and offsets in one constraint model, solved by OR-tools' CP-SAT.

Items that are always live fill each space from the bottom, so that the model contains only their
sum; the others are rectangles (live range by offset) under a no-overlap constraint for each space.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from math import gcd, inf, isinf
from typing import Any

from dspc.passes.placement.greedy import layout
from dspc.passes.placement.model import ALWAYS, Answer, Item, Problem, Room
from dspc.support.limits import remaining


def is_available() -> bool:
    """Whether OR-tools is installed."""
    return find_spec("ortools") is not None


def exact(
    problem: Problem,
    time_limit: float,
    hint: Answer | None = None,
    strategies: int = 1,
    work: float = inf,
) -> Answer | None:
    """The cheapest answer, or the best one found within the limits; None without any.

    `is_optimal` says whether it is proved. A hint is an answer to start from. Several strategies
    take turns: hard packings want them. For the limits see `set_limits`.
    """
    from ortools.sat.python import cp_model

    build = _Build(problem, cp_model.CpModel())
    if hint is not None:
        build.hint(hint)
    solver = cp_model.CpSolver()
    set_limits(solver, time_limit, strategies, work)
    status = solver.solve(build.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    answer = build.read(solver)
    answer.is_optimal = status == cp_model.OPTIMAL
    return answer


def set_limits(solver: Any, time_limit: float, strategies: int, work: float = inf) -> None:
    """Bound a search by `work` and by `time_limit`, an upper bound in seconds of the clock.

    Work is CP-SAT's deterministic time, a weighted count of its operations: with one thread and a
    fixed seed, a search that this limit ends finds the same answer however busy the computer is.
    One unit is about three seconds of a core. A search that the clock ends is not reproducible.
    """
    solver.parameters.max_time_in_seconds = min(time_limit, remaining())
    if not isinf(work):
        solver.parameters.max_deterministic_time = work
    solver.parameters.num_workers = strategies
    solver.parameters.interleave_search = strategies > 1
    solver.parameters.random_seed = 1


def common_step(items: Sequence[Item]) -> int:
    """A common divisor of all offsets of some optimal answer, which reduces the search space.

    Move all pieces that are not always live as far down as possible: each lies on the end of
    another, rounded up to its alignment. If the sizes have a common divisor that divides each
    alignment, or is divided by it, all these ends are multiples of it.
    """
    passing = [
        (item, item.bytes_in(room))
        for item in items
        for choice in item.choices
        for room in choice.rooms
        if room.live is not ALWAYS
    ]
    unit = gcd(*(size for _, size in passing))
    fits = all(item.align % unit == 0 or unit % item.align == 0 for item, _ in passing)
    return unit if passing and fits else 1


class _Build:
    """The model of a problem."""

    def __init__(self, problem: Problem, model: Any) -> None:
        self.problem = problem
        self.model = model
        self.align = max((item.align for item in problem.items), default=1)
        self.unit = common_step(problem.items)
        self.chosen: list[list[Any]] = []
        self.offsets: dict[tuple[int, int, int], Any] = {}
        """(item, choice, room) -> offset above the floor, in steps of the item."""
        bottoms: dict[str, list[Any]] = {space: [] for space in problem.capacity}
        rectangles: dict[str, list[tuple[Any, Any, Any]]] = {s: [] for s in problem.capacity}
        for index, item in enumerate(problem.items):
            picks = [model.new_bool_var("") for _ in item.choices]
            model.add_exactly_one(picks)
            self.chosen.append(picks)
            for number, choice in enumerate(item.choices):
                for place, room in enumerate(choice.rooms):
                    if room.live is ALWAYS:
                        bottoms[room.space].append(item.padded_in(room) * picks[number])
                    else:
                        key = (index, number, place)
                        rectangles[room.space].append(self._rectangle(key, item, room))
        self._order_twins()
        for space, capacity in problem.capacity.items():
            self._limit(capacity, bottoms[space], rectangles[space])
        # Ties are broken in favour of earlier choices, so that the answer is deterministic.
        scale = 1 + sum(len(item.choices) for item in problem.items)
        model.minimize(
            sum(
                (choice.weight * scale + number) * picks[number]
                for item, picks in zip(problem.items, self.chosen, strict=True)
                for number, choice in enumerate(item.choices)
            )
        )

    def _twins(self) -> list[list[int]]:
        """Classes of items that differ only in their names, such as banks of delay lines."""
        groups: dict[object, list[int]] = {}
        for index, item in enumerate(self.problem.items):
            groups.setdefault((item.size, item.align, item.choices), []).append(index)
        return [group for group in groups.values() if len(group) > 1]

    def _order_twins(self) -> None:
        """Symmetry breaking: an earlier twin has no later choice than the next one."""
        for group in self._twins():
            ranks = [
                sum(number * pick for number, pick in enumerate(self.chosen[index]))
                for index in group
            ]
            for rank, following in pairwise(ranks):
                self.model.add(rank <= following)

    def _rectangle(self, key: tuple[int, int, int], item: Item, room: Room) -> tuple[Any, Any, Any]:
        assert room.live is not None
        model, pick = self.model, self.chosen[key[0]][key[1]]
        size = item.bytes_in(room)
        step = max(item.align, self.unit)
        most = max(0, (self.problem.capacity[room.space] - size) // step)
        offset = self.offsets[key] = model.new_int_var(0, most, "")
        start = step * offset
        first, last = room.live
        times = model.new_optional_fixed_size_interval_var(first, last - first, pick, "")
        bytes_ = model.new_optional_fixed_size_interval_var(start, size, pick, "")
        return times, bytes_, (start + size, pick)

    def _limit(
        self, capacity: int, bottoms: list[Any], rectangles: list[tuple[Any, Any, Any]]
    ) -> None:
        model = self.model
        if not rectangles:
            model.add(sum(bottoms) <= capacity)
            return
        # The floor is a multiple of the widest alignment, so every offset above it is aligned.
        floor = model.new_int_var(0, capacity // self.align, "")
        model.add(self.align * floor >= sum(bottoms))
        model.add_no_overlap_2d([r[0] for r in rectangles], [r[1] for r in rectangles])
        for _, _, (end, pick) in rectangles:
            model.add(self.align * floor + end <= capacity).only_enforce_if(pick)
        demands = [r[1].size_expr() for r in rectangles]
        model.add_cumulative([r[0] for r in rectangles], demands, capacity - self.align * floor)

    def hint(self, answer: Answer) -> None:
        """Use an answer's choices, sorted among twins, as the solver's hint."""
        order = list(answer.chosen)
        for group in self._twins():
            for index, number in zip(group, sorted(order[i] for i in group), strict=True):
                order[index] = number
        for picks, chosen in zip(self.chosen, order, strict=True):
            for number, pick in enumerate(picks):
                self.model.add_hint(pick, number == chosen)

    def read(self, solver: Any) -> Answer:
        """The answer of a solver."""
        chosen: list[int] = []
        passing: list[tuple[int, ...]] = []
        for index, (item, picks) in enumerate(zip(self.problem.items, self.chosen, strict=True)):
            number = next(n for n, pick in enumerate(picks) if solver.value(pick))
            chosen.append(number)
            keys = [(index, number, place) for place in range(len(item.choices[number].rooms))]
            passing.append(
                tuple(
                    max(item.align, self.unit) * solver.value(self.offsets[key])
                    if key in self.offsets
                    else 0
                    for key in keys
                )
            )
        return layout(self.problem, chosen, passing, "exact")
