"""Every call on files that a command makes fails once: nothing half done, one line, exit 2.

The C library's calls are counted by a shim (`shim.c`), so that no way of writing files is left out;
with `--full`, each call fails for three reasons, without it for one of them in turn.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import pytest
from io_attempts import COMMANDS

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
COMPILER = """#!/bin/sh
# g++, which compiles the only program there is once.
case "$*" in *--version* | *-dM*) exec g++ "$@";; esac
for word; do last=$word; done
[ -f {made} ] || g++ "$@" || exit
[ -f {made} ] || cp "$last" {made}
cp {made} "$last"
"""
NEEDS_LIBRARY = "error[E012"
"""An imported file that cannot be read or found is the program's fault, at its place."""
CLEANING = ("unlink", "rmdir", "opendir", "lstat", "stat", "fstatat", "open", "close")
"""Calls without which temporary files cannot be removed."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux" or not shutil.which("g++"), reason="Linux and g++"),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    flags = ["-shared", "-fPIC", "-O1", "-w", "-o", str(library)]
    subprocess.run(["gcc", *flags, str(HERE / "shim.c"), "-ldl"], check=True)
    return library


def fill(folder: Path) -> None:
    """The files that the commands read, and old ones that they replace."""
    folder.mkdir()
    (folder / "p.dsp").write_text('import("l.lib");\nprocess = _ * gain;\n')
    (folder / "l.lib").write_text('gain = hslider("gain", 0.5, 0, 1, 0.1);\n')
    (folder / "arch.cpp").write_text("// a\n<<includeIntrinsic>>\n<<includeclass>>\n")
    (folder / "old.cpp").write_text("old")
    (folder / "old.wav").write_text("old")
    (folder / "set.json").write_text('{"gain": 0.25}')
    with wave.open(str(folder / "in.wav"), "wb") as file:
        file.setparams((1, 2, 44100, 0, "NONE", ""))
        file.writeframes(b"\1\2" * 64)


def reports(folder: Path, shim: Path, name: str, every: bool) -> list[dict[str, Any]]:
    compiler = shim.with_name("compiler")
    compiler.write_text(COMPILER.format(made=shim.with_name("made.so")))
    compiler.chmod(0o755)
    environment = {
        **os.environ,
        "CXX": str(compiler),
        "PYTHONPATH": str(ROOT),
        "LD_PRELOAD": str(shim),
        "IO_FAULTS": f"{folder}:/usr/share/faust",
        "TMPDIR": str(folder),
    }
    done = subprocess.run(
        [sys.executable, str(HERE / "io_attempts.py"), str(folder), str(int(every)), name],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_call_that_fails_leaves_all_or_nothing(
    name: str, shim: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    fill(tmp_path / "template")
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (tmp_path / "template").iterdir()
    }
    good, *failed = reports(tmp_path, shim, name, pytestconfig.getoption("--full"))
    assert good["status"] == 0, good
    assert good["files"] != files or name == "standard output"
    assert len(failed) > 20
    for report in failed:
        assert report["status"] in (0, 1, 2), report
        assert "Traceback" not in report["said"], report
        assert "E0099" not in report["said"], report
        if report["status"] == 1:
            assert NEEDS_LIBRARY in report["said"], report
        if report["status"] == 2:
            assert report["said"].count("error[") == 1, report
            assert report["said"].count("\n") == 1, report
        call = report["failed"].partition("(")[0].removesuffix("64")
        left = {path: digest for path, digest in report["files"].items() if "dspc-" not in path}
        assert left == report["files"] or call in CLEANING, report
        assert left == (good["files"] if report["status"] == 0 else files), report
