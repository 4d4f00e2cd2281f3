"""Instances of the packing problem in MiniMalloc's CSV format, and a generator of similar ones.

One space; each row is a buffer: `id,lower,upper,size` (or `buffer,start,end,size`) and optionally
`alignment`, live from moment `lower` to `upper` (exclusive). The format is that of https://github.com/google/minimalloc.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence

from dspc.passes.placement.model import Choice, Item, Problem, Room
from dspc.support.diagnostics import DspcError

SPACE = "memory"
_NAMES = {"buffer": "id", "begin": "lower", "start": "lower", "end": "upper"}


def read_csv(text: str, capacity: int) -> Problem:
    """The problem of a CSV text; raises DspcError E0608 for malformed text."""
    rows = csv.DictReader(io.StringIO(text.strip()))
    columns = [_NAMES.get(name.strip(), name.strip()) for name in rows.fieldnames or ()]
    for needed in ("id", "lower", "upper", "size"):
        if needed not in columns:
            raise _bad(1, f"the column {needed} is missing")
    rows.fieldnames = columns
    items: list[Item] = []
    for line, row in enumerate(rows, 2):
        try:
            lower, upper, size = int(row["lower"]), int(row["upper"]), int(row["size"])
            align = int(row.get("alignment") or 1)
        except (TypeError, ValueError):
            raise _bad(line, "a number is expected") from None
        if lower < 0 or upper <= lower or size < 1 or align < 1:
            raise _bad(line, "a buffer has a positive size and a non-empty live range")
        items.append(packed_item(row["id"], (lower, upper), size, align))
    return Problem(items, {SPACE: capacity})


def _bad(line: int, reason: str) -> DspcError:
    return DspcError("E0608", f"line {line}: {reason}", exit_status=2)


def packed_item(name: str, live: tuple[int, int], size: int, align: int = 1) -> Item:
    """An item whose only choice is the single space."""
    return Item(name, size, align, (Choice(SPACE, 0, (Room(SPACE, live),)),))


def generate(count: int, capacity: int, seed: int, moments: int = 400, unit: int = 64) -> Problem:
    """A problem of `count` buffers that fill the capacity: a recursively divided rectangle.

    The time-by-bytes rectangle is repeatedly cut in two at random positions; each piece is a
    buffer, so `capacity` is both the lower bound and the optimal peak.
    """
    numbers = random.Random(seed)
    pieces = [(0, moments, capacity // unit)]
    stuck = 0
    while len(pieces) < count and stuck < 100 * count:
        index = numbers.randrange(len(pieces))
        lower, upper, size = pieces[index]
        # Wide pieces are cut in time and tall ones in size, which avoids slivers.
        if numbers.random() * moments < upper - lower and upper - lower > 1:
            cut = numbers.randrange(lower + 1, upper)
            pieces[index : index + 1] = [(lower, cut, size), (cut, upper, size)]
        elif size > 1:
            cut = numbers.randrange(1, size)
            pieces[index : index + 1] = [(lower, upper, cut), (lower, upper, size - cut)]
        else:
            stuck += 1
    numbers.shuffle(pieces)
    items = [
        packed_item(f"b{number}", (lower, upper), size * unit)
        for number, (lower, upper, size) in enumerate(pieces)
    ]
    return Problem(items, {SPACE: capacity})


def write_csv(problem: Problem) -> str:
    """A problem of one space as CSV."""
    lines = ["id,lower,upper,size,alignment"]
    for item in problem.items:
        live = item.choices[0].rooms[0].live
        assert live is not None
        lines.append(f"{item.name},{live[0]},{live[1]},{item.size},{item.align}")
    return "\n".join(lines) + "\n"


def lower_bound(items: Sequence[Item]) -> int:
    """The most bytes live at one moment, a lower bound of the peak."""
    changes: dict[int, int] = {}
    for item in items:
        live = item.choices[0].rooms[0].live
        assert live is not None
        changes[live[0]] = changes.get(live[0], 0) + item.size
        changes[live[1]] = changes.get(live[1], 0) - item.size
    most = now = 0
    for moment in sorted(changes):
        now += changes[moment]
        most = max(most, now)
    return most
