"""Sampling rates: whole numbers of frames a second that an `int` of C++ holds."""

from __future__ import annotations

from numbers import Integral
from typing import Any

from dspc.diagnostics import usage_error

MOST = 2**31 - 1


def check_rate(rate: Any) -> int:
    """The rate as an int; raises DspcError E0008 for what can't be one."""
    is_whole = isinstance(rate, Integral) or (isinstance(rate, float) and rate.is_integer())
    if isinstance(rate, bool) or not is_whole or not 1 <= int(rate) <= MOST:
        raise usage_error(8, f"the sampling rate is a whole number from 1 to {MOST}, not {rate!r}")
    return int(rate)
