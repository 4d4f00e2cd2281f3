"""The syntax tree of a Faust source.

Nodes compare by identity (the evaluator memoises by node and environment) and carry the span of
the text they came from. Sugar is kept as written: `a + b` is an `Infix`, not a sequential
composition, so that messages and diagrams can speak the user's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dspc.support.diagnostics import Span

Composition = Literal[":", ",", "<:", ":>", "~"]


@dataclass(eq=False, slots=True)
class SyntaxNode:
    span: Span


@dataclass(eq=False, slots=True)
class Int(SyntaxNode):
    """An integer literal, already wrapped to 32 bits."""

    value: int


@dataclass(eq=False, slots=True)
class Real(SyntaxNode):
    value: float


@dataclass(eq=False, slots=True)
class Ident(SyntaxNode):
    """A name to look up; `a::b` is one name."""

    name: str


@dataclass(eq=False, slots=True)
class Prim(SyntaxNode):
    """A primitive written as a box: `_ ! mem @ prefix + - sin pow int rdtable select2 attach ...`.

    `name` is the operator or function name; `'` alone and `mem` are both `mem`.
    """

    name: str


@dataclass(eq=False, slots=True)
class Compose(SyntaxNode):
    """`left op right` for the five compositions (`+>` is `:>`)."""

    op: Composition
    left: Expr
    right: Expr


@dataclass(eq=False, slots=True)
class Infix(SyntaxNode):
    """`left op right` for arithmetic, comparison, bitwise and delay (`@`) operators."""

    op: str
    left: Expr
    right: Expr


@dataclass(eq=False, slots=True)
class Postfix(SyntaxNode):
    """`operand'`, a delay of one sample."""

    operand: Expr


@dataclass(eq=False, slots=True)
class Negate(SyntaxNode):
    """`-name`, which Faust reads as `0 - name`."""

    operand: Expr


@dataclass(eq=False, slots=True)
class Apply(SyntaxNode):
    """`function(arguments)`."""

    function: Expr
    arguments: list[Expr]


@dataclass(eq=False, slots=True)
class Access(SyntaxNode):
    """`environment.name`."""

    environment: Expr
    name: str


@dataclass(eq=False, slots=True)
class Substitute(SyntaxNode):
    """`expression[definitions]`: the expression in its environment with some names redefined."""

    expression: Expr
    definitions: list[Definition]


@dataclass(eq=False, slots=True)
class With(SyntaxNode):
    expression: Expr
    definitions: list[Definition]


@dataclass(eq=False, slots=True)
class LetRec(SyntaxNode):
    """`expression letrec { 'x = ...; where ... }`: `equations` are the primed definitions."""

    expression: Expr
    equations: list[Definition]
    where: list[Definition]


@dataclass(eq=False, slots=True)
class Lambda(SyntaxNode):
    parameters: list[Ident]
    body: Expr


@dataclass(eq=False, slots=True)
class Rule:
    """One `(patterns) => body` of a `case`, or one clause `f(patterns) = body` of a definition."""

    patterns: list[Expr]
    body: Expr
    span: Span


@dataclass(eq=False, slots=True)
class Case(SyntaxNode):
    rules: list[Rule]


@dataclass(eq=False, slots=True)
class Iterate(SyntaxNode):
    kind: Literal["par", "seq", "sum", "prod"]
    index: Ident
    count: Expr
    body: Expr


@dataclass(eq=False, slots=True)
class EnvironmentExpr(SyntaxNode):
    """`environment { statements }`."""

    statements: Statements


@dataclass(eq=False, slots=True)
class Library(SyntaxNode):
    """`library("file")`: the environment of a file."""

    file: str


@dataclass(eq=False, slots=True)
class Component(SyntaxNode):
    """`component("file")`: the `process` of a file."""

    file: str


@dataclass(eq=False, slots=True)
class CountOf(SyntaxNode):
    """`inputs(e)` or `outputs(e)`."""

    kind: Literal["inputs", "outputs"]
    expression: Expr


@dataclass(eq=False, slots=True)
class Route(SyntaxNode):
    """`route(inputs, outputs, pairs)`; `pairs` is None where the list is left out."""

    inputs: Expr
    outputs: Expr
    pairs: Expr | None


@dataclass(eq=False, slots=True)
class Widget(SyntaxNode):
    """`button checkbox` (no parameters), `hslider vslider nentry` (init, min, max, step),
    `hbargraph vbargraph` (min, max). The label is as written, without its quotes."""

    kind: Literal["button", "checkbox", "hslider", "vslider", "nentry", "hbargraph", "vbargraph"]
    label: str
    parameters: list[Expr]


@dataclass(eq=False, slots=True)
class Group(SyntaxNode):
    kind: Literal["hgroup", "vgroup", "tgroup"]
    label: str
    body: Expr


@dataclass(eq=False, slots=True)
class Soundfile(SyntaxNode):
    label: str
    channels: Expr


@dataclass(eq=False, slots=True)
class Waveform(SyntaxNode):
    """`waveform{...}`: Python ints and floats, as written."""

    values: list[int | float]


@dataclass(eq=False, slots=True)
class ForeignPrototype(SyntaxNode):
    """`ffunction(type names(argument types), include, library)`.

    `names` are the C functions for float, double, quad and fixed-point (the last given name
    stands for the missing ones); types are `int`, `float` or `any`.
    """

    result: str
    names: list[str]
    arguments: list[str]
    include: str
    library: str


@dataclass(eq=False, slots=True)
class ForeignValue(SyntaxNode):
    """`fconstant(type name, include)` or `fvariable(type name, include)`."""

    kind: Literal["fconstant", "fvariable"]
    type: str
    name: str
    include: str


@dataclass(eq=False, slots=True)
class Modulate(SyntaxNode):
    """`["path": circuit, "path" -> expression]`-prefixed expression: widgets modulated by circuits.

    `targets` are (widget path, circuit or None for the default `*`).
    """

    targets: list[tuple[str, Expr | None]]
    body: Expr


Expr = (
    Int | Real | Ident | Prim | Compose | Infix | Postfix | Negate | Apply | Access | Substitute
    | With | LetRec | Lambda | Case | Iterate | EnvironmentExpr | Library | Component | CountOf
    | Route | Widget | Group | Soundfile | Waveform | ForeignPrototype | ForeignValue | Modulate
)  # fmt: skip


@dataclass(eq=False, slots=True)
class Definition:
    """`name = body` or the clauses `name(patterns) = body` of one name, in source order.

    Without parameters, `rules` has one rule with no patterns. One clause whose patterns are all
    distinct plain names is a function; anything else is a pattern matching `case`.
    """

    name: str
    rules: list[Rule]
    span: Span


def parameters_of(definition: Definition) -> list[Ident] | None:
    """The parameters of a function by one clause of distinct names; None for anything else."""
    patterns = definition.rules[0].patterns
    names = [p for p in patterns if type(p) is Ident]
    plain = len(names) == len(patterns) == len({p.name for p in names})
    return names if names and plain and len(definition.rules) == 1 else None


@dataclass(eq=False, slots=True)
class Import:
    file: str
    span: Span


@dataclass(eq=False, slots=True)
class Declare:
    """`declare key "value"`, or `declare function key "value"` (then `function` is its name)."""

    key: str
    value: str
    function: str | None
    span: Span


@dataclass(eq=False, slots=True)
class Statements:
    """The statements of a file or an environment, imports in source order.

    `definitions` maps each name to its merged clauses; a second, unmergeable definition of a name
    is an error of the parser. Definitions under a precision prefix that does not match the
    compilation's precision have been dropped.
    """

    definitions: Mapping[str, Definition] = field(default_factory=dict[str, Definition])
    imports: list[Import] = field(default_factory=list[Import])
    declares: list[Declare] = field(default_factory=list[Declare])
