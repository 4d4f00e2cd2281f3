"""`dsp-pack-recursions`: isomorphic recursions become SIMD lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.partition import LANE, SUMMED, PackOp, erase
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.passes.packing.select import select_packs
from dspc.passes.packing.written import write_packs
from dspc.passes.partition.shared_analyses import GRAPHS


@dataclass(frozen=True)
class DspPackRecursions(ModulePass):
    """Marks independent isomorphic recursions as the SIMD lanes of a pack.

    Isomorphic operations before and after them join the pack where a cost model for the processor
    of `machine` favours it. Constants, controls and inputs may differ from lane to lane. A
    `dsp.pack` is declared for each pack that saves operations; the ops of its lanes get a
    `#dsp.lane`, and sums of which at least three lanes are terms a `#dsp.summed`. This is
    superword-level parallelism (S. Larsen and S. Amarasinghe, Exploiting superword level
    parallelism with multimedia instruction sets, PLDI 2000) over whole recursions.

    The nodes of a grid of eight or more are lanes of one pack as well: a linear recursion in which
    each reads the near past of its neighbours, as in finite-difference schemes (a stencil). Their
    position is the `grid` of `dsp.pack`; other ops of the recursion are part of their sums.

    Vectors have at most `lanes` elements, by default those of `dsp.chunk`. Where several threads
    run the loops of a chunk, or with `apart`, packs are divided where that costs nothing on one
    thread. Programs without `dsp.chunk` (dsp-choose-chunk) stay as they are. Earlier packs are
    dropped.
    """

    name = "dsp-pack-recursions"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    lanes: int | None = None
    apart: bool = False
    machine: str | None = None

    def __post_init__(self) -> None:
        if self.lanes is not None and (self.lanes < 0 or self.lanes & (self.lanes - 1)):
            raise ValueError("lanes is a power of two, or 0")

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        processor = processor_named(self.machine)
        for program in op.body.block.ops:
            if not isinstance(program, interface.ProgramOp):
                continue
            erase(program.body.block, PackOp, (LANE, SUMMED))
            graph = GRAPHS.of(program, processor)
            if graph is not None:
                lanes = graph.chunking.lanes if self.lanes is None else self.lanes
                is_apart = self.apart or graph.chunking.is_apart
                write_packs(graph, select_packs(graph, lanes, is_apart))
