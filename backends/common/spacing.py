"""Bytes left between arrays, so that they do not compete for the same lines of the cache."""

from __future__ import annotations

_LONG, _GAP = 1024, 320


def gap(bytes: int) -> int:
    """The bytes that keep an array of so many bytes apart from the next of its size.

    Delay lines and rows of long chunks are powers of two and used at the same index. Side by side,
    their elements would all lie in the same few lines of the cache; five lines apart, they spread
    over all.
    """
    return _GAP if bytes >= _LONG else 0
