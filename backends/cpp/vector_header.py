"""The part of `vector.hpp` that a program's vectors need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dspc.backends.c.language import Uses
from dspc.backends.c.vectors import TYPES

_LEAST_REGISTER: Final = 16
"""The bytes of the smallest vector register that vectors are put in: SSE2's, NEON's."""
_BY_HALVES = """// Without vector registers, GCC makes better code of arrays than of halves.
#elif defined(__GNUC__) && !defined(DSPC_PLAIN_VECTORS) && \\
	(defined(__SSE2__) || defined(__aarch64__) || defined(__VSX__))
"""


def header(uses: Uses, owner: str) -> str:
    """The definitions that the vectors of the class `owner` need, before the class."""
    text = _file("vector.hpp").replace("DSPC_HALVES\n", _halves(uses))
    widest = f"#undef DSPC_VECTOR_BYTES\n#define DSPC_VECTOR_BYTES {uses.vector_bytes}"
    return f"{widest}\n{_owned(text, owner)}"


def first_lanes(owner: str) -> str:
    """The functions that fix the order of sums of vectors, after `header` and DSPC_FIRST."""
    return _owned(_file("first_lanes.hpp"), owner)


def _owned(text: str, owner: str) -> str:
    return text.rstrip("\n").replace("DSPC_OWN", f"dspc_of_{owner}")


def _halves(uses: Uses) -> str:
    """The form of vectors that may be wider than a register."""
    return _BY_HALVES + _file("halves.hpp") if uses.vector_bytes > _LEAST_REGISTER else ""


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def member_types(uses: Uses) -> Iterator[str]:
    """The types of its vectors, as members of the class."""
    for count in sorted(uses.lanes):
        yield from (f"DSPC_VECTOR_TYPE({kind}, {name}, {count});" for kind, name in TYPES)
