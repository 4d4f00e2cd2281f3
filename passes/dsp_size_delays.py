"""`dsp-size-delays`: bounds the amount of each varying delay, which sizes its delay line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from dspc.dialects.dsp import time
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.places import location_text, span_of
from dspc.passes.analysis.interval_math import INF, INT_MAX
from dspc.passes.analysis.intervals import Intervals
from dspc.support.diagnostics import DspcError, Note


@dataclass(frozen=True)
class DspSizeDelays(ModulePass):
    """Sets `max` of each `dsp.delay` with a varying amount, from the amount's interval.

    Inputs are assumed to be within [-1, 1] and widgets within their ranges, as in Faust; the amount
    is clamped at run time, so other values are safe. Raises DspcError E0303 where the amount has
    no upper bound or one that exceeds 32 bits, E0304 where it can be negative.
    """

    name = "dsp-size-delays"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    SIZES: ClassVar[bool] = True
    """Validation compares within the declared ranges of inputs and widgets."""

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, ProgramOp):
                size_delays(program)


def size_delays(program: ProgramOp) -> None:
    """Set `max` on the program's varying delays, and on those of its table generators."""
    unsized = [
        op
        for op in program.walk()
        if isinstance(op, time.DelayOp) and op.amount is not None and op.max is None
    ]
    if not unsized:
        return
    intervals = Intervals(program, is_sound=False)
    for op in unsized:
        assert op.amount is not None
        amount = intervals.of(op.amount)
        if amount.lo < 0:
            raise fault(
                op, "E0304", f"a delay of {amount.lo:g} to {amount.hi:g} frames is negative"
            )
        if amount.nan or amount.hi == INF:
            raise fault(op, "E0303", "this delay has no upper bound")
        if amount.hi > INT_MAX:
            raise fault(op, "E0303", f"this delay is too large: up to {_grouped(amount.hi)} frames")
        op.max = IntegerAttr(int(amount.hi + 0.5), i64)


def _grouped(frames: float) -> str:
    """A count with a blank between groups of three digits."""
    return f"{int(frames):,}".replace(",", " ")


def fault(op: Operation, code: str, message: str) -> DspcError:
    hint = "bound the amount, as in min(4095, max(0, n))"
    span, place = span_of(op), location_text(op)
    notes = [Note(f"the delay is at {place}")] if span is None and place else []
    return DspcError(code, message, span, hint, notes)
