"""Expressions by structure, as Faust compares definitions of one name in two files.

Faust accepts a second definition if it is the same expression tree. Its parser has by then
rewritten what is only another way to write a thing (`parser/faustparser.y` of Faust 2.54): infix
operators are compositions, functions of several parameters are functions of functions, parameters
that are names make a function and anything else makes a `case`, local definitions have no order.
Parameters are not renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Any, cast

from dspc.frontends.faust import ast
from dspc.frontends.faust.parser_base import Rule, run

_SAME_PRIMITIVE = {"^": "pow"}
_PRECISIONS = 4
_Key = Generator[Any, int, int]


class ParseTrees:
    """Numbers for expression trees, the same one for equal structures."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}

    def same(self, first: ast.Definition, second: ast.Definition) -> bool:
        """Whether two definitions of one name define the same expression."""
        return self._definition(first) == self._definition(second)

    def _definition(self, definition: ast.Definition) -> int:
        return run(cast("Rule[int]", self._rules(definition.rules)))

    def _node(self, *key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _expr(self, expr: ast.Expr) -> _Key:
        return (yield _RULES[type(expr)](self, expr))

    def _seq(self, left: int, right: int) -> int:
        return self._node(":", left, right)

    def _rules(self, rules: list[ast.Rule]) -> _Key:
        """The clauses of a definition."""
        patterns = rules[0].patterns
        if len(rules) == 1 and not patterns:
            return (yield self._expr(rules[0].body))
        names = [pattern.name for pattern in patterns if isinstance(pattern, ast.Ident)]
        if len(rules) == 1 and len(names) == len(set(names)) == len(patterns):
            return (yield self._function(names, rules[0].body))
        return (yield self._case(rules))

    def _function(self, names: list[str], body: ast.Expr) -> _Key:
        result = yield self._expr(body)
        for name in reversed(names):
            result = self._node("function", name, result)
        return result

    def _case(self, rules: list[ast.Rule]) -> _Key:
        items: list[object] = []
        for rule in rules:
            for pattern in rule.patterns:
                items.append((yield self._expr(pattern)))
            items += ("=>", (yield self._expr(rule.body)))
        return self._node("case", *items)

    def _parts(self, kind: str, *parts: object) -> _Key:
        """A construct of expressions and other operands: strings, names, lists of numbers."""
        items: list[object] = [kind]
        for part in parts:
            is_expr = isinstance(part, ast.SyntaxNode)
            items.append((yield self._expr(cast("ast.Expr", part))) if is_expr else part)
        return self._node(*items)

    def _infix(self, op: str, left: ast.Expr, right: ast.Expr) -> _Key:
        operands = self._node(",", (yield self._expr(left)), (yield self._expr(right)))
        return self._seq(operands, self._primitive(op))

    def _primitive(self, name: str) -> int:
        return self._node("primitive", _SAME_PRIMITIVE.get(name, name))

    def _postfix(self, operand: ast.Expr) -> _Key:
        return self._seq((yield self._expr(operand)), self._primitive("mem"))

    def _negate(self, operand: ast.Expr) -> _Key:
        operands = self._node(",", self._node("int", 0), (yield self._expr(operand)))
        return self._seq(operands, self._primitive("-"))

    def _local(self, kind: str, expr: ast.Expr | None, *layers: Iterable[ast.Definition]) -> _Key:
        """An expression with sets of definitions."""
        items: list[object] = [kind]
        if expr is not None:
            items.append((yield self._expr(expr)))
        for layer in layers:
            definitions: set[tuple[str, int]] = set()
            for definition in layer:
                definitions.add((definition.name, (yield self._rules(definition.rules))))
            items.append(frozenset(definitions))
        return self._node(*items)

    def _environment(self, statements: ast.Statements) -> _Key:
        layer = yield self._local("definitions", None, statements.definitions.values())
        imports = frozenset(item.file for item in statements.imports)
        return self._node("environment", layer, imports)

    def _route(self, expr: ast.Route) -> _Key:
        pairs = expr.pairs
        if pairs is not None:
            return (yield self._parts("route", expr.inputs, expr.outputs, pairs))
        zero = self._node("int", 0)
        none = self._node(",", zero, zero)
        return (yield self._parts("route", expr.inputs, expr.outputs, none))

    def _foreign(self, expr: ast.ForeignPrototype) -> _Key:
        names = expr.names + expr.names[-1:] * (_PRECISIONS - len(expr.names))
        signature = (expr.result, *names, *expr.arguments)
        return (yield self._parts("ffunction", signature, expr.include, expr.library))

    def _modulate(self, expr: ast.Modulate) -> _Key:
        parts = [part for target in expr.targets for part in target]
        return (yield self._parts("modulate", *parts, expr.body))


def _number(value: int | float) -> tuple[str, str]:
    """The key of a number: 1 differs from 1.0, and 0.0 from -0.0."""
    return ("int" if isinstance(value, int) else "real", repr(value))


_RULES: dict[type[ast.SyntaxNode], Callable[[ParseTrees, Any], _Key]] = {
    ast.Int: lambda t, e: t._parts("int", e.value),
    ast.Real: lambda t, e: t._parts(*_number(e.value)),
    ast.Ident: lambda t, e: t._parts("name", e.name),
    ast.Prim: lambda t, e: t._parts("primitive", _SAME_PRIMITIVE.get(e.name, e.name)),
    ast.Compose: lambda t, e: t._parts(e.op, e.left, e.right),
    ast.Infix: lambda t, e: t._infix(e.op, e.left, e.right),
    ast.Postfix: lambda t, e: t._postfix(e.operand),
    ast.Negate: lambda t, e: t._negate(e.operand),
    ast.Apply: lambda t, e: t._parts("apply", e.function, *e.arguments),
    ast.Access: lambda t, e: t._parts("access", e.environment, e.name),
    ast.Substitute: lambda t, e: t._local("substitute", e.expression, e.definitions),
    ast.With: lambda t, e: t._local("with", e.expression, e.definitions),
    ast.LetRec: lambda t, e: t._local("letrec", e.expression, e.equations, e.where),
    ast.Lambda: lambda t, e: t._function([name.name for name in e.parameters], e.body),
    ast.Case: lambda t, e: t._case(e.rules),
    ast.Iterate: lambda t, e: t._parts(e.kind, e.index.name, e.count, e.body),
    ast.EnvironmentExpr: lambda t, e: t._environment(e.statements),
    ast.Library: lambda t, e: t._parts("library", e.file),
    ast.Component: lambda t, e: t._parts("component", e.file),
    ast.CountOf: lambda t, e: t._parts(e.kind, e.expression),
    ast.Route: lambda t, e: t._route(e),
    ast.Widget: lambda t, e: t._parts(e.kind, e.label, *e.parameters),
    ast.Group: lambda t, e: t._parts(e.kind, e.label, e.body),
    ast.Soundfile: lambda t, e: t._parts("soundfile", e.label, e.channels),
    ast.Waveform: lambda t, e: t._parts("waveform", tuple(map(_number, e.values))),
    ast.ForeignPrototype: lambda t, e: t._foreign(e),
    ast.ForeignValue: lambda t, e: t._parts(e.kind, e.type, e.name, e.include),
    ast.Modulate: lambda t, e: t._modulate(e),
}  # pyright: ignore[reportPrivateUsage]
