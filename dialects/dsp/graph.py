"""The signal graph: a hash-consed program of typed signals.

Front ends build programs with `SignalBuilder`, and `dsp-simplify` rebuilds them with it: it shares
structurally equal signals (hash consing), folds constants and applies the rules of `rules.py`.
`emit.py` converts the graph to a `dsp.program`, `read.py` a `dsp.program` to a graph.

A signal's `op` is the name of the dialect's op without its prefix, and `value` holds the op's
properties in plain Python form:

    constant            int or float
    input               index
    compare             predicate ("lt", ...)
    delay               offset in frames; args (x,) or (x, amount)
    feedback            a serial number; its definition is in `SignalBuilder.definitions`
    waveform            (element kind, tuple of numbers); kind "table"
    table               (size, generator): the generator is a Signal; no args; kind "table"
    table_write         args (table, index, value); kind "table"
    read_widget bargraph soundfile      the UiWidget
    soundfile_read      channel
    foreign_call        a ForeignFunction;  foreign_value: a ForeignSymbol
    assert_bounds       (low, high)
    other               an OtherOp; args are what the op reads
    every other op      None
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from xdsl.dialects.builtin import LocationAttr
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp.ui import Metadata, UiGroup, UiWidget
from dspc.support.diagnostics import Span

Kind = Literal["int", "float", "table", "soundfile"]
Origin = Span | LocationAttr
"""The source of a signal: a span of the program, or the location attribute of an op."""
CONST, INIT, BLOCK, SAMPLE = 0, 1, 2, 3
"""Rates, as indices into `types.RATES`."""


@dataclass(frozen=True)
class ForeignFunction:
    """A C function: names for f32 and f64, kinds of result and arguments, header and library."""

    names: tuple[str, str]
    result: Kind
    arguments: tuple[Kind, ...]
    include: str
    library: str


@dataclass(frozen=True)
class ForeignSymbol:
    """A C constant (rate INIT) or variable (rate BLOCK)."""

    symbol: str
    kind: Kind
    rate: int
    include: str


@dataclass(frozen=True, eq=False)
class OtherOp:
    """An op on signals of another package, which is kept as it is; `reads` are its operands and
    what its regions use of the signals around it, each once."""

    op: Operation
    reads: tuple[SSAValue, ...]

    def copy(self, values: Sequence[SSAValue]) -> Operation:
        """A copy of the op that reads other values."""
        return self.op.clone(value_mapper=dict(zip(self.reads, values, strict=True)))


class Signal:
    """A node of the graph; equality is identity."""

    __slots__ = ("args", "element", "id", "kind", "name", "op", "rate", "span", "value")

    def __init__(
        self, op: str, args: tuple[Signal, ...], value: Any, kind: Kind, rate: int, id: int
    ) -> None:
        self.op = op
        self.args = args
        self.value = value
        self.kind: Kind = kind
        self.rate = rate
        self.id = id
        self.element: Kind = kind
        """For a table, the kind of its elements."""
        self.span: Origin | None = None
        self.name: str | None = None

    def __repr__(self) -> str:
        inner = ", ".join(f"#{arg.id}" for arg in self.args)
        value = "" if self.value is None else f"[{self.value}]"
        return f"#{self.id}:{self.kind[0]}{self.rate}={self.op}({inner}){value}"


@dataclass(eq=False)
class SignalProgram:
    """A program as a graph; `precision` is the width of "float" signals in bits."""

    name: str
    precision: Literal[32, 64]
    inputs: int
    outputs: list[Signal]
    builder: SignalBuilder
    ui: list[UiGroup | UiWidget] = field(default_factory=list["UiGroup | UiWidget"])
    metadata: Metadata = field(default_factory=Metadata)


SimplificationRule = Callable[["SignalBuilder", tuple[Signal, ...], object], Signal | None]

FLOAT_RESULTS = frozenset(
    (
        "div", "pow", "atan2", "fmod", "remainder", "sin", "cos", "tan", "asin", "acos", "atan",
        "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "exp10", "log", "log10", "sqrt",
        "floor", "ceil", "rint", "round", "float",
    )
)  # fmt: skip
INT_RESULTS = frozenset(["rem", "and", "or", "xor", "shl", "shr", "compare", "int"])
SAMPLE_RATE_OPS = frozenset(("delay", "prefix", "input", "feedback", "control"))


class SignalBuilder:
    """Builds typed, hash-consed signals; `make` simplifies, `raw` and `node` do not."""

    def __init__(self, precision: Literal[32, 64] = 32) -> None:
        from dspc.dialects.dsp.rules import RULES

        self.precision: Literal[32, 64] = precision
        self.definitions: dict[Signal, Signal] = {}
        """The definition of each feedback, once its recursion is closed."""
        self.bounds: dict[Signal, int] = {}
        """The largest value of a delay amount, as `dsp-size-delays` computed it."""
        self.span: Origin | None = None
        """The origin of new signals."""
        self.name: str | None = None
        self._rules = RULES
        self._nodes: dict[object, Signal] = {}
        self._count = 0

    def fold_only(self) -> None:
        """From here on apply no rewrite rule but constant folding."""
        from dspc.dialects.dsp.rules import FOLDING

        self._rules = FOLDING

    def int(self, value: int) -> Signal:
        """An i32 constant; the caller wraps `value`."""
        return self._intern(("i", value), "constant", (), value, "int", CONST)

    def float(self, value: float) -> Signal:
        # repr distinguishes 0.0 from -0.0, and NaN is equal to itself.
        return self._intern(("f", repr(value)), "constant", (), value, "float", CONST)

    def constant(self, value: int | float, kind: Kind) -> Signal:
        return self.int(int(value)) if kind == "int" else self.float(float(value))

    def make(self, op: str, args: tuple[Signal, ...] = (), value: object = None) -> Signal:
        """The simplified signal of `op` applied to `args`, whose kinds must agree."""
        rule = self._rules.get(op)
        if rule is not None:
            simpler = rule(self, args, value)
            if simpler is not None:
                return simpler
        return self.raw(op, args, value)

    def raw(self, op: str, args: tuple[Signal, ...], value: object = None) -> Signal:
        """The hash-consed signal of `op` applied to `args`, without simplification."""
        if op in INT_RESULTS:
            kind: Kind = "int"
        elif op in FLOAT_RESULTS:
            kind = "float"
        elif op == "select2":
            kind = args[1].kind
        else:
            kind = args[0].kind
        rated = args[:1] if op == "attach" else args
        rate = SAMPLE if op in SAMPLE_RATE_OPS else max(arg.rate for arg in rated)
        return self.node(op, args, value, kind, rate)

    def node(
        self, op: str, args: tuple[Signal, ...], value: object, kind: Kind, rate: int
    ) -> Signal:
        """The hash-consed signal of an op whose kind and rate do not follow from its operands."""
        key = (op, kind, value, *[arg.id for arg in args])
        return self._intern(key, op, args, value, kind, rate)

    def input(self, index: int) -> Signal:
        return self.node("input", (), index, "float", SAMPLE)

    def feedback(self, kind: Kind) -> Signal:
        """An output of a recursion, to be `define`d; read through a delay of one frame or more."""
        return self._intern(object(), "feedback", (), self._count, kind, SAMPLE)

    def define(self, feedback: Signal, body: Signal) -> None:
        self.definitions[feedback] = body

    def table(self, size: int, generator: Signal) -> Signal:
        node = self.node("table", (), (size, generator), "table", INIT)
        node.element = generator.kind
        return node

    def waveform(self, values: tuple[int | float, ...], element: Kind) -> Signal:
        node = self.node("waveform", (), (element, values), "table", CONST)
        node.element = element
        return node

    def table_write(self, table: Signal, index: Signal, value: Signal) -> Signal:
        node = self.node("table_write", (table, index, value), None, "table", SAMPLE)
        node.element = table.element
        return node

    def table_read(self, table: Signal, index: Signal) -> Signal:
        rate = max(table.rate, index.rate)
        return self.node("table_read", (table, index), None, table.element, rate)

    def as_float(self, x: Signal) -> Signal:
        return x if x.kind == "float" else self.make("float", (x,))

    def as_int(self, x: Signal) -> Signal:
        return x if x.kind == "int" else self.make("int", (x,))

    def _intern(
        self, key: object, op: str, args: tuple[Signal, ...], value: object, kind: Kind, rate: int
    ) -> Signal:
        node = self._nodes.get(key)
        if node is None:
            node = Signal(op, args, value, kind, rate, self._count)
            node.span = self.span
            node.name = self.name
            self._count += 1
            self._nodes[key] = node
        return node
