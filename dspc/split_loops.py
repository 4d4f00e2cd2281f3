"""`dsp-split-loops`: the passes that make loops over chunks of signals, as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.passes.analysis.delay_lines import NO_THRESHOLD
from dspc.passes.dsp_choose_chunk import DspChooseChunk
from dspc.passes.dsp_find_firs import DspFindFirs
from dspc.passes.dsp_find_linear import DspFindLinear
from dspc.passes.dsp_lower_to_loops import DspLowerToLoops
from dspc.passes.dsp_pack_recursions import DspPackRecursions
from dspc.passes.dsp_partition import DspPartition


@dataclass(frozen=True)
class DspSplitLoops(ModulePass):
    """Lowers signals to a sequence of loops over a chunk of frames (loop distribution).

    This is dsp-find-linear, dsp-choose-chunk, dsp-pack-recursions, dsp-find-firs, dsp-partition and
    dsp-lower-to-loops in this order, with the options that they have.

    Recursions get loops of their own, so that all other loops are free of loop-carried dependences
    and can be vectorised; loops hand signals to each other in rows of a chunk. Linear recurrences
    run as prefix scans over lanes, if `lanes` is at least 4 (P. M. Kogge and H. S. Stone, A
    parallel algorithm for the efficient solution of a general class of recurrence equations, IEEE
    Trans. Comput. C-22, 1973). Independent isomorphic recursions run as the SIMD lanes of one loop.
    Sums over lanes are computed for several frames at a time; the lanes of each pack are added
    first, then the other terms in program order.
    """

    name = "dsp-split-loops"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    MAKES: ClassVar[str] = "loops"
    REASSOCIATES: ClassVar[bool] = True
    """Prefix scans, FIR filters, and sums over lanes."""
    vector_size: int = 32
    loop_variant: int = 0
    max_copy_delay: int = 16
    apart: bool = False
    lanes: int | None = None
    delay_line_threshold: int = NO_THRESHOLD
    machine: str | None = None

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
            DspChooseChunk(
                vector_size=self.vector_size,
                loop_variant=self.loop_variant,
                max_copy_delay=self.max_copy_delay,
                apart=self.apart,
                lanes=self.lanes,
                delay_line_threshold=self.delay_line_threshold,
                machine=self.machine,
            ),
            DspPackRecursions(machine=self.machine),
            DspFindFirs(),
            DspPartition(machine=self.machine),
        )
