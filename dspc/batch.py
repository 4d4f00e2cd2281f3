"""Many voices of one program at once: their controls from a file, their sounds to one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from dspc.audio import SampleFormat, sound_bytes, write_array
from dspc.controls import find_path, read_json, read_number
from dspc.diagnostics import usage_error
from dspc.output import write_all

if TYPE_CHECKING:
    from dspc.backends.opencl.instance import OpenClInstance


def read_batch(name: str) -> list[Mapping[str, Any]]:
    """The controls of each voice: a JSON list of objects `{"path": value}`."""
    content = read_json(name)
    items = cast("list[Any]", content) if isinstance(content, list) else []
    if not items or any(not isinstance(item, Mapping) for item in items):
        raise usage_error(17, f"{name}: is no JSON list of objects, one for each voice")
    return items


def set_voices(
    instance: OpenClInstance, batch: Sequence[Mapping[str, Any]], paths: Sequence[str], name: str
) -> None:
    """Give each voice its own controls."""
    for voice, controls in enumerate(batch):
        for asked, value in controls.items():
            number = read_number(value, f"{name}: voice {voice}: {asked}")
            instance.set(find_path(asked, paths), number, voice)


class Chorus:
    """The voices as one instance, which has the outputs of all, voice after voice."""

    def __init__(self, instance: OpenClInstance) -> None:
        self._instance = instance
        self.outputs = instance.voices * instance.outputs

    def compute(self, inputs: Any, /) -> Any:
        made = self._instance.compute_voices(inputs)
        return made.reshape(self.outputs, made.shape[-1])

    def set(self, path: str, value: float, /) -> None:
        self._instance.set(path, value)


def write_voices(path: str, sound: Any, rate: int, form: SampleFormat) -> str:
    """Write sounds of shape (voices, outputs, frames) and say what was written.

    A name that ends in `.npy` gets the array; any other stands for a file for each voice, numbered
    before the ending.
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
