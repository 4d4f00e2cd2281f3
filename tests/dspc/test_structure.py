"""Rules about the tree itself: what is packaged, who imports whom, how long files are."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("dspc", "dialects", "passes", "frontends", "backends")
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
# An `example` folder holds what users copy, not modules of the package.
SOURCES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "example" not in path.parts
)

# What each folder may import of ours; the driver may import all of them.
ALLOWED = {
    "dialects": {"dialects"},
    "passes": {"dialects", "passes"},
    "frontends": {"dialects", "frontends"},
    "backends": {"dialects", "backends"},
}


def imported_modules(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


def test_every_package_is_listed() -> None:
    found = {
        ".".join(("dspc", *parts[0 if parts[0] != "dspc" else 1 :]))
        for path in SOURCES
        if path.name == "__init__.py" and (parts := path.parent.relative_to(ROOT).parts)
    }
    assert sorted(found) == sorted(CONFIG["tool"]["setuptools"]["packages"])


def test_every_folder_with_python_is_a_package() -> None:
    assert [path for path in SOURCES if not (path.parent / "__init__.py").exists()] == []


@pytest.mark.parametrize("folder", sorted(ALLOWED))
def test_imports_point_one_way(folder: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / folder).rglob("*.py")
        for name in imported_modules(path)
        if name.startswith("dspc.") and name.split(".")[1] not in ALLOWED[folder]
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
        and ast.get_docstring(ast.parse(path.read_text())) is None
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
        for node in ast.walk(ast.parse(path.read_text())):
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
def test_types(tmp_path: Path) -> None:
    """basedpyright on the package as it is installed: the folders under one `dspc`."""
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dspc", tmp_path / "dspc", ignore=hidden)
    for folder in FOLDERS[1:]:
        shutil.copytree(ROOT / folder, tmp_path / "dspc" / folder, ignore=hidden)
    settings = CONFIG["tool"]["basedpyright"]
    config = {**settings, "include": ["dspc"]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    done = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--level", "error", "--pythonpath", sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout.replace(f"{tmp_path}/", "")[-6000:] + done.stderr
