"""The interface of a program by Faust's `UIGlue` and `MetaGlue`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from dspc.backends.c.interface import InterfacePrinter
from dspc.backends.c.names import string_literal

interface_printer = partial(
    InterfacePrinter,
    first=("ui_interface->uiInterface",),
    sound_cast="(FAUSTFLOAT*)",
    number="(FAUSTFLOAT){}",
)


def metadata_lines(pairs: Mapping[str, str]) -> Iterator[str]:
    """The declarations of a program, by key."""
    for key in sorted(pairs):
        text = f"{string_literal(key)}, {string_literal(pairs[key])}"
        yield f"m->declare(m->metaInterface, {text});"
