"""From untyped to typed signals: element kinds for the whole program, then casts.

An operator gives a real if an operand that its result takes its kind from is real. So a signal is
real exactly if it can be reached from a real source along such operands, recursion included, and
one sweep from the sources finds all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dspc.dialects.dsp.graph import (
    SAMPLE,
    ForeignFunction,
    ForeignSymbol,
    Kind,
    Signal,
    SignalBuilder,
)
from dspc.dialects.dsp.rules import INIT, int_power
from dspc.frontends.faust import faults
from dspc.frontends.faust.equal import merge_equal
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.support.graphs import postorder, strong_components

ALL = slice(None)
FIRST = slice(0, 1)
CARRIERS: dict[str, slice] = {
    **dict.fromkeys(("add", "sub", "mul", "rem", "pow", "min", "max", "abs", "prefix"), ALL),
    "select2": slice(1, 3),
    **dict.fromkeys(("delay", "attach", "control", "table", "write_table", "read_table"), FIRST),
    "assert_bounds": slice(2, 3),
}
"""The operands that decide an operator's kind."""

INT_OPS = frozenset(
    (
        "int", "and", "or", "xor", "shl", "shr", "lt", "le", "gt", "ge", "eq", "ne", "to_int",
        "sf_length", "sf_rate", "sample_rate", "block_size",
    )
)  # fmt: skip


def _is_real_source(node: Sig) -> bool:
    match node.op:
        case "waveform":
            assert isinstance(node.value, tuple)
            return any(isinstance(number, float) for number in node.value)
        case "foreign_call":
            assert isinstance(node.value, ForeignFunction)
            return node.value.result == "float"
        case "foreign_value":
            assert isinstance(node.value, ForeignSymbol)
            return node.value.kind == "float"
        case op:
            return op not in CARRIERS and op not in INT_OPS and op != "feedback"


def real_signals(nodes: list[Sig], definitions: dict[Sig, Sig]) -> set[Sig]:
    """The signals (and tables, by their elements) whose values are real; the others are ints."""
    carried_by: dict[Sig, list[Sig]] = {}
    for node in nodes:
        if node.op == "feedback":
            carried_by.setdefault(definitions[node], []).append(node)
        elif node.op in CARRIERS:
            for operand in node.args[CARRIERS[node.op]]:
                carried_by.setdefault(operand, []).append(node)
    work = [node for node in nodes if _is_real_source(node)]
    reals = set(work)
    while work:
        for user in carried_by.get(work.pop(), ()):
            if user not in reals:
                reals.add(user)
                work.append(user)
    return reals


def type_signals(
    graph: SignalGraph,
    outputs: list[Sig],
    precision: Literal[32, 64],
    exp10: bool = False,
    saturating: bool = False,
    simplified: bool = True,
) -> tuple[list[Signal], SignalBuilder]:
    """The typed signals of the outputs (all real, as outputs are), and the builder they live in.

    With `saturating`, numbers that become integers are clamped to the range of integers.
    Without `simplified`, no rewrite rule is applied but constant folding.
    """
    builder = _SaturatingBuilder(precision) if saturating else SignalBuilder(precision)
    if not simplified:
        builder.fold_only()
    typer = _Typer(graph, builder, exp10)
    outputs = merge_equal(graph, outputs)
    typer.build(outputs)
    builder.span = builder.name = None
    return [builder.as_float(typer.typed[output]) for output in outputs], builder


def _fixed_delay(x: Signal) -> int | None:
    """The frames of a fixed delay, other than of a recursion's result; None for other signals."""
    if x.op != "delay" or x.args[0].op == "feedback":
        return None
    assert isinstance(x.value, int)
    if len(x.args) == 1:
        return x.value
    amount = x.args[1].value
    return x.value + amount if isinstance(amount, int) and x.args[1].op == "constant" else None


def _without_fixed_delays(x: Signal) -> tuple[Signal, int, list[Signal]]:
    """A signal without its last fixed delays, their frames, and the slow factors between them."""
    frames, factors = 0, list[Signal]()
    while True:
        slow, other = x.args if x.op == "mul" else (x, x)
        if slow.rate > INIT:
            slow, other = other, slow
        fixed = _fixed_delay(x)
        if fixed is not None:
            x, frames = x.args[0], frames + fixed
        elif x.op == "mul" and slow.rate <= INIT and _fixed_delay(other) is not None:
            x = other
            factors.append(slow)
        else:
            return x, frames, factors


class _SaturatingBuilder(SignalBuilder):
    """Clamps to the integers that the precision has: the largest float is 2147483520."""

    def as_int(self, x: Signal) -> Signal:
        if x.kind == "int":
            return x
        largest = self.float(2147483520.0 if self.precision == 32 else 2147483647.0)
        clamped = self.make("max", (self.make("min", (x, largest)), self.float(-2147483648.0)))
        return super().as_int(clamped)


class _Typer:
    def __init__(self, graph: SignalGraph, builder: SignalBuilder, exp10: bool) -> None:
        self.exp10 = exp10
        self.definitions = graph.definitions
        self.builder = builder
        self.typed: dict[Sig, Signal] = {}
        self.reals: set[Sig] = set()

    def build(self, outputs: list[Sig]) -> None:
        components = strong_components(outputs, self.successors)
        self.reals = real_signals(
            [node for group in components for node in group], self.definitions
        )
        for group in components:
            if len(group) > 1:
                self.cycle(group)
            elif group[0].op == "feedback":
                self.typed[group[0]] = self.typed[self.definitions[group[0]]]
            else:
                self.node(group[0])

    def successors(self, node: Sig) -> tuple[Sig, ...]:
        return (self.definitions[node],) if node.op == "feedback" else node.args

    def cycle(self, group: list[Sig]) -> None:
        feedbacks = [node for node in group if node.op == "feedback"]
        for feedback in feedbacks:
            self.typed[feedback] = self.builder.feedback(self.kind(feedback))
        members = [node for node in group if node.op != "feedback"]
        for node in postorder(members, lambda n: n.args, set(members)):
            self.node(node)
        for feedback in feedbacks:
            body = self.typed[self.definitions[feedback]]
            self.builder.define(self.typed[feedback], self.to_kind(body, self.kind(feedback)))

    def node(self, node: Sig) -> None:
        builder = self.builder
        builder.span, builder.name = node.span, node.name
        typed = self.operation(node, tuple([self.typed[arg] for arg in node.args]))
        self.typed[node] = typed

    def kind(self, node: Sig) -> Kind:
        return "float" if node in self.reals else "int"

    def to_kind(self, signal: Signal, kind: Kind) -> Signal:
        return self.builder.as_float(signal) if kind == "float" else self.builder.as_int(signal)

    def operation(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        b, op = self.builder, node.op
        if op in MIXED:
            kind = self.kind(node)
            return b.make(op, tuple([self.to_kind(arg, kind) for arg in args]))
        if op in BITWISE:
            return b.make(op, tuple([b.as_int(arg) for arg in args]))
        if op in COMPARISONS:
            if any(arg.kind == "float" for arg in args):
                args = tuple([b.as_float(arg) for arg in args])
            return b.make("compare", args, op)
        special = SPECIAL.get(op)
        if special is not None:
            return special(self, node, args)
        return b.make(op, tuple([b.as_float(arg) for arg in args]))

    def number(self, node: Sig, _: tuple[Signal, ...]) -> Signal:
        value = node.value
        return self.builder.int(value) if isinstance(value, int) else self.builder.float(value)

    def quotient(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        if args[1].op == "constant" and args[1].value == 0:
            raise faults.division_by_zero("/", node.span)
        return self.builder.make("div", tuple([self.builder.as_float(arg) for arg in args]))

    def remainder(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        b = self.builder
        if args[1].op == "constant" and args[1].value == 0:
            raise faults.division_by_zero("%", node.span)
        if node in self.reals:
            return b.make("fmod", tuple([b.as_float(arg) for arg in args]))
        return b.make("rem", args)

    def power(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        b = self.builder
        exponent = args[1]
        if node not in self.reals and exponent.op == "constant":
            if exponent.value == 0:
                return b.int(1)
            if exponent.value in range(1, 9):
                return int_power(b, args[0], exponent.value)
        base, exponent = [b.as_float(arg) for arg in args]
        is_of_10 = self.exp10 and base.op == "constant" and base.value == 10.0
        result = b.make("exp10", (exponent,)) if is_of_10 else b.make("pow", (base, exponent))
        return self.to_kind(result, self.kind(node))

    def select(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        kind = self.kind(node)
        branches = [self.to_kind(arg, kind) for arg in args[1:]]
        return self.builder.make("select2", (self.builder.as_int(args[0]), *branches))

    def delay(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        amount = self.builder.as_int(args[1])
        if amount.op == "constant" and amount.value < 0:
            raise faults.negative_delay(amount.value, node.span)
        if amount.op == "constant":
            return self.builder.make("delay", (args[0], amount), 0)
        # Of fixed delays and a varying one, only the sum must not be negative.
        x, offset, factors = _without_fixed_delays(args[0])
        result = self.builder.make("delay", (x, amount), offset)
        for factor in reversed(factors):
            result = self.builder.make("mul", (factor, result))
        return result

    def prefix(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        kind = self.kind(node)
        return self.builder.make("prefix", tuple([self.to_kind(arg, kind) for arg in args]))

    def control(self, _: Sig, args: tuple[Signal, ...]) -> Signal:
        """Signals slower than the sampling rate are computed outside of all gates, as in Faust.

        A gate counts as used even if it gates nothing.
        """
        signal, gate = args
        if gate.kind == "float":
            gate = self.builder.make("compare", (gate, self.builder.float(0.0)), "ne")
        control = self.builder.node("control", (signal, gate), None, signal.kind, SAMPLE)
        if signal.rate == SAMPLE:
            return control
        while signal.op == "attach":
            signal = signal.args[0]
        return self.builder.make("attach", (signal, control))

    def attach(self, _: Sig, args: tuple[Signal, ...]) -> Signal:
        return self.builder.make("attach", args)

    def waveform(self, node: Sig, _: tuple[Signal, ...]) -> Signal:
        kind = self.kind(node)
        assert isinstance(node.value, tuple)
        numbers = tuple([float(n) if kind == "float" else n for n in node.value])
        return self.builder.waveform(numbers, kind)

    def table(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        assert isinstance(node.value, int)
        return self.builder.table(node.value, args[0])

    def write_table(self, _: Sig, args: tuple[Signal, ...]) -> Signal:
        table, index, value = args
        value = self.to_kind(value, table.element)
        return self.builder.table_write(table, self.builder.as_int(index), value)

    def read_table(self, _: Sig, args: tuple[Signal, ...]) -> Signal:
        return self.builder.table_read(args[0], self.builder.as_int(args[1]))

    def leaf(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        """An operator without operands, or with operands as they are."""
        op, kind, rate = LEAVES[node.op]
        rate = max([rate, *(arg.rate for arg in args)])
        return self.builder.node(op, args, node.value, kind, rate)

    def bargraph(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        x = self.builder.as_float(args[0])
        return self.builder.node("bargraph", (x,), node.value, "float", x.rate)

    def soundfile_part(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        handle, *numbers = args
        ints = [self.builder.as_int(number) for number in numbers]
        return self.leaf(node, (handle, *ints))

    def foreign_call(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        function = node.value
        assert isinstance(function, ForeignFunction)
        kinds = zip(args, function.arguments, strict=True)
        cast = tuple([self.to_kind(arg, kind) for arg, kind in kinds])
        # A call without arguments may give a new value every time: it is made in every frame.
        rate = max([arg.rate for arg in cast], default=3)
        return self.builder.node("foreign_call", cast, function, function.result, rate)

    def foreign_value(self, node: Sig, _: tuple[Signal, ...]) -> Signal:
        symbol = node.value
        assert isinstance(symbol, ForeignSymbol)
        return self.builder.node("foreign_value", (), symbol, symbol.kind, symbol.rate)

    def assert_bounds(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        low, high, x = args
        if low.op != "constant" or high.op != "constant":
            return x
        bounds = (float(low.value), float(high.value))
        return self.builder.node("assert_bounds", (x,), bounds, x.kind, x.rate)

    def bound(self, node: Sig, args: tuple[Signal, ...]) -> Signal:
        return self.builder.node(node.op, args, None, "float", 0)


MIXED = frozenset(("add", "sub", "mul", "min", "max", "abs"))
BITWISE = frozenset(("and", "or", "xor", "shl", "shr"))
COMPARISONS = frozenset(("lt", "le", "gt", "ge", "eq", "ne"))
LEAVES: dict[str, tuple[str, Kind, int]] = {
    "input": ("input", "float", 3),
    "widget": ("read_widget", "float", 2),
    "soundfile": ("soundfile", "soundfile", 1),
    "sf_length": ("soundfile_length", "int", 2),
    "sf_rate": ("soundfile_rate", "int", 2),
    "sf_read": ("soundfile_read", "float", 2),
    "sample_rate": ("sample_rate", "int", 1),
    "block_size": ("block_size", "int", 2),
}
SPECIAL: dict[str, Callable[[_Typer, Sig, tuple[Signal, ...]], Signal]] = {
    "int": _Typer.number,
    "real": _Typer.number,
    "div": _Typer.quotient,
    "rem": _Typer.remainder,
    "pow": _Typer.power,
    "select2": _Typer.select,
    "delay": _Typer.delay,
    "prefix": _Typer.prefix,
    "control": _Typer.control,
    "attach": _Typer.attach,
    "waveform": _Typer.waveform,
    "table": _Typer.table,
    "write_table": _Typer.write_table,
    "read_table": _Typer.read_table,
    "bargraph": _Typer.bargraph,
    "foreign_call": _Typer.foreign_call,
    "foreign_value": _Typer.foreign_value,
    "assert_bounds": _Typer.assert_bounds,
    "lowest": _Typer.bound,
    "highest": _Typer.bound,
    "to_int": lambda self, _, args: self.builder.as_int(args[0]),
    "to_float": lambda self, _, args: self.builder.as_float(args[0]),
    **dict.fromkeys(("sf_length", "sf_rate", "sf_read"), _Typer.soundfile_part),
    **dict.fromkeys(("input", "widget", "soundfile", "sample_rate", "block_size"), _Typer.leaf),
}
