"""The common beginning and end of a program's lowering."""

from __future__ import annotations

from functools import cached_property

from xdsl.dialects.builtin import IntegerAttr, i64
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import read_ui, walk_widgets
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.analysis.delay_lines import Plan
from dspc.passes.analysis.intervals import Intervals
from dspc.passes.lowering.fill import fill_tables
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import (
    INDEX,
    Buffer,
    FunctionBuilder,
    Writer,
    float_attribute,
    open_row_type,
)


class ProvenFacts:
    """Facts by interval analysis; the intervals for `lowest` and `highest` are computed lazily."""

    def __init__(self, program: interface.ProgramOp) -> None:
        self.program = program
        self.within = Intervals(program, is_sound=True).within

    @cached_property
    def _sizes(self) -> Intervals:
        return Intervals(self.program, is_sound=False)

    def ends(self, value: SSAValue) -> tuple[float, float]:
        interval = self._sizes.of(value)
        return interval.lo, interval.hi


class Prepared:
    """The beginning of a program's lowering: tables filled, zones declared, `compute` opened."""

    def __init__(self, program: interface.ProgramOp, plan: Plan, mask_up_to: int) -> None:
        self.program = program
        self.unit = unit = LoweringUnit(program.precision, mask_up_to)
        self.plan = plan
        self.facts = ProvenFacts(program)
        widgets = list(walk_widgets(read_ui(program.ui)))
        unit.reserve([widget.symbol for widget in widgets])
        self.zones = declare_zones(unit, widgets)
        self.storage = fill_tables(unit, self.plan, self.facts)
        inputs, outputs = len(program.body.block.args), len(program.outputs())
        row = open_row_type(program.precision)
        self.compute = FunctionBuilder("compute", [INDEX, *[row] * (inputs + outputs)])
        self.count, *channels = self.compute.block.args
        self.inputs, self.outputs = channels[:inputs], channels[inputs:]
        for prefix, rows in (("in", self.inputs), ("out", self.outputs)):
            for index, channel in enumerate(rows):
                channel.name_hint = f"{prefix}{index}"
        self.init = Writer(unit.instance_constants, unit.instance_constants.body)

    def finish(self) -> list[Operation]:
        """The ops of the lowered module; call after `compute` is written."""
        unit = self.unit
        functions = (unit.class_init, unit.instance_constants, unit.instance_clear, self.compute)
        return [
            lowered_op(self.program, len(self.inputs), len(self.outputs)),
            *unit.buffers,
            *unit.declarations.values(),
            *[function.finish() for function in functions],
        ]


def declare_zones(unit: LoweringUnit, widgets: list[UiWidget]) -> dict[str, Buffer]:
    """The zones of widgets, by symbol."""
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
