"""The part of `vector.hpp` that a program's vectors need."""

from __future__ import annotations

from pathlib import Path

from dspc.backends.c.language import Uses
from dspc.backends.c.vectors import TYPES


def header(uses: Uses) -> str:
    """The definitions that the vectors of a program need."""
    text = Path(__file__).with_name("vector.hpp").read_text(encoding="utf-8")
    widest = f"#ifndef DSPC_VECTOR_BYTES\n#define DSPC_VECTOR_BYTES {uses.vector_bytes}\n#endif"
    parts = [widest, text.rstrip("\n")]
    for count in sorted(uses.lanes):
        parts.append(f"#ifndef DSPC_VECTORS_{count}\n#define DSPC_VECTORS_{count}")
        parts += [f"DSPC_VECTOR_TYPE({kind}, {name}, {count});" for kind, name in TYPES]
        parts.append("#endif")
    return "\n".join(parts)
