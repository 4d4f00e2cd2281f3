"""Packing into one space with the lowest peak: what MiniMalloc's instances ask for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from dspc.passes.placement.exact import exact, is_available
from dspc.passes.placement.greedy import place_in_order
from dspc.passes.placement.minimalloc import SPACE, lower_bound
from dspc.passes.placement.model import Answer, Item, Problem

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


def climb_peak(items: Sequence[Item], time_limit: float, seed: int = 1) -> Answer:
    """Orders near the best one so far, until the peak is the lower bound or time is over."""
    end, least = time.monotonic() + time_limit, lower_bound(items)
    best, order = best_order(items)
    numbers = random.Random(seed)
    while best.peak[SPACE] > least and time.monotonic() < end:
        tried = order.copy()
        # What ends at the peak has to come earlier; everything else may stay.
        high = [
            place
            for place, index in enumerate(tried)
            if best.offsets[index][0] + items[index].size == best.peak[SPACE]
        ]
        place = numbers.choice(high) if numbers.random() < 0.7 else numbers.randrange(len(tried))
        moved = tried.pop(place)
        tried.insert(numbers.randrange(place + 1), moved)
        answer = first_gap(items, tried)
        if answer.peak[SPACE] <= best.peak[SPACE]:
            best, order = answer, tried
    best.method = "hill climbing"
    return best


def pack(items: Sequence[Item], time_limit: float) -> Answer:
    """The lowest peak found within a time limit, at first by hill climbing, then exactly."""
    best = climb_peak(items, time_limit / 4)
    least = lower_bound(items)
    best.is_optimal = best.peak[SPACE] == least
    if not best.is_optimal and is_available():
        found = exact(Problem(items, {SPACE: least}), time_limit)
        best = found or best
    return best
