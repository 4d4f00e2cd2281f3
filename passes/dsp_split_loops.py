"""`dsp-split-loops`: loop distribution; loops over a chunk of frames communicate by rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass
from xdsl.utils.exceptions import PassFailedException

from dspc.dialects.dsp import interface
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.places import located
from dspc.passes.analysis.delay_lines import NO_THRESHOLD, Plan
from dspc.passes.analysis.frame_graph import Chunking
from dspc.passes.lowering.chunks import lanes_for, lower_loops
from dspc.passes.lowering.meters import graph_of
from dspc.passes.partition.find_linear import find_linear
from dspc.passes.partition.fuse import make_groups

MOST_LANES = 64


@dataclass(frozen=True)
class DspSplitLoops(ModulePass):
    """Lowers signals to a sequence of loops over a chunk of frames (loop distribution).

    Recursions get loops of their own, so that all other loops are free of loop-carried dependences
    and can be vectorised; loops hand signals to each other in rows of a chunk. Cheap free
    operations are fused into an adjacent recursive loop. A dependence of at least a chunk's
    distance is not carried within the chunk: chunks are shortened to dependence distances of 16
    frames or more, at compile time for fixed delays, and at each call of `compute` for delays that
    follow from controls. Small independent recursions are fused, so that their latencies overlap.

    `loop-variant` 0 runs full chunks in one loop and the remainder after it; 1 runs a single loop
    whose last iteration is shorter. Delay lines of at most `max-copy-delay` frames are copied
    before each chunk, as are those with many readers (FIR filters); longer ones are ring buffers,
    of exact size beyond `delay-line-threshold` elements. `apart` does not fuse loops that several
    threads can run at the same time, divides packs where that costs nothing on one thread, and
    shortens chunks only to dependence distances of 128 frames or more.

    A linear recurrence of first order whose factor is constant in a call runs as a prefix scan over
    lanes, if `lanes` is at least 4 (P. M. Kogge and H. S. Stone, A parallel algorithm for the
    efficient solution of a general class of recurrence equations, IEEE Trans. Comput. C-22, 1973).

    A sum of 16 or more consecutive delays of one signal, each times a coefficient that is constant
    in a call (a FIR filter), is computed for up to eight vectors of frames at a time.

    Independent isomorphic recursions, with the isomorphic operations before and after them, run as
    the SIMD lanes of one loop where a cost model favours it: a pack. Constants, controls and inputs
    may differ. Vectors have at most `lanes` elements (by default those of the vectors of `machine`,
    without it 8 of f32 or 4 of f64; 0: no packs).
    This is superword-level parallelism (S. Larsen and S. Amarasinghe, Exploiting superword level
    parallelism with multimedia instruction sets, PLDI 2000) over whole recursions.

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

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.vector_size < 1:
            raise PassFailedException("vector-size is at least 1")
        if self.loop_variant not in (0, 1):
            raise PassFailedException("loop-variant is 0 or 1")
        if self.lanes is not None and not 0 <= self.lanes <= MOST_LANES:
            raise PassFailedException(f"lanes is 0 to {MOST_LANES}")
        for program in list(op.body.block.ops):
            if isinstance(program, interface.ProgramOp):
                body = program.body.block
                find_linear(body)
                graph = graph_of(body, Plan(body), self.chunking(program))
                ops = lower_loops(program, graph, make_groups(graph))
                op.body.block.insert_ops_before(ops, program)
                program.detach()
                program.erase()

    def chunking(self, program: interface.ProgramOp) -> Chunking:
        """The chunk size and lanes for a program."""
        processor = processor_named(self.machine)
        lanes = lanes_for(program, self.lanes, self.vector_size, processor)
        sizes = (self.vector_size, self.loop_variant, self.max_copy_delay)
        return Chunking(*sizes, self.apart, lanes, self.delay_line_threshold, processor)
