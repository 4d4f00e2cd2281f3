"""Pattern matching: rules of `case` and of definitions by clauses.

Patterns are evaluated like any expression, their names being variables, and matched against the
structure of evaluated arguments. The first rule that matches is chosen. Where any rule of a `case`
has a number, an argument that denotes a number is folded to it first.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dspc.frontends.faust import ast
from dspc.frontends.faust.boxes import COMPLETE, SIGNS, Box
from dspc.support.diagnostics import Span

if TYPE_CHECKING:
    from dspc.frontends.faust.application import Applications
    from dspc.frontends.faust.environment import Environment

_TAKEN_APART = frozenset((*SIGNS, "group"))
"""The boxes whose parts are matched one by one."""

Path = tuple[int, ...]
"""Which argument, then which part of it (0 or 1), and so on."""


@dataclass(eq=False, slots=True)
class PatternVariable(ast.SyntaxNode):
    """A name in a pattern."""

    name: str


class MatchRule(NamedTuple):
    patterns: tuple[Box, ...]
    body: ast.Expr
    source: ast.Rule


class Rules:
    """The rules of a `case`, evaluated; `numeric` are the places where a rule has a number, and
    `literals` these numbers."""

    __slots__ = ("literals", "numeric", "rules")

    def __init__(self, rules: list[MatchRule]) -> None:
        self.rules = rules
        self.numeric: set[Path] = set()
        self.literals: set[float] = set()
        for rule in rules:
            waiting: list[tuple[Box, Path]] = [(p, (at,)) for at, p in enumerate(rule.patterns)]
            while waiting:
                pattern, path = waiting.pop()
                if pattern.kind in ("int", "real"):
                    self.numeric.add(path)
                    self.literals.add(pattern.value)
                elif pattern.kind in _TAKEN_APART:
                    waiting += ((p, (*path, i)) for i, p in enumerate(pattern.args))


def compile_case(
    evaluator: Applications, case: ast.Case, env: Environment
) -> Generator[Any, Any, Rules]:
    """Evaluate the patterns of a `case`."""
    rules: list[MatchRule] = []
    for rule in case.rules:
        patterns: list[Box] = []
        for pattern in rule.patterns:
            box = evaluator.begin(with_variables(pattern), env)
            if isinstance(box, tuple):
                box = yield box
            patterns.append(simplified(evaluator, box))  # pyright: ignore[reportArgumentType]
        rules.append(MatchRule(tuple(patterns), rule.body, rule))
    return Rules(rules)


def simplified(evaluator: Applications, pattern: Box) -> Box:
    """A pattern with its constant parts folded to numbers."""
    done: list[Box] = []
    waiting: list[tuple[Box, bool]] = [(pattern, False)]
    while waiting:
        box, parts_done = waiting.pop()
        if parts_done:
            done.append(_composed(evaluator, box, done))
            continue
        number = evaluator.constants.number(box) if box.state == COMPLETE else None
        if number is not None or box.kind not in _TAKEN_APART:
            done.append(number or box)
            continue
        waiting.append((box, True))
        waiting += [(part, False) for part in reversed(box.args)]
    return done[0]


def _composed(evaluator: Applications, box: Box, done: list[Box]) -> Box:
    """The box with the last of the boxes that are done as its parts."""
    if box.kind == "group":
        kind, label = box.value
        return evaluator.boxes.group(kind, label, done.pop())
    right, left = done.pop(), done.pop()
    return evaluator.boxes.compose(box.kind, left, right)


def match_rule(
    evaluator: Applications, rules: Rules, rule: MatchRule, arguments: tuple[Box, ...]
) -> Generator[Any, Any, dict[str, Box] | None]:
    """The values of the rule's variables if its patterns match the arguments."""
    bound: dict[str, Box] = {}
    numeric = rules.numeric
    waiting: list[tuple[Box, Box, Path]] = [
        (pattern, argument, (at,))
        for at, (pattern, argument) in enumerate(zip(rule.patterns, arguments, strict=True))
    ]
    waiting.reverse()
    while waiting:
        pattern, argument, path = waiting.pop()
        if path in numeric:
            number = evaluator.number(argument)
            argument = number if type(number) is Box else (yield number, None, None)
        kind = pattern.kind
        if kind == "variable":
            if bound.setdefault(pattern.value, argument) is not argument:
                return None
        elif kind in _TAKEN_APART:
            # The value of a group is its orientation and label, that of a composition None.
            if argument.kind != kind or argument.value != pattern.value:
                return None
            parts = list(zip(pattern.args, argument.args, strict=True))
            waiting += [(*parts[i], (*path, i)) for i in reversed(range(len(parts)))]
        elif pattern is not argument:
            return None
    return bound


def with_variables(pattern: ast.Expr) -> ast.Expr:
    """The pattern with its names turned into variables, but for the names of functions applied."""
    done: list[Any] = []
    waiting: list[tuple[Any, bool]] = [(pattern, False)]
    while waiting:
        node, parts_done = waiting.pop()
        parts = _parts(node)
        if not parts:
            done.append(_leaf(node))
        elif parts_done:
            items = done[-len(parts) :]
            del done[-len(parts) :]
            done.append(_rebuilt(node, items))
        else:
            waiting.append((node, True))
            waiting += ((part, False) for part in reversed(parts))
    return done[0]


def _leaf(node: ast.Expr) -> ast.Expr:
    if type(node) is ast.Ident:
        return PatternVariable(node.span, node.name)  # pyright: ignore[reportReturnType]
    return node


def _parts(node: ast.Expr) -> list[ast.Expr]:
    match node:
        case ast.Compose() | ast.Infix():
            return [node.left, node.right]
        case ast.Postfix() | ast.Negate():
            return [node.operand]
        case ast.Apply(function=ast.Ident()):
            return node.arguments
        case ast.Apply():
            return [node.function, *node.arguments]
        case ast.Iterate() | ast.Group():
            return [node.body]
        case ast.With() | ast.LetRec():
            return [node.expression]
        case _:
            return []


def _rebuilt(node: ast.Expr, parts: list[ast.Expr]) -> ast.Expr:
    span: Span = node.span
    match node:
        case ast.Compose():
            return ast.Compose(span, node.op, parts[0], parts[1])
        case ast.Infix():
            return ast.Infix(span, node.op, parts[0], parts[1])
        case ast.Postfix():
            return ast.Postfix(span, parts[0])
        case ast.Negate():
            return ast.Negate(span, parts[0])
        case ast.Apply(function=ast.Ident()):
            return ast.Apply(span, node.function, parts)
        case ast.Apply():
            return ast.Apply(span, parts[0], parts[1:])
        case ast.Iterate():
            return ast.Iterate(span, node.kind, node.index, node.count, parts[0])
        case ast.Group():
            return ast.Group(span, node.kind, node.label, parts[0])
        case ast.With():
            return ast.With(span, parts[0], node.definitions)
        case ast.LetRec():
            return ast.LetRec(span, parts[0], node.equations, node.where)
        case _:
            return node
