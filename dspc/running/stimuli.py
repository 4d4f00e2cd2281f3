"""Test signals, and the fitting of sound to the inputs of a program."""

from __future__ import annotations

import math

import numpy as np

from dspc.running.audio import Sound
from dspc.support.diagnostics import warn


def impulse(channels: int, frames: int) -> Sound:
    """A unit impulse in the first frame, shape (channels, frames)."""
    sound = np.zeros((channels, frames))
    sound[:, :1] = 1.0
    return sound


def noise(channels: int, frames: int, seed: int = 1) -> Sound:
    """White noise in [-0.5, 0.5), independent in each channel; determined by the seed."""
    return np.random.default_rng(seed).uniform(-0.5, 0.5, (channels, frames))


def sine(channels: int, frames: int, hertz: float, rate: int) -> Sound:
    """A sine of amplitude 0.5, equal in all channels; `rate` in Hz."""
    wave = 0.5 * np.sin(2 * math.pi * hertz / rate * np.arange(frames))
    return np.broadcast_to(wave, (channels, frames)).copy()


def fit(sound: Sound, channels: int, frames: int) -> Sound:
    """A sound converted to a number of channels and frames.

    A single channel is the mean of all; more channels repeat the given ones cyclically. Frames are
    truncated or padded with silence.
    """
    _warn_of_channels(sound.shape[0], channels)
    if channels == 0 or sound.shape[0] == 0:
        return np.zeros((channels, frames))
    if channels == 1:
        mixed = sound.mean(axis=0, keepdims=True)
    else:
        mixed = sound[np.arange(channels) % sound.shape[0]]
    fitted = np.zeros((channels, frames))
    shared = min(frames, sound.shape[1])
    fitted[:, :shared] = mixed[:, :shared]
    return fitted


def _warn_of_channels(channels: int, inputs: int) -> None:
    """Warn where channels are mixed, dropped or repeated."""
    if channels in (0, inputs):
        return
    channels_are = "1 channel is" if channels == 1 else f"{channels} channels are"
    if inputs == 0:
        warn(f"the input's {channels_are} not heard: the program has no inputs")
    elif inputs == 1:
        warn(f"the input's {channels_are} mixed for the program's one input")
    elif channels > inputs:
        warn(
            f"of the input's {channels} channels the program's {inputs} inputs "
            f"hear the first {inputs}"
        )
    else:
        warn(f"the input's {channels_are} repeated for the program's {inputs} inputs")
