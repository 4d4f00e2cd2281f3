"""The modules of a checkout and their imports, read from the source text."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dspc.support.graphs import postorder, strong_components
from tests.checkout import nested, parsed

FOLDERS = ("dialects", "passes", "frontends", "backends")
"""Packages of `dspc` that stand beside it in a checkout."""


@dataclass(frozen=True)
class Import:
    """An import of a module of ours; a lazy one is in a function, and runs when that is called."""

    module: str
    is_lazy: bool
    is_for_types: bool
    """Whether only type checkers see it."""


class Tree:
    """The modules of the package in a checkout or an unpacked sdist, by dotted name."""

    def __init__(self, root: Path) -> None:
        self.paths: dict[str, Path] = {}
        beside = [root / name for name in FOLDERS if (root / name / "__init__.py").exists()]
        for folder, name in [
            (root / "dspc", "dspc"),
            *((one, f"dspc.{one.name}") for one in beside),
        ]:
            for path in sorted(folder.rglob("*.py")):
                # A folder `example` holds what users copy, not modules of the package.
                if "example" not in path.parts:
                    parts = path.relative_to(folder).with_suffix("").parts
                    words = [name, *(part for part in parts if part != "__init__")]
                    self.paths.setdefault(".".join(words), path)
        self.trees = {name: parsed(path) for name, path in self.paths.items()}

    @cached_property
    def imports(self) -> Mapping[str, list[Import]]:
        """What each module imports of ours."""
        return {name: list(self._imports(tree)) for name, tree in self.trees.items()}

    def _imports(self, tree: ast.AST) -> Iterator[Import]:
        work: list[tuple[ast.AST, bool, bool]] = [(tree, False, False)]
        while work:
            node, is_lazy, is_for_types = work.pop()
            for name in self._names(node):
                yield Import(name, is_lazy, is_for_types)
            is_lazy |= isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            is_for_types |= isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            work += ((child, is_lazy, is_for_types) for child in nested(node))

    def _names(self, node: ast.AST) -> Iterator[str]:
        """The modules of ours that a statement imports."""
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in self.paths)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                name = inner if inner in self.paths else str(node.module)
                if name in self.paths:
                    yield name

    def edges(self, lazy: bool) -> dict[str, list[str]]:
        """The modules that each module imports as it runs, with or without lazy imports."""
        return {
            name: [
                one.module
                for one in imports
                if one.module != name and not one.is_for_types and (lazy or not one.is_lazy)
            ]
            for name, imports in self.imports.items()
        }

    def cycles(self, lazy: bool) -> list[list[str]]:
        """The groups of modules that import each other, largest first."""
        edges = self.edges(lazy)
        groups = [sorted(group) for group in strong_components(edges, edges.__getitem__)]
        return sorted((group for group in groups if len(group) > 1), key=lambda group: -len(group))

    def layers(self) -> dict[str, int]:
        """The layer of each module: one above all modules that it imports at import time."""
        edges = self.edges(lazy=False)
        layer: dict[str, int] = {}
        for name in postorder(edges, edges.__getitem__, set(edges)):
            layer[name] = 1 + max((layer[other] for other in edges[name]), default=0)
        return layer
