"""Padding between arrays against conflict misses in the cache."""

from __future__ import annotations

_LONG, _GAP = 1024, 320


def gap(bytes: int) -> int:
    """Padding before an array of `bytes` bytes, in bytes.

    Delay lines and rows of long chunks have sizes that are powers of two and are accessed at equal
    indices. Without padding these elements map to the same few cache sets; an offset of five lines
    distributes them over all sets.
    """
    return _GAP if bytes >= _LONG else 0
