"""Packing into one space with the lowest peak: the problem of MiniMalloc's instances."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from dspc.passes.placement.canonical import OutOfTimeError, Rectangle, Search, rankings
from dspc.passes.placement.check import faults
from dspc.passes.placement.exact import exact, is_available
from dspc.passes.placement.greedy import place_in_order
from dspc.passes.placement.minimalloc import SPACE, lower_bound
from dspc.passes.placement.model import Answer, Item, Problem, overlaps, round_up

UNBOUNDED = 1 << 50
_STEPS, _HEIGHTS = 2500, 5
"""The step limit of the first search in one order, and the heights tried in a round."""


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
    """First fit: each item in turn at the lowest free offset."""
    return place_in_order(Problem(items, {SPACE: UNBOUNDED}), order, "first gap")


def best_order(items: Sequence[Item]) -> tuple[Answer, list[int]]:
    """The answer of the lowest peak over several orders, and that order."""
    answers: list[tuple[Answer, list[int]]] = []
    for key in ORDERS:
        order = sorted(range(len(items)), key=lambda index: (key(items[index]), index))
        answers.append((first_gap(items, order), order))
    return min(answers, key=lambda pair: pair[0].peak[SPACE])


class _Dropper:
    """First fit with precomputed interference of the items."""

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
        """The offsets, or None if an item ends above the limit."""
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
    """Hill climbing over orders, until the peak is at most `enough` or the lower bound, or the time
    limit in seconds is over."""
    end, least = time.monotonic() + time_limit, max(enough, lower_bound(items))
    first, order = best_order(items)
    numbers, dropper = random.Random(seed), _Dropper(items)
    best, peak = [offsets[0] for offsets in first.offsets], first.peak[SPACE]
    while peak > least and time.monotonic() < end:
        # Items that end at the peak are moved before an item that blocks them; now and then
        # another item is moved, to leave a local optimum.
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
    """A packing no higher than `first`, by exact searches for lower heights, down to the goal.

    Each round searches for the goal and, with fewer steps, for heights between it and the best peak
    so far, in several orders, with three times the step limit of the previous round.
    """
    rectangles = _rectangles(items)
    orders, end, steps = rankings(rectangles), time.monotonic() + time_limit, _STEPS
    best, least = first, lower_bound(items)
    while best.peak[SPACE] > max(goal, least) and time.monotonic() < end:
        height, allowed = max(goal, least), steps
        for _ in range(_HEIGHTS):
            if height >= best.peak[SPACE]:
                break
            offsets, is_known = _fit(items, rectangles, orders, height, allowed, end)
            if offsets is not None:
                best, height = offsets, max(goal, least)
            elif is_known:
                least = height + 1
            height, allowed = (height + best.peak[SPACE]) // 2, steps // 16
        steps *= 3
    best.is_optimal = best.peak[SPACE] <= least
    return best


def _rectangles(items: Sequence[Item]) -> list[Rectangle]:
    lives = [item.choices[0].rooms[0].live for item in items]
    end = max((live[1] for live in lives if live is not None), default=1)
    return [
        Rectangle(*(live or (0, end)), item.size, item.align)
        for item, live in zip(items, lives, strict=True)
    ]


def _fit(
    items: Sequence[Item],
    rectangles: Sequence[Rectangle],
    orders: Sequence[Sequence[int]],
    height: int,
    steps: int,
    end: float,
) -> tuple[Answer | None, bool]:
    """The offsets of a packing of at most `height`, and whether existence is decided."""
    for order in orders:
        try:
            offsets = Search([rectangles[index] for index in order], height, steps, end).run()
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
    """The lowest peak within a time limit in seconds, or the first of at most `enough`.

    Hill climbing, then the search for canonical solutions and, if installed, CP-SAT, which solve
    different instances; CP-SAT then improves the best packing. The answer is checked.
    """
    goal = max(enough, lower_bound(items))
    best = climb_peak(items, time_limit / 16, enough=goal)
    if best.peak[SPACE] > goal:
        best = search_peak(items, best, goal, time_limit / 2)
    if best.peak[SPACE] > goal and not best.is_optimal and is_available():
        from dspc.passes.placement.peak import STRATEGIES, lower_peak

        answer = exact(Problem(items, {SPACE: goal}), time_limit / 4, strategies=STRATEGIES)
        best = answer or lower_peak(items, best, time_limit * 3 / 16)
    best.is_optimal |= best.peak[SPACE] == lower_bound(items)
    wrong = faults(Problem(items, {SPACE: best.peak[SPACE]}), best)
    if wrong:
        raise AssertionError(f"the packing is wrong: {wrong[0]}")
    return best
