"""Rules about the tree itself: packaged folders, imports between packages, lengths of files."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from setuptools import PackageFinder

from tests.checkout import LINKS, PYTHON, ROOT, parsed, statements
from tests.import_graph import Tree

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
# An `example` folder holds what users copy, not modules of the package.
SOURCES = sorted(path for path in PYTHON if "example" not in path.parts)

# What each folder may import of ours; the driver may import all of them.
ALLOWED = {
    "support": {"support"},
    "dialects": {"dialects", "support"},
    "passes": {"dialects", "passes", "support"},
    "frontends": {"dialects", "frontends", "support"},
    "backends": {"dialects", "backends", "support"},
}


@cache
def imported_modules(path: Path) -> list[str]:
    names: list[str] = []
    for node in statements(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


def test_every_folder_is_packaged() -> None:
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in SOURCES
        if path.name == "__init__.py"
    }
    settings = CONFIG["tool"]["setuptools"]["packages"]["find"]
    assert settings["namespaces"] is False
    assert folders == set(PackageFinder.find(str(ROOT), include=settings["include"]))


def test_links_are_relative() -> None:
    """A checkout runs as it lies, wherever that is."""
    if not (ROOT / "dialects").exists():
        pytest.skip("an unpacked sdist has folders in the place of links")
    assert [os.readlink(ROOT / "dspc" / name) for name in LINKS] == [f"../{n}" for n in LINKS]


def test_a_build_without_links_stops(tmp_path: Path) -> None:
    """git writes a text file for each link where the system has none."""
    shutil.copy(ROOT / "setup.py", tmp_path)
    (tmp_path / "dspc").mkdir()
    for name in LINKS:
        (tmp_path / "dspc" / name).write_text(f"../{name}")
    done = subprocess.run(
        [sys.executable, "setup.py", "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("dspc/dialects is no link to ../dialects")
    assert done.stderr.count("\n") == 1


def test_a_clone_runs_its_own_code(tmp_path: Path) -> None:
    """`python -m dspc` in a checkout takes all from there, whatever else is installed."""
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "dspc", clone / "dspc", ignore=shutil.ignore_patterns("__pycache__"))
    with (clone / "dspc" / "passes" / "dsp_rates.py").open("a") as marked:
        marked.write('raise SystemExit("the clone")')
    (clone / "x.dsp").write_text("process = _;")

    done = subprocess.run(
        [sys.executable, "-m", "dspc", "x.dsp"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "the clone\n"


def test_imports_are_absolute() -> None:
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in statements(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_every_folder_with_python_is_a_package() -> None:
    assert [path for path in SOURCES if not (path.parent / "__init__.py").exists()] == []


@pytest.mark.parametrize("folder", sorted(ALLOWED))
def test_imports_point_one_way(folder: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "dspc" / folder).rglob("*.py")
        for name in imported_modules(path)
        if name.startswith("dspc.") and name.split(".")[1] not in ALLOWED[folder]
    ]
    assert wrong == []


def test_imports_name_modules_that_exist() -> None:
    """Lazy imports and those of tests as well, which nothing else would load."""
    names = {path: path.relative_to(ROOT).with_suffix("").parts for path in PYTHON}
    modules = {".".join(name).removesuffix(".__init__"): path for path, name in names.items()}

    def exists(name: str) -> bool:
        """Whether it is a module, or is from one; from a package, if that has the word."""
        home = modules.get(name.rpartition(".")[0])
        if name in modules or home is None or home.name != "__init__.py":
            return name in modules or home is not None
        return re.search(rf"\b{name.rpartition('.')[2]}\b", home.read_text()) is not None

    others = [path for folder in ("tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (*PYTHON, *others)
        for name in imported_modules(path)
        if name.startswith("dspc.") and not exists(name)
    ]
    assert wrong == []


BACK_ENDS = {
    "common": {"common"},
    "c": {"c", "common"},
    "cpp": {"cpp", "c", "common"},
    "c99": {"c99", "c", "common"},
    "opencl": {"opencl", "c", "common"},
    "llvm": {"llvm", "common"},
    "wasm": {"wasm", "common"},
    "mlir": {"mlir", "common"},
    "interp": {"interp"},
    "description": {"description", "common"},
}
"""What each back end may import of the others: what all share, and what the C family does."""


def test_back_ends_stand_apart() -> None:
    folder = ROOT / "dspc" / "backends"
    folders = {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(BACK_ENDS)
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for back_end, allowed in BACK_ENDS.items()
        for path in (folder / back_end).rglob("*.py")
        for name in imported_modules(path)
        if name.startswith("dspc.backends.") and name.split(".")[2] not in allowed
    ]
    assert wrong == []


def test_no_module_imports_itself_through_others() -> None:
    """Lazy imports counted: options, pipelines and targets did, in a cycle of eleven modules."""
    assert Tree(ROOT).cycles(lazy=True) == []


def test_lazy_imports_count_as_imports(tmp_path: Path) -> None:
    (tmp_path / "dspc" / "dialects").mkdir(parents=True)
    texts = {
        "dspc/__init__.py": "",
        "dspc/dialects/__init__.py": "",
        "dspc/one.py": "def f():\n    from dspc.dialects import two\n",
        "dspc/dialects/two.py": "import dspc.one\n",
        "dspc/three.py": "if TYPE_CHECKING:\n    from dspc.four import g\n",
        "dspc/four.py": "from dspc.three import f\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    tree = Tree(tmp_path)
    assert tree.cycles(lazy=True) == [["dspc.dialects.two", "dspc.one"]]
    assert tree.cycles(lazy=False) == []
    assert tree.layers()["dspc.four"] == 2


def test_passes_stand_apart() -> None:
    """What two passes share is in a folder of passes/, not in one of them."""
    folder = ROOT / "dspc" / "passes"
    passes = {f"dspc.passes.{path.stem}" for path in folder.glob("dsp_*.py")}
    assert passes
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in folder.rglob("*.py")
        for name in imported_modules(path)
        if any(f"{name}.".startswith(f"{one}.") for one in passes)
    ]
    assert wrong == []


def test_no_star_imports() -> None:
    wrong = [path for path in SOURCES if any(n.endswith(".*") for n in imported_modules(path))]
    assert wrong == []


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in SOURCES}
    assert {str(path): n for path, n in lengths.items() if n > 400} == {}


def test_modules_say_what_they_are() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.name not in ("__init__.py", "__main__.py")
        and ast.get_docstring(parsed(path)) is None
    ]
    assert silent == []


def test_error_codes_are_listed() -> None:
    """Every code raised stands in docs/errors.md, and none stands there that nothing raises."""
    listed = {
        line.split("|")[1].strip().strip("`")
        for line in (ROOT / "docs" / "errors.md").read_text().splitlines()
        if line.startswith("| `E")
    }
    assert error_codes() == listed


def error_codes() -> set[str]:
    codes: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if len(text) == 5 and text[0] == "E" and text[1:].isdigit():
                    codes.add(text)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "usage_error":
                number = node.args[0]
                if isinstance(number, ast.Constant) and isinstance(number.value, int):
                    codes.add(f"E{number.value:04}")
    return codes


@pytest.mark.parametrize("command", [["check"], ["format", "--check", "--diff"]])
def test_ruff(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--quiet", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_types() -> None:
    """basedpyright on the folders as an editor sees them, and on each of them."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "basedpyright",
            "--level",
            "error",
            "--stats",
            "--pythonpath",
            sys.executable,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    checked = re.search(r"files checked: (\d+)", done.stdout)
    assert checked is not None
    assert int(checked[1]) == len(PYTHON)
