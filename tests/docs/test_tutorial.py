"""The tutorial: its package is installed in a fresh environment, and every command is run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "tutorial.md").read_text()
SCRIPTS = {
    "dspc": "-m dspc",
    "dspc-run": "-m dspc.run",
    "xdsl-opt": "-c 'from xdsl.tools.xdsl_opt import main; main()'",
}
START = '#!/bin/sh\nexec "{python}" {how} "$@"\n'
INSTALL = "import sys, setuptools.build_meta as b; print(b.build_wheel(sys.argv[1]))"


def commands() -> list[tuple[str, list[str]]]:
    """The commands of the page, each with the lines that it prints."""
    result: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                result.append((line[2:], []))
            else:
                result[-1][1].append(line)
    return result


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The package's folder, and the variables of an environment into which it is installed."""
    root = tmp_path_factory.mktemp("tutorial")
    folder = root / "package"
    shutil.copytree(ROOT / "docs" / "tutorial", folder)
    fresh = root / "fresh"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(fresh)], check=True)
    packages = Path(
        sysconfig.get_path("purelib", "venv", {"base": str(fresh), "platbase": str(fresh)})
    )
    # dspc is that of this checkout, its dependencies are those of the tests' environment.
    (packages / "others.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n")
    subprocess.run(
        [sys.executable, "-c", INSTALL, str(root)], cwd=folder, check=True, capture_output=True
    )
    zipfile.ZipFile(next(root.glob("*.whl"))).extractall(packages)
    for name, how in SCRIPTS.items():
        script = fresh / "bin" / name
        script.write_text(START.format(python=fresh / "bin" / "python", how=how))
        script.chmod(0o755)
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    variables["PATH"] = f"{fresh / 'bin'}{os.pathsep}{variables['PATH']}"
    return folder, variables


@pytest.mark.slow
def test_every_command_of_the_tutorial_runs(environment: tuple[Path, dict[str, str]]) -> None:
    folder, variables = environment
    listed = commands()
    assert listed[0][0] == "pip install ."
    assert len(listed) > 10
    for command, lines in listed[1:]:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=folder, env=variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        for line in lines:
            assert line in done.stdout + done.stderr, f"{command}\n{done.stdout}{done.stderr}"


def test_the_program_of_the_tutorial_is_the_file() -> None:
    program = re.search(r"```faust\n(.*?)```", TEXT, re.DOTALL)
    assert program is not None
    assert program[1] == (ROOT / "docs" / "tutorial" / "limiter.dsp").read_text()


def test_the_package_is_short() -> None:
    files = (ROOT / "docs" / "tutorial").rglob("*.*")
    assert sum(len(path.read_text().splitlines()) for path in files if path.is_file()) < 260
