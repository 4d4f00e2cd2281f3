"""`dsp-find-phases`: recognises phases, accumulators modulo 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp, f32
from xdsl.ir import SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface, time
from dspc.dialects.places import located
from dspc.passes.analysis.intervals import Intervals
from dspc.passes.phases.find import accumulator_of
from dspc.passes.phases.fixed_point import make_fixed
from dspc.passes.phases.indices import take_indices
from dspc.support.counters import count


@dataclass(frozen=True)
class DspFindPhases(ModulePass):
    """Makes accumulators modulo 1 of single precision integers, of which 2^32 are a turn.

    That is `y = s - floor(s)` with `s = y' + x` or `s = y' - x`, y' being y one frame ago; x may be
    a sum, and a reset select s or another value. `fmod(s, 1)` and `s - int(s)` are the same where
    x is provably not negative. The recursion becomes a `dsp.phase`, or a `dsp.rec` of integers with
    a reset, and y the fraction of a turn, rounded to the 24 bits of a float. A table index
    `int(y * 2^k)` is taken from the integer.

    Integers are added without rounding, so that no error accumulates but that of x, which is
    rounded to 2^-32. Double precision stays as it is: there a phase wraps in the same frame as in
    the recurrence as it is written.
    """

    name = "dsp-find-phases"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    REASSOCIATES: ClassVar[bool] = True
    """Roundings accumulate no longer."""

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, interface.ProgramOp) and program.precision == f32:
                find_phases(program)


def find_phases(program: interface.ProgramOp) -> None:
    """Make the accumulators modulo 1 of a program integers."""
    intervals: Intervals | None = None

    def within(value: SSAValue, low: float, high: float) -> bool:
        nonlocal intervals
        intervals = intervals or Intervals(program, is_sound=True)
        return intervals.within(value, low, high)

    groups = [op for op in program.body.walk() if isinstance(op, time.RecOp)]
    accumulators = [(op, accumulator_of(op, within)) for op in groups]
    for op, accumulator in accumulators:
        if accumulator is not None:
            take_indices(*make_fixed(op, accumulator))
            count("phases")
