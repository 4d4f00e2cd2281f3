"""`dsp-partition`: which ops share a loop over the frames of a chunk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.partition import LOOP, FrameLoopOp, erase
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.partition.fuse import make_groups
from dspc.passes.partition.one_or_many import LOOPS, SplitDecision, decide, is_bank_only
from dspc.passes.partition.registers import choose_registers
from dspc.passes.partition.shared_analyses import GRAPHS
from dspc.passes.partition.written_loops import write_loops


@dataclass(frozen=True)
class DspPartition(ModulePass):
    """Distributes the ops of a frame over loops over the frames of a chunk (loop distribution).

    A `dsp.loop` is declared for each loop, in the order in which they run, and named by its ops.
    Recursions get loops of their own, so that all other loops are free of loop-carried dependences
    and can be vectorised. Packs, linear recurrences and FIR filters are loops of their own as well:
    recurrences of first order as prefix scans, others as block state space, together with filters
    of their past that have coefficients constant in a call (the zeros of a biquad); after 32 of
    these in a program, others stay recursive, which bounds the compile time. Three and more of
    which each filters the output of another become the SIMD lanes of one loop, a `cascade`, each
    some frames behind the one that it reads, where that is estimated to be faster (loop skewing: M.
    Wolfe, Int. J. Parallel Programming 15(4), 1986). Cheap free operations
    are fused into an adjacent recursive loop, small independent recursions with each other, so that
    their latencies overlap. Where several threads run the loops of a chunk, or with `apart`, loops
    that can run at the same time are not fused.

    With `loops` of `many`, the program becomes these loops. With `best`, it becomes one loop over
    all frames where a cost model of the cycles per frame on the processor of `machine` favours
    that, and with `banks` unless it consists mostly of packs; `dsp.chunk` then has `is_one_loop`.
    `most-loops` bounds the number of loops, for compilers whose time grows faster than linearly
    with the loops of a function.

    The past frames that a loop reads of its own signals are carried in values where that is no
    longer ago than eight frames; delay lines that are read in no other way get the form
    `registers`. Programs without `dsp.chunk` (dsp-choose-chunk) stay as they are.
    """

    name = "dsp-partition"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    apart: bool = False
    loops: str = "many"
    most_loops: int | None = None
    machine: str | None = None

    def __post_init__(self) -> None:
        if self.loops not in LOOPS:
            raise ValueError(f"loops is {', '.join(LOOPS)}, not {self.loops}")

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        processor = processor_named(self.machine)
        for program in op.body.block.ops:
            if not isinstance(program, interface.ProgramOp):
                continue
            erase(program.body.block, FrameLoopOp, (LOOP,))
            graph = GRAPHS.of(program, processor)
            if graph is not None:
                self._partition(program, graph)

    def _partition(self, program: interface.ProgramOp, graph: Graph) -> None:
        groups = make_groups(graph, self.apart or graph.chunking.is_apart)
        if self.loops != "many":
            is_bank = is_bank_only(program, self.loops)
            decide(program, SplitDecision(graph, groups, is_bank, self.most_loops))
        write_loops(graph, groups)
        choose_registers(graph, groups)
