"""Finds phases: recursions that are accumulators modulo 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import FloatAttr, f32
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.recurrences import back_of

MOST = 2.0**30
"""The largest value of an accumulator whose integer part is subtracted as an i32."""
Within = Callable[[SSAValue, float, float], bool]
"""Whether a signal is provably within bounds."""


@dataclass(frozen=True)
class Accumulator:
    """A recursion `y = frac(s)`, where s is made of the past of y and of signals from outside.

    `steps` are the ops that compute s, in program order: sums with one operand that depends on the
    past, differences with such a left operand, and selections. `past` are the reads of the past.
    """

    past: frozenset[SSAValue]
    steps: Sequence[Operation]
    sum: SSAValue


def accumulator_of(op: time.RecOp, within: Within) -> Accumulator | None:
    """The accumulator modulo 1 that a recursion of f32 is, or None."""
    block = op.body.block
    if len(block.args) != 1 or element(block.args[0]) != f32:
        return None
    (argument,), (value,) = block.args, op.yielded()
    past: set[SSAValue] = set()
    steps: list[Operation] = []
    inside: set[SSAValue] = set()
    rest: list[Operation] = []
    for each in block.ops:
        if isinstance(each, time.YieldOp):
            continue
        if len(each.results) != 1:
            return None
        result = each.results[0]
        if back_of(result, argument) == 1:
            past.add(result)
            inside.add(result)
        elif not rest and _is_step(each, inside):
            steps.append(each)
            inside.add(result)
        else:
            rest.append(each)
    sum = _wrapped(rest, value, _may_truncate(steps, inside, within))
    if sum is None or sum not in inside:
        return None
    return Accumulator(frozenset(past), steps, sum)


def _is_step(op: Operation, inside: set[SSAValue]) -> bool:
    """Whether an op adds to, or selects, a value that depends on the past with a factor of 1."""
    depends = [operand in inside for operand in op.operands]
    if isinstance(op, arithmetic.AddOp):
        return sum(depends) == 1
    if isinstance(op, arithmetic.SubOp):
        return depends == [True, False]
    return isinstance(op, arithmetic.Select2Op) and not depends[0] and any(depends)


def _may_truncate(
    steps: Sequence[Operation], inside: set[SSAValue], within: Within
) -> Callable[[], bool]:
    """Whether truncation is the floor: no term is negative, and the sum fits 32 bits."""

    def may() -> bool:
        return all(
            not isinstance(op, arithmetic.SubOp)
            and all(
                within(operand, 0.0, MOST / len(steps))
                for operand in op.operands
                if operand not in inside and element(operand) == f32
            )
            for op in steps
        )

    return may


def _wrapped(
    ops: Sequence[Operation], value: SSAValue, may_truncate: Callable[[], bool]
) -> SSAValue | None:
    """The s of which `value` is the fractional part, computed by these ops and no others."""
    last = value.owner
    if isinstance(last, arithmetic.FmodOp) and list(ops) == [last]:
        return last.lhs if _is_one(last.rhs) and may_truncate() else None
    if not isinstance(last, arithmetic.SubOp):
        return None
    sum, whole = last.operands
    floor = whole.owner
    if isinstance(floor, arithmetic.FloorOp):
        return sum if floor.operand is sum and list(ops) == [floor, last] else None
    truncated = floor.operand.owner if isinstance(floor, arithmetic.FloatOp) else None
    if isinstance(truncated, arithmetic.IntOp) and list(ops) == [truncated, floor, last]:
        return sum if truncated.operand is sum and may_truncate() else None
    return None


def _is_one(value: SSAValue) -> bool:
    op = value.owner
    return (
        isinstance(op, arithmetic.ConstantOp)
        and isinstance(op.value, FloatAttr)
        and op.value.value.data == 1.0
    )
