"""Selection of the boxes that are drawn in files of their own, which bounds the size of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dspc.frontends.faust.boxes import Box

FOLD_FROM = 25
"""Programs of fewer elements are one picture, as Faust's `-f` has it."""
FOLD_OVER = 2
"""Named boxes of more elements are folded, as Faust's `-fc` has it."""
LARGEST = 200
"""Boxes of more elements are folded whether they have names or not."""


@dataclass
class Folding:
    """The pictures of a program: each folded box's title and file name."""

    root: Box
    titles: dict[Box, str] = field(default_factory=dict[Box, str])
    files: dict[Box, str] = field(default_factory=dict[Box, str])


def fold(root: Box, fold_from: int = FOLD_FROM, fold_over: int = FOLD_OVER) -> Folding:
    """Select the boxes that are drawn in files of their own."""
    whole = _elements(root)
    result = Folding(root)
    folds = whole[root] > fold_from
    sizes: dict[Box, int] = {}
    # A function is folded with the inputs that it names, not without them.
    bodies = {box.args[1] for box in bottom_up(root) if box.kind == "symbolic"}
    for box in bottom_up(root):
        size = sum(sizes[part] for part in box.args) if box.args else 1
        name = title_of(box)
        named = folds and name is not None and whole[box] > fold_over and box not in bodies
        if box is not root and box.args and (named or (size > LARGEST and box not in bodies)):
            title = name or "part"
            result.titles[box] = title
            safe = re.sub(r"[^A-Za-z0-9_]", "_", title)
            result.files[box] = f"{safe}-{len(result.files) + 1:#06x}.svg"
            size = 1
        sizes[box] = size
    result.titles[root] = "process"
    result.files[root] = "process.svg"
    return result


def title_of(box: Box) -> str | None:
    """The name of a box, with its arguments where it is a function that lacks some."""
    inner = box
    while inner.kind == "symbolic" and inner.title is None and inner.name is None:
        inner = inner.args[1]
    return inner.title or inner.name


def bottom_up(root: Box) -> Iterator[Box]:
    """Each box of a diagram once, after its parts."""
    seen: set[Box] = set()
    waiting: list[tuple[Box, bool]] = [(root, False)]
    while waiting:
        box, parts_done = waiting.pop()
        if parts_done:
            yield box
        elif box not in seen:
            seen.add(box)
            waiting.append((box, True))
            waiting += ((part, False) for part in reversed(box.args))


def _elements(root: Box) -> dict[Box, int]:
    """The number of leaves of each box, wires excluded, up to a bound."""
    result: dict[Box, int] = {}
    for box in bottom_up(root):
        count = sum(result[part] for part in box.args) if box.args else int(box.kind != "wire")
        result[box] = min(count, 1 << 30)
    return result
