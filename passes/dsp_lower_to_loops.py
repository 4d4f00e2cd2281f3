"""`dsp-lower-to-loops`: lowers signals to functions, buffers and loops over the frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from dspc.dialects.dsp import Dsp, interface
from dspc.dialects.dsp.partition import are_loops_decided, chunk_of
from dspc.dialects.dsp_mem.processor_model import DEFAULT
from dspc.dialects.places import located, span_of
from dspc.passes.analysis.delay_lines import NO_THRESHOLD, Plan
from dspc.passes.lowering.body import Body
from dspc.passes.lowering.chunks import lower_loops
from dspc.passes.lowering.meters import Meters
from dspc.passes.lowering.prepared import Prepared
from dspc.passes.partition.shared_analyses import GRAPHS
from dspc.passes.partition.written_loops import read_loops
from dspc.support.diagnostics import DspcError


@dataclass(frozen=True)
class DspLowerToLoops(ModulePass):
    """Lowers signals to functions, buffers, and the loops that have been decided.

    A program with `dsp.loop`s (dsp-partition) becomes these loops, in a loop over its chunks. Loops
    hand signals to each other in rows of a chunk; delay lines are what their `dsp.line` says. This
    pass chooses no grouping, order, width, chunk or form of delay line: see docs/decisions.md.

    Other programs become scalar code: `compute` has one loop over the frames. State is loop-carried
    (`iter_args`), long delay lines are ring buffers of a power of two, block-rate signals are
    computed before the loop, init-rate signals once for each instance. docs/loops.md describes the
    resulting module. Ring buffers of more than `delay-line-threshold` elements have the exact size
    there, and their indices wrap by compare and select instead of a mask.
    """

    name = "dsp-lower-to-loops"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    MAKES: ClassVar[str] = "loops"
    LOWERS_LOOPS: ClassVar[bool] = True
    """Prefix scans, FIR filters and sums over lanes reassociate, where they have been decided."""
    delay_line_threshold: int = NO_THRESHOLD

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in list(op.body.block.ops):
            if isinstance(program, interface.ProgramOp):
                _check_ops(program)
                ops = self._lower(program)
                op.body.block.insert_ops_before(ops, program)
                program.detach()
                program.erase()
                GRAPHS.drop()

    def _lower(self, program: interface.ProgramOp) -> list[Operation]:
        """The ops of the lowered module."""
        if not are_loops_decided(program.body.block):
            threshold, chunk = self.delay_line_threshold, chunk_of(program.body.block)
            if chunk is not None and chunk.exact_beyond is not None:
                threshold = min(threshold, chunk.exact_beyond.value.data)
            return lower_program(program, GRAPHS.plan(program), threshold)
        graph = GRAPHS.of(program, DEFAULT)
        assert graph is not None
        return lower_loops(program, graph, read_loops(graph))


def _check_ops(program: interface.ProgramOp) -> None:
    """Raise DspcError E0305 for an op of another dialect whose results are used."""
    for op in program.body.walk():
        if type(op) not in SIGNAL_OPS and any(result.uses for result in op.results):
            message = f"{op.name} cannot be lowered to loops"
            hint = "a pass must replace it by ops of dsp before dsp-lower-to-loops"
            raise DspcError("E0305", message, span_of(op), hint)


SIGNAL_OPS = frozenset(Dsp.operations)


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
