"""Evaluation: expressions in environments to block diagrams.

Each expression is evaluated once in each environment, and environments, boxes and functions of
equal structure are the same object, so the cost follows the program's sharing, not its unfolding.
Handlers of expressions that need others are generators (see `trampoline`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from typing import Any, cast

from dspc.dialects.diagnostics import DspcError, Source, Span
from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.application import Applications
from dspc.frontends.faust.boxes import BAD, COMPOSITIONS, OPEN, Box, BoxFactory
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.letrec import desugar_letrec
from dspc.frontends.faust.loader import Loader
from dspc.frontends.faust.patterns import PatternVariable, compile_case
from dspc.frontends.faust.primitives import INFIX
from dspc.frontends.faust.trampoline import Trampoline, Work

Task = Generator[Any, Any, Box]
Begun = Box | Work

_MAX_BOXES = 12_000_000
_MAX_ITERATIONS = 1 << 22


class Evaluator(Applications):
    """Evaluates the programs of one compilation."""

    def __init__(self, loader: Loader, time_limit: float = 120.0) -> None:
        super().__init__(BoxFactory(), Trampoline(time.monotonic() + time_limit, time_limit))
        self.loader = loader
        self.trampoline.over_size = lambda: len(self.boxes) + len(self.memo) > _MAX_BOXES
        self.memo: dict[tuple[ast.Expr, Environment], Box | None] = {}
        self.names: dict[ast.Expr, str] = {}
        self.used: set[ast.Definition] = set()
        """The definitions that evaluation has looked at."""
        self.environments: dict[ast.Statements, None] = {}
        """The statements of every `environment { }` that evaluation has met."""
        self.titles: dict[Source, str] = {}
        """The files of libraries and components, as the program names them."""
        self._bodies: dict[ast.Definition, ast.Expr] = {}
        self._layers: dict[tuple[object, Environment | None], Environment] = {}
        self._bound: dict[tuple[str, Box, Environment], Environment] = {}
        self._redefined: dict[tuple[ast.Expr, Environment, Environment], Environment] = {}
        self._letrecs: dict[ast.LetRec, ast.With] = {}

    # Entry points ------------------------------------------------------------------------------

    def evaluate(self, expr: ast.Expr, env: Environment) -> Box:
        """The complete box of an expression; a DspcError says what is wrong with it."""
        return self._run(self._complete(expr, env), expr, env)

    def evaluate_name(self, name: str, env: Environment, span: Span) -> Box:
        """The complete box of a definition."""
        return self.evaluate(ast.Ident(span, name), env)

    def file_environment(self, statements: ast.Statements, title: str) -> Environment:
        """The environment of a file's definitions and imports."""
        return self._layer(statements, None, self.loader.definitions(statements), title)

    def _run(self, task: Task, expr: ast.Expr | None, env: Environment | None) -> Box:
        try:
            return self.trampoline.run((task, None, None), self._finished)
        except DspcError as error:
            faults.add_call_chain(error, self.trampoline.stack)
            raise

    def _complete(self, expr: ast.Expr, env: Environment) -> Task:
        value = self.begin(expr, env)
        if type(value) is tuple:
            value = yield value
        if value.state == OPEN:
            value = yield from self.resolve(value)
        if value.state == BAD:
            raise faults.ill_typed(value)
        return value

    def _finished(self, expr: Any, env: Any, value: Box) -> None:
        if expr is None:
            return
        self.memo[expr, env] = value
        if value.span is None:
            value.span = expr.span
        if value.name is None:
            value.name = self.names.get(expr)

    # Evaluation --------------------------------------------------------------------------------

    def begin(self, expr: ast.Expr, env: Environment) -> Begun:
        """The value of an expression, or the task that computes it."""
        memo = self.memo
        hops = 0
        while True:
            key = (expr, env)
            if key in memo:
                value = memo[key]
                if value is None:
                    raise faults.refers_to_itself(expr, self.trampoline.stack, self.names)
                return value
            kind = type(expr)
            if kind is ast.Ident:
                expr, env = self._look_up(cast("ast.Ident", expr), env)
                if type(expr) is Box:
                    return expr
                hops += 1
                if hops > 100_000:
                    raise faults.refers_to_itself(key[0], self.trampoline.stack, self.names)
                continue
            if kind is ast.With:
                node = cast("ast.With", expr)
                expr, env = node.expression, self._local(node, node.definitions, env)
                continue
            leaf = _LEAVES.get(kind)
            if leaf is not None:
                value = leaf(self, expr, env)
                if value.span is None:
                    value.span = expr.span
                memo[key] = value
                return value
            memo[key] = None
            return _HANDLERS[kind](self, expr, env), expr, env

    def _look_up(self, expr: ast.Ident, env: Environment) -> tuple[Any, Environment]:
        found = self.find(expr.name, env)
        if found is None:
            raise faults.undefined_symbol(expr.name, env, expr.span)
        return found

    def find(self, name: str, env: Environment | None) -> tuple[Any, Environment] | None:
        """What a name stands for: (value, _), or an expression and its environment."""
        while env is not None:
            if name in env.values:
                return env.values[name], env
            if name in env.foreign:
                definition, where = env.foreign[name]
                return self.body_of(definition), where
            if name in env.definitions:
                return self.body_of(env.definitions[name]), env
            env = env.parent
        return None

    def body_of(self, definition: ast.Definition) -> ast.Expr:
        """The expression that a definition stands for: functions are lambdas or cases."""
        body = self._bodies.get(definition)
        if body is None:
            body = self._bodies[definition] = definition_body(definition)
            self.names.setdefault(body, definition.name)
            if type(body) is ast.Lambda:
                self.names.setdefault(body.body, definition.name)
            self.used.add(definition)
        return body

    def bind(self, name: str, value: Box, env: Environment) -> Environment:
        """An environment with one more value."""
        key = (name, value, env)
        found = self._bound.get(key)
        if found is None:
            found = self._bound[key] = Environment(env, _EMPTY, {name: value})
        return found

    def _local(
        self, node: object, definitions: list[ast.Definition], env: Environment | None
    ) -> Environment:
        found = self._layers.get((node, env))
        if found is None:
            found = Environment(env, {d.name: d for d in definitions})
            self._layers[node, env] = found
        return found

    def _layer(
        self,
        node: object,
        env: Environment | None,
        definitions: Mapping[str, ast.Definition],
        title: str | None = None,
    ) -> Environment:
        found = self._layers.get((node, env))
        if found is None:
            found = self._layers[node, env] = Environment(env, definitions, title=title)
        return found

    # Leaves ------------------------------------------------------------------------------------

    def _number(self, expr: ast.Int | ast.Real, env: Environment) -> Box:
        return self.boxes.number(expr.value)

    def _primitive(self, expr: ast.Prim, env: Environment) -> Box:
        return self.boxes.primitive(expr.name)

    def _variable(self, expr: PatternVariable, env: Environment) -> Box:
        return self.boxes.variable(expr.name)

    def _lambda(self, expr: ast.Lambda, env: Environment) -> Box:
        return self.boxes.function("closure", (expr, 0, env))

    def _environment(self, expr: ast.Environment, env: Environment) -> Box:
        statements = expr.statements
        self.environments.setdefault(statements)
        layer = self._layer(statements, env, self.loader.definitions(statements))
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

    def _foreign_function(self, expr: ast.ForeignFunction, env: Environment) -> Box:
        return self.boxes.leaf("ffunction", expr, len(expr.arguments), 1)

    def _foreign_value(self, expr: ast.ForeignValue, env: Environment) -> Box:
        return self.boxes.leaf("fvalue", expr, 0, 1)

    # Handlers ----------------------------------------------------------------------------------

    def _pair(self, first: ast.Expr, second: ast.Expr, env: Environment) -> Task:
        left = self.begin(first, env)
        if type(left) is tuple:
            left = yield left
        right = self.begin(second, env)
        if type(right) is tuple:
            right = yield right
        return left, right  # pyright: ignore[reportReturnType]

    def _compose(self, expr: ast.Compose, env: Environment) -> Task:
        left = self.begin(expr.left, env)
        if type(left) is tuple:
            left = yield left
        right = self.begin(expr.right, env)
        if type(right) is tuple:
            right = yield right
        if expr.op == ":":
            folded = self.fold_sequence(left, right, expr.span)
            if folded is not None:
                return folded
        box = self.boxes.compose(COMPOSITIONS[expr.op], left, right)
        if box.state == BAD and box.spans is None:
            box.spans = (expr.left.span, expr.right.span)
            box.span = expr.span
        return box

    def _infix(self, expr: ast.Infix, env: Environment) -> Task:
        left = self.begin(expr.left, env)
        if type(left) is tuple:
            left = yield left
        right = self.begin(expr.right, env)
        if type(right) is tuple:
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
        if box.state == BAD and box.spans is None:
            box.span = expr.span
            if type(expr) is ast.Infix:
                box.spans = (expr.left.span, expr.right.span)
        return box

    def _negate(self, expr: ast.Negate, env: Environment) -> Task:
        operand = self.begin(expr.operand, env)
        if type(operand) is tuple:
            operand = yield operand
        return self.infix("-", self.boxes.int(0), operand, expr)

    def _postfix(self, expr: ast.Postfix, env: Environment) -> Task:
        operand = self.begin(expr.operand, env)
        if type(operand) is tuple:
            operand = yield operand
        return self.boxes.compose("seq", operand, self.boxes.primitive("mem"))

    def _apply(self, expr: ast.Apply, env: Environment) -> Task:
        function = self.begin(expr.function, env)
        if type(function) is tuple:
            function = yield function
        arguments: list[Box] = []
        for argument in expr.arguments:
            value = self.begin(argument, env)
            if type(value) is tuple:
                value = yield value
            arguments.append(value)
        return (yield from self.apply(function, arguments, expr.span))

    def _access(self, expr: ast.Access, env: Environment) -> Task:
        value = self.begin(expr.environment, env)
        if type(value) is tuple:
            value = yield value
        inner = environment_of(value)
        if inner is None:
            raise faults.no_environment(expr)
        found = self.find(expr.name, inner)
        if found is None:
            raise faults.undefined_member(expr, inner)
        member: Begun = found[0] if type(found[0]) is Box else self.begin(*found)
        if type(member) is tuple:
            member = yield member
        return cast("Box", member)

    def _substitute(self, expr: ast.Substitute, env: Environment) -> Task:
        value = self.begin(expr.expression, env)
        if type(value) is tuple:
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
        if type(value) is tuple:
            value = yield value
        return value

    def _case(self, expr: ast.Case, env: Environment) -> Task:
        rules = yield from compile_case(self, expr, env)
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
            if type(value) is tuple:
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
            found = parts[-1]
            for part in reversed(parts[:-1]):
                found = boxes.compose("seq", part, found)
                if found.state == BAD and found.spans is None:
                    found.span, found.spans = expr.span, (expr.body.span, expr.body.span)
            return found
        op = "+" if expr.kind == "sum" else "*"
        found = parts[0]
        for part in parts[1:]:
            found = self.infix(op, found, part, expr)
        return found

    def _count(self, expr: ast.CountOf, env: Environment) -> Task:
        box = self.begin(expr.expression, env)
        if type(box) is tuple:
            box = yield box
        box = yield from self.complete(box)
        return self.boxes.int(box.ins if expr.kind == "inputs" else box.outs)

    def _clocked(self, expr: ast.Clocked, env: Environment) -> Task:
        raise faults.clocked(expr)
        yield


_NUMBERS = ("int", "real")
_EMPTY: dict[str, ast.Definition] = {}


def environment_of(value: Box) -> Environment | None:
    """The environment that an evaluated library, component or function carries."""
    if value.kind in ("environment", "suspended"):
        return value.value
    return value.value[2] if value.kind == "closure" else None


def definition_body(definition: ast.Definition) -> ast.Expr:
    """A definition's clauses as one expression."""
    first = definition.rules[0]
    if not first.patterns:
        return first.body
    names = [p.name for p in first.patterns if type(p) is ast.Ident]
    plain = len(names) == len(first.patterns) == len(set(names))
    if len(definition.rules) == 1 and plain:
        return ast.Lambda(first.span, cast("list[ast.Ident]", first.patterns), first.body)
    return ast.Case(definition.span, definition.rules)


_LEAVES: dict[type, Callable[[Any, Any, Any], Box]] = {
    ast.Int: Evaluator._number,
    ast.Real: Evaluator._number,
    ast.Prim: Evaluator._primitive,
    PatternVariable: Evaluator._variable,
    ast.Lambda: Evaluator._lambda,
    ast.Environment: Evaluator._environment,
    ast.Library: Evaluator._library,
    ast.Component: Evaluator._component,
    ast.Waveform: Evaluator._waveform,
    ast.ForeignFunction: Evaluator._foreign_function,
    ast.ForeignValue: Evaluator._foreign_value,
}
_HANDLERS: dict[type, Callable[[Any, Any, Any], Task]] = {
    ast.Compose: Evaluator._compose,
    ast.Infix: Evaluator._infix,
    ast.Negate: Evaluator._negate,
    ast.Postfix: Evaluator._postfix,
    ast.Apply: Evaluator._apply,
    ast.Access: Evaluator._access,
    ast.Substitute: Evaluator._substitute,
    ast.LetRec: Evaluator._letrec,
    ast.Case: Evaluator._case,
    ast.Iterate: Evaluator._iterate,
    ast.CountOf: Evaluator._count,
    ast.Clocked: Evaluator._clocked,
    ast.Widget: Evaluator.widget,
    ast.Group: Evaluator.group,
    ast.Soundfile: Evaluator.soundfile,
    ast.Route: Evaluator.route,
    ast.Modulate: Evaluator.modulate,
}
