"""`dsp-split-loops`: a program of signals becomes loops that communicate by rows of a chunk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass
from xdsl.utils.exceptions import PassFailedException

from dspc.dialects.dsp import interface
from dspc.passes.lowering.plan import Plan
from dspc.passes.lowering.unit import NO_THRESHOLD
from dspc.passes.splitting.chunks import lanes_for, lower_loops
from dspc.passes.splitting.graph import Chunking, Graph
from dspc.passes.splitting.groups import make_groups

MOST_LANES = 64


@dataclass(frozen=True)
class DspSplitLoops(ModulePass):
    """Lowers signals to many small loops, run one after the other over chunks of frames.

    Recursions get loops of their own, so that all other loops are free to run as vectors; loops
    leave values for each other in rows as long as a chunk. What a loop would leave for one cheap
    step is computed in the loop itself. Where all feedback of a recursion is at least a chunk long,
    it is none within the chunk: chunks are made shorter for feedback of 16 frames or more, as far
    as it is known; if its length follows from controls, when `compute` is called. Small recursions
    that do not depend on each other share a loop: one works while others wait.

        %y = dsp.rec { ... }             dsp_par.loop recursive reads(...) writes(%row) { ... }
        %z = dsp.sqrt %y         -->     dsp_par.loop free reads(%row) writes(%out0) { ... }

    `loop-variant` 0 runs full chunks in a loop of their own and the remainder after it; 1 runs one
    loop whose last turn is shorter. Delays of at most `max-copy-delay` frames keep their past by
    copying it, as do those that many readers share (FIRs); longer ones in a ring, which has exactly
    the places that it needs beyond `delay-line-threshold`. `apart` keeps loops apart that several
    threads may run at once, cuts packs where that takes no longer on one, and makes chunks shorter
    only for feedback of 128 frames or more; without it, loops are joined.

    A linear recursion of first order whose factor is the same all through a call runs as vectors
    over time, if `lanes` is at least 4: sums double in length, then the last frame before is added.

        %p = dsp.mul %a, %past           %v = dsp_par.loop recursive { scf.for step 8 {
        %y = dsp.add %p, %x      -->       x + a*x' + a^2*(...)'' + ..., + a^(lane+1) * last } }

    A sum of 16 or more consecutive delays of one signal, each times what is the same all through a
    call (a FIR filter), is made for up to eight vectors of frames at once.

        %p = dsp.mul %c0, %x             dsp_par.loop free { scf.for step 64 {
        %q = dsp.mul %c1, %x'     -->      scf.for %tap iter_args(%sum0, ..., %sum7) {
        %s = dsp.add %p, %q ...              %sum0 + c[%tap] * x[%i - %tap], ... } } }

    Recursions of one shape that do not depend on each other, and what is done alike before and
    after them, run as lanes of vectors of at most `lanes` numbers (by itself 8 of f32, 4 of f64; 0
    for none), where that is less work: a pack. What differs are constants, controls and inputs.

        %y = dsp.rec { ... %a ... }
        %z = dsp.rec { ... %b ... }   -->  dsp_par.loop recursive { ... vector<8xf32> ... }
        %s = dsp.add %y, %z

    Sums over lanes are taken of many frames at once; first come the lanes of each pack, then the
    other terms in program order.
    """

    name = "dsp-split-loops"
    REASSOCIATES: ClassVar[bool] = True
    """Scans, and sums over lanes."""
    vector_size: int = 32
    loop_variant: int = 0
    max_copy_delay: int = 16
    apart: bool = False
    lanes: int | None = None
    delay_line_threshold: int = NO_THRESHOLD

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
                graph = Graph(body, Plan(body), self.chunking(program))
                ops = lower_loops(program, graph, make_groups(graph))
                op.body.block.insert_ops_before(ops, program)
                program.detach()
                program.erase()

    def chunking(self, program: interface.ProgramOp) -> Chunking:
        """How a program's frames are cut, and how many lanes its vectors have."""
        lanes = lanes_for(program, self.lanes, self.vector_size)
        sizes = (self.vector_size, self.loop_variant, self.max_copy_delay)
        return Chunking(*sizes, self.apart, lanes, self.delay_line_threshold)
