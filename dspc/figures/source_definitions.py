"""Which definitions of the source ops come from, by the places of the ops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Operation

_DEFINITION = re.compile(r"^\s*([A-Za-z_]\w*)\s*(?:\([^()=]*\))?\s*=(?!=)")
_LARGEST = 1 << 22


@lru_cache(maxsize=64)
def _defined(path: str) -> tuple[str, ...]:
    """For each line of a file the name whose definition began last; nothing if it is unreadable.

    Lines are scanned one by one, without parsing: the names serve messages only.
    """
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read(_LARGEST).splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    names: list[str] = []
    name = ""
    for line in lines:
        match = _DEFINITION.match(line)
        name = match[1] if match else name
        names.append(name)
    return tuple(names)


def definitions_of(ops: Iterable[Operation]) -> list[str]:
    """The names of the definitions that ops were written in, the most frequent first."""
    counts: Counter[str] = Counter()
    for op in ops:
        place = op.location
        if isinstance(place, FileLineColLoc):
            names = _defined(place.filename.data)
            if 1 <= place.line.data <= len(names):
                counts[names[place.line.data - 1]] += 1
    return [name for name, _ in counts.most_common() if name]
