"""The user-interface tree as plain objects: built by front ends, emitted into `dsp.program`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dspc.dialects.dsp.interface import GroupKind, WidgetKind

Metadata = list[tuple[str, str]]


@dataclass(eq=False, slots=True)
class UiWidget:
    """A widget; `symbol` names its zone. Bargraphs use `min` and `max` only, buttons neither."""

    kind: WidgetKind
    symbol: str
    label: str
    metadata: Metadata = field(default_factory=Metadata)
    init: float = 0.0
    min: float = 0.0
    max: float = 1.0
    step: float = 1.0


@dataclass(eq=False, slots=True)
class UiGroup:
    """A group of widgets and groups."""

    kind: GroupKind
    label: str
    metadata: Metadata = field(default_factory=Metadata)
    children: list[UiGroup | UiWidget] = field(default_factory=list["UiGroup | UiWidget"])


_UNSAFE = re.compile(r"[ #*,?\[\]{}()]")
"""Characters of labels that are replaced in paths: `replaceCharList` in Faust's PathBuilder.h."""


def path_text(label: str) -> str:
    """A label as it stands in a path."""
    return _UNSAFE.sub("_", label)


def placed_widgets(tree: Sequence[UiGroup | UiWidget]) -> Iterator[tuple[str, UiWidget]]:
    """The widgets in interface order, each with its path "/group/label", which may not be unique.

    As in PathBuilder.h, slashes in labels are kept, so widgets of different groups can have the
    same path, as can meters with the same label.
    """
    work: list[tuple[str, UiGroup | UiWidget]] = [("", item) for item in reversed(tree)]
    while work:
        above, item = work.pop()
        path = f"{above}/{path_text(item.label)}"
        if isinstance(item, UiGroup):
            work.extend((path, child) for child in reversed(item.children))
        else:
            yield path, item


def widget_paths(tree: Sequence[UiGroup | UiWidget]) -> Iterator[tuple[str, UiWidget]]:
    """The widgets in interface order, each with its unique path.

    This is the name of a widget in all back ends, descriptions and commands. The second widget of
    a path is `path#2`; no other path contains `#`.
    """
    seen: dict[str, int] = {}
    for path, widget in placed_widgets(tree):
        seen[path] = seen.get(path, 0) + 1
        yield (path if seen[path] == 1 else f"{path}#{seen[path]}"), widget


def soundfile_url(widget: UiWidget) -> str:
    """The sound files of a soundfile in the form that Faust passes to hosts, `{'a.wav';'b.wav'}`.

    That is the last `url` in its metadata, or its label, without blanks outside of quotes; a single
    name is put in quotes and braces.
    """
    urls = [value for key, value in widget.metadata if key == "url"]
    parts = (urls or [widget.label])[-1].split("'")
    parts[::2] = [part.replace(" ", "").replace("\t", "") for part in parts[::2]]
    url = "'".join(parts)
    return url if url.startswith("{") else f"{{'{url}'}}"
