"""The contents of a description, and the names of widgets in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dspc.backends.common.layout import Cost, LayoutItem
from dspc.dialects.dsp.ui import Metadata, UiGroup, UiWidget, widget_paths

_NO_NAME = re.compile(r"[^A-Za-z0-9/]+")


@dataclass(frozen=True)
class Memory:
    """An instance as one block of bytes: its size, and the offset of each widget by its path."""

    size: int
    offsets: Mapping[str, int]


@dataclass(frozen=True)
class Description:
    """The interface of a program; `libraries` are the paths of the libraries that it loaded."""

    name: str
    filename: str
    version: str
    compile_options: str
    libraries: tuple[str, ...]
    folders: tuple[str, ...]
    inputs: int
    outputs: int
    metadata: Metadata
    ui: UiGroup
    class_name: str
    single: bool
    layout: tuple[LayoutItem, ...] = ()
    cost: Cost | None = None
    memory: Memory | None = None
    """For hosts without a compiler: where the widgets' values are."""

    def all_metadata(self) -> Metadata:
        """The program's metadata with the options of this compilation, sorted by key."""
        pairs = [pair for pair in self.metadata if pair[0] != "compile_options"]
        return sorted([*pairs, ("compile_options", self.compile_options)], key=lambda pair: pair[0])


Event = tuple[UiGroup | UiWidget | None, bool]
"""An item and whether it is the last of its group; None where a group ends."""


def walk(ui: UiGroup) -> Iterator[Event]:
    """Preorder traversal of a tree; a None follows the items of a group."""
    waiting: list[Event] = [(ui, True)]
    while waiting:
        event = waiting.pop()
        yield event
        item, last = event
        if isinstance(item, UiGroup):
            waiting.append((None, last))
            ends = [False] * (len(item.children) - 1) + [True]
            waiting += zip(reversed(item.children), reversed(ends), strict=False)


def addresses(ui: UiGroup) -> dict[UiWidget, str]:
    """Each widget's path, as in "/group/label"."""
    return {widget: path for path, widget in widget_paths([ui])}


def short_names(paths: dict[UiWidget, str]) -> dict[UiWidget, str]:
    """The shortest unique suffix of each widget's path, as in Faust's `PathBuilder`.

    Widgets whose names are equal are extended by one group at a time. Soundfiles have none.
    """
    parts: dict[UiWidget, list[str]] = {}
    for at, (widget, path) in enumerate(paths.items()):
        if widget.kind != "soundfile":
            named = _NO_NAME.sub("_", path.replace("/0x00", "")).rstrip("_/")
            parts[widget] = ["", f"P{at}", *filter(None, named.split("/"))]
    levels = dict.fromkeys(parts, 1)
    waiting = list(parts)
    names: dict[UiWidget, str] = {}
    while waiting:
        names.update((w, "_".join(parts[w][-levels[w] :])) for w in waiting)
        users: dict[str, list[UiWidget]] = {}
        for widget, name in names.items():
            users.setdefault(name, []).append(widget)
        waiting = [w for equal in users.values() if len(equal) > 1 for w in equal]
        for widget in waiting:
            levels[widget] += 1
    return names
