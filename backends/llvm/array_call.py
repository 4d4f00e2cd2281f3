"""A built-in function of CPython for each instance: one call from Python to compiled code.

`array_call.ll` reads array objects at the offsets of NumPy's `PyArrayObject_fields`, which every
extension module has compiled in (NumPy C API, "Array API"). Before the first use the offsets are
compared with an array of known values; where they differ (other Pythons than CPython, builds
without the global interpreter lock) there is no such function, and calls go through ctypes.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

ArrayCall = Callable[[Any, Any, int, int], Any]
"""Inputs (None for a program without), array for the outputs, frames of a block, sampling rate (Hz)
-> the array of the outputs, computed; None, with nothing computed, where an argument differs from
what compiled code takes: an array of shape (inputs, frames), in the program's precision, whose
samples of a row follow each other."""

_FASTCALL = 0x80
_ALIGNED = 0x100
_API = ("PyLong_AsSsize_t", "PyErr_Clear", "PyEval_SaveThread", "PyEval_RestoreThread", "Py_IncRef")
_NAME = ctypes.create_string_buffer(b"array_call")


@cache
def _has_known_layout() -> bool:
    """Whether arrays have their fields at the offsets that are read."""
    if sys.implementation.name != "cpython" or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    array = np.zeros((3, 5), np.float32)
    word, half = ctypes.c_int64.from_address, ctypes.c_int32.from_address
    first = id(array)
    words = {8: id(np.ndarray), 16: array.ctypes.data, 56: id(array.dtype)}
    if any(word(first + offset).value != value for offset, value in words.items()):
        return False
    if half(first + 24).value != 2 or not half(first + 64).value & _ALIGNED:
        return False
    shape, steps = word(first + 32).value, word(first + 40).value
    pairs = [(word(each).value, word(each + 8).value) for each in (shape, steps)]
    return pairs == [array.shape, array.strides]


def array_call(address: int, state: int, sample: Any, rate: int) -> ArrayCall | None:
    """The built-in function of an instance; None where Python's objects are laid out otherwise.

    `address` is that of the compiled `array_call`, `state` that of the instance, `sample` the
    type of its samples; `rate` is in Hz. All must outlive the function.
    """
    if not _has_known_layout():
        return None
    objects = [id(each) for each in (np.ndarray, sample, int, None)]
    api = [ctypes.cast(getattr(ctypes.pythonapi, name), ctypes.c_void_p).value for name in _API]
    # A PyMethodDef at the end: it must live as long as the function, which refers to the context.
    method = [ctypes.addressof(_NAME), address, _FASTCALL, 0]
    context = np.array([state, *objects, rate, *api, *method], np.uint64)
    at = context.ctypes.data + context.nbytes - 8 * len(method)
    prototype = ctypes.PYFUNCTYPE(
        ctypes.py_object, ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p
    )
    return prototype(("PyCFunction_NewEx", ctypes.pythonapi))(at, context, None)
