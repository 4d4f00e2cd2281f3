"""Differences that are more frequent than decisions that rounding makes.

Where rounding decides (`int` of a sum that is an integer, a comparison of equal numbers), a program
may differ by any amount, and so may a right pass. In programs that forget, in a while, how it was
decided, the disturbed runs of Monte Carlo arithmetic tell in which frames. A right pass is one more
disturbance: it differs in frames like theirs, a wrong one in others too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dspc.backends.interp.checks.error_bounds import AMPLIFIED, UNITS, Difference, peak_so_far
from dspc.backends.interp.checks.script import Trace
from dspc.backends.interp.instance import Samples

NEARBY = 2
"""Frames on both sides of a decision in which it may be made as well."""
FEW = 16
"""Frames in which a right pass may differ where none of the disturbed runs does."""
BEYOND = 8.0
"""Times the deviation without decisions, from which on one has been made differently."""
SATURATED = 0.5
"""If disturbed runs differ in a greater part of the frames, nothing is concluded."""


def unexplained(
    expected: Trace, actual: Trace, base: Trace, disturbed: Sequence[Trace], roundoff: float
) -> Difference | None:
    """The first frame in which an output differs and no disturbed run does, if there are many.

    That is, more than there are frames in which disturbed runs do.
    """
    first = None
    for output, (one, other) in enumerate(zip(expected.samples, actual.samples, strict=True)):
        rows = [trace.samples[output] for trace in disturbed]
        deviation = _deviation(base.samples[output], rows)
        limit = _limit(one, deviation, roundoff)
        decided = _widened(deviation > limit / AMPLIFIED * BEYOND)
        if decided.mean() > SATURATED:
            continue
        wrong = ~decided & (_distance(one, other) > limit)
        if wrong.sum() <= max(FEW, decided.sum()):
            continue
        frame = int(np.argmax(wrong))
        if first is None or frame < first.frame:
            pair = float(one[frame]), float(other[frame])
            first = Difference(frame, output, None, *pair, float(limit[frame]))
    return first


def _deviation(base: Samples, rows: Sequence[Samples]) -> Samples:
    """The largest distance of some runs to that without disturbances, in each frame."""
    return np.maximum.reduce([_distance(base, row) for row in rows])


def _distance(one: Samples, other: Samples) -> Samples:
    """0 where both are equal or NaN, infinite where only one of them is finite."""
    with np.errstate(all="ignore"):
        distance = np.abs(one - other)
    same = (one == other) | (np.isnan(one) & np.isnan(other))
    return np.where(same, 0.0, np.where(np.isfinite(distance), distance, np.inf))


def _limit(expected: Samples, deviation: Samples, roundoff: float) -> Samples:
    """The deviation by rounding without decisions: from the median of those that are not 0."""
    some = deviation[deviation > 0]
    typical = float(np.median(some)) if some.size else 0.0
    return AMPLIFIED * typical + UNITS * roundoff * peak_so_far(expected)


def _widened(frames: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The frames, and those nearby."""
    count = np.convolve(frames, np.ones(2 * NEARBY + 1), mode="same")
    return count > 0.5
