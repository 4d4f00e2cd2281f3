"""Figures of the code's structure: sizes, layers, import cycles, and names that are used twice.

    python benchmarks/structure.py               # this checkout
    python benchmarks/structure.py --base v0.1   # a commit beside it
    python benchmarks/structure.py --names       # classes and files with a name in common

Layers and cycles are of modules of the package; a module stands one layer above all that it
imports. Lines are those of files, with comments.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.import_graph import FOLDERS, Tree  # noqa: E402

ALLOWED = {
    "support": ("support",),
    "dialects": ("dialects", "support"),
    "frontends": ("dialects", "frontends", "support"),
    "passes": ("dialects", "passes", "support"),
    "backends": ("dialects", "backends", "support"),
}
CONCERNS = {
    "support": ("support",),
    "dialects": ("dialects",),
    "front ends": ("frontends",),
    "analyses": ("passes.analysis", "passes.bounds", "passes.costs"),
    "splitting and lowering": ("passes.lowering", "passes.packing", "passes.partition"),
    "placement and staging": ("passes.placement", "passes.staging"),
    "passes, the rest": ("passes",),
    "C family": ("backends.c", "backends.c99", "backends.cpp", "backends.opencl"),
    "LLVM": ("backends.llvm",),
    "interpreter": ("backends.interp",),
    "back ends, the rest": ("backends",),
    "targets": ("targets",),
    "validation": ("validation",),
    "driver, command lines, API": ("",),
}
"""Concern -> the packages of `dspc` that serve it; a module counts for the first that fits."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def figures(root: Path) -> dict[str, str]:
    """The figures of a checkout, by name."""
    tree = Tree(root)
    lines = {name: len(path.read_text().splitlines()) for name, path in tree.paths.items()}
    tests = sum(len(path.read_text().splitlines()) for path in (root / "tests").rglob("*.py"))
    functions = [one for module in tree.trees.values() for one in functions_of(module)]
    sizes = sorted((one.end_lineno or one.lineno) - one.lineno + 1 for one in functions)
    public = [one for one in functions if not one.name.startswith("_")]
    layers = tree.layers()
    result = {
        "files": f"{len(lines)}",
        "lines": f"{sum(lines.values())}",
        "lines of a file: median, largest": f"{median(lines.values()):.0f}, {max(lines.values())}",
        "lines of a function: median, 95 %, largest": f"{median(sizes):.0f}, "
        f"{quantiles(sizes, n=20)[-1]:.0f}, {sizes[-1]}",
        "public functions with a docstring": percent(public, lambda f: bool(ast.get_docstring(f))),
        "functions with all annotations": percent(functions, is_annotated),
        "lines of tests for one of code": f"{tests / sum(lines.values()):.2f}",
        "layers of modules": f"{max(layers.values())}",
        **{f"layers in {one}": f"{layers_in(layers, one)}" for one in FOLDERS},
        "imports against the direction of folders": f"{len(list(upward(tree)))}",
        "import cycles at import time": cycle_text(tree, lazy=False),
        "import cycles, lazy imports counted": cycle_text(tree, lazy=True),
        "names of classes with several definitions": f"{len(class_names(tree))}",
        "names of files in several folders": f"{len(file_names(tree))}",
    }
    for concern, count in by_concern(lines).items():
        result[f"lines: {concern}"] = f"{count}"
    return result


def functions_of(module: ast.Module) -> Iterator[Function]:
    """The functions and methods of a module."""
    return (node for node in ast.walk(module) if isinstance(node, Function))


def percent(of: list[Function], holds: object) -> str:
    """The share of functions for which a predicate holds."""
    assert callable(holds)
    return f"{100 * sum(bool(holds(one)) for one in of) / max(1, len(of)):.0f} %"


def is_annotated(function: Function) -> bool:
    """Whether the result and all parameters but `self` and `cls` have types."""
    parameters = function.args
    named = [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]
    return function.returns is not None and all(
        one.annotation is not None or one.arg in ("self", "cls", "_") for one in named
    )


def layers_in(layers: Mapping[str, int], folder: str) -> int:
    """How many layers the modules of a folder are on."""
    return len({layer for name, layer in layers.items() if name.startswith(f"dspc.{folder}.")})


def upward(tree: Tree) -> Iterator[tuple[str, str]]:
    """Imports of a folder that may not be imported there, lazy ones counted."""
    for name, imports in tree.imports.items():
        folder = name.split(".")[1] if "." in name else ""
        for one in imports:
            parts = one.module.split(".")
            if folder in ALLOWED and len(parts) > 1 and parts[1] not in ALLOWED[folder]:
                yield name, one.module


def cycle_text(tree: Tree, lazy: bool) -> str:
    """How many cycles there are, and the modules of the largest."""
    cycles = tree.cycles(lazy)
    return f"{len(cycles)}, the largest of {len(cycles[0])} modules" if cycles else "0"


def class_names(tree: Tree) -> dict[str, list[str]]:
    """The modules that define each class of which there are several."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, module in tree.trees.items():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    return {name: places[name] for name in sorted(places) if len(places[name]) > 1}


def file_names(tree: Tree) -> dict[str, list[str]]:
    """The modules of each file name that is in several folders."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, path in tree.paths.items():
        if path.name not in ("__init__.py", "__main__.py"):
            places[path.name].append(name)
    return {name: places[name] for name in sorted(places) if len(places[name]) > 1}


def by_concern(lines: Mapping[str, int]) -> dict[str, int]:
    """Lines for each concern."""
    counts = dict.fromkeys(CONCERNS, 0)
    for name, count in lines.items():
        place = f"{name.removeprefix('dspc.')}."
        counts[next(c for c, some in CONCERNS.items() if serves(place, some))] += count
    return counts


def serves(place: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is in one of some packages; all are in the package ``."""
    return any(not package or place.startswith(f"{package}.") for package in packages)


def of_commit(commit: str) -> dict[str, str]:
    """The figures of a commit, unpacked to a temporary folder."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
        return figures(Path(folder))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", metavar="COMMIT", help="the figures of a commit beside")
    parser.add_argument("--names", action="store_true", help="list names in common")
    chosen = parser.parse_args()
    if chosen.names:
        tree = Tree(ROOT)
        for name, places in (class_names(tree) | file_names(tree)).items():
            print(f"{name}: {', '.join(places)}")
        return 0
    columns = [of_commit(chosen.base)] if chosen.base else []
    columns.append(figures(ROOT))
    width = max(map(len, columns[-1]))
    for what in columns[-1]:
        print(f"{what:{width}}", *(f"{column.get(what, ''):>28}" for column in columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
