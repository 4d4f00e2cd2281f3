"""Programs are compiled where optional packages are missing, as in Pyodide."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
OPTIONAL = ("pyopencl", "ortools", "llvmlite", "soundfile", "mido", "sounddevice", "matplotlib")
BLOCKED = """
import sys
blocked = sys.argv.pop(1).split(",")
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Finder())
"""


def run(code: str, blocked: tuple[str, ...], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BLOCKED + code, ",".join(blocked), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_python_compiles_without_optional_packages() -> None:
    code = """
import dspc
f = dspc.load("process = +(1);", backend="interp")
targets = ("cpp", "c", "opencl", "interp", "mlir")
print(f([[1.0, 2.0]]).tolist(), all(dspc.compile("process = _;", t).code for t in targets))
"""
    done = run(code, OPTIONAL)
    assert (done.stdout, done.stderr) == ("[[2.0, 3.0]] True\n", "")


@pytest.mark.parametrize("target", ["cpp", "c", "opencl", "mlir"])
def test_the_command_prints_code_without_numpy(target: str) -> None:
    """Pyodide's core has no NumPy."""
    blocked = (*OPTIONAL, "numpy", "typer", "click")
    code = "from dspc.start import main; sys.exit(main())"
    done = run(code, blocked, "--no-cache", "--target", target, "examples/two_filters.dsp")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 1000


def test_pyodide_is_asked_for_no_opencl() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needs = {need.name: need for need in map(Requirement, project["dependencies"])}
    marker = needs["pyopencl"].marker
    assert marker is not None
    assert not marker.evaluate({"sys_platform": "emscripten"})
    assert marker.evaluate({"sys_platform": "linux"})
