"""The samples of a call from Python, from whatever describes them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dspc.running.rates import check_frames
from dspc.support.diagnostics import warn

Samples = NDArray[np.floating[Any]]


def samples_of(x: ArrayLike | None, frames: int | None, inputs: int) -> Samples:
    """Samples of shape (inputs, frames), as float32 where they are, else as float64.

    `frames` is the length without inputs; longer than `x`, silence follows. Raises TypeError for
    what are no numbers, ValueError for other shapes; warns of integers that are beyond 1, as those
    of sound files are.
    """
    count = None if frames is None else check_frames(frames)
    if x is None:
        if inputs:
            few = "an input" if inputs == 1 else f"{inputs} inputs"
            raise ValueError(f"the program has {few}: x must have shape ({inputs}, frames)")
        if count is None:
            raise ValueError("the program has no inputs: frames must be given")
        return np.zeros((0, count))
    array = _numbers(x)
    if array.ndim < 2 and inputs:
        array = np.atleast_2d(array)
    if array.ndim != 2 or array.shape[0] != inputs:
        raise ValueError(_misshapen(array, inputs))
    if count is None or count == array.shape[1]:
        return array
    if count < array.shape[1]:
        raise ValueError(f"x has {array.shape[1]} frames, more than {count}")
    return np.pad(array, ((0, 0), (0, count - array.shape[1])))


def _numbers(x: ArrayLike) -> NDArray[Any]:
    if isinstance(x, str | bytes):
        raise TypeError(
            f"x must be an array of samples, not {x!r}; the package soundfile reads files"
        )
    try:
        array: NDArray[Any] = np.asarray(x)
    except ValueError:
        raise ValueError("x must be an array: its rows have different lengths") from None
    if isinstance(x, np.ma.MaskedArray) and np.ma.is_masked(x):
        raise TypeError("x has masked samples; x.filled(0) gives them a value")
    kind = array.dtype
    if kind.kind not in "fiub":
        raise TypeError(f"x must be an array of real numbers, not of {kind}")
    if kind.kind in "iu" and kind.itemsize < 8:
        _warn_of_integers(array)
    return array if kind == np.float32 else array.astype(np.float64, copy=False)


def _warn_of_integers(array: NDArray[Any]) -> None:
    """Warn of samples as sound files hold them: full scale is the range of their type."""
    if array.size and np.abs(array.astype(np.float64)).max() > 1:
        full = 2 ** (8 * array.itemsize - 1)
        centred = f"(x.astype(float) - {full})" if array.dtype.kind == "u" else "x"
        warn(f"x holds {array.dtype}, used as it is; samples from -1 to 1 are {centred} / {full}")


def _misshapen(array: NDArray[Any], inputs: int) -> str:
    message = f"x must have shape ({inputs}, frames), not {array.shape}"
    if not inputs:
        return f"{message}: the program has no inputs, and is called with frames=..."
    return f"{message}; x.T has it" if array.ndim == 2 and array.shape[1] == inputs else message
