"""Emits a signal graph as a `dsp.program`; strongly connected components become `dsp.rec` ops."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import (
    ArrayAttr,
    FileLineColLoc,
    FloatAttr,
    IntAttr,
    IntegerAttr,
    LocationAttr,
    ModuleOp,
    StringAttr,
    SymbolRefAttr,
    UnknownLoc,
    f32,
    f64,
    i32,
    i64,
)
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.graph import ForeignFunction, ForeignSymbol, Origin, Signal, SignalProgram
from dspc.dialects.dsp.scopes import Scope, Scopes
from dspc.dialects.dsp.types import (
    RATES,
    SOUNDFILE,
    Rate,
    array_attribute,
    clipped,
    signal_type,
    table_type,
)
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp.ui_ops import metadata_attribute, ui_region
from dspc.dialects.places import spread_locations
from dspc.dialects.text_attributes import make_text
from dspc.support.graphs import postorder, strong_components

PLAIN_OPS: dict[str, type[Operation]] = {
    "float": arithmetic.FloatOp,
    "int": arithmetic.IntOp,
    "abs": arithmetic.AbsOp,
    "select2": arithmetic.Select2Op,
    **arithmetic.ANY_OPS,
    **arithmetic.INT_OPS,
    **arithmetic.MATH_OPS,
    **arithmetic.MATH2_OPS,
    "prefix": time.PrefixOp,
    "attach": time.AttachOp,
    "table_read": tables.TableReadOp,
    "table_write": tables.TableWriteOp,
    "soundfile_length": tables.SoundfileLengthOp,
    "soundfile_rate": tables.SoundfileRateOp,
    "sample_rate": interface.SampleRateOp,
    "block_size": interface.BlockSizeOp,
    "lowest": interface.LowestOp,
    "highest": interface.HighestOp,
}
"""Ops without properties."""

WIDGET_OPS: dict[str, tuple[type[Operation], str]] = {
    "read_widget": (interface.ReadWidgetOp, "widget"),
    "bargraph": (interface.BargraphOp, "widget"),
    "soundfile": (tables.SoundfileOp, "slot"),
}

UNKNOWN = UnknownLoc()
Step = Signal | Scope
"""A unit of emission order in a scope: a signal, or a nested scope as a whole."""


def emit_program(program: SignalProgram) -> ModuleOp:
    """A module with the `dsp.program` of a signal graph."""
    emitter = _Emitter(program)
    module = ModuleOp([emitter.program()])
    spread_locations(module)
    return module


class _Emitter:
    def __init__(self, program: SignalProgram) -> None:
        self.graph = program
        self.float_type = f32 if program.precision == 32 else f64
        self.definitions = program.builder.definitions
        self.values: dict[Signal, SSAValue] = {}
        self.inputs: Sequence[SSAValue] = ()
        self.scopes = Scopes((), self.successors)
        self.ops: list[Operation] = []
        self.generators: list[tuple[Region, Signal]] = []
        self.tables: list[tuple[tables.TableOp, Signal]] = []
        self._constants: dict[tuple[str, str], Attribute] = {}
        self._locations: dict[tuple[object, int], LocationAttr] = {}

    def program(self) -> Operation:
        graph = self.graph
        input_type = signal_type(self.float_type, Rate.SAMPLE)
        body = Block(arg_types=[input_type] * graph.inputs)
        self.fill(body, graph.outputs)
        while self.generators:
            region, generator = self.generators.pop()
            block = Block()
            region.add_block(block)
            self.fill(block, [generator])
        return interface.ProgramOp.create(
            properties={
                "sym_name": StringAttr(graph.name),
                "precision": self.float_type,
                "metadata": metadata_attribute(graph.metadata),
            },
            regions=[ui_region(graph.ui), Region(body)],
        )

    def fill(self, block: Block, outputs: Sequence[Signal]) -> None:
        """Emit the signals that the outputs depend on, and a `dsp.yield`, into an empty block."""
        self.values, self.inputs, self.tables = {}, block.args, []
        self.scopes = Scopes(outputs, self.successors)
        block.add_ops(self.scope(self.scopes.root, outputs))
        for op, generator in self.tables:
            self.separate_writers(op, generator)

    def separate_writers(self, op: tables.TableOp, generator: Signal) -> None:
        """Give each writer a table of its own: tables of equal contents share a signal only."""
        uses = list(op.table.uses)
        writers = [use for use in uses if isinstance(use.operation, tables.TableWriteOp)]
        for use in writers if len(writers) < len(uses) else writers[1:]:
            region = Region()
            own = tables.TableOp.create(
                result_types=[op.table.type], regions=[region], location=op.location
            )
            own.table.name_hint = op.table.name_hint
            self.generators.append((region, generator))
            Rewriter.insert_op(own, InsertPoint.after(op))
            use.operation.operands[use.index] = own.table

    def scope(self, scope: Scope, outputs: Sequence[Signal]) -> list[Operation]:
        """The ops of a scope: its signals, and a region for each nested scope."""
        outer, self.ops = self.ops, []
        successors = self.step_successors(scope)
        roots = [self.step_of(output, scope) for output in outputs]
        components = strong_components([root for root in roots if root is not None], successors)
        escaping = self.escaping_signals(components, outputs)
        for component in components:
            first = component[0]
            if len(component) > 1 or first in successors(first):
                self.group(component, escaping, successors)
            elif isinstance(first, Signal) and first.op == "feedback":
                self.values[first] = self.values[self.definitions[first]]
            else:
                self.step(first)
        self.ops.append(time.YieldOp.create(operands=[self.values[out] for out in outputs]))
        ops, self.ops = self.ops, outer
        return ops

    def successors(self, node: Signal) -> tuple[Signal, ...]:
        return (self.definitions[node],) if node.op == "feedback" else node.args

    def needed(self, step: Step) -> Sequence[Signal]:
        """The signals that a step reads."""
        if isinstance(step, Signal):
            return self.successors(step)
        assert step.gate is not None
        inside = [needed for member in step.members for needed in self.successors(member)]
        return [step.gate, *inside, *step.held()]

    def step_of(self, node: Signal, scope: Scope) -> Step | None:
        """The step of a scope that computes a signal; None if it is computed outside."""
        if self.scopes.is_trivial:
            return node
        home = self.scopes.home[node]
        if home is scope:
            return node
        while home.depth > scope.depth + 1 and home.parent is not None:
            home = home.parent
        return home if home.parent is scope else None

    def step_successors(self, scope: Scope) -> Callable[[Step], Sequence[Step]]:
        """The dependences between the steps of a scope."""
        if self.scopes.is_trivial:
            return self.needed

        def successors(step: Step) -> Sequence[Step]:
            steps = [self.step_of(node, scope) for node in self.needed(step)]
            if isinstance(step, Signal) and step.op == "control":
                # Its region is emitted even if its operand is computed outside.
                inner = self.scopes.inner(step)
                steps.append(None if inner is scope else inner)
            return [each for each in steps if each is not None and each is not step]

        return successors

    def step(self, step: Step) -> None:
        if isinstance(step, Signal):
            self.signal(step)
            return
        assert step.gate is not None
        held = step.held()
        region = Region(Block())
        region.block.add_ops(self.scope(step, held))
        op = time.ControlOp.create(
            operands=[self.values[step.gate]],
            result_types=[self.type(control) for control in held],
            regions=[region],
            location=self.location(step.controls[0].span),
        )
        self.ops.append(op)
        by_signal = dict(zip(held, op.results, strict=True))
        for control in step.controls:
            self.values[control] = by_signal[control.args[0]]

    def resolved(self, feedback: Signal) -> Signal:
        """The definition of a feedback that is not itself a feedback."""
        body = self.definitions[feedback]
        while body.op == "feedback":
            body = self.definitions[body]
        return body

    def escaping_signals(
        self, components: list[list[Step]], outputs: Sequence[Signal]
    ) -> set[Signal]:
        """The signals of recursions that are used outside their recursion."""
        home = {step: at for at, component in enumerate(components) for step in component}
        escaping = set(outputs)
        for step, at in home.items():
            for target in self.needed(step):
                there = home.get(target)
                if there is not None and there != at and len(components[there]) > 1:
                    escaping.add(target)
        return escaping

    def group(
        self,
        component: list[Step],
        escaping: set[Signal],
        successors: Callable[[Step], Sequence[Step]],
    ) -> None:
        """Emit a cyclic component as a `dsp.rec`."""
        signals = [step for step in component if isinstance(step, Signal)]
        feedbacks = sorted((n for n in signals if n.op == "feedback"), key=lambda n: n.id)
        bodies = dict.fromkeys(self.resolved(feedback) for feedback in feedbacks)
        bodies.update(dict.fromkeys(n for n in signals if n in escaping and n.op != "feedback"))
        region_block = Block(arg_types=[self.type(body) for body in bodies])
        projections = dict(zip(bodies, region_block.args, strict=True))
        for feedback in feedbacks:
            self.values[feedback] = projections[self.resolved(feedback)]
        outer, self.ops = self.ops, []
        cut = set[Step](feedbacks)
        members = dict.fromkeys(step for step in component if step not in cut)
        for step in postorder(members, successors, set(members)):
            self.step(step)
        location = self.ops[-1].location
        self.ops.append(time.YieldOp.create(operands=[self.values[body] for body in bodies]))
        region_block.add_ops(self.ops)
        rec = time.RecOp.create(
            result_types=[argument.type for argument in region_block.args],
            regions=[Region(region_block)],
            location=location,
        )
        self.ops = outer
        outer.append(rec)
        for body, argument, result in zip(bodies, region_block.args, rec.results, strict=True):
            result.name_hint = argument.name_hint = self.values[body].name_hint
            self.values[body] = result
        for feedback in feedbacks:
            self.values[feedback] = self.values[self.resolved(feedback)]

    def signal(self, node: Signal) -> None:
        """Emit a signal whose operands have been emitted."""
        if node.op == "input":
            assert isinstance(node.value, int)
            self.values[node] = self.inputs[node.value]
            return
        if node.op == "control":
            # Its scope has set its value, unless the gate is known to be open in its home scope.
            if node not in self.values:
                self.values[node] = self.values[node.args[0]]
            return
        if node.op == "constant":
            op = arithmetic.ConstantOp.create(
                result_types=[self.type(node)], properties={"value": self.number(node)}
            )
        else:
            op = self.operation(node, [self.values[arg] for arg in node.args])
        op.location = self.location(node.span)
        self.ops.append(op)
        value = op.results[0]
        if node.name is not None:
            value.name_hint = node.name
        self.values[node] = value

    def operation(self, node: Signal, operands: list[SSAValue]) -> Operation:
        if node.op == "other":
            return node.value.copy(operands)
        types = [self.type(node)]
        plain = PLAIN_OPS.get(node.op)
        if plain is not None:
            return plain.create(operands=operands, result_types=types)
        op_type, properties = self.with_properties(node)
        op = op_type.create(operands=operands, result_types=types, properties=properties)
        if node.op == "table":
            region = Region()
            op.add_region(region)
            assert isinstance(node.value, tuple)
            assert isinstance(op, tables.TableOp)
            self.generators.append((region, node.value[1]))
            self.tables.append((op, node.value[1]))
        return op

    def with_properties(self, node: Signal) -> tuple[type[Operation], dict[str, Attribute]]:
        """The op class and the properties of a signal."""
        value = node.value
        if node.op in WIDGET_OPS:
            assert isinstance(value, UiWidget)
            op_type, key = WIDGET_OPS[node.op]
            return op_type, {key: SymbolRefAttr(value.symbol)}
        match node.op, value:
            case "delay", int(offset):
                return time.DelayOp, self.delay_properties(node, offset)
            case "compare", str(predicate):
                return arithmetic.CompareOp, {"predicate": arithmetic.PREDICATES[predicate]}
            case "waveform", (kind, numbers):
                return tables.WaveformOp, {
                    "values": array_attribute(kind == "int", numbers, self.float_type)
                }
            case "table", _:
                return tables.TableOp, {}
            case "soundfile_read", int(channel):
                return tables.SoundfileReadOp, {"channel": IntegerAttr(channel, i64)}
            case "assert_bounds", (low, high):
                bounds: dict[str, Attribute] = {"min": FloatAttr(low, f64)}
                return interface.AssertBoundsOp, {**bounds, "max": FloatAttr(high, f64)}
            case "foreign_call", ForeignFunction() as function:
                return interface.ForeignCallOp, {
                    "names": ArrayAttr([StringAttr(name) for name in function.names]),
                    "include": make_text(function.include),
                    "library": make_text(function.library),
                }
            case "foreign_value", ForeignSymbol() as symbol:
                return interface.ForeignValueOp, {
                    "symbol": StringAttr(symbol.symbol),
                    "include": make_text(symbol.include),
                }
            case _:
                raise ValueError(f"the dialect has no op {node.op}")

    def delay_properties(self, node: Signal, offset: int) -> dict[str, Attribute]:
        properties: dict[str, Attribute] = {"offset": IntegerAttr(offset, i64)}
        bound = self.graph.builder.bounds.get(node.args[-1]) if len(node.args) == 2 else None
        if bound is not None:
            properties["max"] = IntegerAttr(bound, i64)
        return properties

    def type(self, node: Signal) -> Attribute:
        if node.kind == "table":
            return self.table_type(node)
        if node.kind == "soundfile":
            return SOUNDFILE
        return signal_type(i32 if node.kind == "int" else self.float_type, RATES[node.rate])

    def table_type(self, node: Signal) -> Attribute:
        while node.op == "table_write":
            node = node.args[0]
        assert isinstance(node.value, tuple)
        size = node.value[0] if node.op == "table" else len(node.value[1])
        return table_type(size, i32 if node.element == "int" else self.float_type)

    def number(self, node: Signal) -> Attribute:
        key = (node.kind, repr(node.value))
        attribute = self._constants.get(key)
        if attribute is None:
            if node.kind == "int":
                attribute = IntegerAttr(node.value, i32)
            else:
                attribute = FloatAttr(clipped(node.value, self.float_type == f32), self.float_type)
            self._constants[key] = attribute
        return attribute

    def location(self, span: Origin | None) -> LocationAttr:
        if span is None:
            return UNKNOWN
        if isinstance(span, LocationAttr):
            return span
        key = (span.source, span.start)
        location = self._locations.get(key)
        if location is None:
            line, column = span.source.line_col(span.start)
            location = FileLineColLoc(StringAttr(span.source.name), IntAttr(line), IntAttr(column))
            self._locations[key] = location
        return location
