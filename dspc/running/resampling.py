"""Conversion of sampling rates by windowed-sinc interpolation.

J. O. Smith, "Digital Audio Resampling Home Page": each output is the sum of the neighbouring inputs
weighted by a low-pass filter at their distances. The window is Kaiser's (beta 10), so that images
and aliases are about 100 dB down; the pass band ends at 0.95 of the lower Nyquist frequency.
"""

from __future__ import annotations

from math import ceil

import numpy as np

from dspc.running.audio import Sound

_LOBES = 32
"""Zero crossings of the sinc on either side."""
_BETA = 10.0
_PASS = 0.95
_CHUNK = 1 << 14
"""Output frames that are computed at once."""


def resample(sound: Sound, rate_in: int, rate_out: int) -> Sound:
    """A sound of shape (channels, frames) at another rate in Hz; its duration stays."""
    if rate_in == rate_out or not sound.size:
        return sound
    cutoff = _PASS * min(1.0, rate_out / rate_in)
    reach = ceil(_LOBES / cutoff)
    frames = ceil(sound.shape[1] * rate_out / rate_in)
    padded = np.pad(sound, ((0, 0), (reach, reach + 1)))
    taps = np.arange(1 - reach, reach + 1)
    result = np.empty((sound.shape[0], frames))
    for start in range(0, frames, _CHUNK):
        number = np.arange(start, min(start + _CHUNK, frames), dtype=np.int64)
        # The place of each output among the inputs: whole frames, and the rest as a fraction.
        whole, rest = np.divmod(number * rate_in, rate_out)
        distance = taps[None, :] - (rest / rate_out)[:, None]
        inside = np.maximum(1.0 - (distance / reach) ** 2, 0.0)
        weights = cutoff * np.sinc(cutoff * distance) * np.i0(_BETA * np.sqrt(inside))
        weights /= np.i0(_BETA)
        near = whole[:, None] + taps[None, :] + reach
        for channel, samples in enumerate(padded):
            result[channel, number] = (samples[np.minimum(near, samples.size - 1)] * weights).sum(1)
    return result
