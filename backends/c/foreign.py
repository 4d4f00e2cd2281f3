"""Headers and libraries of the foreign functions of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xdsl.dialects.func import FuncOp

from dspc.backends.common.comments import comment_text
from dspc.backends.common.lowered import text_attribute
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

_HEADER = re.compile(r'<[^<>"\x00-\x1f]+>|"[^"\x00-\x1f]+"')


def include_lines(declarations: Sequence[FuncOp]) -> list[str]:
    """The include directives of the foreign functions, each once, in order of appearance."""
    lines: dict[str, None] = {}
    for op in declarations:
        file = text_attribute(op, "include")
        if file:
            quoted = file if file[0] in '<"' else f'"{file}"'
            if not _HEADER.fullmatch(quoted):
                raise DspcError("E0234", f"{file!r} is no name of a header", span_of(op))
            lines[f"#include {quoted}"] = None
    return list(lines)


def link_line(declarations: Sequence[FuncOp]) -> str | None:
    """A comment that names the libraries to link with, if there are any."""
    libraries: dict[str, None] = {}
    for op in declarations:
        library = text_attribute(op, "library")
        if library and library.strip('"'):
            libraries[library.strip('"')] = None
    return f"/* link with: {comment_text(' '.join(libraries))} */" if libraries else None


def without_exp10(declarations: Sequence[FuncOp]) -> Iterator[str]:
    """The powers of ten that a program calls, for Windows, whose C library has none."""
    names = {op.sym_name.data for op in declarations}
    powers = {"exp10f": "powf(10.0f, x)", "exp10": "pow(10.0, x)"}
    called = {name: power for name, power in powers.items() if name in names}
    if called:
        yield "#if defined(_WIN32)"
        for name, power in called.items():
            yield f"#define {name}(x) {power}"
        yield "#endif\n"
