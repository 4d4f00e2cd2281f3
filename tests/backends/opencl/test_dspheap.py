"""The dspheap example: one text, the same output on every platform and through its TI branch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from heap_platforms import DEVICES, HEAP, HERE, environment, require

pytestmark = pytest.mark.builds

OK = " ok ok ok ok ok ok ok ok"
EXPECTED = f"""\
DDR  heap of 16384 KiB ready
MSMC heap of 1024 KiB ready
alloc_and_free, DDR: {OK}
alloc_and_free, MSMC:{OK}
more than there is:  {OK.replace("ok", "FAILED")}
alloc_only, twice:    16 different blocks
left, found, freed:  {OK.replace("ok", "held")}
left, found, freed:  {OK.replace("ok", "held")}
blocks of 100 in L2:  9 9 9 9 9 9 9 9
"""
SELECT = {"pocl-debian": "debian", "pocl-wheel": "PoCL 3.0-rc", "oclgrind": "oclgrind"}
"""What picks the platform by its name or version."""


def output(*command: str) -> str:
    run = subprocess.run(command, capture_output=True, text=True, timeout=180, env=environment())
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("platform", DEVICES)
def test_example_on_a_device(platform: str) -> None:
    require(platform)
    script = str(HEAP / "example" / "dspheap.py")
    assert output(sys.executable, script, SELECT.get(platform, platform)) == EXPECTED


def test_example_under_oclgrind() -> None:
    require("oclgrind")
    script = str(HEAP / "example" / "dspheap.py")
    command = ["oclgrind", "--build-options", "-cl-opt-disable", sys.executable, script, "oclgrind"]
    assert output(*command) == EXPECTED


def test_example_through_its_ti_branch(tmp_path: Path) -> None:
    script = str(HERE / "ti_sim" / "dspheap_ti.py")
    assert output(sys.executable, script, str(tmp_path)) == EXPECTED


def test_example_names_a_platform_that_is_not_there() -> None:
    script = str(HEAP / "example" / "dspheap.py")
    run = subprocess.run(
        [sys.executable, script, "no such thing"],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(),
    )
    assert run.returncode == 1
    assert run.stderr == (
        "dspheap: no OpenCL platform has 'no such thing' in its name or version\n"
    )
