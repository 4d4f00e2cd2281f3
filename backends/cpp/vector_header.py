"""The part of `vector.hpp` that a program's vectors need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dspc.backends.c.language import Uses
from dspc.backends.c.vectors import TYPES


def header(uses: Uses, owner: str) -> str:
    """The definitions that the vectors of the class `owner` need, before the class."""
    text = Path(__file__).with_name("vector.hpp").read_text(encoding="utf-8")
    widest = f"#undef DSPC_VECTOR_BYTES\n#define DSPC_VECTOR_BYTES {uses.vector_bytes}"
    own = text.rstrip("\n").replace("DSPC_OWN", f"dspc_of_{owner}")
    return f"{widest}\n{own}"


def member_types(uses: Uses) -> Iterator[str]:
    """The types of its vectors, as members of the class."""
    for count in sorted(uses.lanes):
        yield from (f"DSPC_VECTOR_TYPE({kind}, {name}, {count});" for kind, name in TYPES)
