"""Controls moved by MIDI: the metadata `[midi:ctrl 7]`, `[midi:pitchwheel]`, ... of widgets.

Numbers, channels and scales are those of Faust's MidiUI.h and ValueConverter.h. Channels in
metadata count from 1; without one a control listens to all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dspc.running.notes import VELOCITY, MidiEvent

_WHEEL = 16383.0
_CENTRE = 8191.0
_NUMBERED = {
    "ctrl": ("control_change",),
    "keyon": ("note_on",),
    "keyoff": ("note_off",),
    "key": ("note_on", "note_off"),
    "keypress": ("polytouch",),
}
"""Words that are followed by a number, and the messages they stand for."""
_PLAIN = {
    "pgm": "program_change",
    "chanpress": "aftertouch",
    "pitchwheel": "pitchwheel",
    "pitchbend": "pitchwheel",
}
_WORDS = re.compile(r"(\w+)\s*(\d+)?\s*(\d+)?\s*")


class Binding(NamedTuple):
    """A widget that a message moves."""

    path: str
    widget: Any
    number: int | None
    channel: int
    word: str

    def takes(self, event: MidiEvent) -> bool:
        """Whether the event has a meaning here: programs out of range have none."""
        low, high = _range(self.widget)
        return self.word != "pgm" or low <= event.value <= high

    def value(self, event: MidiEvent) -> float:
        """The value of the widget that an event stands for."""
        low, high = _range(self.widget)
        if self.word == "pgm":
            return event.value
        if self.word in ("pitchwheel", "pitchbend"):
            middle = 0.0 if low <= 0 <= high else low + (high - low) / 2
            if event.value <= _CENTRE:
                return low + (middle - low) * event.value / _CENTRE
            return middle + (high - middle) * (event.value - _CENTRE) / (_WHEEL - _CENTRE)
        amount = 0.0 if self.word == "key" and event.kind == "note_off" else event.value
        return _scaled(amount / VELOCITY, low, high, dict(self.widget.metadata).get("scale", "lin"))


class MidiControls:
    """The widgets of a program that MIDI messages move."""

    def __init__(self, widgets: Mapping[str, Any]) -> None:
        self._bindings: dict[str, list[Binding]] = {}
        for path, widget in widgets.items():
            for key, text in widget.metadata:
                if key == "midi":
                    for kind, binding in _bound(path, widget, text):
                        self._bindings.setdefault(kind, []).append(binding)

    def __bool__(self) -> bool:
        return bool(self._bindings)

    def changes(self, event: MidiEvent) -> Iterator[tuple[str, float]]:
        """The paths that an event moves, with their values."""
        for binding in self._bindings.get(event.kind, ()):
            numbered = binding.number is None or binding.number == event.number
            if numbered and binding.channel in (0, event.channel + 1) and binding.takes(event):
                yield binding.path, binding.value(event)


def _bound(path: str, widget: Any, text: str) -> Iterator[tuple[str, Binding]]:
    """The messages that a text of metadata names; none for messages without a meaning in a file."""
    match = _WORDS.fullmatch(text.strip())
    if match is None:
        return
    word, first, second = match.groups()
    if word in _NUMBERED and first is not None:
        for kind in _NUMBERED[word]:
            yield kind, Binding(path, widget, int(first), int(second or 0), word)
    elif word in _PLAIN and second is None:
        yield _PLAIN[word], Binding(path, widget, None, int(first or 0), word)


def _range(widget: Any) -> tuple[float, float]:
    is_button = str(widget.kind) in ("button", "checkbox")
    return (0.0, 1.0) if is_button else (widget.min, widget.max)


def _scaled(part: float, low: float, high: float, scale: str) -> float:
    """The value at a part (0 to 1) of a range on a scale."""
    if scale == "log":
        bottom, top = (math.log(max(2.2250738585072014e-308, end)) for end in (low, high))
        return math.exp(bottom + part * (top - bottom))
    if scale == "exp":
        bottom, top = (math.exp(min(end, 709.0)) for end in (low, high))
        return math.log(bottom + part * (top - bottom))
    return low + part * (high - low)
