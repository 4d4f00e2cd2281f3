"""`dsp-size-delays`: bounds the amount of each varying delay, which sizes its delay line."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i32, i64
from xdsl.ir import BlockArgument, Operation, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.types import Rate, signal_type
from dspc.dialects.places import location_text, span_of
from dspc.passes.analysis.interval_math import INF, INT_MAX
from dspc.passes.analysis.intervals import Intervals
from dspc.support.diagnostics import DspcError, Note


@dataclass(frozen=True)
class DspSizeDelays(ModulePass):
    """Sets `max` of each `dsp.delay` with a varying amount, from the amount's interval.

    Inputs are assumed to be within [-1, 1] and widgets within their ranges, as in Faust; the amount
    is clamped at run time, so other values are safe. Raises DspcError E0303 where the amount has
    no upper bound or one that exceeds 32 bits, E0304 where the whole delay can be negative. Where
    only the amount can be, part of the offset is added to it.
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
        offset = op.offset.value.data
        least = int(_is_past(op.signal))
        if amount.lo < 0 and offset + amount.lo < least:
            low, high = amount.lo + offset - least, amount.hi + offset - least
            raise fault(op, "E0304", f"a delay of {low:g} to {high:g} frames is negative")
        if amount.nan or amount.hi == INF:
            raise fault(op, "E0303", "this delay has no upper bound")
        moved = -floor(min(amount.lo, 0))
        if amount.hi + moved > INT_MAX:
            raise fault(op, "E0303", f"this delay is too large: up to {_grouped(amount.hi)} frames")
        if moved:
            _move_offset(op, moved)
        op.max = IntegerAttr(int(amount.hi + moved + 0.5), i64)


def _is_past(value: SSAValue) -> bool:
    """Whether a value is the past of a recursion's result, at least one frame old."""
    return isinstance(value, BlockArgument) and isinstance(value.block.parent_op(), time.Recursion)


def _move_offset(op: time.DelayOp, frames: int) -> None:
    """Take frames from a delay's offset into its amount, which then is not negative."""
    assert op.amount is not None
    assert op.parent is not None
    constant = arithmetic.ConstantOp.create(
        result_types=[signal_type(i32, Rate.CONST)],
        properties={"value": IntegerAttr(frames, i32)},
    )
    amount = arithmetic.AddOp.create(
        operands=[op.amount, constant.results[0]], result_types=[op.amount.type]
    )
    op.parent.insert_ops_before([constant, amount], op)
    op.operands[1] = amount.results[0]
    op.offset = IntegerAttr(op.offset.value.data - frames, i64)


def _grouped(frames: float) -> str:
    """A count with a blank between groups of three digits."""
    return f"{int(frames):,}".replace(",", " ")


def fault(op: Operation, code: str, message: str) -> DspcError:
    hint = "bound the amount, as in min(4095, max(0, n))"
    span, place = span_of(op), location_text(op)
    notes = [Note(f"the delay is at {place}")] if span is None and place else []
    return DspcError(code, message, span, hint, notes)
