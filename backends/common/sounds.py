"""Sound files for programs that run in this process."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from dspc.dialects.dsp.ui import UiWidget, soundfile_url

_PARTS, _CHANNELS = 256, 64
_SILENT_FRAMES, _SILENT_RATE = 1024, 44100
_QUOTED = re.compile(r"'([^']*)'")


class _Structure(ctypes.Structure):
    """The C layout of `Soundfile`."""

    _fields_ = (
        ("buffers", ctypes.c_void_p),
        ("lengths", ctypes.c_void_p),
        ("rates", ctypes.c_void_p),
        ("offsets", ctypes.c_void_p),
        ("channels", ctypes.c_int),
        ("parts", ctypes.c_int),
    )


def file_names(widget: UiWidget) -> list[str]:
    """The files that a slot's metadata names, as many as it can hold."""
    return _QUOTED.findall(soundfile_url(widget))[:_PARTS]


class Sound:
    """The sound files of a slot, one after the other in memory.

    A file that is missing, or can't be read because the package `soundfile` is not there, is 1024
    silent frames, and so are the parts after the last file.
    """

    def __init__(self, widget: UiWidget, single: bool, folder: str) -> None:
        kind: Any = np.float32 if single else np.float64
        read = [_read(str(Path(folder) / name), kind) for name in file_names(widget)]
        channels = max(sound.shape[0] for sound, _ in read)
        lengths = [sound.shape[1] for sound, _ in read]
        self._samples: Any = np.zeros((channels, sum(lengths) + _SILENT_FRAMES), kind)
        at = 0
        for sound, _ in read:
            for channel in range(channels):
                row = sound[channel % sound.shape[0]]
                self._samples[channel, at : at + len(row)] = row
            at += sound.shape[1]
        silent = _PARTS - len(read)
        starts = [sum(lengths[:part]) for part in range(len(read))]
        self._lengths = _ints([*lengths, *[_SILENT_FRAMES] * silent])
        self._rates = _ints([*(rate for _, rate in read), *[_SILENT_RATE] * silent])
        self._offsets = _ints([*starts, *[at] * silent])
        step, first = self._samples.strides[0], self._samples.ctypes.data
        self._rows = (ctypes.c_void_p * _CHANNELS)(
            *(first + step * (channel % channels) for channel in range(_CHANNELS))
        )
        fields = (self._rows, self._lengths, self._rates, self._offsets)
        self._structure = _Structure(*map(ctypes.addressof, fields), channels, len(read))

    def arrays(self) -> tuple[Any, Any]:
        """The samples, of shape (channels, frames), and lengths, rates and starts of the parts."""
        return self._samples, np.array([self._lengths, self._rates, self._offsets], np.int32)

    def pointer(self) -> int:
        """The address of the C structure, valid as long as this object lives."""
        return ctypes.addressof(self._structure)


def _ints(values: Sequence[int]) -> Any:
    return (ctypes.c_int * len(values))(*values)


def _read(path: str, kind: Any) -> tuple[Any, int]:
    """Samples of shape (channels, frames) and the rate in Hz."""
    silence = np.zeros((1, _SILENT_FRAMES), kind), _SILENT_RATE
    try:
        import soundfile  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        return silence
    try:
        samples, rate = soundfile.read(path, dtype=cast("Any", np.dtype(kind).name), always_2d=True)
    except (OSError, RuntimeError):
        return silence
    return np.ascontiguousarray(samples.T), int(rate)
