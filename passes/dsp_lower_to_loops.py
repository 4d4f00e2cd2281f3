"""`dsp-lower-to-loops`: a program of signals becomes functions, buffers and one loop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface, time
from dspc.passes.lowering.body import Body
from dspc.passes.lowering.meters import Meters
from dspc.passes.lowering.plan import Plan
from dspc.passes.lowering.prepared import Prepared
from dspc.passes.lowering.unit import NO_THRESHOLD
from dspc.passes.splitting.choice import Choice
from dspc.passes.splitting.chunks import lanes_for, lower_loops
from dspc.passes.splitting.graph import Chunking, Graph
from dspc.passes.splitting.groups import make_groups

DEFAULT_CHUNK = 64
"""Frames of a chunk where a program becomes many loops without being asked to: FIRs and scans gain
by more than 32, and rows of more than 64 leave the fastest cache sooner."""
MAX_COPY_DELAY = 16
"""The longest delay whose past is copied there."""
LEAST_LANES = 3
"""The fewest recursions that are a bank."""
MOST_SPLIT = 20_000
"""Larger programs are split only if they are asked to be: C++ compilers have enough of them."""


@dataclass(frozen=True)
class DspLowerToLoops(ModulePass):
    """Lowers signals to scalar code: `compute` has one loop over the frames.

    State is carried through the loop as values, long delay lines are rings of a power of two,
    slow signals are computed before the loop, init-rate ones once for each instance.
    docs/architecture.md, section "Loops", describes the module that comes out.

        %d = dsp.delay %y {offset = 1}            %r = scf.for ... iter_args(%d = %s) {
        %y = dsp.add %x, %d               -->       %y = arith.addf %x, %d
                                                    scf.yield %y

    Rings of more than `delay-line-threshold` places have exactly those that they need, and their
    indices are compared and wrapped, not masked.

    With `packs`, programs that are mostly banks of recursions of one shape are written as
    dsp-split-loops writes them, in vectors of `lanes` numbers; with `split`, all programs that are
    faster as many loops, by an estimate of the cycles of a frame.
    """

    name = "dsp-lower-to-loops"
    packs: bool = False
    split: bool = False
    lanes: int | None = None
    delay_line_threshold: int = NO_THRESHOLD

    @property
    def REASSOCIATES(self) -> bool:
        return self.packs or self.split

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in list(op.body.block.ops):
            if isinstance(program, interface.ProgramOp):
                ops = self._lower(program)
                op.body.block.insert_ops_before(ops, program)
                program.detach()
                program.erase()

    def _lower(self, program: interface.ProgramOp) -> list[Operation]:
        """The ops of the module that a program becomes."""
        plan = Plan(program.body.block)
        choice = self.choice(program, plan)
        if choice is not None and choice.is_split:
            return lower_loops(program, choice.graph, choice.groups)
        return lower_program(program, plan, self.delay_line_threshold)

    def choice(self, program: interface.ProgramOp, plan: Plan) -> Choice | None:
        """What speaks for many loops; None where that is not asked for, or not worth a look."""
        is_small = self.split and len(program.body.block.ops) <= MOST_SPLIT
        if not is_small and not (self.packs and may_have_banks(program)):
            return None
        graph = Graph(program.body.block, plan, self.chunking(program))
        return Choice(graph, make_groups(graph), is_bank_only=not is_small)

    def chunking(self, program: interface.ProgramOp) -> Chunking:
        """How a program's frames are cut where it becomes many loops."""
        lanes = lanes_for(program, self.lanes, DEFAULT_CHUNK)
        return Chunking(
            DEFAULT_CHUNK, 0, MAX_COPY_DELAY, lanes=lanes, mask_up_to=self.delay_line_threshold
        )


def may_have_banks(program: interface.ProgramOp) -> bool:
    """Whether some recursions have as many ops: a quick look."""
    sizes = Counter(
        len(op.body.block.ops) for op in program.body.block.ops if isinstance(op, time.RecOp)
    )
    return any(count >= LEAST_LANES for count in sizes.values())


def lower_program(program: interface.ProgramOp, plan: Plan, mask_up_to: int) -> list[Operation]:
    """The ops of the module that a program becomes; the program keeps its body, not its `ui`."""
    made = Prepared(program, plan, mask_up_to)
    body = Body(made.unit, made.plan, made.compute, made.storage, made.facts, made.init)
    body.zones = made.zones
    body.meters = Meters(body, program.body.block)
    values = body.lower(program.body.block, made.inputs)
    writer, frame = body.state.scope.writer, body.state.loop.args[0]
    for value, channel in zip(values, made.outputs, strict=True):
        writer.store_to(value, channel, frame)
    body.finish(made.count)
    return made.finish()
