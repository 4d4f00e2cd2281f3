"""`dsp-lower-to-loops`: lowers signals to functions, buffers and one loop over the frames."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface, time
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.places import located
from dspc.passes.analysis.delay_lines import NO_THRESHOLD, Plan
from dspc.passes.analysis.frame_graph import Chunking
from dspc.passes.lowering.body import Body
from dspc.passes.lowering.chunks import lanes_for, lower_loops
from dspc.passes.lowering.meters import Meters, graph_of
from dspc.passes.lowering.prepared import Prepared
from dspc.passes.partition.find_linear import find_linear
from dspc.passes.partition.fuse import make_groups
from dspc.passes.partition.one_or_many import SplitDecision

DEFAULT_CHUNK = 64
"""Frames of a chunk where the estimate, not an option, selects loop distribution: FIR filters and
scans gain from more than 32 frames, and rows of more than 64 are evicted from the L1 cache
sooner."""
MAX_COPY_DELAY = 16
"""The longest delay line that is copied there, in frames."""
LEAST_LANES = 3
"""The fewest recursions of one shape that count as a bank."""
MOST_SPLIT = 20_000
"""Programs of more ops are not considered for loop distribution: it bounds the compile time of the
C++ compiler."""


@dataclass(frozen=True)
class DspLowerToLoops(ModulePass):
    """Lowers signals to scalar code: `compute` has one loop over the frames.

    State is loop-carried (`iter_args`), long delay lines are ring buffers of a power of two,
    block-rate signals are computed before the loop, init-rate signals once for each instance.
    docs/loops.md describes the resulting module.

    Ring buffers of more than `delay-line-threshold` elements have the exact size, and their indices
    wrap by compare and select instead of a mask.

    With `packs`, programs that consist mostly of banks of recursions of one shape are lowered as by
    dsp-split-loops, in vectors of `lanes` elements; with `split`, all programs for which a cost
    model of the cycles per frame on the processor of `machine` favours loop distribution.
    `most-loops` bounds the number of loops, for compilers whose time grows faster than linearly
    with the loops of a function.
    """

    name = "dsp-lower-to-loops"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    MAKES: ClassVar[str] = "loops"
    packs: bool = False
    split: bool = False
    lanes: int | None = None
    delay_line_threshold: int = NO_THRESHOLD
    machine: str | None = None
    most_loops: int | None = None

    @property
    def REASSOCIATES(self) -> bool:
        return self.packs or self.split

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in list(op.body.block.ops):
            if isinstance(program, interface.ProgramOp):
                ops = self._lower(program)
                op.body.block.insert_ops_before(ops, program)
                program.detach()
                program.erase()

    def _lower(self, program: interface.ProgramOp) -> list[Operation]:
        """The ops of the lowered module."""
        if self.packs or self.split:
            find_linear(program.body.block)
        plan = Plan(program.body.block)
        choice = self.choice(program, plan)
        if choice is not None and choice.is_split:
            return lower_loops(program, choice.graph, choice.groups)
        return lower_program(program, plan, self.delay_line_threshold)

    def choice(self, program: interface.ProgramOp, plan: Plan) -> SplitDecision | None:
        """The decision on loop distribution; None where it is neither requested nor promising."""
        is_small = self.split and len(program.body.block.ops) <= MOST_SPLIT
        if not is_small and not (self.packs and may_have_banks(program)):
            return None
        graph = graph_of(program.body.block, plan, self.chunking(program))
        return SplitDecision(graph, make_groups(graph), not is_small, self.most_loops)

    def chunking(self, program: interface.ProgramOp) -> Chunking:
        """Chunk size and lanes for loop distribution."""
        processor = processor_named(self.machine)
        return Chunking(
            DEFAULT_CHUNK,
            0,
            MAX_COPY_DELAY,
            lanes=lanes_for(program, self.lanes, DEFAULT_CHUNK, processor),
            mask_up_to=self.delay_line_threshold,
            processor=processor,
        )


def may_have_banks(program: interface.ProgramOp) -> bool:
    """Whether at least LEAST_LANES recursions have the same number of ops: a cheap filter."""
    sizes = Counter(
        len(op.body.block.ops) for op in program.body.block.ops if isinstance(op, time.Recursion)
    )
    return any(count >= LEAST_LANES for count in sizes.values())


def lower_program(program: interface.ProgramOp, plan: Plan, mask_up_to: int) -> list[Operation]:
    """The ops of the lowered module; the program keeps its body, but its `ui` region is moved."""
    parts = Prepared(program, plan, mask_up_to)
    body = Body(parts.unit, parts.plan, parts.compute, parts.storage, parts.facts, parts.init)
    body.zones = parts.zones
    body.meters = Meters(body, program.body.block)
    values = body.lower(program.body.block, parts.inputs)
    writer, frame = body.state.scope.writer, body.state.loop.args[0]
    for value, channel in zip(values, parts.outputs, strict=True):
        writer.store_to(value, channel, frame)
    body.finish(parts.count)
    return parts.finish()
