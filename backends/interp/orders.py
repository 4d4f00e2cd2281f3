"""Sequential orders of parallel parts, random by a seed, so that data races become visible.

Loops of sections and tasks run as a whole, in a random topological order of their dependences; the
loops of different sections are interleaved. The frames of a loop that is distributed over a team
run in random order of up to PIECES pieces.
"""

import random
from collections.abc import Iterator, Sequence

PIECES = 4
"""The maximum number of pieces of a distributed loop."""

Part = tuple[int, Sequence[int]]
"""A section or task: the number of its loops, and the indices of its predecessors."""


class Order:
    """A source of orders, deterministic for a seed; None is program order."""

    def __init__(self, seed: int | None) -> None:
        self.seed = seed
        self._random = None if seed is None else random.Random(seed)

    def __repr__(self) -> str:
        return f"Order({self.seed})"

    def steps(self, parts: Sequence[Part]) -> Iterator[int]:
        """The loops of all parts, numbered in program order, in a random topological order."""
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
        """The index in `ready` of the part that runs its next loop."""
        if self._random is None:
            return min(range(len(ready)), key=ready.__getitem__)
        return self._random.randrange(len(ready))

    def frames(self, low: int, high: int, step: int) -> Iterator[int]:
        """The iterations of a loop that is distributed over a team."""
        turns = range(low, high, step)
        if self._random is None or len(turns) < 2:
            yield from turns
            return
        cuts = sorted(self._random.randrange(len(turns) + 1) for _ in range(PIECES - 1))
        pieces = [turns[a:b] for a, b in zip([0, *cuts], [*cuts, len(turns)], strict=True)]
        self._random.shuffle(pieces)
        for piece in pieces:
            yield from piece
