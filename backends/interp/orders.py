"""In which order what may run at once is run: at random, by a seed, so that races show.

Loops of sections and tasks run whole, in any order that their dependences allow; the loops of two
sections mix. Frames of a loop that a team splits run in pieces, in any order.
"""

import random
from collections.abc import Iterator, Sequence

PIECES = 4
"""The most pieces that a split loop is run in."""

Part = tuple[int, Sequence[int]]
"""A section or task: how many loops it has, and the parts that must have ended before it."""


class Order:
    """A source of orders; the same seed gives the same ones, None the order of the program."""

    def __init__(self, seed: int | None) -> None:
        self.seed = seed
        self._random = None if seed is None else random.Random(seed)

    def __repr__(self) -> str:
        return f"Order({self.seed})"

    def steps(self, parts: Sequence[Part]) -> Iterator[int]:
        """The loops of all parts, each by its number in the text, in an order that is allowed."""
        first: list[int] = []
        total = 0
        for count, _ in parts:
            first.append(total)
            total += count
        waits = [len(before) for _, before in parts]
        followers: list[list[int]] = [[] for _ in parts]
        for at, (_, before) in enumerate(parts):
            for other in before:
                followers[other].append(at)
        ready = [at for at, count in enumerate(waits) if not count]
        done = [0] * len(parts)
        while ready:
            place = self._place(ready)
            at = ready[place]
            if done[at] < parts[at][0]:
                yield first[at] + done[at]
                done[at] += 1
            if done[at] == parts[at][0]:
                ready[place] = ready[-1]
                ready.pop()
                for other in followers[at]:
                    waits[other] -= 1
                    if not waits[other]:
                        ready.append(other)

    def _place(self, ready: Sequence[int]) -> int:
        """Where in the list the part stands that goes on now."""
        if self._random is None:
            return min(range(len(ready)), key=ready.__getitem__)
        return self._random.randrange(len(ready))

    def frames(self, low: int, high: int, step: int) -> Iterator[int]:
        """The turns of a loop that a team splits."""
        turns = range(low, high, step)
        if self._random is None or len(turns) < 2:
            yield from turns
            return
        cuts = sorted(self._random.randrange(len(turns) + 1) for _ in range(PIECES - 1))
        pieces = [turns[a:b] for a, b in zip([0, *cuts], [*cuts, len(turns)], strict=True)]
        self._random.shuffle(pieces)
        for piece in pieces:
            yield from piece
