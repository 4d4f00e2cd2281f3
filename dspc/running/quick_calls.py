"""Calls of a running program whose arguments need no conversion of shape and no change of controls.

A call of 512 frames takes less time than the general way through NumPy does, so programs whose back
end can be called with arrays are called directly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.running.rates import MOST

Samples = NDArray[np.floating[Any]]
QuickCall = Callable[[Any, Any, Any, Any, Any], Samples | None]
"""Inputs, number of frames, result's type, rate (Hz), frames of a block -> the outputs; None, with
nothing computed, where an argument needs a conversion or check."""

_SINGLE, _DOUBLE = np.dtype(np.float32), np.dtype(np.float64)
_TYPES = {np.float32: _SINGLE, np.float64: _DOUBLE}


def quick_call(instance: Any, rate: int) -> QuickCall | None:
    """The quick call of a running program at a sampling rate (Hz); None if it has none."""
    make = getattr(instance, "array_call", None)
    native = None if make is None else make()
    if native is not None:
        return _of_arrays(native, instance.inputs, instance.outputs, instance.sample_type)
    compute = getattr(instance, "compute_blocks", None)
    return None if compute is None else _of_blocks(compute, instance.inputs, rate)


def _of_arrays(
    native: Callable[[Any, Any, Any, Any], Any], inputs: int, outputs: int, real: np.dtype[Any]
) -> QuickCall:
    """By a built-in function, which checks all but types of results."""
    empty, array = np.empty, np.ndarray

    def call(x: Any, frames: Any, dtype: Any, rate: Any, block: Any) -> Samples | None:
        if inputs and type(x) is array and frames is None and x.ndim == 2:
            kind = x.dtype
            if kind is real and dtype is None:
                return native(x, empty((outputs, x.shape[1]), real), block, rate)
            if kind is not _SINGLE and kind is not _DOUBLE:
                return None
            x, frames = x.astype(real, "C"), x.shape[1]
        elif x is None and not inputs and type(frames) is int and 0 <= frames <= MOST:
            kind = _DOUBLE
        else:
            return None
        if dtype is not None:
            kind = _TYPES.get(dtype) if isinstance(dtype, type) else None
            if kind is None:
                return None
        made = native(x, empty((outputs, frames), real), block, rate)
        return made if made is None or kind is real else made.astype(kind)

    return call


def _of_blocks(compute: Callable[[Any, int], Any], inputs: int, own_rate: int) -> QuickCall:
    """By a method that takes samples of either precision."""

    def call(x: Any, frames: Any, dtype: Any, rate: Any, block: Any) -> Samples | None:
        if (
            (type(x) is not np.ndarray or frames is not None or dtype is not None)
            or (type(rate) is not int or rate != own_rate)
            or (type(block) is not int or not 0 < block <= MOST)
            or (x.dtype is not _SINGLE and x.dtype is not _DOUBLE)
            or (x.ndim != 2 or x.shape[0] != inputs or x.shape[1] > MOST)
        ):
            return None
        outputs = compute(x, block)
        return outputs if outputs.dtype is x.dtype else outputs.astype(x.dtype)

    return call
