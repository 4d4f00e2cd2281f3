"""Evaluation: expressions in environments to block diagrams.

Each expression is evaluated once in each environment, and environments, boxes and functions of
equal structure are the same object, so the cost follows the program's sharing, not its unfolding.
Handlers of expressions that need others are generators (see `trampoline`).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, cast

from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.boxes import BAD, OPEN, Box, BoxFactory
from dspc.frontends.faust.depth import too_deep
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.expressions import HANDLERS, LEAVES, ExpressionHandlers
from dspc.frontends.faust.lexer import CONVENTIONAL_PRIMITIVES
from dspc.frontends.faust.loader import Loader
from dspc.frontends.faust.structure import Structures
from dspc.frontends.faust.trampoline import Trampoline, Work
from dspc.support.diagnostics import DspcError, Source, Span
from dspc.support.limits import LimitReached, reached

Task = Generator[Any, Any, Box]
Begun = Box | Work

_EMPTY: dict[str, ast.Definition] = {}

_COMPARED = frozenset(
    (
        ast.Lambda, ast.Case, ast.EnvironmentExpr, ast.With, ast.LetRec, ast.Substitute,
        ast.Modulate,
    )
)  # fmt: skip
"""Expressions whose values hold the expression or an environment of its own: equal ones are
evaluated as one, so that their values are equal."""


class Evaluator(ExpressionHandlers):
    """Evaluates the programs of one compilation."""

    def __init__(self, loader: Loader) -> None:
        super().__init__(loader, BoxFactory(), Trampoline())
        self.trampoline.too_deep = lambda stack: too_deep(stack, self.literals)
        self.memo: dict[tuple[ast.Expr, Environment], Box | None] = {}
        self.names: dict[ast.Expr, str] = {}
        self.main: Source | None = None
        """The program's own text: errors in a box written in several files are reported here."""
        self.used: set[ast.Definition] = set()
        """The definitions that evaluation has looked at."""
        self.structures = Structures()
        self._bodies: dict[ast.Definition, ast.Expr] = {}
        self._layers: dict[tuple[object, Environment | None], Environment] = {}
        self._bound: dict[tuple[str, Box, Environment], Environment] = {}

    # Entry points ------------------------------------------------------------------------------

    def evaluate(self, expr: ast.Expr, env: Environment) -> Box:
        """The complete box of an expression; raises DspcError where it has none."""
        return self._run(self._complete(expr, env), expr, env)

    def evaluate_name(self, name: str, env: Environment, span: Span) -> Box:
        """The complete box of a definition."""
        return self.evaluate(ast.Ident(span, name), env)

    def _run(self, task: Task, expr: ast.Expr | None, env: Environment | None) -> Box:
        try:
            return self.trampoline.run((task, None, None), self._finished)
        except (DspcError, LimitReached) as raised:
            error = raised if isinstance(raised, DspcError) else reached()
            faults.add_call_chain(error, self.trampoline.stack, expr and expr.span)
            raise error from None

    def _complete(self, expr: ast.Expr, env: Environment) -> Task:
        value = self.begin(expr, env)
        if isinstance(value, tuple):
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
        span = value.span
        if span is None or (expr.span.source is self.main and span.source is not self.main):
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
            if kind in _COMPARED:
                first = self._first(expr)
                if first is not expr:
                    expr = first
                    continue
            if kind is ast.Ident:
                result, env = self._look_up(cast("ast.Ident", expr), env)
                if isinstance(result, Box):
                    return result
                expr = result
                hops += 1
                if hops > 100_000:
                    raise faults.refers_to_itself(key[0], self.trampoline.stack, self.names)
                continue
            if kind is ast.With:
                node = cast("ast.With", expr)
                expr, env = node.expression, self._local(node, node.definitions, env)
                continue
            leaf = LEAVES.get(kind)
            if leaf is not None:
                value = leaf(self, expr, env)
                if value.span is None:
                    value.span = expr.span
                memo[key] = value
                return value
            memo[key] = None
            return HANDLERS[kind](self, expr, env), expr, env

    def _first(self, expr: ast.Expr) -> ast.Expr:
        """The first expression of the same structure, which then stands for all of them."""
        first = self.structures.first(expr)
        name = self.names.get(expr)
        if name is not None and first is not expr:
            self.names.setdefault(first, name)
        return first

    def _look_up(self, expr: ast.Ident, env: Environment) -> tuple[Any, Environment]:
        result = self.find(expr.name, env)
        if result is None:
            if expr.name in CONVENTIONAL_PRIMITIVES:
                return self.boxes.primitive(expr.name), env
            raise faults.undefined_symbol(expr.name, env, expr.span)
        return result

    def find(self, name: str, env: Environment | None) -> tuple[Any, Environment] | None:
        """The binding of a name: (value, _), or an expression and its environment."""
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

    def title_of(self, node: ast.Lambda, given: int, env: Environment) -> str | None:
        """The title of a function of which the first arguments are given, as in `late(100)`."""
        name = self.names.get(node.body)
        values = [self.find(parameter.name, env) for parameter in node.parameters[:given]]
        if name is None or not values:
            return name
        return f"{name}({', '.join(_shown(value[0]) if value else '…' for value in values)})"

    def bind(self, name: str, value: Box, env: Environment) -> Environment:
        """An environment with one more value."""
        key = (name, value, env)
        known = self._bound.get(key)
        if known is None:
            known = self._bound[key] = Environment(env, _EMPTY, {name: value})
        return known

    def _local(
        self, node: object, definitions: list[ast.Definition], env: Environment | None
    ) -> Environment:
        return self.layer(node, env, {d.name: d for d in definitions})

    def layer(
        self,
        node: object,
        env: Environment | None,
        definitions: Mapping[str, ast.Definition],
        title: str | None = None,
    ) -> Environment:
        known = self._layers.get((node, env))
        if known is None:
            known = self._layers[node, env] = Environment(env, definitions, title=title)
        return known


def definition_body(definition: ast.Definition) -> ast.Expr:
    """A definition's clauses as one expression."""
    first = definition.rules[0]
    if not first.patterns:
        return first.body
    parameters = ast.parameters_of(definition)
    if parameters:
        return ast.Lambda(first.span, parameters, first.body)
    return ast.Case(definition.span, definition.rules)


def _shown(value: object) -> str:
    """An argument in a title: a number, or the name of something larger."""
    if isinstance(value, Box):
        if value.kind in ("int", "real"):
            return f"{value.value:g}"
        if value.name is not None or value.kind == "prim":
            return value.name or str(value.value)
    return "…"
