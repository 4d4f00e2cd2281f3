"""Hill climbing over the order in which greedy placement takes the items."""

from __future__ import annotations

import random
import time

from dspc.passes.placement.greedy import gain, greedy, place_in_order
from dspc.passes.placement.model import Answer, DoesNotFitError, Problem

_PAIRS = 10_000_000
"""Pairs of items that all rounds compare at most: about half a second of a core."""


def climb(problem: Problem, time_limit: float, rounds: int = 400, seed: int = 1) -> Answer:
    """The best answer found in so many rounds; never worse than greedy.

    A round compares each item with those placed before it, so that many items get fewer rounds;
    that bound is the same in each run. `time_limit`, in seconds, is an upper bound.

    Raises DoesNotFitError where greedy does and no round yields an answer.
    """
    fault: DoesNotFitError | None = None
    best: Answer | None = None
    try:
        best = greedy(problem)
    except DoesNotFitError as error:
        fault = error
    if best is not None and best.is_optimal:
        return best
    end = time.monotonic() + time_limit
    numbers = random.Random(seed)
    items = problem.items
    order = sorted(range(len(items)), key=lambda index: -gain(items[index]))
    rounds = min(rounds, _PAIRS // len(items) ** 2) if len(items) > 1 else 0
    for _ in range(rounds):
        if time.monotonic() > end:
            break
        tried = order.copy()
        moved = tried.pop(numbers.randrange(len(tried)))
        tried.insert(numbers.randrange(len(order)), moved)
        try:
            answer = place_in_order(problem, tried, "hill climbing")
        except DoesNotFitError:
            continue
        if best is None or answer.cost <= best.cost:
            order = tried
        if best is None or answer.cost < best.cost:
            best = answer
    if best is None:
        assert fault is not None
        raise fault
    return best
