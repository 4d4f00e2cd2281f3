"""Neighbouring signals of a wide tuple, sliced and hashed in constant time.

In a chain such as `sum(i, n, _)` each box takes all but a few of the signals of the box around it:
tuples of them would be copied and hashed anew at each depth, a quadratic cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from dspc.frontends.faust.signals import Sig

Signals = tuple[Sig, ...]

WIDE = 64
"""Fewer signals are a tuple."""

_BASE = 1_000_003
_MODULUS = (1 << 61) - 1


class Wires:
    """The signals `start` to `end` of a tuple; compares as they do.

    The hash is Rabin and Karp's (Efficient randomized pattern-matching algorithms, 1987): that of a
    slice follows from those of two prefixes.
    """

    __slots__ = ("_end", "_hash", "_prefixes", "_signals", "_start")

    def __init__(
        self, signals: Signals, prefixes: Sequence[int] = (), start: int = 0, end: int | None = None
    ) -> None:
        self._signals = signals
        self._prefixes = prefixes or _prefixes_of(signals)
        self._start = start
        self._end = len(signals) if end is None else end
        before = self._prefixes[self._start] * pow(_BASE, self._end - self._start, _MODULUS)
        self._hash = (self._prefixes[self._end] - before) % _MODULUS

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return type(other) is Wires and self._hash == other._hash and self.signals == other.signals

    @property
    def signals(self) -> Signals:
        return self._signals[self._start : self._end]

    def part(self, start: int, end: int) -> Wires | Signals:
        """The signals from `start` to `end` of these."""
        first = self._start + start
        last = self._start + end
        if end - start < WIDE:
            return self._signals[first:last]
        return Wires(self._signals, self._prefixes, first, last)


def _prefixes_of(signals: Signals) -> list[int]:
    """The hash of each prefix."""
    numbers = [signal.id for signal in signals]
    return list(accumulate(numbers, lambda h, n: (h * _BASE + n + 2) % _MODULUS, initial=0))


Given = Signals | Wires
"""The inputs of a box."""
