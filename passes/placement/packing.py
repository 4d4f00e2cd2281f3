"""Packing into one space with the lowest peak: what MiniMalloc's instances ask for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from dspc.passes.placement.exact import exact, is_available
from dspc.passes.placement.greedy import place_in_order
from dspc.passes.placement.minimalloc import SPACE, lower_bound
from dspc.passes.placement.model import Answer, Item, Problem, overlaps, round_up

UNBOUNDED = 1 << 50


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


def climb_peak(items: Sequence[Item], time_limit: float, seed: int = 1) -> Answer:
    """Orders near the best one so far, until the peak is the lower bound or time is over."""
    end, least = time.monotonic() + time_limit, lower_bound(items)
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


def pack(items: Sequence[Item], time_limit: float) -> Answer:
    """The lowest peak found within a time limit.

    Hill climbing; then, where CP-SAT is there, a search for a packing as low as the lower bound,
    and one that makes the climbed one better.
    """
    best = climb_peak(items, time_limit / 4)
    least = lower_bound(items)
    best.is_optimal = best.peak[SPACE] == least
    if best.is_optimal or not is_available():
        return best
    from dspc.passes.placement.peak import STRATEGIES, lower_peak

    problem = Problem(items, {SPACE: least})
    found = exact(problem, time_limit * 3 / 8, strategies=STRATEGIES)
    return found or lower_peak(items, best, time_limit * 3 / 8)
