"""Sound files for programs that run in this process."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import numpy as np

from dspc.dialects.dsp.ui import UiWidget, soundfile_url
from dspc.support.diagnostics import warn

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
        read = read_parts(widget, single, folder)
        channels = read[0][0].shape[0]
        lengths = [sound.shape[1] for sound, _ in read]
        # A part without frames is read as one of silence.
        starts = [0, *accumulate(max(length, 1) for length in lengths)]
        at = starts.pop()
        self._samples: Any = np.zeros((channels, at + _SILENT_FRAMES), kind)
        for start, (sound, _) in zip(starts, read, strict=True):
            self._samples[:, start : start + sound.shape[1]] = sound
        silent = _PARTS - len(read)
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


def read_parts(widget: UiWidget, single: bool, folder: str) -> list[tuple[Any, int]]:
    """The parts of a slot: samples of shape (channels, frames), and the rate in Hz.

    All have as many channels as the one with most; the channels of others repeat. At least one.
    """
    kind: Any = np.float32 if single else np.float64
    provided = _provided.get().get(widget.symbol)
    if provided is not None:
        return widened([(sound.astype(kind), rate) for sound, rate in provided])
    names = file_names(widget)
    read = [_read(str(Path(folder) / name), kind, widget.label) for name in names] or [
        (np.zeros((1, _SILENT_FRAMES), kind), _SILENT_RATE)
    ]
    return widened(read)


def widened(parts: Sequence[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """The parts with as many channels as the one with most; the channels of others repeat."""
    channels = max(sound.shape[0] for sound, _ in parts)
    return [(sound[np.arange(channels) % sound.shape[0]], rate) for sound, rate in parts]


_provided: ContextVar[Mapping[str, Sequence[tuple[Any, int]]]] = ContextVar("provided", default={})  # noqa: B039


@contextmanager
def provide(sounds: Mapping[str, Sequence[tuple[Any, int]]]) -> Generator[None]:
    """Have slots contain these parts, by symbol, in place of files that they name.

    A part is its samples, of shape (channels, frames), and its rate in Hz.
    """
    token = _provided.set(sounds)
    try:
        yield
    finally:
        _provided.reset(token)


def _ints(values: Sequence[int]) -> Any:
    return (ctypes.c_int * len(values))(*values)


def _read(path: str, kind: Any, label: str) -> tuple[Any, int]:
    """Samples of shape (channels, frames) and the rate in Hz; a warning where there are none."""
    silence = np.zeros((1, _SILENT_FRAMES), kind), _SILENT_RATE
    try:
        import soundfile  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        warn(f"{path} is silent in soundfile {label}: reading it needs the package soundfile")
        return silence
    try:
        samples, rate = soundfile.read(path, dtype=cast("Any", np.dtype(kind).name), always_2d=True)
    except (OSError, RuntimeError):
        reason = "cannot be read" if Path(path).exists() else "there is no such file"
        warn(f"{path} is silent in soundfile {label}: {reason}")
        return silence
    if not len(samples):
        warn(f"{path} is silent in soundfile {label}: it has no frames")
    return np.ascontiguousarray(samples.T), int(rate)
