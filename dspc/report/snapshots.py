"""The module after each pass, as lines that equal texts share, and the differences."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

from xdsl.dialects.builtin import ModuleOp

from dspc.pipelines.printing import print_module
from dspc.report.links import Links

_LOCATION = re.compile(r" loc\((?:unknown|\"((?:[^\"\\]|\\.)*)\":(\d+):(\d+))\)")
_NUMBER = re.compile(r"%\d+\b|%(\w+?)_\d+\b")
_EXACT = 400
"""The longest part, in lines, that is compared by its longest common subsequence."""


class Snapshots:
    """The texts of a module; each distinct line is stored once."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._lines: dict[tuple[str, str], int] = {}
        self._shapes: dict[str, int] = {}
        self._shape_of: list[int] = []
        self.entries: list[dict[str, Any]] = []

    def take(self, title: str, milliseconds: float, module: ModuleOp) -> None:
        """Store the module as it is after a pass."""
        numbers: list[int] = []
        for line in print_module(module, with_places=True).splitlines():
            places = [
                self._links.place(match[1], int(match[2]), int(match[3]))
                for match in _LOCATION.finditer(line)
                if match[1] is not None
            ]
            row = (_LOCATION.sub("", line), " ".join(places))
            number = self._lines.setdefault(row, len(self._lines))
            if number == len(self._shape_of):
                shape = _NUMBER.sub(r"%\1", row[0])
                self._shape_of.append(self._shapes.setdefault(shape, len(self._shapes)))
            numbers.append(number)
        new: list[int] = []
        gone: list[tuple[int, int]] = []
        if self.entries:
            new, gone = self._differences(self.entries[-1]["lines"], numbers)
        self.entries.append(
            {
                "name": title,
                "ms": round(milliseconds, 1),
                "lines": numbers,
                "new": new,
                "gone": gone,
            }
        )

    def table(self) -> list[list[str]]:
        """The distinct lines, each with the keys of its places."""
        return [list(row) for row in self._lines]

    def _differences(
        self, old: list[int], new: list[int]
    ) -> tuple[list[int], list[tuple[int, int]]]:
        """The lines that are new, and for each that is gone where it stood, with its number.

        Names that count values (`%12`) are ignored in the comparison of lines.
        """
        before = [self._shape_of[number] for number in old]
        after = [self._shape_of[number] for number in new]
        added: list[int] = []
        gone: list[tuple[int, int]] = []
        for (a, b), (c, d) in _gaps(before, after):
            added += range(c, d)
            gone += ((c, old[at]) for at in range(a, b))
        return added, gone


def _gaps(a: list[int], b: list[int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The parts of two sequences that differ.

    Patience: items that are unique in both anchor the comparison; short parts between the anchors
    are compared by difflib, long ones differ as a whole.
    """
    once_a = {item for item, count in Counter(a).items() if count == 1}
    once_b = {item: at for at, item in enumerate(b)}
    counts = Counter(b)
    pairs = [
        (at, once_b[item]) for at, item in enumerate(a) if item in once_a and counts[item] == 1
    ]
    gaps: list[tuple[tuple[int, int], tuple[int, int]]] = []
    start_a = start_b = 0
    for end_a, end_b in [*_increasing(pairs), (len(a), len(b))]:
        part_a, part_b = a[start_a:end_a], b[start_b:end_b]
        if part_a != part_b:
            if max(len(part_a), len(part_b)) > _EXACT:
                gaps.append(((start_a, end_a), (start_b, end_b)))
            else:
                matcher = SequenceMatcher(None, part_a, part_b, autojunk=False)
                gaps += (
                    ((start_a + i, start_a + j), (start_b + k, start_b + m))
                    for tag, i, j, k, m in matcher.get_opcodes()
                    if tag != "equal"
                )
        start_a, start_b = end_a + 1, end_b + 1
    return gaps


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, sorted by the first, in which the second increases, too."""
    from bisect import bisect_left

    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(value)
            last.append(number)
        else:
            ends[at], last[at] = value, number
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
