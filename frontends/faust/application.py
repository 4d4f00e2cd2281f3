"""Application of functions to arguments, and completion of partial applications.

The base class of the evaluator: everything about boxes that are functions, and about boxes that
have to be numbers.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Generator
from typing import Any

from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.boxes import BAD, COMPLETE, OPEN, Box, BoxFactory
from dspc.frontends.faust.constants import Constants
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.patterns import Rules, match_rule
from dspc.frontends.faust.primitives import PAD_LEFT
from dspc.frontends.faust.trampoline import Trampoline, Work
from dspc.frontends.faust.widgets import Widgets
from dspc.support.diagnostics import Span

Task = Generator[Any, Any, Box]


class Applications(Widgets):
    """Application of boxes, lambdas and cases; completion of open boxes."""

    def __init__(self, boxes: BoxFactory, trampoline: Trampoline) -> None:
        self.boxes = boxes
        self.trampoline = trampoline
        self.constants = Constants(boxes)
        self.components: set[Box] = set()
        """The components that are being resolved."""

    @abstractmethod
    def begin(self, expr: ast.Expr, env: Environment) -> Box | Work: ...

    @abstractmethod
    def title_of(self, node: ast.Lambda, given: int, env: Environment) -> str | None: ...

    @abstractmethod
    def bind(self, name: str, value: Box, env: Environment) -> Environment: ...

    # Application -------------------------------------------------------------------------------

    def apply(self, function: Box, arguments: list[Box], span: Span) -> Task:
        """The box of `function(arguments)`."""
        at = 0
        while at < len(arguments):
            kind = function.kind
            if kind == "closure":
                node, index, env = function.value
                parameters = node.parameters
                while index < len(parameters) and at < len(arguments):
                    number = self.number(arguments[at])
                    if type(number) is not Box:
                        number = yield number, None, None
                    env = self.bind(parameters[index].name, number, env)
                    index += 1
                    at += 1
                if index < len(parameters):
                    return self.boxes.function("closure", (node, index, env))
                begun = self.begin(node.body, env)
                function = (yield begun) if isinstance(begun, tuple) else begun
            elif kind == "matcher":
                node, rules, env, matched = function.value
                missing = len(node.rules[0].patterns) - len(matched)
                matched = (*matched, *arguments[at : at + missing])
                at += missing
                if len(matched) < len(node.rules[0].patterns):
                    return self.boxes.function("matcher", (node, rules, env, matched))
                function = yield from self._match(node, rules, env, matched, span)
            elif kind == "suspended":
                begun = self.begin(ast.Ident(span, "process"), function.value)
                function = (yield begun) if isinstance(begun, tuple) else begun
            elif kind == "environment":
                raise faults.environment_applied(span, function.value)
            else:
                return (yield from self._connect(function, arguments, at, span))
        return function

    def _match(
        self, node: ast.Case, rules: Rules, env: Environment, matched: tuple[Box, ...], span: Span
    ) -> Task:
        """The body of the first rule that the arguments match."""
        for rule in rules.rules:
            bound = yield from match_rule(self, rules, rule, matched)
            if bound is None:
                continue
            for name, value in bound.items():
                env = self.bind(name, value, env)
            body = self.begin(rule.body, env)
            if isinstance(body, tuple):
                body = yield body
            return body  # pyright: ignore[reportReturnType]
        raise faults.no_rule_matches(node, rules, matched, span)

    def _connect(self, function: Box, arguments: list[Box], bound: int, span: Span) -> Task:
        """`(arguments, wires) : function`, with wires for the inputs that get no argument.

        The first `bound` arguments are bound already.
        """
        arguments = arguments[bound:]
        inner = yield from self.complete(function)
        width = 0
        for index, argument in enumerate(arguments):
            if argument.state == OPEN:
                argument = yield from self.resolve(argument)
                arguments = [*arguments[:index], argument, *arguments[index + 1 :]]
            if argument.state == BAD:
                raise faults.ill_typed(argument)
            width += argument.outs if argument.state == COMPLETE else 1
        boxes = self.boxes
        if inner.state != COMPLETE:
            return boxes.compose("seq", boxes.parallel(arguments), function)
        if width > inner.ins:
            raise faults.too_many_arguments(inner, width, bound, span)
        wires = [boxes.wire] * (inner.ins - width)
        if width == 1 and function.kind == "prim" and function.value in PAD_LEFT:
            arguments = [*wires, *arguments]
        else:
            arguments = [*arguments, *wires]
        return boxes.compose("seq", boxes.parallel(arguments), function)

    # Completion --------------------------------------------------------------------------------

    def complete(self, box: Box) -> Task:
        """The box with symbolic inputs in place of functions, checked to be well-typed."""
        if box.state == OPEN:
            box = yield from self.resolve(box)
        if box.state == BAD:
            raise faults.ill_typed(box)
        return box

    def resolve(self, box: Box) -> Task:
        """The box with symbolic inputs in place of functions that were never applied."""
        if box.state != OPEN:
            return box
        result = box.resolved
        if result is None:
            result = yield self._resolve(box), None, None
            box.resolved = result
            if result.name is None:
                result.name = box.name
            if result.span is None:
                result.span = box.span
        return result

    def _resolve_component(self, box: Box) -> Task:
        """The `process` of a file, which may not be a component of itself."""
        if box in self.components:
            raise faults.component_of_itself(box)
        self.components.add(box)
        value = self.begin(ast.Ident(box.span or faults.NOWHERE, "process"), box.value)
        if isinstance(value, tuple):
            value = yield value
        result = yield from self.resolve(value)  # pyright: ignore[reportArgumentType]
        self.components.remove(box)
        return result

    def _resolve(self, box: Box) -> Task:
        boxes = self.boxes
        kind = box.kind
        if kind == "closure" or kind == "matcher":
            slot = boxes.slot()
            title = None
            if kind == "closure":
                node, index, env = box.value
                slot.name = node.parameters[index].name
                title = self.title_of(node, index, env)
            body = yield from self.apply(box, [slot], box.span or faults.NOWHERE)
            result = boxes.symbolic(slot, (yield from self.complete(body)))
            result.title = title
            return result
        if kind == "environment":
            return boxes.nothing
        if kind == "suspended":
            return (yield from self._resolve_component(box))
        if kind == "group":
            body = yield from self.resolve(box.args[0])
            kind, label = box.value
            return boxes.group(kind, label, body)
        if kind == "par":
            return (yield from self._resolve_parallel(box))
        left = yield from self.resolve(box.args[0])
        right = yield from self.resolve(box.args[1])
        result = boxes.compose(kind, left, right)
        if result.state == BAD and result.spans is None:
            result.span, result.spans = box.span, box.spans
        return result

    def _resolve_parallel(self, box: Box) -> Task:
        """The parts of a chain of parallel boxes, one after another, not one inside another."""
        parts: list[Box] = []
        while box.kind == "par" and box.state == OPEN:
            parts.append((yield from self.resolve(box.args[0])))
            box = box.args[1]
        parts.append((yield from self.resolve(box)))
        return self.boxes.parallel(parts)

    # Numbers -----------------------------------------------------------------------------------

    def number(self, box: Box) -> Box | Task:
        """The number that a box stands for, else the box; or the task that finds out."""
        if box.kind == "int" or box.kind == "real":
            return box
        result = box.number
        if result is not None:
            return result
        if box.state == OPEN:
            if box.kind not in ("seq", "split", "merge", "suspended"):
                box.number = box
                return box
            return self._open_number(box)
        result = self.constants.number(box) if box.state == COMPLETE else None
        box.number = result or box
        return box.number

    def _open_number(self, box: Box) -> Task:
        resolved = yield from self.resolve(box)
        number = self.constants.number(resolved) if resolved.state == COMPLETE else None
        box.number = number or box
        return box.number

    def constant(self, expr: ast.Expr, env: Environment, subject: str) -> Task:
        """The number that an expression has to be."""
        box = self.begin(expr, env)
        if isinstance(box, tuple):
            box = yield box
        box = yield from self.complete(box)  # pyright: ignore[reportArgumentType]
        result = self.constants.number(box)
        if result is None:
            raise faults.not_constant(expr.span, box, subject)
        return result

    def constant_int(
        self, expr: ast.Expr, env: Environment, subject: str
    ) -> Generator[Any, Any, int]:
        constant = yield from self.constant(expr, env, subject)
        return self.constants.to_int(constant)

    def constant_float(
        self, expr: ast.Expr, env: Environment, subject: str
    ) -> Generator[Any, Any, float]:
        constant = yield from self.constant(expr, env, subject)
        return float(constant.value)

    def fold_sequence(self, left: Box, right: Box, span: Span) -> Box | None:
        """The numbers that a primitive computes of numbers, as in `(2, 3) : +`."""
        if right.kind != "prim" or left.kind not in ("int", "real", "par"):
            return None
        numbers: list[Box] = []
        rest = left
        while rest.kind == "par":
            if rest.args[0].kind not in ("int", "real"):
                return None
            numbers.append(rest.args[0])
            rest = rest.args[1]
        if rest.kind not in ("int", "real"):
            return None
        numbers.append(rest)
        return self.constants.fold_primitive(right, tuple(numbers), span)
