"""Modulation: `["path": circuit -> expression]` puts a circuit behind the widgets at a path.

A circuit without inputs replaces the widget, one of one input takes its signal, one of two inputs
takes its signal and the signal of a new input of the whole expression.
"""

from __future__ import annotations

from typing import NamedTuple

from dspc.frontends.faust.boxes import Box, BoxFactory
from dspc.frontends.faust.labels import located, parse_label


class Modulation(NamedTuple):
    """A circuit for the widgets at a path; `slot` is the new input of one with two inputs."""

    path: tuple[str, ...]
    circuit: Box
    slot: Box | None


def target_path(label: str) -> tuple[str, ...]:
    """The names of a target, outermost first: `h:group/name`, `group/name` or `name`."""
    groups, name = located(label, ())
    names = [group for _, group in groups] + name.split("/")
    return tuple(text for text in (parse_label(part)[0] for part in names) if text)


def modulated(boxes: BoxFactory, body: Box, modulation: Modulation) -> Box:
    """The complete box with the modulation in place, the slot being free."""
    done: dict[tuple[Box, int], Box] = {}
    waiting = [(body, 0)]
    while waiting:
        key = waiting[-1]
        box, matched = key
        if key in done:
            waiting.pop()
            continue
        if not box.has_ui:
            done[key] = box
            continue
        if box.kind == "widget":
            done[key] = _widget(boxes, box, matched, modulation)
            continue
        if box.kind == "group":
            matched = _advanced(modulation.path, matched, parse_label(box.value[1])[0])
        parts = [(part, matched) for part in box.args]
        missing = [part for part in parts if part not in done]
        if missing:
            waiting += missing
            continue
        done[key] = _rebuilt(boxes, box, [done[part] for part in parts])
    return done[body, 0]


def _advanced(path: tuple[str, ...], matched: int, group: str) -> int:
    """How much of the path is matched inside of a group; its last name is a widget's."""
    return matched + (matched < len(path) - 1 and path[matched] == group)


def _widget(boxes: BoxFactory, box: Box, matched: int, modulation: Modulation) -> Box:
    path, circuit, slot = modulation
    groups, name = located(box.value[1], ())
    for _, group in groups:
        matched = _advanced(path, matched, parse_label(group)[0])
    if path[matched:] != (parse_label(name)[0],):
        return box
    if circuit.ins == 0:
        return circuit
    signal = box if slot is None else boxes.compose("par", box, slot)
    return boxes.compose("seq", signal, circuit)


def _rebuilt(boxes: BoxFactory, box: Box, parts: list[Box]) -> Box:
    if not parts:
        return box
    if box.kind == "group":
        kind, label = box.value
        return boxes.group(kind, label, parts[0])
    if box.kind == "symbolic":
        return boxes.symbolic(parts[0], parts[1])
    return boxes.compose(box.kind, parts[0], parts[1])
