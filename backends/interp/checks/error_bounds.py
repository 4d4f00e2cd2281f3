"""Comparison of traces: exactly, or within a bound that is derived from the program.

A pass that reassociates changes rounding errors. How far the outputs may move is measured on the
program itself: its trace with disturbed rounding (`observed.JitteredSignals`) deviates from the
undisturbed one, and the bound of a frame is a multiple of the largest deviation so far, plus some
units of roundoff of the largest sample so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.backends.interp.checks.script import Trace
from dspc.backends.interp.instance import Samples

ROUNDOFF = {"f32": 2.0**-24, "f64": 2.0**-53}
AMPLIFIED = 64.0
"""The multiple of the deviation: it is of one disturbance, of others it differs."""
UNITS = 16.0
"""Units of roundoff of the largest sample that any result may differ by."""
OFTEN = 8.0
"""The multiple where the largest of several deviations is known."""
AHEAD = 64
"""Frames by which deviations count in advance: a comparison may flip somewhat earlier."""
CHECKED = 0.01
"""A bound above this part of the largest sample is reported as no comparison."""


@dataclass(frozen=True)
class Bound:
    """Error bounds of results: arrays of the shapes of a trace's samples and meters."""

    samples: Samples
    meters: Samples

    def relative(self, trace: Trace) -> float:
        """The median bound relative to the largest sample of each output, over all frames."""
        if not self.samples.size:
            return 0.0
        peak = peak_so_far(trace.samples).max(axis=1, initial=0.0)[:, None]
        with np.errstate(all="ignore"):
            ratio = np.where(peak > 0, self.samples / np.maximum(peak, 1e-300), 0.0)
        return float(np.nanmedian(ratio))

    def loose_frames(self, trace: Trace) -> int:
        """The number of frames in which some output's bound hides differences a host would hear."""
        if not self.samples.size:
            return 0
        peak = np.pad(peak_so_far(trace.samples), ((0, 0), (0, AHEAD)), mode="edge")[:, AHEAD:]
        return int(np.any(~(self.samples <= CHECKED * peak + 1e-30), axis=0).sum())


def peak_so_far(samples: Samples) -> Samples:
    """The largest finite magnitude so far, along the last axis."""
    finite = np.where(np.isfinite(samples), np.abs(samples), 0.0)
    return np.maximum.accumulate(finite, axis=-1)


def least_bound(trace: Trace, roundoff: float) -> Bound:
    """The union of bounds on traces of a program."""
    return make_bound(trace, trace, roundoff)


def widest(bounds: Sequence[Bound]) -> Bound:
    """The largest of the bounds, element by element."""
    return Bound(
        np.maximum.reduce([one.samples for one in bounds]),
        np.maximum.reduce([one.meters for one in bounds]),
    )


def make_bound(
    base: Trace, disturbed: Trace, roundoff: float, multiple: float = AMPLIFIED
) -> Bound:
    """The bound on traces of the program of `base`; `disturbed` is its run with disturbances."""
    return Bound(
        _bound(base.samples, disturbed.samples, roundoff, AHEAD, multiple),
        _bound(base.meters, disturbed.meters, roundoff, 1, multiple),
    )


def _bound(
    base: Samples, disturbed: Samples, roundoff: float, ahead: int, multiple: float
) -> Samples:
    if not base.size:
        return np.zeros_like(base)
    with np.errstate(all="ignore"):
        deviation = np.abs(base - disturbed)
    same = (base == disturbed) | (np.isnan(base) & np.isnan(disturbed))
    # Where one of the runs leaves the finite numbers, nothing is known from there on.
    deviation = np.where(same, 0.0, np.where(np.isfinite(deviation), deviation, np.inf))
    width = deviation.shape[1]
    early = np.pad(deviation, ((0, 0), (0, ahead)))[:, ahead:][:, :width]
    early = np.maximum.accumulate(np.maximum(deviation, early), axis=1)
    peak = np.pad(peak_so_far(base), ((0, 0), (0, ahead)), mode="edge")[:, ahead:][:, :width]
    return multiple * early + UNITS * roundoff * peak


@dataclass(frozen=True)
class Difference:
    """The first difference of two traces: an output's frame, or a meter after a block."""

    frame: int
    output: int | None
    meter: int | None
    first: float
    second: float
    allowed: float


def first_difference(one: Trace, other: Trace, bound: Bound | float) -> Difference | None:
    """The first frame in which traces differ by more than the bound; NaNs are equal."""
    if one.samples.shape != other.samples.shape or one.meters.shape != other.meters.shape:
        raise ValueError("the traces are of different shapes")
    allowed = bound.samples if isinstance(bound, Bound) else np.full(one.samples.shape, bound)
    differs = _differing(one.samples, other.samples, allowed)
    difference = None
    if differs.any():
        frame = int(np.argmax(differs.any(axis=0)))
        output = int(np.argmax(differs[:, frame]))
        pair = float(one.samples[output, frame]), float(other.samples[output, frame])
        difference = Difference(frame, output, None, *pair, float(allowed[output, frame]))
    limit = bound.meters if isinstance(bound, Bound) else np.full(one.meters.shape, bound)
    wrong = _differing(one.meters, other.meters, limit)
    if wrong.any():
        block = int(np.argmax(wrong.any(axis=0)))
        meter = int(np.argmax(wrong[:, block]))
        frame = max(0, one.ends[block] - 1)
        pair = float(one.meters[meter, block]), float(other.meters[meter, block])
        if difference is None or frame < difference.frame:
            return Difference(frame, None, meter, *pair, float(limit[meter, block]))
    return difference


def _differing(one: Samples, other: Samples, allowed: Samples) -> NDArray[np.bool_]:
    with np.errstate(all="ignore"):
        same: Any = (one == other) | (np.isnan(one) & np.isnan(other))
        close = np.abs(one - other) <= allowed
    # An unknown bound (infinity) also covers NaN and infinities.
    return ~(same | close | np.isinf(allowed))
