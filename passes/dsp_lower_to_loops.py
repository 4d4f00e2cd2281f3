"""`dsp-lower-to-loops`: a program of signals becomes functions, buffers and one loop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from dspc.dialects.dsp import interface, time
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import read_ui, walk_widgets
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.analysis.intervals import Intervals
from dspc.passes.lowering.body import Body
from dspc.passes.lowering.fill import fill_tables
from dspc.passes.lowering.meters import Meters
from dspc.passes.lowering.plan import Plan
from dspc.passes.lowering.unit import NO_THRESHOLD, Unit
from dspc.passes.lowering.writer import (
    INDEX,
    Buffer,
    Function,
    Writer,
    float_attribute,
    open_row_type,
)
from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass

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
                ops = self._split(program) or lower_program(program, self.delay_line_threshold)
                op.body.block.insert_ops_before(ops, program)
                program.detach()
                program.erase()

    def _split(self, program: interface.ProgramOp) -> list[Operation] | None:
        """The ops of a program that had better be many loops, if that is asked for."""
        is_small = self.split and len(program.body.block.ops) <= MOST_SPLIT
        if not is_small and not (self.packs and may_have_banks(program)):
            return None
        from dspc.passes.dsp_split_loops import DEFAULT_CHUNK, DspSplitLoops, split_if_faster

        split = DspSplitLoops(
            vector_size=DEFAULT_CHUNK,
            lanes=self.lanes,
            delay_line_threshold=self.delay_line_threshold,
        )
        return split_if_faster(program, split.chunking(program), is_bank_only=not is_small)


def may_have_banks(program: interface.ProgramOp) -> bool:
    """Whether some recursions have as many ops: a quick look."""
    sizes = Counter(
        len(op.body.block.ops) for op in program.body.block.ops if isinstance(op, time.RecOp)
    )
    return any(count >= LEAST_LANES for count in sizes.values())


class ProvenFacts:
    """What intervals prove of a program; the optimistic ones are computed when asked for."""

    def __init__(self, program: interface.ProgramOp) -> None:
        self.program = program
        self.within = Intervals(program, is_sound=True).within

    @cached_property
    def _sizes(self) -> Intervals:
        return Intervals(self.program, is_sound=False)

    def ends(self, value: SSAValue) -> tuple[float, float]:
        found = self._sizes.of(value)
        return found.lo, found.hi


def lower_program(program: interface.ProgramOp, mask_up_to: int) -> list[Operation]:
    """The ops of the module that a program becomes; the program keeps its body, not its `ui`."""
    made = Prepared(program, mask_up_to)
    body = Body(made.unit, made.plan, made.compute, made.storage, made.facts, made.init)
    body.zones = made.zones
    body.meters = Meters(body, program.body.block)
    values = body.lower(program.body.block, made.inputs)
    writer, frame = body.state.scope.writer, body.state.loop.args[0]
    for value, channel in zip(values, made.outputs, strict=True):
        writer.store_to(value, channel, frame)
    body.finish(made.count)
    return made.finish()


class Prepared:
    """What a program's lowering begins with: tables filled, zones declared, `compute` opened."""

    def __init__(self, program: interface.ProgramOp, mask_up_to: int) -> None:
        self.program = program
        self.unit = unit = Unit(program.precision, mask_up_to)
        self.plan = Plan(program.body.block)
        self.facts = ProvenFacts(program)
        widgets = list(walk_widgets(read_ui(program.ui)))
        unit.reserve([widget.symbol for widget in widgets])
        self.zones = declare_zones(unit, widgets)
        self.storage = fill_tables(unit, self.plan, self.facts)
        inputs, outputs = len(program.body.block.args), len(program.outputs())
        row = open_row_type(program.precision)
        self.compute = Function("compute", [INDEX, *[row] * (inputs + outputs)])
        self.count, *channels = self.compute.block.args
        self.inputs, self.outputs = channels[:inputs], channels[inputs:]
        for prefix, rows in (("in", self.inputs), ("out", self.outputs)):
            for index, channel in enumerate(rows):
                channel.name_hint = f"{prefix}{index}"
        self.init = Writer(unit.instance_constants, unit.instance_constants.body)

    def finish(self) -> list[Operation]:
        """The module's ops, once `compute` is written."""
        unit = self.unit
        functions = (unit.class_init, unit.instance_constants, unit.instance_clear, self.compute)
        return [
            lowered_op(self.program, len(self.inputs), len(self.outputs)),
            *unit.buffers,
            *unit.declarations.values(),
            *[function.finish() for function in functions],
        ]


def declare_zones(unit: Unit, widgets: list[UiWidget]) -> dict[str, Buffer]:
    """The buffers that widgets share with the host, by symbol."""
    return {
        widget.symbol: unit.buffer(
            widget.symbol,
            unit.precision,
            None,
            Lifetime.INSTANCE,
            Role.ZONE,
            init=float_attribute(widget.init, unit.precision),
        )
        for widget in widgets
        if widget.kind is not WidgetKind.SOUNDFILE
    }


def lowered_op(program: interface.ProgramOp, inputs: int, outputs: int) -> Operation:
    ui = program.detach_region(program.ui)
    return interface.LoweredOp.create(
        properties={
            "sym_name": program.sym_name,
            "precision": program.precision,
            "metadata": program.metadata,
            "inputs": IntegerAttr(inputs, i64),
            "outputs": IntegerAttr(outputs, i64),
        },
        attributes=dict(program.attributes),
        regions=[ui],
        location=program.location,
    )
