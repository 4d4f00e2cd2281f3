"""`dsp-split-loops`: the passes that make loops over chunks of signals, as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.passes.dsp_choose_chunk import DspChooseChunk
from dspc.passes.dsp_find_firs import DspFindFirs
from dspc.passes.dsp_find_linear import DspFindLinear
from dspc.passes.dsp_lower_to_loops import DspLowerToLoops
from dspc.passes.dsp_pack_recursions import DspPackRecursions
from dspc.passes.dsp_partition import DspPartition
from dspc.passes.partition.choose_chunk import ChunkOptions


@dataclass(frozen=True)
class DspSplitLoops(ChunkOptions, ModulePass):
    """Lowers signals to a sequence of loops over a chunk of frames (loop distribution).

    This is dsp-find-linear, dsp-choose-chunk, dsp-pack-recursions, dsp-find-firs, dsp-partition and
    dsp-lower-to-loops in this order, with the options that they have.

    Recursions get loops of their own, so that all other loops are free of loop-carried dependences
    and can be vectorised; loops hand signals to each other in rows of a chunk. If `lanes` is at
    least 4, linear recurrences of first order run as prefix scans over lanes (P. M. Kogge and H. S.
    Stone, A parallel algorithm for the efficient solution of a general class of recurrence
    equations, IEEE Trans. Comput. C-22, 1973), and those of order 2 to 4 as block state space (C.
    S. Burrus, Block realization of digital filters, IEEE Trans. Audio Electroacoust. AU-20, 1972).
    Independent isomorphic recursions run as the SIMD lanes of one loop.
    Sums over lanes are computed for several frames at a time; the lanes of each pack are added
    first, then the other terms in program order.
    """

    name = "dsp-split-loops"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    MAKES: ClassVar[str] = "loops"
    REASSOCIATES: ClassVar[bool] = True
    """Prefix scans, FIR filters, and sums over lanes."""
    ASSUMES: ClassVar[bool] = True

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for module_pass in self.parts():
            module_pass.apply(ctx, op)

    def parts(self) -> Sequence[ModulePass]:
        """The passes that it runs."""
        return (*self.decisions(), DspLowerToLoops())

    def decisions(self) -> Sequence[ModulePass]:
        """The passes that decide on the loops."""
        return (
            DspFindLinear(),
            DspChooseChunk(**vars(self)),
            DspPackRecursions(machine=self.machine),
            DspFindFirs(),
            DspPartition(machine=self.machine),
        )
