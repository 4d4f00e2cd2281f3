"""Joins the heap's headers into one text, for sources that must stand in a single file.

Usage: python amalgamate.py > dspc_heap_all.h
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
INCLUDE = re.compile(r'^#include "(\w+\.h)"\n', re.MULTILINE)


def amalgamated(header: str = "dspc_heap.h") -> str:
    """The header with every header of this folder that it includes put in its place, once."""
    seen: set[str] = set()

    def text_of(name: str) -> str:
        if name in seen:
            return ""
        seen.add(name)
        text = (HERE / name).read_text(encoding="utf-8")
        return INCLUDE.sub(lambda match: text_of(match[1]), text)

    return text_of(header)


if __name__ == "__main__":
    print(amalgamated(), end="")
