"""Plots of sounds by matplotlib: the waveform and spectrogram of each channel."""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any

import numpy as np

from dspc.audio import Sound
from dspc.dialects.diagnostics import DspcError

_INK, _PAPER, _FAINT = "#20304a", "#ffffff", "#d9dee7"
_COLOURS = ("#2f6fb5", "#d1682b", "#3a8f5c", "#8a5bb0")
_FLOOR_DB = -100.0
_MOST_CHANNELS = 4
_COLUMNS = 1600


def plot_bytes(path: str, sound: Sound, rate: int, title: str) -> bytes:
    """An image with two rows for each of the first four channels, in the format of the extension.

    Raises DspcError E0015 where matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        message = "--plot needs the package matplotlib"
        raise DspcError("E0015", message, None, "pip install 'dspc[plot]'", [], 2) from None
    shown = sound[:_MOST_CHANNELS]
    channels = len(shown)
    figure = Figure(figsize=(11, 1.2 + 3.9 * channels), facecolor=_PAPER, layout="constrained")
    ratios = [1, 1.5] * channels
    rows: Any = figure.subplots(
        2 * channels, 1, squeeze=False, sharex=True, gridspec_kw={"height_ratios": ratios}
    )[:, 0]
    figure.suptitle(title, color=_INK, fontsize=13, fontweight="bold")
    for channel in range(channels):
        name = f"output {channel + 1}" if channels > 1 else "output"
        _waveform(rows[2 * channel], shown[channel], rate, name, _COLOURS[channel])
        image = _spectrogram(rows[2 * channel + 1], shown[channel], rate)
        bar = figure.colorbar(image, ax=rows[2 * channel + 1], pad=0.01, aspect=18)
        bar.set_label("dB", color=_INK)
        bar.outline.set_visible(False)
    rows[-1].set_xlabel("seconds", color=_INK)
    rows[-1].set_xlim(0, max(sound.shape[1], 1) / rate)
    ending = os.path.splitext(path)[1].lower().removeprefix(".") or "png"
    file = BytesIO()
    try:
        figure.savefig(file, dpi=120, format=ending)
    except ValueError as error:
        raise DspcError("E0014", f"{path}: {error}", exit_status=2) from None
    return file.getvalue()


def _waveform(axis: Any, wave: Sound, rate: int, name: str, colour: str) -> None:
    """Draw the range of the samples in each column of pixels, so that no peak is lost."""
    step = max(1, len(wave) // _COLUMNS)
    whole = np.nan_to_num(wave[: len(wave) - len(wave) % step].reshape(-1, step))
    seconds = np.arange(len(whole)) * step / rate
    if step == 1:
        axis.plot(seconds, whole[:, 0], color=colour, linewidth=0.9)
    else:
        low, high = whole.min(axis=1), whole.max(axis=1)
        axis.fill_between(seconds, low, high, color=colour, linewidth=0.6, edgecolor=colour)
    top = max(1e-6, float(np.abs(whole).max(initial=0.0))) * 1.08
    axis.set_ylim(-top, top)
    axis.set_ylabel(name, color=_INK)
    axis.grid(color=_FAINT, linewidth=0.6)
    _plain(axis)


def _spectrogram(axis: Any, wave: Sound, rate: int) -> Any:
    """Draw the power over time and frequency, in dB relative to the maximum."""
    power, hop, size = _spectra(np.nan_to_num(wave))
    decibels = 10 * np.log10(np.maximum(power, 1e-30))
    decibels = np.maximum(decibels - max(float(decibels.max(initial=-300.0)), -300.0), _FLOOR_DB)
    seconds = np.arange(power.shape[1] + 1) * hop / rate
    hertz = np.arange(power.shape[0] + 1) * rate / size
    image = axis.pcolormesh(
        seconds, hertz, decibels, cmap="magma", vmin=_FLOOR_DB, vmax=0, rasterized=True
    )
    axis.set_yscale("symlog", linthresh=200, linscale=0.4)
    axis.set_ylim(0, rate / 2)
    ticks = [hertz for hertz in (100, 200, 500, 1000, 2000, 5000, 10000, 20000) if hertz < rate / 2]
    axis.set_yticks(ticks, [f"{t // 1000} k" if t >= 1000 else str(t) for t in ticks])
    axis.minorticks_off()
    axis.set_ylabel("Hz", color=_INK)
    _plain(axis)
    return image


def _spectra(wave: Sound) -> tuple[Sound, int, int]:
    """The short-time Fourier power, shape (frequencies, columns), with hop and window in frames."""
    size = 2048 if len(wave) >= 8192 else 512
    hop = max(size // 4, len(wave) // 1000)
    padded = np.pad(wave, (size // 2, size))
    starts = np.arange(0, max(len(wave), 1), hop)
    window = np.hanning(size)
    frames = padded[starts[:, None] + np.arange(size)[None, :]] * window
    return np.abs(np.fft.rfft(frames, axis=1)).T ** 2, hop, size


def _plain(axis: Any) -> None:
    for spine in axis.spines.values():
        spine.set_color(_FAINT)
    axis.tick_params(colors=_INK, labelsize=9, length=3, color=_FAINT)
