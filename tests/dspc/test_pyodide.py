"""dspc in Pyodide, CPython for WebAssembly, run by Node: test.sh installs its package of npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.dspc.commands import output

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
PYODIDE = Path(sys.prefix, "node_modules", "pyodide")
GOOD, BAD = "two_filters.dsp", "process = _;\nfoo = bar(;\n"


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("node") is None or not PYODIDE.exists(), reason="needs Node and npm's pyodide"
)
def test_programs_are_compiled_in_pyodide(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    host, packages = HERE / "pyodide_host.mjs", sysconfig.get_path("purelib")
    command = ["node", str(host), str(PYODIDE), str(ROOT), packages, GOOD, BAD]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert done.returncode == 0, done.stderr[-2000:]
    good, bad = map(json.loads, done.stdout.splitlines()[-2:])
    monkeypatch.chdir(ROOT / "examples")
    status, code, _ = output(capsys, "--no-cache", GOOD)
    assert (status, good) == (0, [0, code, ""])
    assert bad[:2] == [1, ""]
    assert bad[2].startswith("/tmp/1.dsp:2:11: error[E01")
    assert bad[2].splitlines()[2].rstrip().endswith("^")
