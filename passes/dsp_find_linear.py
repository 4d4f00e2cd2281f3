"""`dsp-find-linear`: recognises linear recurrences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface
from dspc.dialects.places import located
from dspc.passes.partition.find_linear import find_linear


@dataclass(frozen=True)
class DspFindLinear(ModulePass):
    """Replaces each recursion that is a linear recurrence of order 1 to 4 by a `dsp.linear`.

    Of first order that is `y = x + a*y'` or `y = x - a*y'`, y' being y one frame ago and `a`, which
    may be absent, constant in a call. Of higher order (all-pole filters, the recursion of a
    biquad) it is a sum of values from outside and of such terms of up to four frames ago; integers
    are left out. A part of a larger recursion that is one gets an op of its own, in its place.

    Frames of a recurrence may be computed in another order of additions, as by a prefix scan, so
    that some recursions stay as they are: those with a literal coefficient above 100, whose powers
    overflow before the recurrence does; with an x that is constant in a call, those of higher
    order, a sum without factor, which is a phase or counter, and a smoothed control where programs
    compare or truncate it, whose exact last value matters there. Reassociated, it would reach that
    value a frame earlier or later, or never, depending on the block size.

    Rates must be known (dsp-rates): a signal of rate `sample` is no factor. The region is kept, and
    dsp-simplify makes it a `dsp.rec` again.
    """

    name = "dsp-find-linear"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, interface.ProgramOp):
                find_linear(program.body.block)
