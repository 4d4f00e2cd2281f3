"""The user-interface tree as plain objects: built by front ends, emitted into `dsp.program`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dspc.dialects.dsp.interface import GroupKind, WidgetKind

Metadata = list[tuple[str, str]]


@dataclass(eq=False, slots=True)
class UiWidget:
    """A widget; `symbol` names its zone. Bargraphs have `min` and `max` only, buttons nothing."""

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
    kind: GroupKind
    label: str
    metadata: Metadata = field(default_factory=Metadata)
    children: list[UiGroup | UiWidget] = field(default_factory=list["UiGroup | UiWidget"])


_UNSAFE = re.compile(r"[ #*,?\[\]{}()]")
"""Characters of labels that Faust's hosts replace in paths: `replaceCharList` in PathBuilder.h."""


def placed_widgets(tree: Sequence[UiGroup | UiWidget]) -> Iterator[tuple[str, UiWidget]]:
    """The widgets in the interface's order, with the labels around them: "/group/label".

    As in PathBuilder.h, a slash in a label stays, so that widgets of different groups may have the
    same path; meters of one label have it anyway.
    """
    work: list[tuple[str, UiGroup | UiWidget]] = [("", item) for item in reversed(tree)]
    while work:
        above, item = work.pop()
        path = f"{above}/{_UNSAFE.sub('_', item.label)}"
        if isinstance(item, UiGroup):
            work.extend((path, child) for child in reversed(item.children))
        else:
            yield path, item


def widget_paths(tree: Sequence[UiGroup | UiWidget]) -> Iterator[tuple[str, UiWidget]]:
    """The same, each path once: what every back end, description and command calls a widget.

    The second widget of a path is `path#2`, which is no other widget's: `#` stands in no path.
    """
    seen: dict[str, int] = {}
    for path, widget in placed_widgets(tree):
        seen[path] = seen.get(path, 0) + 1
        yield (path if seen[path] == 1 else f"{path}#{seen[path]}"), widget


def soundfile_url(widget: UiWidget) -> str:
    """The sounds of a soundfile as Faust tells its hosts, `{'a.wav';'b.wav'}`.

    They are its last `url`, or its label, without the blanks outside of quotes; a name that stands
    alone is put between quotes and braces.
    """
    urls = [value for key, value in widget.metadata if key == "url"]
    parts = (urls or [widget.label])[-1].split("'")
    parts[::2] = [part.replace(" ", "").replace("\t", "") for part in parts[::2]]
    url = "'".join(parts)
    return url if url.startswith("{") else f"{{'{url}'}}"
