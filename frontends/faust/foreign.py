"""`--no-foreign`: refusing the C code that a program names.

A program that names a C header has that header compiled, and with it whatever stands there, as soon
as the generated code is built and run. The sampling rate and the block size, which Faust programs
write as foreign values, are the language's own; functions that an installed library declares from
C's <math.h> are the C library's.
"""

from __future__ import annotations

import os

from dspc.frontends.faust import ast
from dspc.frontends.faust.files import SYSTEM_FOLDERS
from dspc.support.diagnostics import DspcError

_MATHEMATICS = ("<math.h>", "<cmath>", '"math.h"', '"cmath"')


def refuse_foreign(node: ast.ForeignPrototype | ast.ForeignValue) -> None:
    """Raise DspcError E0238, at its place, for a symbol that only foreign code defines."""
    if isinstance(node, ast.ForeignPrototype):
        kind, name, library = "ffunction", node.names[0], node.library
    else:
        kind, name, library = node.kind, node.name, ""
    is_plain = node.include in _MATHEMATICS and library in ("", "-lm")
    if is_plain and _is_installed(node.span.source.name):
        return
    raise DspcError(
        "E0238",
        f"{kind} `{name}` is C code from {node.include}, which --no-foreign refuses",
        node.span,
        "leave --no-foreign out if you trust the program and the headers it names",
    )


def _is_installed(path: str) -> bool:
    """Whether a file lies in a folder of installed libraries."""
    file = os.path.realpath(path)
    return any(file.startswith(os.path.realpath(folder) + os.sep) for folder in SYSTEM_FOLDERS)
