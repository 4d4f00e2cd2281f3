"""Hill climbing: orders near the best one so far, kept where they cost less."""

from __future__ import annotations

import random
import time

from dspc.passes.placement.greedy import gain, greedy, place_in_order
from dspc.passes.placement.model import Answer, DoesNotFitError, Problem


def climb(problem: Problem, time_limit: float, rounds: int = 400, seed: int = 1) -> Answer:
    """The best answer found in so many rounds or seconds; never worse than greedy.

    Raises DoesNotFitError where greedy does and no round finds an answer.
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
    for _ in range(rounds if len(items) > 1 else 0):
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
