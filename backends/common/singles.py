"""Single-precision numbers."""

from __future__ import annotations

from struct import error as StructError
from struct import pack, unpack


def round_to_single(value: float) -> float:
    """The nearest single-precision number; infinity if out of range."""
    try:
        return unpack("f", pack("f", value))[0]
    except (OverflowError, StructError):
        return float("inf") if value > 0 else float("-inf")
