"""The best answer within a time limit, checked."""

from __future__ import annotations

from dspc.passes.placement.check import faults
from dspc.passes.placement.climb import climb
from dspc.passes.placement.exact import exact, is_available
from dspc.passes.placement.model import Answer, DoesNotFitError, Problem


def solve(problem: Problem, time_limit: float) -> Answer:
    """Greedy; where that leaves something to win, hill climbing and, if installed, the exact model.

    The answer costs no more than greedy's and has passed the independent check. Raises
    DoesNotFitError where no method finds one.
    """
    best: Answer | None = None
    fault: DoesNotFitError | None = None
    try:
        best = climb(problem, time_limit / 4)
    except DoesNotFitError as error:
        fault = error
    if (best is None or not best.is_optimal) and is_available() and time_limit > 0:
        found = exact(problem, time_limit, best)
        if found is not None and (best is None or found.cost <= best.cost):
            best = found
    if best is None:
        assert fault is not None
        raise fault
    wrong = faults(problem, best)
    if wrong:
        raise AssertionError(f"placement is wrong: {wrong[0]}")
    return best
