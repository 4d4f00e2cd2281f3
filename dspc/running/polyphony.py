"""Voices that notes play, as in Faust's polyphonic hosts (`mydsp_poly` in poly-dsp.h).

A program with the controls `freq` or `key`, `gate`, and `gain`, `vel` or `velocity` is a voice.
Each note takes a free voice; without one, a note takes over that of the longest released or else
longest playing voice, which fades out over half of a block. A released voice is free after half a
second, once a block of it is softer than -66 dB. Voices are mixed and pass through `effect`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any

import numpy as np

from dspc.messages import usage_error
from dspc.running.controls import Change, widgets_of
from dspc.running.midi_controls import MidiControls
from dspc.running.note_controls import (
    FREQUENCIES,
    GAINS,
    GATES,
    KEYS,
    NOTE_CONTROLS,
    VELOCITIES,
    ending,
    is_polyphonic,
)
from dspc.running.notes import VELOCITY, MidiEvent
from dspc.running.render import Samples, render
from dspc.support.diagnostics import DspcError

STOP_LEVEL = 0.0005
"""The peak of a block under which a released voice is silent."""
_RELEASE = 0.5
"""Seconds after which a released voice may be silent."""
_NOTES_OFF = (120, 123)
"""Controllers that release all voices: all sound off, all notes off."""
DEFAULT_VOICES = 16
MOST_VOICES = 256


class VoiceState(Enum):
    """The state of a voice; a stolen one ends its note in the next block and begins another."""

    FREE = auto()
    PLAYING = auto()
    RELEASED = auto()
    STOLEN = auto()


class Voice:
    """An instance of the program that plays one note at a time."""

    def __init__(self, instance: Any, rate: int) -> None:
        self.instance, self.rate = instance, rate
        self.state = VoiceState.FREE
        self.key = 0.0
        self.next_note: tuple[float, float] = (0.0, 0.0)
        self.starts = 0
        """How often it was taken: Faust's hosts compare these counts as dates."""
        self._left = 0
        self._paths = {name: ending(widgets_of(instance), name) for name in NOTE_CONTROLS}

    def note_on(self, key: float, velocity: float) -> None:
        """Begin a note; `velocity` is 0 to 127."""
        self._set(FREQUENCIES, 440.0 * 2.0 ** ((key - 69.0) / 12.0))
        self._set(KEYS, key)
        self._set(GATES, 1.0)
        self._set(GAINS, velocity / VELOCITY)
        for name in VELOCITIES:
            self._set(name, velocity)
        self.key, self.state = key, VoiceState.PLAYING

    def note_off(self) -> None:
        """Release the note."""
        self._set(GATES, 0.0)
        self._left = int(_RELEASE * self.rate)
        self.state = VoiceState.RELEASED

    def compute(self, inputs: Samples) -> Samples:
        """The next block."""
        if self.state is VoiceState.STOLEN:
            return self._taken_over(inputs)
        outputs = self.instance.compute(inputs)
        self._left -= inputs.shape[1]
        is_silent = not outputs.size or float(np.abs(outputs).max()) < STOP_LEVEL
        if self.state is VoiceState.RELEASED and self._left < 0 and is_silent:
            self.state = VoiceState.FREE
        return outputs

    def _taken_over(self, inputs: Samples) -> Samples:
        """A block whose first half fades the old note out; the new one begins in the second."""
        half = inputs.shape[1] // 2
        self._set(GATES, 0.0)
        old = self.instance.compute(np.ascontiguousarray(inputs[:, :half]))
        if half:
            old = old * (1.0 - np.arange(half) / half)
        self.note_on(*self.next_note)
        new = self.instance.compute(np.ascontiguousarray(inputs[:, half:]))
        return np.concatenate([old.astype(new.dtype), new], axis=1)

    def _set(self, name: str, value: float) -> None:
        for path in self._paths[name]:
            self.instance.set(path, value)


def takes_no_notes() -> DspcError:
    """The error for a program that neither notes nor MIDI controls can play."""
    hint = "notes need controls named freq (or key), gain and gate, or [midi:...] metadata"
    return usage_error(16, "no control of the program takes notes", hint)


class Polyphony:
    """A program played by MIDI events: voices, controls with MIDI metadata, and an effect.

    `effect` maps blocks of the mixed voices to the output. A program that is not polyphonic is one
    voice that always sounds, and so is one with `voices` 0. Raises DspcError E0016 if it has no
    controls for MIDI either, or an effect whose inputs do not fit.
    """

    def __init__(self, instance: Any, rate: int, voices: int, effect: Any = None) -> None:
        self.has_voices = voices > 0 and is_polyphonic(widgets_of(instance))
        self._controls = MidiControls(widgets_of(instance))
        if not self.has_voices and not self._controls:
            raise takes_no_notes()
        count = voices if self.has_voices else 1
        self.voices = [Voice(instance.clone(), rate) for _ in range(count)]
        self.effect = effect
        self._paths = frozenset(widgets_of(instance))
        self._effect_paths = frozenset[str]() if effect is None else frozenset(widgets_of(effect))
        self.inputs, self._made = instance.inputs, instance.outputs
        self.outputs: int = instance.outputs if effect is None else effect.outputs
        if effect is not None:
            fitted(np.zeros((self._made, 0)), effect.inputs)

    def widgets(self) -> Mapping[str, Any]:
        """The widgets of the voices and of the effect by path."""
        of_effect: Mapping[str, Any] = {} if self.effect is None else widgets_of(self.effect)
        return {**of_effect, **widgets_of(self.voices[0].instance)}

    def set(self, path: str, value: float) -> None:
        """Set a control of all voices and of the effect, of those that have it."""
        if path in self._paths:
            for voice in self.voices:
                voice.instance.set(path, value)
        if path in self._effect_paths:
            self.effect.set(path, value)

    def get(self, path: str) -> float:
        """The value of a control; of a meter the largest one of the voices that sound."""
        if path not in self._paths:
            return self.effect.get(path)
        sounding = self._sounding() or self.voices
        return max(voice.instance.get(path) for voice in sounding)

    def meter(self, path: str) -> float | None:
        """The value of a meter; None for one of the voices while none sounds."""
        is_still = path in self._paths and not self._sounding()
        return None if is_still else self.get(path)

    def handle(self, event: MidiEvent) -> None:
        """Let an event take effect at the beginning of the next block."""
        if self.has_voices:
            if event.kind == "note_on":
                self._note_on(event.number, event.value)
            elif event.kind == "note_off":
                self._note_off(event.number)
            elif event.kind == "control_change" and event.number in _NOTES_OFF:
                for voice in self.voices:
                    if voice.state is not VoiceState.FREE:
                        voice.note_off()
        for path, value in self._controls.changes(event):
            self.set(path, value)

    def _note_on(self, key: float, velocity: float) -> None:
        free = next((voice for voice in self.voices if voice.state is VoiceState.FREE), None)
        if free is not None:
            free.starts += 1
            free.note_on(key, velocity)
            return
        released = [voice for voice in self.voices if voice.state is VoiceState.RELEASED]
        stolen = min(released or self.voices, key=lambda voice: voice.starts)
        stolen.starts += 1
        stolen.state, stolen.next_note = VoiceState.STOLEN, (key, velocity)

    def _note_off(self, key: float) -> None:
        def plays(voice: Voice) -> bool:
            if voice.state is VoiceState.STOLEN:
                return voice.next_note[0] == key
            return voice.state is VoiceState.PLAYING and voice.key == key

        playing = [voice for voice in self.voices if plays(voice)]
        if playing:
            min(playing, key=lambda voice: voice.starts).note_off()

    def _sounding(self) -> list[Voice]:
        return [v for v in self.voices if v.state is not VoiceState.FREE or not self.has_voices]

    @property
    def is_silent(self) -> bool:
        """Whether no voice sounds."""
        return all(voice.state is VoiceState.FREE for voice in self.voices)

    def compute(self, inputs: Samples) -> Samples:
        """The next block, shape (outputs, frames)."""
        parts = [voice.compute(inputs) for voice in self._sounding()]
        mixed = np.zeros((self._made, inputs.shape[1]), parts[0].dtype if parts else np.float64)
        for part in parts:
            mixed += part
        if self.effect is None:
            return mixed
        return self.effect.compute(fitted(mixed, self.effect.inputs))


def fitted(sound: Samples, channels: int) -> Samples:
    """The sound for an effect: one channel is heard by both of two, two are summed to one.

    As in poly-dsp.h; raises DspcError E0016 for other numbers.
    """
    channels_in = sound.shape[0]
    if channels_in == channels:
        return sound
    if (channels_in, channels) == (1, 2):
        return np.repeat(sound, 2, axis=0)
    if (channels_in, channels) == (2, 1):
        return sound.sum(axis=0, keepdims=True, dtype=sound.dtype)
    message = f"voices have {channels_in} outputs, but effect has {channels} inputs"
    raise usage_error(16, message, "one and two channels are fitted to each other")


def declared_voices(metadata: Mapping[str, str]) -> int | None:
    """The voices that `declare options "[nvoices:8]"` or `declare nvoices "8"` asks for."""
    import re

    asked = re.search(r"\[nvoices:\s*(\d+)\s*\]", metadata.get("options", ""))
    text = asked[1] if asked else metadata.get("nvoices", "")
    number = int(text) if text.strip().isdecimal() else 0
    return min(number, MOST_VOICES) or None


def play(
    poly: Polyphony,
    events: Sequence[MidiEvent],
    inputs: Samples,
    rate: int,
    changes: Sequence[Change] = (),
    block: int = 512,
    progress: Callable[[int], None] | None = None,
) -> Samples:
    """The sound of the events, shape (outputs, frames), for `inputs` of shape (inputs, frames).

    Blocks end where an event or change takes effect.
    """
    actions: list[tuple[int, MidiEvent | Change]] = [(change.frame, change) for change in changes]
    actions += [(event.frame(rate), event) for event in events]
    actions.sort(key=lambda action: action[0])
    parts: list[Samples] = []
    at = done = 0
    while at < inputs.shape[1] or not parts:
        while done < len(actions) and actions[done][0] <= at:
            action = actions[done][1]
            if isinstance(action, Change):
                poly.set(action.path, action.value)
            else:
                poly.handle(action)
            done += 1
        end = min(actions[done][0] if done < len(actions) else at + block, inputs.shape[1])
        parts.append(render(poly, inputs[:, at:end], (), block, progress))
        at = end
    return np.concatenate(parts, axis=1)


def play_out(poly: Polyphony, seconds: float, rate: int, block: int = 512) -> Samples:
    """The sound after the last event, until it is silent or for at most so many seconds."""
    quiet = 0
    parts: list[Samples] = [np.zeros((poly.outputs, 0))]
    for _ in range(int(seconds * rate) // block):
        if poly.is_silent and quiet >= _RELEASE * rate:
            break
        outputs = poly.compute(np.zeros((poly.inputs, block)))
        quiet = quiet + block if float(np.abs(outputs).max(initial=0.0)) < STOP_LEVEL else 0
        parts.append(outputs)
        if poly.is_silent and poly.effect is None:
            break
    return np.concatenate(parts, axis=1)
