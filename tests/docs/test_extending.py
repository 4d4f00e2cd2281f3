"""The recipes of docs/extending.md, carried out block by block in a copy of the sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text()
BLOCK = re.compile(r"(?:`([\w./-]+)`[^`\n]*:\n\n)?```(\w+)\n(.*?)```", re.DOTALL)
"""A path before the block, if it is a file; the block's language and text."""
SCRIPT = '#!/bin/sh\nexec "{python}" -m {module} "$@"\n'
COPIED = ("dspc", "tests", "docs", "pyproject.toml")
FOLDERS = ("dialects", "passes", "frontends", "backends")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources as in a checkout, and a folder `bin` with the commands."""
    root = tmp_path / "copy"
    ignore = shutil.ignore_patterns("__pycache__", "corpus", "*.wav")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=ignore)
        else:
            shutil.copy(source, root / name)
    for name in FOLDERS:
        (root / name).symlink_to(root / "dspc" / name)
    (root / "bin").mkdir()
    for command, module in {"dspc": "dspc", "dspc-run": "dspc.run", "python": ""}.items():
        script = root / "bin" / command
        text = SCRIPT.format(python=sys.executable, module=module)
        script.write_text(text if module else text.replace(" -m ", ""))
        script.chmod(0o755)
    return root


def apply_diff(root: Path, text: str) -> None:
    """Apply each hunk, headed by `--- PATH`; its old lines stand in the file exactly once."""
    for hunk in text.split("--- ")[1:]:
        name, _, body = hunk.partition("\n")
        lines = body.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        path = root / name
        before = path.read_text()
        assert before.count(old) == 1, f"{name}: {before.count(old)} times\n{old}"
        path.write_text(before.replace(old, new))


def run_console(root: Path, text: str) -> None:
    """Run the commands after `$ `; each line below one is part of what it prints."""
    path = f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for command, *expected in (one.splitlines() for one in text.split("$ ")[1:]):
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=root,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        output = done.stdout + done.stderr
        assert done.returncode == 0, f"{command}\n{output}"
        for line in expected:
            assert line in output, f"{command}\n{output}"


@pytest.mark.slow
def test_the_recipes_work_as_they_are_written(copy: Path) -> None:
    steps = {"diff": apply_diff, "console": run_console}
    count = 0
    for path, language, text in BLOCK.findall(PAGE):
        if language in steps:
            steps[language](copy, text)
        else:
            assert path, f"a block of {language} without the path of its file"
            assert not (copy / path).exists(), f"{path} exists"
            (copy / path).write_text(text)
        count += 1
    assert count == PAGE.count("```") // 2


def test_the_hunks_fit_the_sources(tmp_path: Path) -> None:
    """As quick as reading them, unlike carrying out the recipes."""
    hunks = "".join(text for _, language, text in BLOCK.findall(PAGE) if language == "diff")
    for name in set(re.findall(r"^--- (.*)$", hunks, re.MULTILINE)):
        source = ROOT / name
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source if source.exists() else ROOT / "dspc" / name, tmp_path / name)
    apply_diff(tmp_path, hunks)


def test_a_stale_hunk_is_detected(tmp_path: Path) -> None:
    (tmp_path / "file.py").write_text("a = 1\nb = 2\n")
    apply_diff(tmp_path, "--- file.py\n a = 1\n-b = 2\n+b = 3\n")
    assert (tmp_path / "file.py").read_text() == "a = 1\nb = 3\n"
    with pytest.raises(AssertionError, match=r"file.py: 0 times"):
        apply_diff(tmp_path, "--- file.py\n-b = 2\n+b = 4\n")
