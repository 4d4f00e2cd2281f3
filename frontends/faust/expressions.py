"""The evaluation of each kind of expression.

Expressions without parts are evaluated at once; the other handlers are generators that yield
the work they wait for (see `trampoline`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Generator, Mapping
from typing import Any, cast

from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.application import Applications
from dspc.frontends.faust.boxes import BAD, COMPOSITIONS, Box, BoxFactory
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.letrec import desugar_letrec
from dspc.frontends.faust.loader import Loader
from dspc.frontends.faust.patterns import PatternVariable, compile_case
from dspc.frontends.faust.primitives import INFIX
from dspc.frontends.faust.trampoline import Trampoline, Work
from dspc.support.diagnostics import Source

Task = Generator[Any, Any, Box]

_MAX_ITERATIONS = 1 << 22
_NUMBERS = ("int", "real")


class ExpressionHandlers(Applications):
    """The handlers of all kinds of expressions."""

    def __init__(self, loader: Loader, boxes: BoxFactory, trampoline: Trampoline) -> None:
        super().__init__(boxes, trampoline)
        self.loader = loader
        self.titles: dict[Source, str] = {}
        """The files of libraries and components, as the program names them."""
        self.environments: dict[ast.Statements, None] = {}
        """The statements of every `environment { }` that evaluation has met."""
        self.literals: set[float] = set()
        """The numbers in the patterns of all rules that evaluation has met."""
        self._redefined: dict[tuple[ast.Expr, Environment, Environment], Environment] = {}
        self._letrecs: dict[ast.LetRec, ast.With] = {}

    @abstractmethod
    def find(self, name: str, env: Environment | None) -> tuple[Any, Environment] | None: ...

    @abstractmethod
    def layer(
        self,
        node: object,
        env: Environment | None,
        definitions: Mapping[str, ast.Definition],
        title: str | None = None,
    ) -> Environment: ...

    def file_environment(self, statements: ast.Statements, title: str) -> Environment:
        """The environment of a file's definitions and imports."""
        return self.layer(statements, None, self.loader.definitions(statements), title)

    # Leaves ------------------------------------------------------------------------------------

    def _number(self, expr: ast.Int | ast.Real, env: Environment) -> Box:
        return self.boxes.number(expr.value)

    def _primitive(self, expr: ast.Prim, env: Environment) -> Box:
        return self.boxes.primitive(expr.name)

    def _variable(self, expr: PatternVariable, env: Environment) -> Box:
        return self.boxes.variable(expr.name)

    def _lambda(self, expr: ast.Lambda, env: Environment) -> Box:
        return self.boxes.function("closure", (expr, 0, env))

    def _environment(self, expr: ast.EnvironmentExpr, env: Environment) -> Box:
        statements = expr.statements
        self.environments.setdefault(statements)
        layer = self.layer(statements, env, self.loader.definitions(statements))
        return self.boxes.function("environment", layer)

    def _library(self, expr: ast.Library, env: Environment) -> Box:
        module = self.loader.load(expr.file, expr.span)
        self.titles.setdefault(module.source, expr.file)
        layer = self.file_environment(module.statements, expr.file)
        return self.boxes.function("environment", layer)

    def _component(self, expr: ast.Component, env: Environment) -> Box:
        module = self.loader.load(expr.file, expr.span)
        self.titles.setdefault(module.source, expr.file)
        layer = self.file_environment(module.statements, expr.file)
        return self.boxes.function("suspended", layer)

    def _waveform(self, expr: ast.Waveform, env: Environment) -> Box:
        values: list[int | float] = expr.values
        if not all(isinstance(v, int) for v in values):
            values = [float(v) for v in values]
        key = (tuple(values), isinstance(values[0], int))
        return self.boxes.leaf("waveform", key, 0, 2)

    def _foreign_function(self, expr: ast.ForeignPrototype, env: Environment) -> Box:
        declaration = (expr.result, *expr.names, "", *expr.arguments, expr.include, expr.library)
        return self.boxes.foreign("ffunction", declaration, expr, len(expr.arguments))

    def _foreign_value(self, expr: ast.ForeignValue, env: Environment) -> Box:
        declaration = (expr.kind, expr.type, expr.name, expr.include)
        return self.boxes.foreign("fvalue", declaration, expr, 0)

    # Handlers ----------------------------------------------------------------------------------

    def _compose(self, expr: ast.Compose, env: Environment) -> Task:
        left = self.begin(expr.left, env)
        if isinstance(left, tuple):
            left = yield left
        right = self.begin(expr.right, env)
        if isinstance(right, tuple):
            right = yield right
        if expr.op == ":":
            folded = self.fold_sequence(left, right, expr.span)
            if folded is not None:
                return folded
        box = self.boxes.compose(COMPOSITIONS[expr.op], left, right)
        if box.state and (box.state == BAD or box.spans is None):
            box.spans = (expr.left.span, expr.right.span)
            box.span = expr.span
        return box

    def _infix(self, expr: ast.Infix, env: Environment) -> Task:
        left = self.begin(expr.left, env)
        if isinstance(left, tuple):
            left = yield left
        right = self.begin(expr.right, env)
        if isinstance(right, tuple):
            right = yield right
        return self.infix(expr.op, left, right, expr)

    def infix(self, op: str, left: Box, right: Box, expr: ast.Expr) -> Box:
        """`left op right`, folded if both are numbers."""
        boxes = self.boxes
        if left.kind in _NUMBERS and right.kind in _NUMBERS:
            folded = self.constants.fold(INFIX[op], (left, right), expr.span)
            if folded is not None:
                return folded
        operands = boxes.compose("par", left, right)
        box = boxes.compose("seq", operands, boxes.primitive(op))
        if box.state == BAD:
            box.span = expr.span
            if type(expr) is ast.Infix:
                operands.spans = (expr.left.span, expr.right.span)
        return box

    def _negate(self, expr: ast.Negate, env: Environment) -> Task:
        operand = self.begin(expr.operand, env)
        if isinstance(operand, tuple):
            operand = yield operand
        return self.infix("-", self.boxes.int(0), operand, expr)

    def _postfix(self, expr: ast.Postfix, env: Environment) -> Task:
        operand = self.begin(expr.operand, env)
        if isinstance(operand, tuple):
            operand = yield operand
        return self.boxes.compose("seq", operand, self.boxes.primitive("mem"))

    def _apply(self, expr: ast.Apply, env: Environment) -> Task:
        function = self.begin(expr.function, env)
        if isinstance(function, tuple):
            function = yield function
        arguments: list[Box] = []
        for argument in expr.arguments:
            value = self.begin(argument, env)
            if isinstance(value, tuple):
                value = yield value
            arguments.append(value)
        return (yield from self.apply(function, arguments, expr.span))

    def _access(self, expr: ast.Access, env: Environment) -> Task:
        value = self.begin(expr.environment, env)
        if isinstance(value, tuple):
            value = yield value
        inner = environment_of(value)
        if inner is None:
            raise faults.no_environment(expr)
        entry = self.find(expr.name, inner)
        if entry is None:
            raise faults.undefined_member(expr, inner)
        member: Box | Work = entry[0] if type(entry[0]) is Box else self.begin(*entry)
        if isinstance(member, tuple):
            member = yield member
        return cast("Box", member)

    def _substitute(self, expr: ast.Substitute, env: Environment) -> Task:
        value = self.begin(expr.expression, env)
        if isinstance(value, tuple):
            value = yield value
        inner = environment_of(value)
        if inner is None:
            raise faults.nothing_to_substitute(expr)
        key = (expr, inner, env)
        changed = self._redefined.get(key)
        if changed is None:
            changed = self._redefined[key] = inner.redefined(expr.definitions, env)
        if value.kind == "closure":
            node, index, _ = value.value
            return self.boxes.function("closure", (node, index, changed))
        return self.boxes.function(cast("Any", value.kind), changed)

    def _letrec(self, expr: ast.LetRec, env: Environment) -> Task:
        node = self._letrecs.get(expr)
        if node is None:
            node = self._letrecs[expr] = desugar_letrec(expr)
        value = self.begin(node, env)
        if isinstance(value, tuple):
            value = yield value
        return value

    def _case(self, expr: ast.Case, env: Environment) -> Task:
        rules = yield from compile_case(self, expr, env)
        self.literals |= rules.literals
        return self.boxes.function("matcher", (expr, rules, env, ()))

    def _iterate(self, expr: ast.Iterate, env: Environment) -> Task:
        count = yield from self.constant_int(expr.count, env, "the number of iterations")
        if count < 0:
            raise faults.negative_iterations(expr, count)
        if count > _MAX_ITERATIONS:
            raise faults.too_many_iterations(expr, count, _MAX_ITERATIONS)
        parts: list[Box] = []
        name = expr.index.name
        for index in range(max(count, expr.kind == "seq")):
            inner = self.bind(name, self.boxes.int(index), env)
            value = self.begin(expr.body, inner)
            if isinstance(value, tuple):
                value = yield value
            parts.append(value)
        if count == 0:
            return (yield from self._no_iterations(expr, parts))
        return self._iterated(expr, parts)

    def _no_iterations(self, expr: ast.Iterate, parts: list[Box]) -> Task:
        """`seq` of nothing is a bus as wide as the inputs that the first part would have."""
        if expr.kind != "seq":
            return self.boxes.nothing
        body = yield from self.complete(parts[0])
        return self.boxes.wires(body.ins)

    def _iterated(self, expr: ast.Iterate, parts: list[Box]) -> Box:
        boxes = self.boxes
        if expr.kind == "par":
            return boxes.parallel(parts)
        if expr.kind == "seq":
            result = parts[-1]
            for part in reversed(parts[:-1]):
                result = boxes.compose("seq", part, result)
                if result.state == BAD and result.spans is None:
                    result.span, result.spans = expr.span, (expr.body.span, expr.body.span)
            return result
        op = "+" if expr.kind == "sum" else "*"
        result = parts[0]
        for part in parts[1:]:
            result = self.infix(op, result, part, expr)
        return result

    def _count(self, expr: ast.CountOf, env: Environment) -> Task:
        box = self.begin(expr.expression, env)
        if isinstance(box, tuple):
            box = yield box
        box = yield from self.complete(box)
        return self.boxes.int(box.ins if expr.kind == "inputs" else box.outs)


def environment_of(value: Box) -> Environment | None:
    """The environment that an evaluated library, component or function carries."""
    if value.kind in ("environment", "suspended"):
        return value.value
    return value.value[2] if value.kind == "closure" else None


# pyright: reportPrivateUsage=false

LEAVES: dict[type, Callable[[Any, Any, Any], Box]] = {
    ast.Int: ExpressionHandlers._number,
    ast.Real: ExpressionHandlers._number,
    ast.Prim: ExpressionHandlers._primitive,
    PatternVariable: ExpressionHandlers._variable,
    ast.Lambda: ExpressionHandlers._lambda,
    ast.EnvironmentExpr: ExpressionHandlers._environment,
    ast.Library: ExpressionHandlers._library,
    ast.Component: ExpressionHandlers._component,
    ast.Waveform: ExpressionHandlers._waveform,
    ast.ForeignPrototype: ExpressionHandlers._foreign_function,
    ast.ForeignValue: ExpressionHandlers._foreign_value,
}
HANDLERS: dict[type, Callable[[Any, Any, Any], Task]] = {
    ast.Compose: ExpressionHandlers._compose,
    ast.Infix: ExpressionHandlers._infix,
    ast.Negate: ExpressionHandlers._negate,
    ast.Postfix: ExpressionHandlers._postfix,
    ast.Apply: ExpressionHandlers._apply,
    ast.Access: ExpressionHandlers._access,
    ast.Substitute: ExpressionHandlers._substitute,
    ast.LetRec: ExpressionHandlers._letrec,
    ast.Case: ExpressionHandlers._case,
    ast.Iterate: ExpressionHandlers._iterate,
    ast.CountOf: ExpressionHandlers._count,
    ast.Widget: ExpressionHandlers.widget,
    ast.Group: ExpressionHandlers.group,
    ast.Soundfile: ExpressionHandlers.soundfile,
    ast.Route: ExpressionHandlers.route,
    ast.Modulate: ExpressionHandlers.modulate,
}
