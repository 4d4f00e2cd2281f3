"""`dsp-choose-chunk`: the frames of a chunk, and where delay lines keep their past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.passes.analysis.delay_lines import Plan
from dspc.passes.partition.choose_chunk import ChunkOptions, ChunkRequest, choose_chunk
from dspc.passes.partition.one_or_many import LOOPS, may_be_split
from dspc.passes.partition.shared_analyses import GRAPHS


@dataclass(frozen=True)
class DspChooseChunk(ChunkOptions, ModulePass):
    """Chooses the frames of a chunk, and where each delay line keeps its past frames.

    Declares a `dsp.chunk` and a `dsp.line` for each delay line outside of gated regions, which
    `dsp.delay` and `dsp.prefix` then name. A dependence of at least a chunk's distance is not
    carried within the chunk: chunks of `vector-size` frames are shortened to dependence distances
    of 16 frames or more, at compile time for fixed delays. Varying delays in feedback are `assumed`
    to be at least a chunk long where controls at their initial values make them so, or, in programs
    of up to 80 ops without linear recurrences, where they can reach 256 frames; each call of
    `compute` shortens its chunks where they are not. With `loop-variant` 1, the last chunk is
    shorter. With 0, chunks of 64 frames and more, and those beside feedback that begins short, are
    multiples of 8 frames or of a vector, and a loop over single frames computes the others
    (`singles`); shorter ones are full, and code after them computes the rest.

    Delay lines of at most `max-copy-delay` frames are copied before each chunk, as are those with
    many readers (FIR filters); others are ring buffers, of exact size beyond
    `delay-line-threshold` elements. With `apart`, several threads run the loops of a chunk: chunks
    are shortened only to distances of 128 frames or more. Vectors have at most `lanes` elements (by
    default those of the vectors of `machine`, without it 8 of f32 or 4 of f64; 0: no vectors).

    Programs that cannot become many loops by `loops`, as dsp-partition takes it, stay as they are:
    with `banks` those without three recursions of one size, with `best` those among programs of
    more than 20 000 ops. Rates and bounds of delays must be known (dsp-rates, dsp-size-delays).
    Earlier decisions are dropped.
    """

    name = "dsp-choose-chunk"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    ASSUMES: ClassVar[bool] = True
    loops: str = "many"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.loops not in LOOPS:
            raise ValueError(f"loops is {', '.join(LOOPS)}, not {self.loops}")

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if not isinstance(program, interface.ProgramOp):
                continue
            if may_be_split(program, self.loops):
                graph = choose_chunk(program, Plan(program.body.block), self.request())
                GRAPHS.keep(program, graph)

    def request(self) -> ChunkRequest:
        """The requirements on chunks."""
        return ChunkRequest(
            self.vector_size,
            self.max_copy_delay,
            processor_named(self.machine),
            self.lanes,
            self.loop_variant == 1,
            self.apart,
            self.delay_line_threshold,
        )
