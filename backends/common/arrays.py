"""Blocks of samples in the form of compiled programs: arrays and pointers to their rows."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np

from dspc.backends.common.instance import Channels


def block_arrays(unit: Channels, inputs: Any) -> tuple[Any, Any]:
    """The inputs of a block in the program's precision, and zeros for the outputs: [row, frame].

    Raises ValueError if the shape of the inputs is not (inputs, frames).
    """
    real: Any = np.float32 if unit.single else np.float64
    block = np.ascontiguousarray(inputs, real)
    if block.ndim != 2 or block.shape[0] != unit.inputs:
        raise ValueError(f"expected ({unit.inputs}, frames) samples, got {block.shape}")
    return block, np.zeros((unit.outputs, block.shape[1]), real)


def rows(samples: Any) -> Any:
    """A C array of pointers to the rows."""
    return row_pointers(samples)


def row_pointers(*arrays: Any) -> Any:
    """A C array of pointers to the rows of some arrays, one after the other."""
    pointers: list[int] = []
    for samples in arrays:
        count = samples.shape[0]
        if count:
            first, step = first_sample(samples), samples.strides[0]
            pointers += (first + step * row for row in range(count)) if count > 1 else (first,)
    return (ctypes.c_void_p * max(len(pointers), 1))(*pointers)


def first_sample(samples: Any) -> int:
    """The address of an array's first sample; 0 if there is no row."""
    if not samples.shape[0]:
        return 0
    try:
        # A third of the time of `samples.ctypes.data`.
        return _addressof(_from_buffer(samples))
    except (TypeError, ValueError):  # read-only, or without samples
        return samples.ctypes.data


_addressof, _from_buffer = ctypes.addressof, ctypes.c_char.from_buffer
