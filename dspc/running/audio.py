"""Sound files: WAVE (RIFF), and other formats through soundfile if that is installed.

Sound is an array of shape (channels, frames), float64, full scale at 1.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dspc.messages import usage_error
from dspc.output import check_sound_path, write_all, writing
from dspc.running.rates import MOST
from dspc.support.diagnostics import DspcError

Sound = NDArray[np.float64]
SampleFormat = Literal["16", "24", "32", "float"]
FORMATS: tuple[SampleFormat, ...] = ("16", "24", "32", "float")

MOST_CHANNELS = 65535 // 8
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_BY_SOUNDFILE = ("flac", "ogg", "aiff", "aif", "mp3")
_SOUNDFILE_SUBTYPES = {"16": "PCM_16", "24": "PCM_24", "32": "PCM_24", "float": "FLOAT"}


class _OtherCoding(ValueError):
    """A WAVE file in a coding that only soundfile knows, such as A-law or ADPCM."""


@dataclass(frozen=True, slots=True)
class _WaveFormat:
    """The `fmt ` chunk of a WAVE file: sample format tag, channels, rate (Hz), bits of a sample."""

    tag: int
    channels: int
    rate: int
    bits: int


def read_sound(path: str) -> tuple[Sound, int]:
    """The sound of a file and its sampling rate.

    Raises DspcError E0013, exit status 2, for a file that cannot be read.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise usage_error(13, f"{path}: cannot be read: {reason}") from None
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return _read_by_soundfile(path)
    try:
        return _parse_wave(data)
    except _OtherCoding as coding:
        return _read_other(path, str(coding))
    except (ValueError, struct.error) as error:
        raise usage_error(13, f"{path}: invalid WAVE file: {error}") from None


def write_sound(path: str, sound: Sound, rate: int, form: SampleFormat = "16") -> None:
    """Write a sound file atomically, in the format of `sound_bytes`."""
    write_all([(path, sound_bytes(path, sound, rate, form))])


def sound_bytes(path: str, sound: Sound, rate: int, form: SampleFormat = "16") -> bytes:
    """The contents of a sound file, in the format of the extension of `path`; `rate` in Hz.

    Samples beyond full scale are clipped unless the format is `float`. `.npy` is the array itself,
    of shape (channels, frames). Raises DspcError E0014, exit status 2, for other extensions.
    """
    check_sound_path(path)
    if path.lower().endswith(".npy"):
        file = BytesIO()
        np.save(file, sound)
        return file.getvalue()
    ending = path.lower().rpartition(".")[2]
    if ending in _BY_SOUNDFILE:
        return _by_soundfile(path, ending, sound, rate, form)
    return _format_wave(path, sound, rate, form)


def write_array(path: str, array: Sound) -> None:
    """Write an array in NumPy's format, atomically."""
    with writing(path) as file:
        np.save(file, array)


def _parse_wave(data: bytes) -> tuple[Sound, int]:
    layout: _WaveFormat | None = None
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if name == b"fmt ":
            tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if tag == _EXTENSIBLE:
                tag = int.from_bytes(body[24:26], "little")
            layout = _WaveFormat(tag, channels, rate, bits)
        elif name == b"data":
            if layout is None:
                raise ValueError("the data chunk precedes the format chunk")
            return _decode(body, layout), layout.rate
        at += 8 + size + size % 2
    raise ValueError("there is no data chunk")


def _decode(body: bytes, layout: _WaveFormat) -> Sound:
    if not 1 <= layout.channels <= MOST_CHANNELS:
        raise ValueError(f"{layout.channels} channels, not 1 to {MOST_CHANNELS}")
    if not 1 <= layout.rate <= MOST:
        raise ValueError(f"a sampling rate of {layout.rate}, not 1 to {MOST}")
    width = layout.bits // 8
    frame = width * layout.channels
    body = body[: len(body) - len(body) % frame] if frame else b""
    kind = (layout.tag, layout.bits)
    if kind == (_PCM, 8):
        flat = (np.frombuffer(body, np.uint8).astype(np.float64) - 128) / 128
    elif kind == (_PCM, 16):
        flat = np.frombuffer(body, "<i2").astype(np.float64) / 2**15
    elif kind == (_PCM, 24):
        wide = np.zeros((len(body) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(body, np.uint8).reshape(-1, 3)
        flat = wide.view("<i4")[:, 0].astype(np.float64) / 2**31
    elif kind == (_PCM, 32):
        flat = np.frombuffer(body, "<i4").astype(np.float64) / 2**31
    elif kind in ((_FLOAT, 32), (_FLOAT, 64)):
        flat = np.frombuffer(body, f"<f{width}").astype(np.float64)
    else:
        raise _OtherCoding(f"unsupported sample format {layout.tag} of {layout.bits} bits")
    return np.ascontiguousarray(flat.reshape(-1, layout.channels).T)


def _format_wave(path: str, sound: Sound, rate: int, form: SampleFormat) -> bytes:
    channels, frames = sound.shape
    if channels > MOST_CHANNELS:
        raise usage_error(14, f"{path}: a .wav file has at most {MOST_CHANNELS} channels")
    bits = 32 if form == "float" else int(form)
    tag = _FLOAT if form == "float" else _PCM
    data = _encode(sound.T.ravel(), form, bits)
    frame = channels * bits // 8
    if rate * frame >= 1 << 32 or len(data) + 64 >= 1 << 32:
        amount = f"{rate} Hz" if rate * frame >= 1 << 32 else f"{len(data)} bytes"
        hint = "a .npy file holds it"
        raise usage_error(14, f"{path}: {amount} are too many for a .wav file's header", hint)
    chunk = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)
    # Formats other than PCM need a `fact` chunk with the number of frames.
    fact = struct.pack("<4sII", b"fact", 4, frames) if form == "float" else b""
    padding = b"\0" * (len(data) % 2)
    body = b"WAVEfmt " + struct.pack("<I", len(chunk)) + chunk + fact
    body += b"data" + struct.pack("<I", len(data)) + data + padding
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _encode(flat: Sound, form: SampleFormat, bits: int) -> bytes:
    if form == "float":
        return flat.astype("<f4").tobytes()
    scale = 2.0 ** (bits - 1)
    whole = np.clip(np.rint(np.nan_to_num(flat) * scale), -scale, scale - 1)
    if form == "16":
        return whole.astype("<i2").tobytes()
    if form == "32":
        return whole.astype("<i4").tobytes()
    return whole.astype("<i4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def _by_soundfile(path: str, ending: str, sound: Sound, rate: int, form: SampleFormat) -> bytes:
    soundfile = _soundfile(path)
    subtype = _SOUNDFILE_SUBTYPES[form] if ending == "flac" else None
    kind = "AIFF" if ending == "aif" else ending.upper()
    file = BytesIO()
    try:
        soundfile.write(file, sound.T, rate, subtype=subtype, format=kind)
    except (RuntimeError, ValueError) as error:
        raise usage_error(14, f"{path}: cannot be written: {error}") from None
    return file.getvalue()


def _read_by_soundfile(path: str) -> tuple[Sound, int]:
    soundfile = _soundfile(path)
    try:
        data, rate = soundfile.read(path, dtype="float64", always_2d=True)
    except (RuntimeError, ValueError) as error:
        raise usage_error(13, f"{path}: cannot be read: {error}") from None
    return np.ascontiguousarray(data.T), int(rate)


def _read_other(path: str, coding: str) -> tuple[Sound, int]:
    """The sound of a WAVE file in another coding, by soundfile where it is installed."""
    try:
        return _read_by_soundfile(path)
    except DspcError as error:
        hint = error.hint if error.code == "E0015" else None
        raise usage_error(13, f"{path}: invalid WAVE file: {coding}", hint) from None


def check_writable(path: str) -> None:
    """Raise DspcError E0015 where the format of a sound file needs a package that is missing."""
    if path.lower().rpartition(".")[2] in _BY_SOUNDFILE:
        _soundfile(path)


def _soundfile(path: str) -> Any:
    try:
        import soundfile
    except (ImportError, OSError):
        message = f"{path}: files other than .wav need the package soundfile"
        raise DspcError("E0015", message, None, "pip install 'dspc[audio]'", [], 2) from None
    return soundfile
