"""Programs played by notes: the common part of `Processor.midi` and `dspc-run --midi`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from dspc.messages import usage_error
from dspc.running.controls import Change, widgets_of
from dspc.running.midi_controls import MidiControls
from dspc.running.note_controls import is_polyphonic
from dspc.running.notes import MidiEvent, last_frame, no_notes, note_events, read_midi
from dspc.running.polyphony import (
    DEFAULT_VOICES,
    MOST_VOICES,
    Polyphony,
    declared_voices,
    play,
    play_out,
)
from dspc.running.render import Samples

if TYPE_CHECKING:
    from dspc.running.processor import Processor

MOST_TAIL = 30.0
"""Seconds after the last event after which sound that has not decayed is cut."""


def events_of(notes: Any) -> list[MidiEvent]:
    """The events of a MIDI file (its path), of MidiEvents, or of an array of notes."""
    if isinstance(notes, (str, os.PathLike)):
        return read_midi(cast("str | os.PathLike[str]", notes))
    if not isinstance(notes, Iterable):
        raise no_notes(notes)
    items = list(cast("Iterable[Any]", notes))
    if all(isinstance(note, MidiEvent) for note in items):
        return sorted(items, key=lambda event: event.seconds)
    return note_events(items)


def polyphony_of(processor: Processor, rate: int, voices: int | None) -> Polyphony:
    """The voices and the effect of a program, with the controls that the processor has.

    Without `voices` their number is what the program declares, or 16. Raises DspcError E0008 for a
    number that cannot be, E0016 for a program that takes no notes.
    """
    running: Any = processor.start(rate)
    first = running.clone()
    first.reset()
    number = declared_voices(_metadata(processor)) or DEFAULT_VOICES if voices is None else voices
    if not 0 < number <= MOST_VOICES:
        raise usage_error(8, f"notes are played by 1 to {MOST_VOICES} voices, not {number}")
    effect = processor.effect()
    if effect is None:
        return Polyphony(first, rate, number)
    running = effect.start(rate)
    after = running.clone()
    after.reset()
    return Polyphony(first, rate, number, after)


def live_program(processor: Processor, rate: int, voices: int | None) -> Any:
    """The program as it is played live: a Polyphony where notes or MIDI controls can move it.

    With `voices` 0 a program with a gate is no voice. Otherwise it is the running instance itself.
    """
    running: Any = processor.start(rate)
    widgets = widgets_of(running)
    if voices != 0 and is_polyphonic(widgets):
        return polyphony_of(processor, rate, voices)
    return Polyphony(running, rate, 0) if MidiControls(widgets) else running


def perform(
    poly: Polyphony,
    events: Sequence[MidiEvent],
    rate: int,
    inputs: Samples | None = None,
    seconds: float | None = None,
    changes: Sequence[Change] = (),
    block: int = 512,
    progress: Callable[[int], None] | None = None,
) -> Samples:
    """The sound of the events, shape (outputs, frames).

    It has the length of `inputs` or `seconds`, or else ends when it is silent after the last event.
    """
    frames = last_frame(events, rate) if seconds is None else round(seconds * rate)
    if inputs is not None and seconds is None:
        frames = inputs.shape[1]
    played = np.zeros((poly.inputs, frames)) if inputs is None else inputs[:, :frames]
    sound = play(poly, events, played, rate, changes, block, progress)
    if seconds is not None or inputs is not None:
        return sound
    for event in events:
        if event.frame(rate) >= frames:
            poly.handle(event)
    return np.concatenate([sound, play_out(poly, MOST_TAIL, rate, block)], axis=1)


def _metadata(processor: Processor) -> dict[str, str]:
    from dspc.dialects.dsp.ui_ops import read_metadata
    from dspc.modules import unit_of

    unit = unit_of(processor.module)
    return {} if unit is None else dict(read_metadata(unit.metadata))
