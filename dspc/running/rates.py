"""Sampling rates, block sizes and lengths: whole numbers that an `int` of C++ holds."""

from __future__ import annotations

from numbers import Real
from typing import Any

from dspc.messages import usage_error

MOST = 2**31 - 1


def check_rate(rate: Any) -> int:
    """The sampling rate (Hz) as an int; raises DspcError E0008 for other values."""
    return _whole(rate, "the sampling rate", 1)


def check_block(block: Any) -> int:
    """The frames of a block as an int; raises DspcError E0008 for other values."""
    return _whole(block, "a block", 1)


def check_frames(frames: Any) -> int:
    """The length of a sound, in frames, as an int; raises DspcError E0008 for other values."""
    return _whole(frames, "the number of frames", 0)


def _whole(value: Any, subject: str, least: int) -> int:
    number: Any = value
    is_number = isinstance(value, Real) and type(number) is not bool
    if not is_number or number % 1 != 0 or not least <= number <= MOST:
        raise usage_error(8, f"{subject} is a whole number from {least} to {MOST}, not {value!r}")
    return int(number)
