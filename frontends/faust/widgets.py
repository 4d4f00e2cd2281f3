"""Evaluation of widgets, groups, sound files and routes."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import Any, cast

from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.boxes import Box, BoxFactory
from dspc.frontends.faust.constants import Constants
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.modulation import Modulation, modulated, target_path
from dspc.frontends.faust.trampoline import Work

Task = Generator[Any, Any, Box]

_VARIABLE = re.compile(r"%(\d*)(?:\{(\w+)\}|([A-Za-z_]\w*))")
_RANGE_NAMES = ("initial value", "minimum", "maximum", "step")


class Widgets(ABC):
    """Widgets, groups, soundfiles, routes."""

    boxes: BoxFactory
    constants: Constants

    @abstractmethod
    def begin(self, expr: ast.Expr, env: Environment) -> Box | Work: ...

    @abstractmethod
    def complete(self, box: Box) -> Task: ...

    @abstractmethod
    def constant_int(
        self, expr: ast.Expr, env: Environment, subject: str
    ) -> Generator[Any, Any, int]: ...

    @abstractmethod
    def constant_float(
        self, expr: ast.Expr, env: Environment, subject: str
    ) -> Generator[Any, Any, float]: ...

    def widget(self, expr: ast.Widget, env: Environment) -> Task:
        label = yield from self._label(expr, expr.label, env)
        numbers: list[float] = []
        names = _RANGE_NAMES if len(expr.parameters) == 4 else _RANGE_NAMES[1:3]
        for parameter, name in zip(expr.parameters, names, strict=False):
            subject = f"the {name} of a widget"
            numbers.append((yield from self.constant_float(parameter, env, subject)))
        bargraph = len(numbers) == 2
        if len(numbers) == 4 and numbers[1] > numbers[2]:
            raise faults.empty_range(expr, numbers)
        if len(numbers) == 4 and not numbers[1] <= numbers[0] <= numbers[2]:
            raise faults.outside_range(expr, numbers)
        return self.boxes.interface("widget", (expr.kind, label, *numbers), int(bargraph), 1)

    def group(self, expr: ast.Group, env: Environment) -> Task:
        label = yield from self._label(expr, expr.label, env)
        body = self.begin(expr.body, env)
        if isinstance(body, tuple):
            body = yield body
        return self.boxes.group(expr.kind, label, cast("Box", body))

    def soundfile(self, expr: ast.Soundfile, env: Environment) -> Task:
        label = yield from self._label(expr, expr.label, env)
        count = yield from self.constant_int(expr.channels, env, "the number of channels")
        if count < 0:
            raise faults.negative_channels(expr, count)
        return self.boxes.interface("soundfile", (label, count), 2, count + 2)

    def _label(self, node: ast.Expr, label: str, env: Environment) -> Generator[Any, Any, str]:
        """The label with the values of names in place of `%name`, `%2name` and `%{name}`."""
        if "%" not in label:
            return label
        parts: list[str] = []
        end = 0
        for match in _VARIABLE.finditer(label):
            name = match[2] or match[3]
            width = min(int(match[1] or 0), 4)
            ident = ast.Ident(node.span, name)
            value = yield from self.constant_int(ident, env, f"`%{name}` in a label")
            parts.append(label[end : match.start()])
            parts.append(f"{value:{width}d}" if width else str(value))
            end = match.end()
        parts.append(label[end:])
        return "".join(parts)

    def route(self, expr: ast.Route, env: Environment) -> Task:
        ins = yield from self.constant_int(expr.inputs, env, "the number of inputs of `route`")
        outs = yield from self.constant_int(expr.outputs, env, "the number of outputs of `route`")
        if ins < 0 or outs < 0:
            raise faults.negative_route(expr)
        numbers: list[int] = []
        if expr.pairs is not None:
            value = self.begin(expr.pairs, env)
            if isinstance(value, tuple):
                value = yield value
            box = yield from self.complete(cast("Box", value))
            if box.ins:
                raise faults.not_constant(expr.pairs.span, box, "the list of routes")
            for number in self.constants.numbers(box):
                if number is None:
                    raise faults.not_constant(expr.pairs.span, box, "the list of routes")
                numbers.append(self.constants.to_int(number))
        if len(numbers) % 2:
            raise faults.odd_routes(expr, len(numbers))
        pairs = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        return self.boxes.leaf("route", (ins, outs, pairs), ins, outs)

    def modulate(self, expr: ast.Modulate, env: Environment) -> Task:
        modulations: list[Modulation] = []
        for label, written in expr.targets:
            path = target_path((yield from self._label(expr, label, env)))
            if not path:
                raise faults.no_modulation_target(expr)
            value: Box | Work = self.boxes.primitive("*")
            if written is not None:
                value = self.begin(written, env)
                if isinstance(value, tuple):
                    value = yield value
            circuit = yield from self.complete(cast("Box", value))
            if circuit.ins > 2 or circuit.outs != 1:
                raise faults.modulation_circuit(written or expr, circuit)
            slot = self.boxes.slot() if circuit.ins == 2 else None
            modulations.append(Modulation(path, circuit, slot))
        value = self.begin(expr.body, env)
        if isinstance(value, tuple):
            value = yield value
        box = yield from self.complete(cast("Box", value))
        for modulation in reversed(modulations):
            box = modulated(self.boxes, box, modulation)
            if modulation.slot is not None:
                box = self.boxes.symbolic(modulation.slot, box)
        return box
