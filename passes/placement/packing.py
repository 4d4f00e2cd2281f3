"""Packing into one space with the lowest peak: what MiniMalloc's instances ask for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from dspc.passes.placement.canonical import Box, OutOfTimeError, Search, rankings
from dspc.passes.placement.check import faults
from dspc.passes.placement.exact import exact, is_available
from dspc.passes.placement.greedy import place_in_order
from dspc.passes.placement.minimalloc import SPACE, lower_bound
from dspc.passes.placement.model import Answer, Item, Problem, overlaps, round_up

UNBOUNDED = 1 << 50
_STEPS, _HEIGHTS = 2500, 5
"""Of a first search in one order, and how many heights are tried in a round."""


def _span(item: Item) -> int:
    live = item.choices[0].rooms[0].live
    return 0 if live is None else live[1] - live[0]


ORDERS: tuple[Callable[[Item], int], ...] = (
    lambda item: -item.size,
    lambda item: -item.size * _span(item),
    lambda item: -_span(item),
    lambda item: -item.size * item.size * _span(item),
)


def first_gap(items: Sequence[Item], order: Sequence[int]) -> Answer:
    """Each item in turn at the lowest free place."""
    return place_in_order(Problem(items, {SPACE: UNBOUNDED}), order, "first gap")


def best_order(items: Sequence[Item]) -> tuple[Answer, list[int]]:
    """The lowest peak of several orders, and that order."""
    found: list[tuple[Answer, list[int]]] = []
    for key in ORDERS:
        order = sorted(range(len(items)), key=lambda index: (key(items[index]), index))
        found.append((first_gap(items, order), order))
    return min(found, key=lambda pair: pair[0].peak[SPACE])


class _Dropper:
    """Drops items, each in turn to the lowest free place; neighbours are found beforehand."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        lives = [item.choices[0].rooms[0].live for item in items]
        self.neighbours = [
            [
                other
                for other in range(len(items))
                if other != index and overlaps(live, lives[other])
            ]
            for index, live in enumerate(lives)
        ]

    def drop(self, order: Sequence[int], limit: int) -> list[int] | None:
        """The offsets, or None as soon as an item ends above the limit."""
        offsets = [-1] * len(self.items)
        for index in order:
            item = self.items[index]
            size, align, offset = item.size, item.align, 0
            below = sorted(
                (offsets[other], self.items[other].size)
                for other in self.neighbours[index]
                if offsets[other] >= 0
            )
            for start, length in below:
                if offset + size <= start:
                    break
                if start + length > offset:
                    offset = round_up(start + length, align)
            if offset + size > limit:
                return None
            offsets[index] = offset
        return offsets

    def peak(self, offsets: Sequence[int]) -> int:
        return max(offset + item.size for offset, item in zip(offsets, self.items, strict=True))


def climb_peak(items: Sequence[Item], time_limit: float, seed: int = 1, enough: int = 0) -> Answer:
    """Orders near the best one so far, until the peak is enough, or the lower bound, or time is
    over."""
    end, least = time.monotonic() + time_limit, max(enough, lower_bound(items))
    first, order = best_order(items)
    numbers, dropper = random.Random(seed), _Dropper(items)
    best, peak = [offsets[0] for offsets in first.offsets], first.peak[SPACE]
    while peak > least and time.monotonic() < end:
        # What ends at the peak has to come earlier, before something that is in its way; what
        # merely could lie elsewhere is moved now and then, to get out of a corner.
        high = [i for i in order if best[i] + items[i].size == peak]
        chosen = numbers.choice(high if numbers.random() < 0.7 else order)
        before = set(dropper.neighbours[chosen])
        place = order.index(chosen)
        ways = [at for at in range(place) if order[at] in before]
        if not ways:
            continue
        tried = order.copy()
        tried.insert(numbers.choice(ways), tried.pop(place))
        offsets = dropper.drop(tried, peak)
        if offsets is not None:
            best, order, peak = offsets, tried, dropper.peak(offsets)
    places: list[tuple[int, ...]] = [(offset,) for offset in best]
    return Answer([0] * len(items), places, 0, "hill climbing", peak={SPACE: peak})


def search_peak(items: Sequence[Item], first: Answer, goal: int, time_limit: float) -> Answer:
    """A packing no higher than the first, by searches for ever lower ones, down to the goal.

    Rounds of searches for the goal, then, shorter, for heights between it and the best peak so far,
    each in several orders, and each round with three times the steps of the last.
    """
    boxes = _boxes(items)
    orders, end, steps = rankings(boxes), time.monotonic() + time_limit, _STEPS
    best, least = first, lower_bound(items)
    while best.peak[SPACE] > max(goal, least) and time.monotonic() < end:
        height, allowed = max(goal, least), steps
        for _ in range(_HEIGHTS):
            if height >= best.peak[SPACE]:
                break
            found, is_known = _fit(items, boxes, orders, height, allowed, end)
            if found is not None:
                best, height = found, max(goal, least)
            elif is_known:
                least = height + 1
            height, allowed = (height + best.peak[SPACE]) // 2, steps // 16
        steps *= 3
    best.is_optimal = best.peak[SPACE] <= least
    return best


def _boxes(items: Sequence[Item]) -> list[Box]:
    lives = [item.choices[0].rooms[0].live for item in items]
    end = max((live[1] for live in lives if live is not None), default=1)
    return [
        Box(*(live or (0, end)), item.size, item.align)
        for item, live in zip(items, lives, strict=True)
    ]


def _fit(
    items: Sequence[Item],
    boxes: Sequence[Box],
    orders: Sequence[Sequence[int]],
    height: int,
    steps: int,
    end: float,
) -> tuple[Answer | None, bool]:
    """A packing no higher than so much, and whether it is known that there is one or none."""
    for order in orders:
        try:
            offsets = Search([boxes[index] for index in order], height, steps, end).run()
        except OutOfTimeError:
            continue
        if offsets is None:
            return None, True
        places: list[tuple[int, ...]] = [()] * len(items)
        for index, offset in zip(order, offsets, strict=True):
            places[index] = (offset,)
        peak = max(at + item.size for (at,), item in zip(places, items, strict=True))
        return Answer([0] * len(items), places, 0, "search", peak={SPACE: peak}), True
    return None, False


def pack(items: Sequence[Item], time_limit: float, enough: int = 0) -> Answer:
    """The lowest peak found within a time limit, or the first that is no higher than `enough`.

    Hill climbing, the search from the bottom up and, where CP-SAT is there, its own: each is good
    at what the other is not; then CP-SAT makes what was found better. Checked.
    """
    goal = max(enough, lower_bound(items))
    best = climb_peak(items, time_limit / 16, enough=goal)
    if best.peak[SPACE] > goal:
        best = search_peak(items, best, goal, time_limit / 2)
    if best.peak[SPACE] > goal and not best.is_optimal and is_available():
        from dspc.passes.placement.peak import STRATEGIES, lower_peak

        found = exact(Problem(items, {SPACE: goal}), time_limit / 4, strategies=STRATEGIES)
        best = found or lower_peak(items, best, time_limit * 3 / 16)
    best.is_optimal |= best.peak[SPACE] == lower_bound(items)
    wrong = faults(Problem(items, {SPACE: best.peak[SPACE]}), best)
    if wrong:
        raise AssertionError(f"the packing is wrong: {wrong[0]}")
    return best
