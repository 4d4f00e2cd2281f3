"""Converts a `dsp.program` to a signal graph, with the simplifications of the builder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import ArrayAttr, Float32Type, FloatAttr, IntegerAttr, StringAttr
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.traits import is_side_effect_free

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.emit import PLAIN_OPS
from dspc.dialects.dsp.graph import (
    BLOCK,
    INIT,
    SAMPLE,
    ForeignFunction,
    ForeignSymbol,
    Kind,
    OtherOp,
    Signal,
    SignalBuilder,
    SignalProgram,
)
from dspc.dialects.dsp.partition import DecisionOp
from dspc.dialects.dsp.recurrences import LinearOp, PhaseOp
from dspc.dialects.dsp.types import RATES, SignalType, TableType, array_values, is_int
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import read_metadata, read_ui, walk_widgets
from dspc.dialects.places import span_of
from dspc.dialects.regions import outer_values
from dspc.dialects.text_attributes import text_of
from dspc.support.diagnostics import DspcError


def read_program(op: interface.ProgramOp) -> SignalProgram:
    """The simplified graph of a program."""
    precision = 32 if isinstance(op.precision, Float32Type) else 64
    ui = read_ui(op.ui)
    builder = SignalBuilder(precision)
    widgets = {widget.symbol: widget for widget in walk_widgets(ui)}
    outputs = _SignalReader(builder, widgets).read(op.body.block)
    return SignalProgram(
        op.sym_name.data,
        precision,
        len(op.body.block.args),
        outputs,
        builder,
        ui,
        read_metadata(op.metadata),
    )


@dataclass(eq=False, slots=True)
class _OpenRegion:
    """A region being read: its remaining ops, and a continuation that takes the yielded signals."""

    ops: Iterator[Operation]
    close: Callable[[list[Signal]], None]


class _SignalReader:
    def __init__(self, builder: SignalBuilder, widgets: dict[str, UiWidget]) -> None:
        self.builder = builder
        self.widgets = widgets
        self.values: dict[SSAValue, Signal] = {}
        self.frames: list[_OpenRegion] = []
        self.others: dict[object, OtherOp] = {}

    def read(self, body: Block) -> list[Signal]:
        """The signals that the block yields."""
        for index, argument in enumerate(body.args):
            self.values[argument] = self.builder.input(index)
        outputs: list[Signal] = []
        self.frames.append(_OpenRegion(iter(body.ops), outputs.extend))
        while self.frames:
            op = next(self.frames[-1].ops, None)
            if op is None:
                self.frames.pop()
            elif isinstance(op, time.YieldOp):
                self.frames[-1].close([self.values[value] for value in op.operands])
            elif not isinstance(op, DecisionOp):
                self.op(op)
        return outputs

    def op(self, op: Operation) -> None:
        self.builder.span = op.location
        self.builder.name = op.results[0].name_hint if op.results else None
        enter = REGION_OPS.get(type(op))
        if enter is not None:
            enter(self, op)
            return
        if _is_of_another_package(op):
            self.other(op)
            return
        args = tuple([self.values[operand] for operand in op.operands])
        self.values[op.results[0]] = self.signal(op, args)

    def signal(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        special = SPECIAL_OPS.get(type(op))
        if special is not None:
            return special(self, op, args)
        name = op.name.removeprefix("dsp.")
        if PLAIN_OPS.get(name) is not type(op):
            message = f"{op.name} cannot stand among signals"
            raise DspcError("E0305", message, span_of(op), "replace it by ops on signals first")
        if name in ("table_write", "table_read"):
            return getattr(self.builder, name)(*args)
        return self.builder.make(name, args) if args else self.leaf(op, name)

    def other(self, op: Operation) -> None:
        """Keep an op of another package; equal ops without side effects are shared."""
        other = OtherOp(op, tuple(dict.fromkeys((*op.operands, *outer_values(op)))))
        if is_side_effect_free(op) and not op.regions:
            facts = frozenset((*op.properties.items(), *op.attributes.items()))
            key = (
                type(op),
                facts,
                tuple(op.result_types),
                tuple(map(self.values.get, op.operands)),
            )
            other = self.others.setdefault(key, other)
        args = tuple([self.values[value] for value in other.reads])
        result = op.results[0]
        self.values[result] = self.builder.node("other", args, other, _kind(result.type), _rate(op))

    def leaf(self, op: Operation, name: str) -> Signal:
        return self.builder.node(name, (), None, _kind(op.results[0].type), _rate(op))

    def rec(self, op: Operation) -> None:
        assert isinstance(op, time.Recursion)
        feedbacks = [self.builder.feedback(_kind(argument.type)) for argument in op.body.block.args]
        self.values.update(zip(op.body.block.args, feedbacks, strict=True))

        def close(bodies: list[Signal]) -> None:
            for feedback, body in zip(feedbacks, bodies, strict=True):
                self.builder.define(feedback, body)
            self.values.update(zip(op.results, bodies, strict=True))

        self.frames.append(_OpenRegion(iter(op.body.block.ops), close))

    def control(self, op: Operation) -> None:
        assert isinstance(op, time.ControlOp)
        gate = self.values[op.gate]
        # In different regions, equal controls hold values of different frames.
        outer = op.parent_op()
        while not isinstance(outer, time.ControlOp | None):
            outer = outer.parent_op()

        def close(bodies: list[Signal]) -> None:
            for result, body in zip(op.results, bodies, strict=True):
                held = self.builder.node("control", (body, gate), outer, body.kind, SAMPLE)
                self.values[result] = held

        self.frames.append(_OpenRegion(iter(op.body.block.ops), close))

    def table(self, op: Operation) -> None:
        assert isinstance(op, tables.TableOp)
        type = op.table.type
        assert isinstance(type, TableType)

        def close(bodies: list[Signal]) -> None:
            self.values[op.table] = self.builder.table(type.size.data, bodies[0])

        self.frames.append(_OpenRegion(iter(op.generator.block.ops), close))

    def constant(self, op: Operation, _: Sequence[Signal]) -> Signal:
        assert isinstance(op, arithmetic.ConstantOp)
        value = op.value
        if isinstance(value, FloatAttr):
            return self.builder.float(value.value.data)
        assert isinstance(value, IntegerAttr)
        return self.builder.int(value.value.data)

    def compare(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        assert isinstance(op, arithmetic.CompareOp)
        return self.builder.make("compare", args, op.predicate.data.value)

    def delay(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        assert isinstance(op, time.DelayOp)
        if op.max is not None:
            self.builder.bounds[args[1]] = op.max.value.data
        return self.builder.make("delay", args, op.offset.value.data)

    def waveform(self, op: Operation, _: Sequence[Signal]) -> Signal:
        assert isinstance(op, tables.WaveformOp)
        kind: Kind = "int" if is_int(op.values.elt_type) else "float"
        return self.builder.waveform(tuple(array_values(op.values)), kind)

    def widget(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        key = "slot" if isinstance(op, tables.SoundfileOp) else "widget"
        widget = self.widgets[tables.slot_name(op.properties[key])]
        name = op.name.removeprefix("dsp.")
        rate = {"read_widget": BLOCK, "soundfile": INIT}.get(name) or args[0].rate
        return self.builder.node(name, args, widget, _kind(op.results[0].type), rate)

    def soundfile_part(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        channel = op.properties.get("channel")
        value = channel.value.data if isinstance(channel, IntegerAttr) else None
        rate = max(BLOCK, *(arg.rate for arg in args))
        name = op.name.removeprefix("dsp.")
        return self.builder.node(name, args, value, _kind(op.results[0].type), rate)

    def foreign_call(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        assert isinstance(op, interface.ForeignCallOp)
        result = _kind(op.result.type)
        single, double = _strings(op.names)
        kinds: tuple[Kind, ...] = tuple([arg.kind for arg in args])
        include, library = text_of(op.include), text_of(op.library)
        function = ForeignFunction((single, double), result, kinds, include, library)
        return self.builder.node("foreign_call", args, function, result, _rate(op))

    def foreign_value(self, op: Operation, _: Sequence[Signal]) -> Signal:
        assert isinstance(op, interface.ForeignValueOp)
        kind, rate = _kind(op.result.type), _rate(op)
        symbol = ForeignSymbol(op.symbol.data, kind, rate, text_of(op.include))
        return self.builder.node("foreign_value", (), symbol, kind, rate)

    def assert_bounds(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        assert isinstance(op, interface.AssertBoundsOp)
        bounds = (op.min.value.data, op.max.value.data)
        return self.builder.node("assert_bounds", args, bounds, args[0].kind, args[0].rate)

    def bound(self, op: Operation, args: tuple[Signal, ...]) -> Signal:
        return self.builder.node(op.name.removeprefix("dsp."), args, None, "float", 0)


def _kind(type: Attribute) -> Kind:
    if isinstance(type, SignalType):
        return "int" if is_int(type.element) else "float"
    return "table" if isinstance(type, TableType) else "soundfile"


def _rate(op: Operation) -> int:
    type = op.results[0].type
    assert isinstance(type, SignalType)
    return RATES.index(type.rate.data)


def _is_of_another_package(op: Operation) -> bool:
    """Whether an op makes a signal, and is not of the `dsp` dialect."""
    is_signal = len(op.results) == 1 and isinstance(op.results[0].type, SignalType)
    return is_signal and not op.name.startswith("dsp.")


def _strings(names: ArrayAttr[Attribute]) -> list[str]:
    return [name.data for name in names.data if isinstance(name, StringAttr)]


REGION_OPS: dict[type[Operation], Callable[[_SignalReader, Operation], None]] = {
    time.RecOp: _SignalReader.rec,
    LinearOp: _SignalReader.rec,
    PhaseOp: _SignalReader.rec,
    time.ControlOp: _SignalReader.control,
    tables.TableOp: _SignalReader.table,
}
SPECIAL_OPS: dict[
    type[Operation], Callable[[_SignalReader, Operation, tuple[Signal, ...]], Signal]
] = {
    arithmetic.ConstantOp: _SignalReader.constant,
    arithmetic.CompareOp: _SignalReader.compare,
    time.DelayOp: _SignalReader.delay,
    tables.WaveformOp: _SignalReader.waveform,
    tables.SoundfileOp: _SignalReader.widget,
    tables.SoundfileLengthOp: _SignalReader.soundfile_part,
    tables.SoundfileRateOp: _SignalReader.soundfile_part,
    tables.SoundfileReadOp: _SignalReader.soundfile_part,
    interface.ReadWidgetOp: _SignalReader.widget,
    interface.BargraphOp: _SignalReader.widget,
    interface.ForeignCallOp: _SignalReader.foreign_call,
    interface.ForeignValueOp: _SignalReader.foreign_value,
    interface.AssertBoundsOp: _SignalReader.assert_bounds,
    interface.LowestOp: _SignalReader.bound,
    interface.HighestOp: _SignalReader.bound,
}
