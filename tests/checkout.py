"""The Python files of the package in this checkout or unpacked source distribution."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINKS = ("dialects", "passes", "frontends", "backends")
"""Packages of `dspc`: links to folders of the checkout; folders in an unpacked sdist."""
# Followed through the package, since an sdist holds the folders there alone.
PYTHON = {
    path
    for folder in (ROOT / "dspc", *(ROOT / "dspc" / name for name in LINKS))
    for path in folder.rglob("*.py")
}


def located(path: str | Path) -> Path:
    """A file or folder of the project; in an sdist, what is linked in a checkout is in `dspc`."""
    return ROOT / path if (ROOT / path).exists() else ROOT / "dspc" / path


_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields of a statement that hold others."""


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file, not to be changed: paths through links give the same one."""
    return _parsed(path.resolve())


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def nested(node: ast.AST) -> Iterator[ast.AST]:
    """The statements, handlers and cases of a statement or module. No expression has any."""
    for name in _BODIES:
        inner = getattr(node, name, ())
        if isinstance(inner, list):
            yield from inner


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """All statements of a module with those inside. `ast.walk` takes ten times as long."""
    work: list[ast.AST] = [tree]
    while work:
        node = work.pop()
        yield node
        work += nested(node)
