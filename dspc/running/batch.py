"""Voices: their controls from a JSON file, and their outputs to files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dspc.output import write_all
from dspc.running.audio import SampleFormat, sound_bytes, write_array
from dspc.running.controls import Change, check_changes, placed
from dspc.running.json_files import JsonFile, read_json

MOST_VOICES = 1 << 20

if TYPE_CHECKING:
    from dspc.backends.opencl.instance import OpenClInstance


@dataclass(frozen=True, slots=True)
class Batch:
    """The controls of each voice, and where each voice's object begins in the file."""

    file: JsonFile
    voices: list[Mapping[str, Any]]
    starts: list[int]


def read_batch(name: str) -> Batch:
    """The controls of each voice: a JSON list of objects `{"path": value}`."""
    file = read_json(name)
    items = cast("list[Any]", file.content) if isinstance(file.content, list) else []
    if not items or any(not isinstance(item, Mapping) for item in items):
        raise file.fault("this is no JSON list of objects, one for each voice")
    if len(items) > MOST_VOICES:
        raise file.fault(f"there are {len(items)} voices, and at most {MOST_VOICES} can be")
    return Batch(file, items, file.elements())


def set_voices(instance: OpenClInstance, batch: Batch | None) -> None:
    """Set the controls of each voice; warns of values outside of their ranges, at their places."""
    if batch is None:
        return
    widgets = instance.widgets()
    for voice, (controls, start) in enumerate(zip(batch.voices, batch.starts, strict=True)):
        for asked, value in controls.items():
            number = batch.file.number(value, f"voice {voice}: {asked}", asked, at=start)
            path = placed(batch.file, asked, list(widgets), start)
            at = batch.file.fault("", asked, start).span
            check_changes([Change(0, path, number, at)], widgets)
            instance.set(path, number, voice)


class Chorus:
    """The voices as one instance, whose outputs are those of all voices, concatenated."""

    def __init__(self, instance: OpenClInstance) -> None:
        self._instance = instance
        self.outputs = instance.voices * instance.outputs

    def compute(self, inputs: Any, /) -> Any:
        outputs = self._instance.compute_voices(inputs)
        return outputs.reshape(self.outputs, outputs.shape[-1])

    def set(self, path: str, value: float, /) -> None:
        self._instance.set(path, value)


def write_voices(path: str, sound: Any, rate: int, form: SampleFormat) -> str:
    """Write sounds of shape (voices, outputs, frames) and return the names of the files.

    With the extension `.npy` the array is written; otherwise one sound file for each voice, with
    its number before the extension.
    """
    stem, ending = os.path.splitext(path)
    if ending == ".npy":
        write_array(path, sound)
        return path
    digits = len(str(len(sound) - 1))
    names = [f"{stem}-{voice:0{digits}}{ending}" for voice in range(len(sound))]
    voices = zip(names, sound, strict=True)
    write_all([(name, sound_bytes(name, voice, rate, form)) for name, voice in voices])
    return f"{names[0]} to {os.path.basename(names[-1])}"
