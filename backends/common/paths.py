"""The paths by which hosts know a program's widgets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dspc.dialects.dsp.ui import UiGroup, UiWidget

_UNSAFE = re.compile(r"[ #*,?\[\]{}()]")


def widget_paths(tree: list[UiGroup | UiWidget]) -> Iterator[tuple[str, UiWidget]]:
    """Each widget with its path, as Faust's hosts name it: "/group/label"."""
    work: list[tuple[str, UiGroup | UiWidget]] = [("", item) for item in reversed(tree)]
    seen: dict[str, int] = {}
    while work:
        above, item = work.pop()
        path = f"{above}/{_UNSAFE.sub('_', item.label)}"
        if isinstance(item, UiGroup):
            work.extend((path, child) for child in reversed(item.children))
            continue
        seen[path] = seen.get(path, 0) + 1
        yield (path if seen[path] == 1 else f"{path}#{seen[path]}"), item
