"""Equal syntax trees: value numbering of expressions, whatever their positions in the source.

Functions, pattern matchers and environments carry their syntax tree, so patterns compare these.
As in Faust, operators are the compositions that they stand for, a function of several parameters is
several functions of one, and the names of parameters count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

from dspc.frontends.faust import ast

Node = TypeVar("Node", bound=ast.SyntaxNode)
Parts = tuple[list[object], list[Any]]
"""The fields of a node besides its children, and these."""


class Structures:
    """Finds equal syntax trees: compares outlines first, and numbers those that share one."""

    def __init__(self) -> None:
        self._known: dict[ast.SyntaxNode, ast.SyntaxNode] = {}
        self._alone: dict[object, ast.SyntaxNode | None] = {}
        """The only node of each outline; None where there are several, which have numbers."""
        self._of_node: dict[object, int] = {}
        self._of_key: dict[object, int] = {}
        self._first: dict[int, ast.SyntaxNode] = {}

    def first(self, node: Node) -> Node:
        """The first node of this structure that was asked for."""
        result = self._known.get(node)
        if result is None:
            result = self._known[node] = self._first_like(node)
        return cast("Node", result)

    def _first_like(self, node: ast.SyntaxNode) -> ast.SyntaxNode:
        outline = _outline(node)
        if outline not in self._alone:
            self._alone[outline] = node
            return node
        other = self._alone[outline]
        if other is not None:
            self._first[self._number(other)] = other
            self._alone[outline] = None
        return self._first.setdefault(self._number(node), node)

    def _number(self, root: ast.SyntaxNode) -> int:
        numbers = self._of_node
        waiting: list[tuple[Any, Parts | None]] = [(root, None)]
        while waiting:
            node, parts = waiting.pop()
            if node in numbers:
                continue
            if parts is None:
                parts = _parts(node)
                waiting.append((node, parts))
                waiting += [(child, None) for child in parts[1] if child not in numbers]
                continue
            numbers[node] = self._composed(node, parts[0], [numbers[child] for child in parts[1]])
        return numbers[root]

    def _composed(self, node: Any, scalars: list[object], children: list[int]) -> int:
        """The number of a node whose children have these numbers."""
        match node:
            case ast.Lambda():
                return self._function(node.parameters, children[-1])
            case ast.Infix():
                return self._operator(node.op, children)
            case ast.Postfix():
                return self._interned("Compose", "':'", *children, self._interned("Prim", "'mem'"))
            case ast.Negate():
                return self._operator("-", [self._interned("Int", "0"), *children])
            case ast.Definition():
                parameters = ast.parameters_of(node)
                if parameters:
                    rule = self._of_node[node.rules[0].body]
                    return self._interned("Definition", node.name, self._function(parameters, rule))
                if not node.rules[0].patterns:
                    body = self._of_node[node.rules[0].body]
                    return self._interned("Definition", node.name, body)
            case _:
                pass
        return self._interned(type(node).__name__, *scalars, *children)

    def _operator(self, op: str, operands: list[int]) -> int:
        both = self._interned("Compose", "','", *operands)
        return self._interned("Compose", "':'", both, self._interned("Prim", repr(op)))

    def _function(self, parameters: list[ast.Ident], body: int) -> int:
        for parameter in reversed(parameters):
            body = self._interned("Lambda", parameter.name, body)
        return body

    def _interned(self, *key: object) -> int:
        return self._of_key.setdefault(key, len(self._of_key))


def _outline(node: Any) -> object:
    """A key that equal trees share, from their outermost nodes."""
    names: list[str] = []
    while type(node) is ast.Lambda:
        names += [parameter.name for parameter in node.parameters]
        node = node.body
    match node:
        case ast.Infix():
            inner: object = node.op
        case ast.Postfix():
            inner = "mem"
        case ast.Negate():
            inner = "-"
        case ast.Compose(op=":", right=ast.Prim(name=inner)):
            pass
        case ast.Compose():
            inner = (node.op, _sketch(node.left), _sketch(node.right))
        case ast.Apply():
            inner = (_sketch(node.function), *map(_sketch, node.arguments))
        case ast.With():
            inner = (_sketch(node.expression), *[d.name for d in node.definitions])
        case ast.Case():
            inner = (
                *[_sketch(part) for rule in node.rules for part in (*rule.patterns, rule.body)],
            )
        case ast.EnvironmentExpr():
            inner = tuple(node.statements.definitions)
        case _:
            inner = type(node)
    return (*names, inner)


def _sketch(node: Any) -> object:
    match node:
        case ast.Ident() | ast.Prim():
            return node.name
        case ast.Int():
            return node.value
        case ast.Group():
            return node.label
        case ast.Apply(function=ast.Ident(name=name)):
            return (name, len(node.arguments))
        case ast.Infix() | ast.Postfix() | ast.Negate():
            return ast.Compose
        case _:
            return type(node)


def _parts(node: Any) -> Parts:
    """The fields of a node but for its position; lists are distinguished by their lengths."""
    scalars: list[object] = []
    children: list[Any] = []
    waiting = [getattr(node, name) for name in _field_names(type(node))]
    waiting.reverse()
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind is str or kind is int or kind is float or value is None:
            # repr distinguishes 1 from 1.0, and 0.0 from -0.0.
            scalars.append(repr(value))
        elif kind is list or kind is tuple:
            scalars.append(len(value))
            waiting += reversed(value)
        elif isinstance(value, Mapping):
            waiting.append(list(value.values()))
        else:
            children.append(value)
    return scalars, children


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple([field.name for field in fields(kind) if field.name != "span"])
