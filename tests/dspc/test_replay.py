"""benchmarks/replay.py checks whether two commits generate the same text."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT, located

CASES = (
    *("--every=1", "--jobs=1"),
    *("--programs=examples/rms.dsp", "--programs=seeds/two_tables.dsp"),
    *("--variants=cpp mem2", "--variants=llvm files"),
)


def replay(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "benchmarks" / "replay.py"), *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def git(root: Path, *arguments: str) -> None:
    names = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of one commit that holds this checkout's files."""
    root = tmp_path_factory.mktemp("repository")
    unwanted = shutil.ignore_patterns("__pycache__", ".*", "docs")
    for name in ("dspc", "dialects", "passes", "frontends", "backends", "benchmarks", "examples"):
        shutil.copytree(located(name), root / name, symlinks=True, ignore=unwanted)
    shutil.copytree(ROOT / "tests/conformance", root / "tests/conformance", ignore=unwanted)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "all")
    return root


@pytest.mark.slow  # the other one has cases without a difference
def test_replay_finds_no_difference_where_nothing_changed(repository: Path) -> None:
    done = replay(repository, "main", "HEAD", *CASES)
    assert done.stdout == "4 cases, 0 differ, 0 took too long to be compared\n", done.stderr
    assert done.returncode == 0


@pytest.mark.slow
def test_replay_prints_first_differing_lines(repository: Path) -> None:
    printer = repository / "backends" / "cpp" / "klass.py"
    before = printer.read_text()
    assert "getNumInputs" in before
    printer.write_text(before.replace("getNumInputs", "getInputs"))
    try:
        done = replay(repository, "main", *CASES)
    finally:
        printer.write_text(before)
    lines = done.stdout.splitlines()
    assert done.returncode == 1, done.stderr
    assert lines[-1] == "4 cases, 2 differ, 0 took too long to be compared"
    assert {line for line in lines if line[0] != " "} == {
        "examples/rms.dsp: cpp mem2",
        "seeds/two_tables.dsp: cpp mem2",
        lines[-1],
    }
    removed = {line.strip() for line in lines if line.startswith("    - ")}
    added = {line.strip() for line in lines if line.startswith("    + ")}
    assert all("getNumInputs" in line for line in removed)
    assert {line.replace("- ", "+ ").replace("getNumInputs", "getInputs") for line in removed} == (
        added
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no-such-commit",), "git knows no commit no-such-commit"),
        (("HEAD", "--programs", "no-such"), "no program and command line matches"),
    ],
)
def test_replay_refuses(repository: Path, arguments: tuple[str, ...], message: str) -> None:
    done = replay(repository, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
