"""Numbers of single precision, which Python lacks."""

from __future__ import annotations

from struct import error as StructError
from struct import pack, unpack


def round_to_single(value: float) -> float:
    """The nearest single-precision number; infinite where it is out of range."""
    try:
        return unpack("f", pack("f", value))[0]
    except (OverflowError, StructError):
        return float("inf") if value > 0 else float("-inf")
