"""A program's block diagram as one Faust source that needs no other file.

A shared or long box is a definition `ID_n`, after those of its parts, so that the text is as long
as the diagram and no expression is deep. A definition that reads symbolic inputs stands in the
`with` of the lambda that binds the innermost of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dspc.frontends.faust import ast
from dspc.frontends.faust.boxes import SIGNS, Box
from dspc.frontends.faust.diagram.nested_files import bottom_up

LONGEST = 80
"""Longer expressions get names, in characters."""
LONGEST_REPEATED = 24
"""Longer expressions that are used more than once get names."""


@dataclass(eq=False, slots=True)
class _Scope:
    """The facts that hold inside one lambda, or (without slots) everywhere."""

    slots: list[Box] = field(default_factory=list[Box])
    body: Box | None = None
    texts: dict[Box, str] = field(default_factory=dict[Box, str])
    definitions: list[str] = field(default_factory=list[str])
    hidden: list[int | None] = field(default_factory=list["int | None"])
    """Where the slots were bound outside of this lambda."""


def export_program(
    root: Box, metadata: Sequence[tuple[str, str]], effect: Box | None = None
) -> str:
    """The source of a complete box, whose `process` it is, and of its declarations.

    `effect` is what the mixed voices of polyphonic hosts pass through, a program of its own.
    """
    lines = [*_declares(metadata), *_Exporter(root).statements()]
    if effect is not None:
        lines += ["effect = environment {", *_Exporter(effect).statements(), "}.process;"]
    return "\n".join([*lines, ""])


def _declares(metadata: Sequence[tuple[str, str]]) -> list[str]:
    """Keys become names; contributors are the authors after the first one."""
    has_author = any(key == "author" for key, _ in metadata)
    lines: list[str] = []
    for key, value in metadata:
        key = "author" if has_author and key == "contributor" else key
        lines.append(f'declare {re.sub("[^A-Za-z0-9_]", "_", key)} "{value}";')
    return lines


class _Exporter:
    """One walk over the diagram; the scopes are those of the lambdas around the box at hand."""

    def __init__(self, root: Box) -> None:
        self.root = root
        self.uses = Counter(part for box in bottom_up(root) for part in box.args)
        self.scopes = [_Scope()]
        self.bound: dict[Box, int] = {}
        self.count = 0

    def statements(self) -> list[str]:
        """The definitions, the last one that of `process`."""
        waiting = [(self.root, False)]
        while waiting:
            box, parts_done = waiting.pop()
            if parts_done:
                self._finish(box)
            elif box in self._owner(box).texts:
                continue
            else:
                waiting.append((box, True))
                parts = (self._enter(box),) if box.kind == "symbolic" else box.args
                waiting += ((part, False) for part in reversed(parts))
        process = f"process = {self._text(self.root)};"
        return [*self.scopes[0].definitions, process]

    def _owner(self, box: Box) -> _Scope:
        """The innermost scope that a box depends on."""
        bound = self.bound
        return self.scopes[max((bound.get(slot, 0) for slot in box.slots), default=0)]

    def _text(self, box: Box) -> str:
        return self._owner(box).texts[box]

    def _enter(self, box: Box) -> Box:
        """Open the scope of nested lambdas, which are one of several parameters; their body."""
        scope = _Scope()
        while box.kind == "symbolic":
            slot, box = box.args
            scope.slots.append(slot)
            scope.hidden.append(self.bound.get(slot))
            self.bound[slot] = len(self.scopes)
        scope.body = box
        self.scopes.append(scope)
        return box

    def _leave(self) -> str:
        """Close the innermost scope; its lambda."""
        scope = self.scopes[-1]
        assert scope.body is not None
        body = self._text(scope.body)
        self.scopes.pop()
        for slot, hidden in zip(reversed(scope.slots), reversed(scope.hidden), strict=True):
            if hidden is None:
                del self.bound[slot]
            else:
                self.bound[slot] = hidden
        if scope.definitions:
            body = "\n".join([f"{body} with {{", *scope.definitions, "}"])
        return f"\\({', '.join(map(_slot, scope.slots))}).({body})"

    def _finish(self, box: Box) -> None:
        """Give a box whose parts are known its text, or its name."""
        if box.kind == "symbolic":
            text = self._leave()
        elif box.kind == "group":
            kind, label = box.value
            text = f'{kind}("{label}", {self._text(box.args[0])})'
        elif box.args:
            left, right = map(self._text, box.args)
            text = f"({left} {SIGNS[box.kind]} {right})"
        else:
            text = _LEAVES[box.kind](box)
        scope = self._owner(box)
        if len(text) > (LONGEST_REPEATED if self.uses[box] > 1 else LONGEST):
            self.count += 1
            scope.definitions.append(f"ID_{self.count} = {text};")
            text = f"ID_{self.count}"
        scope.texts[box] = text


def _number(value: float) -> str:
    """A number that reads back as it is; too large a literal reads as infinity."""
    if math.isnan(value):
        return "(0.0 / 0.0)"
    return repr(value).replace("inf", "1e999")


def _slot(box: Box) -> str:
    return f"x{box.value}"


def _widget(box: Box) -> str:
    kind, label, *numbers = box.value
    parts = [f'"{label}"', *map(_number, numbers)]
    return f"{kind}({', '.join(parts)})"


def _soundfile(box: Box) -> str:
    label, channels = box.value
    return f'soundfile("{label}", {channels})'


def _waveform(box: Box) -> str:
    return f"waveform{{{', '.join(map(_number, box.value[0]))}}}"


def _foreign_function(box: Box) -> str:
    node: ast.ForeignPrototype = box.value
    names, types = "|".join(node.names), ", ".join(node.arguments)
    return f'ffunction({node.result} {names}({types}), {node.include}, "{node.library}")'


def _foreign_value(box: Box) -> str:
    node: ast.ForeignValue = box.value
    return f"{node.kind}({node.type} {node.name}, {node.include})"


def _route(box: Box) -> str:
    ins, outs, pairs = box.value
    numbers = [number for pair in pairs for number in pair]
    return f"route({', '.join(map(_number, (ins, outs, *numbers)))})"


def _value(box: Box) -> str:
    value: Any = box.value
    return value if isinstance(value, str) else _number(value)


_LEAVES: dict[str, Callable[[Box], str]] = {
    "wire": lambda box: "_",
    "cut": lambda box: "!",
    "int": _value,
    "real": _value,
    "prim": _value,
    "slot": _slot,
    "widget": _widget,
    "soundfile": _soundfile,
    "waveform": _waveform,
    "ffunction": _foreign_function,
    "fvalue": _foreign_value,
    "route": _route,
}
