"""Shapes of boxes without parts."""

from __future__ import annotations

from collections.abc import Callable

from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.diagram.shapes import (
    PAD,
    STEP,
    Frame,
    Mark,
    Shape,
    Wire,
    block,
    clipped,
    number_text,
    ports,
)
from dspc.frontends.faust.labels import located, parse_label

_DELAYS = ("mem", "@", "prefix")
_TABLES = ("rdtable", "rwtable")
_SIGNS = {"*": "×", "<=": "≤", ">=": "≥", "!=": "≠"}


def leaf(box: Box) -> Shape:
    """The shape of a box without parts."""
    return _LEAVES[box.kind](box)


def _wire(box: Box) -> Shape:
    y = STEP / 2
    return Shape(STEP, STEP, [y], [y], wires=[Wire([(0, y), (STEP, y)])])


def _cut(box: Box) -> Shape:
    y = STEP / 2
    return Shape(STEP, STEP, [y], [], wires=[Wire([(0, y), (PAD, y)])], marks=[Mark(PAD, y, "end")])


def _number(box: Box) -> Shape:
    return block([number_text(box.value)], "number", 0, 1)


def _primitive(box: Box) -> Shape:
    kind = "delay" if box.value in _DELAYS else "table" if box.value in _TABLES else "prim"
    return block([_SIGNS.get(box.value, box.value)], kind, box.ins, box.outs)


def _slot(box: Box) -> Shape:
    return block([clipped(box.name or f"x{box.value}")], "slot", box.ins, box.outs)


def slot_entry(box: Box) -> Shape:
    """The shape of a symbolic input."""
    return block([clipped(box.name or f"x{box.value}")], "slot", 1, 0)


def _name(label: str) -> str:
    return clipped(parse_label(located(label, ())[1])[0])


def _widget(box: Box) -> Shape:
    kind, label, *numbers = box.value
    lines = [_name(label) or kind]
    if len(numbers) == 4:
        init, low, high, step = map(number_text, numbers)
        lines.append(f"{kind} {init} [{low}, {high}] step {step}")
    elif numbers:
        lines.append(f"{kind} [{number_text(numbers[0])}, {number_text(numbers[1])}]")
    else:
        lines.append(kind)
    return block(lines, "widget", box.ins, box.outs)


def _soundfile(box: Box) -> Shape:
    return block([_name(box.value[0]), "soundfile"], "widget", box.ins, box.outs)


def _waveform(box: Box) -> Shape:
    values = box.value[0]
    shown = ", ".join(map(number_text, values[:4])) + (", …" if len(values) > 4 else "")
    return block([f"waveform of {len(values)}", f"{{{shown}}}"], "table", 0, 2)


def _foreign_function(box: Box) -> Shape:
    return block([box.value.names[0]], "foreign", box.ins, box.outs)


def _foreign_value(box: Box) -> Shape:
    return block([box.value.name], "foreign", 0, 1)


def _route(box: Box) -> Shape:
    ins, outs, pairs = box.value
    height = max(ins, outs, 1) * STEP + 8
    width = max(36.0, min(height * 0.6, 220.0))
    shape = Shape(width + 2 * PAD, height, ports(ins, height), ports(outs, height))
    shape.frames.append(Frame(PAD, 2, width, height - 4, "route", title="route"))
    shape.wires += (Wire([(0, y), (PAD, y)]) for y in shape.ins)
    shape.wires += (Wire([(PAD + width, y), (shape.width, y)]) for y in shape.outs)
    shape.wires += (
        Wire([(PAD, shape.ins[a - 1]), (PAD + width, shape.outs[b - 1])], curved=True)
        for a, b in pairs
        if 1 <= a <= ins and 1 <= b <= outs
    )
    return shape


_LEAVES: dict[str, Callable[[Box], Shape]] = {
    "wire": _wire,
    "cut": _cut,
    "int": _number,
    "real": _number,
    "prim": _primitive,
    "slot": _slot,
    "widget": _widget,
    "soundfile": _soundfile,
    "waveform": _waveform,
    "ffunction": _foreign_function,
    "fvalue": _foreign_value,
    "route": _route,
}
