"""`dsp-check-domains`: warns where a function may be called outside of its domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.places import span_of
from dspc.passes.analysis.interval_math import INF
from dspc.passes.analysis.intervals import Intervals
from dspc.support.diagnostics import warn

DOMAINS: dict[type[Operation], tuple[str, float, float, bool]] = {
    arithmetic.AcosOp: ("acos", -1.0, 1.0, True),
    arithmetic.AsinOp: ("asin", -1.0, 1.0, True),
    arithmetic.AcoshOp: ("acosh", 1.0, INF, True),
    arithmetic.AtanhOp: ("atanh", -1.0, 1.0, False),
    arithmetic.SqrtOp: ("sqrt", 0.0, INF, True),
    arithmetic.LogOp: ("log", 0.0, INF, False),
    arithmetic.Log10Op: ("log10", 0.0, INF, False),
}
"""Functions with their name, their domain, and whether it has its ends."""
DIVISIONS: dict[type[Operation], str] = {
    arithmetic.DivOp: "/",
    arithmetic.RemOp: "%",
    arithmetic.FmodOp: "fmod",
    arithmetic.RemainderOp: "remainder",
}
"""Ops that are undefined for a second operand of 0."""


@dataclass(frozen=True)
class DspCheckDomains(ModulePass):
    """Warns of each op whose operand may be outside of the op's domain (`-me`).

    These are divisors of 0, and operands of square roots, logarithms and inverse functions. The
    intervals are those that size delays: inputs within [-1, 1], widgets within their ranges.
    Changes nothing.
    """

    name = "dsp-check-domains"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, ProgramOp):
                _check(program)


def _check(program: ProgramOp) -> None:
    intervals = Intervals(program, is_sound=False)
    for op in program.walk():
        if type(op) in DOMAINS:
            name, low, high, is_closed = DOMAINS[type(op)]
            x = intervals.of(op.operands[0])
            is_inside = low <= x.lo and x.hi <= high
            if not is_closed:
                is_inside = low < x.lo and (x.hi < high or high == INF)
            if not is_inside:
                message = f"{name} may leave its domain: its operand is {x.lo:g} to {x.hi:g}"
                warn(message, span_of(op))
        elif type(op) in DIVISIONS:
            x = intervals.of(op.operands[1])
            if x.lo <= 0 <= x.hi:
                kind = DIVISIONS[type(op)]
                warn(f"{kind} may divide by 0: its divisor is {x.lo:g} to {x.hi:g}", span_of(op))
