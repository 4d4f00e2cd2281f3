"""The part of a difference of traces that rounding explains, measured by disturbed runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.decisions import unexplained
from dspc.backends.interp.checks.error_bounds import (
    AMPLIFIED,
    OFTEN,
    Bound,
    Difference,
    first_difference,
    least_bound,
    make_bound,
    widest,
)
from dspc.backends.interp.checks.observed import JitteredSignals
from dspc.backends.interp.checks.script import Script, Trace
from dspc.dialects.dsp import interface
from dspc.validation.runs import Codes, Runs

DISTURBANCES = 8
"""Disturbed runs before a difference is called a fault."""
ROUGH = 8.0
"""Units of roundoff of more disturbances, where a difference is more frequent than in those."""


class Rounding:
    """Compares traces of the scripts of some runs within the rounding errors of their program."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self._bases: dict[str, Trace] = {}
        self._disturbed: dict[tuple[str, int], Trace] = {}
        self._codes: Codes = {}

    def difference(
        self, script: Script, expected: Trace, actual: Trace
    ) -> tuple[Difference | None, Bound]:
        """Where traces of a script differ by more than rounding explains, and the bound used.

        A bound holds from the first decision on that rounding makes, and then hides all that
        follows: where it does, the frames of the difference are compared with those in which
        disturbed runs differ.
        """
        bounds = self._bounds(script, expected)
        bound = next(bounds)
        is_explained = False
        while (difference := first_difference(expected, actual, bound)) is not None:
            is_explained = True
            wider = next(bounds, None)
            if wider is None:
                break
            bound = wider
        if difference is None and is_explained and bound.loose_frames(expected):
            difference = self._more_frequent(script, expected, actual)
        return difference, bound

    def _more_frequent(self, script: Script, expected: Trace, actual: Trace) -> Difference | None:
        """The first of differences that are too frequent for decisions that rounding makes."""
        base, roundoff = self._base(script), self.runs.roundoff
        disturbed: list[Trace] = []
        difference = None
        for seed in range(1, 2 * DISTURBANCES):
            # More runs explain more: the first one suffices for most programs.
            units = 1.0 if seed < DISTURBANCES else ROUGH
            disturbed.append(self._trace(script, seed, units))
            difference = unexplained(expected, actual, base, disturbed, roundoff)
            if difference is None:
                break
        return difference

    def _bounds(self, script: Script, trace: Trace) -> Iterator[Bound]:
        """Bounds, ever wider, of the change of a script's trace by passes that reassociate.

        The first holds without amplification of rounding errors. One disturbance measures that; it
        may miss a comparison that flips for errors of one sign, so that more follow.
        """
        yield least_bound(trace, self.runs.roundoff)
        known = self._bound(script, 1)
        yield known
        for seed in range(2, DISTURBANCES):
            known = widest([known, self._bound(script, seed)])
            yield known

    def _bound(self, script: Script, seed: int) -> Bound:
        multiple = AMPLIFIED if seed == 1 else OFTEN
        trace = self._trace(script, seed)
        return make_bound(self._base(script), trace, self.runs.roundoff, multiple)

    def _base(self, script: Script) -> Trace:
        """The run without disturbances."""
        known = self._bases.get(script.title)
        if known is None:
            runs, wide = self.runs, replace(script, is_wide=True)
            known = self._bases[script.title] = runs.trace(runs.module, wide, codes=runs.codes)
        return known

    def _trace(self, script: Script, seed: int, units: float = 1.0) -> Trace:
        """The run with the disturbances of a seed."""
        key = script.title, seed
        if key not in self._disturbed:
            runs, codes = self.runs, self._codes if seed == 1 else None
            self._disturbed[key] = disturbed_trace(runs, runs.module, script, seed, units, codes)
        return self._disturbed[key]


def disturbed_trace(
    runs: Runs,
    module: ModuleOp,
    script: Script,
    seed: int = 1,
    units: float = 1.0,
    codes: Codes | None = None,
) -> Trace:
    """A run in double precision of a module whose operations are disturbed by units of roundoff.

    The module has the inputs and widgets of that of the runs.
    """

    def disturbed(program: interface.ProgramOp, memory: Any) -> JitteredSignals:
        return JitteredSignals(program, memory, units * runs.roundoff, runs.seed + seed)

    return runs.trace(module, replace(script, is_wide=True), codes=codes, emit=disturbed)


def measure_bound(runs: Runs, module: ModuleOp, script: Script) -> Bound:
    """The bound of a module with the inputs and widgets of that of the runs, by one disturbance."""
    base = runs.trace(module, replace(script, is_wide=True))
    return make_bound(base, disturbed_trace(runs, module, script), runs.roundoff)
