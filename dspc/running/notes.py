"""MIDI events: from Standard MIDI Files, from arrays of notes, and from the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dspc.messages import usage_error
from dspc.running.rates import MOST
from dspc.support.diagnostics import DspcError

MOST_SECONDS = 1e6
VELOCITY = 127.0
"""The largest velocity and value of a controller."""


@dataclass(frozen=True, slots=True)
class MidiEvent:
    """A message at a time in seconds.

    `kind` is that of mido's messages: note_on, note_off, control_change, pitchwheel, aftertouch,
    polytouch, program_change. `number` is the key or controller, if there is one, and `value` the
    velocity, value, pressure, program, or pitch wheel from 0 to 16383. Keys and velocities (0 to
    127) may be fractions. `channel` is 0 to 15.
    """

    seconds: float
    kind: str
    number: float
    value: float
    channel: int = 0

    def frame(self, rate: int) -> int:
        """Its frame at a sampling rate in Hz."""
        return round(self.seconds * rate)


def note_events(notes: Any) -> list[MidiEvent]:
    """The events of notes (key, start, seconds, velocity from 0 to 1), an array of shape (n, 4).

    Raises DspcError E0017 for notes that cannot be.
    """
    try:
        rows = [tuple(map(float, note)) for note in notes]
    except (TypeError, ValueError):
        rows = [()]
    events: list[MidiEvent] = []
    for row in rows:
        if len(row) != 4:
            raise no_notes(notes)
        events += _note(*row)
    return sorted_events(events)


def no_notes(value: Any) -> DspcError:
    """The error for a value that is neither the path of a file nor notes."""
    shown = " ".join(repr(value)[:60].split())
    hint = (
        "notes are the path of a MIDI file, or rows of key, start and duration in seconds, and "
        "velocity from 0 to 1"
    )
    return usage_error(17, f"{shown} are no notes", hint)


def read_note(text: str) -> list[MidiEvent]:
    """The events of `--note KEY:START:SECONDS:VELOCITY`; the last one or two may be left out."""
    words = text.split(":")
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = []
    if not 2 <= len(numbers) <= 4:
        hint = "60:0:1:0.8 is middle C from 0 s on, for 1 s, at a velocity of 0.8"
        raise usage_error(17, f"--note {text}: this is no note", hint)
    return _note(*numbers, *(1.0, 0.8)[len(numbers) - 2 :])


def _note(key: float, start: float, seconds: float, velocity: float) -> list[MidiEvent]:
    limits = (
        ("key", key, 0 <= key <= VELOCITY, f"0 to {VELOCITY:g}"),
        ("start", start, 0 <= start <= MOST_SECONDS, f"0 to {MOST_SECONDS:g} seconds"),
        ("duration", seconds, 0 < seconds <= MOST_SECONDS, f"above 0 to {MOST_SECONDS:g} seconds"),
        ("velocity", velocity, 0 < velocity <= 1, "above 0 to 1"),
    )
    for name, value, fits, allowed in limits:
        if not fits:
            shown = f"{key:g}:{start:g}:{seconds:g}:{velocity:g}"
            raise usage_error(17, f"the note {shown}: its {name} is {allowed}, not {value:g}")
    return [
        MidiEvent(start, "note_on", key, velocity * VELOCITY),
        MidiEvent(start + seconds, "note_off", key, 0.0),
    ]


def sorted_events(events: Sequence[MidiEvent]) -> list[MidiEvent]:
    """The events in order of time; at one time notes end before others begin."""
    return sorted(events, key=lambda event: (event.seconds, event.kind != "note_off"))


def read_midi(path: str | os.PathLike[str]) -> list[MidiEvent]:
    """The events of a Standard MIDI File, by the package mido.

    Raises DspcError E0015 without mido, E0028 for a file that is none.
    """
    check_mido()
    import mido

    name = os.fspath(path)
    try:
        messages = list(mido.MidiFile(name, clip=True))
    except (OSError, EOFError, ValueError, IndexError, KeyError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise usage_error(28, f"{name}: cannot be read as a MIDI file: {reason}") from None
    events: list[MidiEvent] = []
    seconds = 0.0
    for message in messages:
        seconds += message.time
        event = event_of(seconds, message)
        if event is not None and seconds <= MOST_SECONDS:
            events.append(event)
    return events


def check_mido() -> None:
    """Raise DspcError E0015 if the package mido is missing."""
    from importlib.util import find_spec

    if find_spec("mido") is None:
        hint = "pip install 'dspc[midi]'"
        raise usage_error(15, "MIDI needs the package mido", hint)


_FIELDS = {
    "note_on": ("note", "velocity"),
    "note_off": ("note", "velocity"),
    "polytouch": ("note", "value"),
    "control_change": ("control", "value"),
    "aftertouch": (None, "value"),
    "program_change": (None, "program"),
    "pitchwheel": (None, "pitch"),
}
"""The attributes of mido's messages that are number and value."""


def event_of(seconds: float, message: Any) -> MidiEvent | None:
    """The event of one of mido's messages; None for messages that move nothing."""
    fields = _FIELDS.get(message.type)
    if fields is None:
        return None
    number = 0 if fields[0] is None else getattr(message, fields[0])
    value = getattr(message, fields[1])
    kind = message.type
    if kind == "note_on" and value == 0:
        kind = "note_off"
    elif kind == "pitchwheel":
        value += 8192  # mido's are -8192 to 8191
    return MidiEvent(seconds, kind, number, value, message.channel)


def last_frame(events: Sequence[MidiEvent], rate: int) -> int:
    """The frame of the last event; raises DspcError E0008 where no sound is that long."""
    frame = max((event.frame(rate) for event in events), default=0)
    if frame > MOST:
        raise usage_error(8, f"the notes last longer than {MOST} frames")
    return frame
