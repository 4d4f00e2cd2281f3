"""Plots of sounds by matplotlib: the waveform and spectrogram of each channel.

The plot of the response to an impulse also has the frequency response and the group delay.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import numpy as np

from dspc.output import check_ending
from dspc.running.audio import Sound
from dspc.support.diagnostics import DspcError

_INK, _PAPER, _FAINT = "#20304a", "#ffffff", "#d9dee7"
_COLOURS = ("#2f6fb5", "#d1682b", "#3a8f5c", "#8a5bb0")
_FLOOR_DB = -100.0
_MOST_CHANNELS = 4
_COLUMNS = 1600


_ENDINGS = (
    ".png",
    ".pdf",
    ".svg",
    ".svgz",
    ".ps",
    ".eps",
    ".jpg",
    ".jpeg",
    ".webp",
    ".tif",
    ".tiff",
)


def check_plot(path: str) -> None:
    """Raise DspcError E0015 where matplotlib is not installed, E0014 for an unknown ending."""
    check_ending(path, "a plot", (*_ENDINGS, ""))
    if find_spec("matplotlib") is None:
        message = "--plot needs the package matplotlib"
        raise DspcError("E0015", message, None, "pip install 'dspc[plot]'", [], 2)


def plot_bytes(path: str, sound: Sound, rate: int, title: str, is_response: bool = False) -> bytes:
    """An image with rows for each of the first four channels, in the format of the extension.

    `is_response`: the sound is the response to an impulse in its first frame.

    Raises DspcError E0015 where matplotlib is not installed.
    """
    check_plot(path)
    from matplotlib.figure import Figure

    shown = sound[:_MOST_CHANNELS]
    channels = len(shown)
    height = 1.2 + (3.9 + 3.0 * is_response) * channels
    figure = Figure(figsize=(11, height), facecolor=_PAPER, layout="constrained")
    ratios = [1, 1.5, 1, 0.8] if is_response else [1, 1.5]
    rows: Any = figure.subplots(
        len(ratios) * channels,
        1,
        squeeze=False,
        gridspec_kw={"height_ratios": ratios * channels},
    )[:, 0]
    figure.suptitle(title, color=_INK, fontsize=13, fontweight="bold")
    for channel in range(channels):
        name = f"output {channel}" if channels > 1 else "output"
        wave, spectrum, *others = rows[len(ratios) * channel : len(ratios) * (channel + 1)]
        _waveform(wave, shown[channel], rate, name, _COLOURS[channel])
        image = _spectrogram(spectrum, shown[channel], rate)
        bar = figure.colorbar(image, ax=spectrum, pad=0.01, aspect=18)
        bar.set_label("dB", color=_INK)
        bar.outline.set_visible(False)
        bar.ax.tick_params(labelcolor=_INK, labelsize=9, length=3, color=_FAINT)
        seconds = max(sound.shape[1], 1) / rate
        # The first frame of a response is not on the frame of the picture.
        for axis in (wave, spectrum):
            axis.set_xlim(-0.004 * seconds if is_response else 0, seconds)
        if others:
            _responses(others[0], others[1], shown[channel], rate, _COLOURS[channel])
        else:
            wave.tick_params(labelbottom=False)
        if others or channel == channels - 1:
            spectrum.set_xlabel("seconds", color=_INK)
        else:
            spectrum.tick_params(labelbottom=False)
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
    _grid(axis)
    _plain(axis)


def _responses(gain: Any, delay: Any, wave: Sound, rate: int, colour: str) -> None:
    """Draw the frequency response in dB and the group delay in frames.

    The group delay is Re(F[n h] / F[h]) for the response h (Oppenheim and Schafer, "Discrete-Time
    Signal Processing", section 5.1), where the response is not more than 100 dB down.
    """
    hertz, decibels, frames = frequency_response(wave, rate)
    width = 1.2 if len(hertz) <= _COLUMNS else 0.7
    gain.plot(hertz, decibels, color=colour, linewidth=width)
    top = float(decibels.max(initial=-300.0))
    gain.set_ylim(max(float(decibels.min(initial=0.0)), top - 90) - 3, top + 6)
    gain.set_ylabel("dB", color=_INK)
    delay.plot(hertz, frames, color=colour, linewidth=width)
    delay.set_ylabel("delay (frames)", color=_INK)
    delay.set_xlabel("Hz", color=_INK)
    shown = frames[np.isfinite(frames)]
    if len(shown):
        low, high = np.percentile(shown, [1, 99])
        room = max(1.0, 0.15 * (high - low))
        delay.set_ylim(low - room, high + room)
    for axis in (gain, delay):
        axis.set_xscale("log")
        axis.set_xlim(20, rate / 2)
        ticks = [tick for tick in (50, 100, 200, 500, 1000, 2000, 5000, 10000) if tick < rate / 2]
        axis.set_xticks(ticks, [f"{t // 1000} k" if t >= 1000 else str(t) for t in ticks])
        axis.minorticks_off()
        _grid(axis)
        _plain(axis)


def frequency_response(wave: Sound, rate: int) -> tuple[Sound, Sound, Sound]:
    """Frequencies in Hz, gain in dB and group delay in frames of an impulse response.

    The delay is not a number where the gain is more than 100 dB below its maximum.
    """
    whole = np.nan_to_num(wave).astype(np.float64)
    size = max(1024, 1 << max(0, len(whole) - 1).bit_length())
    spectrum = np.fft.rfft(whole, size)
    weighted = np.fft.rfft(whole * np.arange(len(whole)), size)
    power = np.abs(spectrum) ** 2
    is_heard = power > max(float(power.max(initial=0.0)) * 1e-10, 1e-300)
    delay = np.full(len(power), np.nan)
    delay[is_heard] = (weighted[is_heard] / spectrum[is_heard]).real
    hertz = np.arange(len(power)) * rate / size
    return hertz, 10 * np.log10(np.maximum(power, 1e-30)), delay


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


def _grid(axis: Any) -> None:
    """Grid lines in the background."""
    axis.grid(color=_FAINT, linewidth=0.6)
    axis.set_axisbelow(True)


def _plain(axis: Any) -> None:
    for spine in axis.spines.values():
        spine.set_color(_FAINT)
    axis.tick_params(colors=_INK, labelsize=9, length=3, color=_FAINT)
