"""Live sound: a program that runs while its controls move and its source is edited.

The thread that produces sound calls `LiveSound.render` for each block; another one hands over the
program of the edited source with `replace`. Both run for some milliseconds, crossfaded with equal
gain, so that an edit makes no click.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from dspc.running.controls import control_range, widgets_of
from dspc.running.notes import VELOCITY, MidiEvent
from dspc.running.polyphony import Polyphony
from dspc.running.render import Samples

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

FADE_SECONDS = 0.05


class LiveSound:
    """The running program. Samples have the shape (channels, frames); `rate` is in Hz.

    An instance has `inputs`, `outputs`, `widgets`, `compute`, `set` and `get`; a Polyphony is also
    played by MIDI events.
    """

    def __init__(self, instance: Any, rate: int) -> None:
        self.rate = rate
        self._lock = threading.Lock()
        self._now: Any = instance
        self._before: Any = None
        self._faded = 0
        self._length = max(1, round(FADE_SECONDS * rate))
        self._held: dict[float, MidiEvent] = {}

    @property
    def inputs(self) -> int:
        """Number of input channels."""
        return self._now.inputs

    @property
    def outputs(self) -> int:
        """Number of output channels."""
        return self._now.outputs

    def replace(self, instance: Any) -> None:
        """Fade over to another program, whose widgets take the values of those of the same path.

        Values are limited to the new range; notes whose keys are held begin again.
        """
        widgets = widgets_of(instance)
        with self._lock:
            for path, value in self._values().items():
                widget = widgets.get(path)
                if widget is not None and widget.kind.is_control:
                    low, high = control_range(widget)
                    instance.set(path, min(max(value, low), high))
            if isinstance(instance, Polyphony):
                for event in self._held.values():
                    instance.handle(event)
            self._before, self._now, self._faded = self._now, instance, 0

    def handle(self, event: MidiEvent) -> None:
        """Let a MIDI event take effect at the beginning of the next block."""
        with self._lock:
            if event.kind == "note_on":
                self._held[event.number] = event
            elif event.kind == "note_off":
                self._held.pop(event.number, None)
            if isinstance(self._now, Polyphony):
                self._now.handle(event)

    def note(self, key: float, velocity: float) -> None:
        """Begin a note at a velocity of 1 to 127, or end it at 0.

        Raises ValueError for a key or velocity that cannot be.
        """
        if not (0 <= key <= VELOCITY and 0 <= velocity <= VELOCITY):
            raise ValueError(key)
        self.handle(MidiEvent(0.0, "note_on" if velocity else "note_off", key, velocity))

    @property
    def takes_midi(self) -> bool:
        """Whether MIDI events move anything."""
        return isinstance(self._now, Polyphony)

    @property
    def voices(self) -> int:
        """How many notes sound at once; 0 for a program that notes do not play."""
        now = self._now
        return len(now.voices) if isinstance(now, Polyphony) and now.has_voices else 0

    def render(self, inputs: Samples) -> Samples:
        """The next block, float32."""
        with self._lock:
            outputs = self._computed(self._now, inputs)
            if self._before is None:
                return outputs
            old = fitted(self._computed(self._before, inputs), outputs.shape[0])
            gain = np.minimum((self._faded + np.arange(outputs.shape[1])) / self._length, 1.0)
            self._faded += outputs.shape[1]
            if self._faded >= self._length:
                self._before = None
            return (old * (1.0 - gain) + outputs * gain).astype(np.float32)

    def set(self, path: str, value: float) -> None:
        """Set a control; KeyError for an unknown path, ValueError for an invalid value."""
        with self._lock:
            widget = widgets_of(self._now)[path]
            if not widget.kind.is_control or not np.isfinite(value):
                raise ValueError(path)
            low, high = control_range(widget)
            self._now.set(path, min(max(float(value), low), high))

    def values(self) -> dict[str, float]:
        """The values of the controls by path."""
        with self._lock:
            return self._values()

    def meters(self) -> list[float | None]:
        """The values of the meters in the order of the interface; None while no voice sounds."""
        with self._lock:
            now = self._now
            value = now.meter if isinstance(now, Polyphony) else now.get
            return [value(path) for path, one in widgets_of(now).items() if one.kind.is_output]

    def _values(self) -> dict[str, float]:
        widgets = widgets_of(self._now)
        return {
            path: self._now.get(path) for path, widget in widgets.items() if widget.kind.is_control
        }

    @staticmethod
    def _computed(instance: Any, inputs: Samples) -> Samples:
        outputs = instance.compute(np.ascontiguousarray(fitted(inputs, instance.inputs)))
        return outputs.astype(np.float32, copy=False)


def fitted(sound: Samples, channels: int) -> Samples:
    """The sound with a number of channels: further ones are silent, or left out."""
    if sound.shape[0] == channels:
        return sound
    result = np.zeros((channels, sound.shape[1]), sound.dtype)
    shared = min(channels, sound.shape[0])
    result[:shared] = sound[:shared]
    return result


def describe(module: ModuleOp) -> dict[str, Any]:
    """The interface of a program as Faust's JSON has it, for the page."""
    import json

    from dspc.backends.description.json_text import print_json
    from dspc.documents import module_description
    from dspc.options.compile_options import CompileOptions

    about = module_description(module, CompileOptions())
    return {} if about is None else json.loads(print_json(about))
