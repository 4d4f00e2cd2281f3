"""The best answer within limits of work and time, checked."""

from __future__ import annotations

from dspc.passes.placement.check import faults
from dspc.passes.placement.climb import climb
from dspc.passes.placement.exact import exact, is_available
from dspc.passes.placement.model import Answer, DoesNotFitError, Problem

WORK = 0.5
"""The work of the exact search (`exact.set_limits`) where nothing else is said."""


def solve(problem: Problem, time_limit: float, work: float = WORK) -> Answer:
    """Greedy placement; unless that is optimal, hill climbing and, if installed, the exact model.

    Both searches end after a fixed amount of work, so that equal problems get equal answers;
    `time_limit` is an upper bound in seconds, 0 leaves out the exact model. The
    answer costs no more than greedy's and has passed the independent check. Raises DoesNotFitError
    where no method finds one.
    """
    best: Answer | None = None
    fault: DoesNotFitError | None = None
    try:
        best = climb(problem, time_limit / 4)
    except DoesNotFitError as error:
        fault = error
    if (best is None or not best.is_optimal) and is_available() and time_limit > 0 and work > 0:
        answer = exact(problem, time_limit, best, work=work)
        if answer is not None and (best is None or answer.cost <= best.cost):
            best = answer
    if best is None:
        assert fault is not None
        raise fault
    wrong = faults(problem, best)
    if wrong:
        raise AssertionError(f"placement is wrong: {wrong[0]}")
    return best
