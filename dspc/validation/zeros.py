"""Signals that are always 0 by the form of their ops: no run can move them.

A program without rewrite rules has such signals (`x - x`), of which interval analysis does not know
that operands are equal.
"""

from __future__ import annotations

from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import interface
from dspc.passes.analysis.intervals import Intervals

OF_EQUAL = ("dsp.sub", "dsp.xor")
"""0 if both operands are the same signal."""
OF_ANY = ("dsp.mul", "dsp.and")
"""0 if an operand is."""
OF_FIRST = ("dsp.div", "dsp.rem", "dsp.fmod", "dsp.shl", "dsp.shr", "dsp.delay")
"""0 if the first operand is."""
OF_ALL = ("dsp.add", "dsp.sub", "dsp.or", "dsp.xor", "dsp.float", "dsp.int", "dsp.neg", "dsp.abs")
"""0 if all operands are."""


def zero_signals(program: interface.ProgramOp, intervals: Intervals) -> set[SSAValue]:
    """The signals of a program that are 0 in each frame, for finite inputs."""
    zeros: set[SSAValue] = set()
    for op in program.walk():
        for result in op.results:
            interval = intervals.table.get(result)
            if interval is not None and interval.lo == interval.hi == 0.0:
                zeros.add(result)
        if len(op.results) == 1 and _is_zero(op, zeros):
            zeros.add(op.results[0])
    return zeros


def _is_zero(op: Operation, zeros: set[SSAValue]) -> bool:
    name, operands = op.name, op.operands
    if name in OF_EQUAL and operands[0] is operands[1]:
        return True
    if name in OF_ANY:
        return any(operand in zeros for operand in operands)
    if name in OF_FIRST:
        return operands[0] in zeros
    return name in OF_ALL and all(operand in zeros for operand in operands)
