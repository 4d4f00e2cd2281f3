"""Runs heap jobs on OpenCL platforms, each in a process of its own with a time limit.

A platform is picked by name and version, never by its place in the list: several PoCLs may be
installed side by side.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc

HERE = Path(__file__).parent
HEAP = Path(dspc.__file__).parent / "backends" / "opencl" / "heap"

INSTALL = {
    "pocl-debian": "apt-get install pocl-opencl-icd",
    "pocl-wheel": "pip install 'pyopencl[pocl]'",
    "oclgrind": "apt-get install oclgrind",
}
"""What to install for each platform that the tests expect."""

POCL = ["pocl-debian", "pocl-wheel"]
EXTRA = [name for name in os.environ.get("DSPC_TEST_OPENCL", "").split(",") if name]
"""More platforms to test on, by (part of) their names: a GPU's, say."""

DEVICES = [*POCL, *EXTRA]


def matches(wanted: str, name: str, version: str) -> bool:
    """Whether a platform of this name and version is the wanted one."""
    if wanted.startswith("pocl-"):
        debian = "debian" in version
        return name == "Portable Computing Language" and debian == (wanted == "pocl-debian")
    return wanted.lower() in name.lower()


def environment() -> dict[str, str]:
    """The environment of a job: a kernel cache that is not the user's."""
    cache = Path(tempfile.gettempdir()) / f"dspc-test-pocl-{os.getuid()}"
    cache.mkdir(exist_ok=True)
    return {**os.environ, "POCL_CACHE_DIR": str(cache), "PYOPENCL_NO_CACHE": "1"}


@functools.cache
def installed() -> list[tuple[str, str, str]]:
    """Name and version of every platform that the loader finds, and why it is unusable, if so."""
    run = subprocess.run(
        [sys.executable, str(HERE / "heap_device.py"), "list"],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(),
    )
    assert run.returncode == 0, run.stderr
    return [(name, version, fault) for name, version, fault in json.loads(run.stdout)]


def require(platform: str) -> None:
    """Fails the test, saying what to install, where the platform is absent. Skips it only where the
    environment has no OpenCL at all, or where the platform's LLVM is too old for this machine's CPU
    (it then builds nothing: pocl issue 1049), which nothing installed here can mend."""
    if platform == "oclgrind":
        faults = [""] if shutil.which("oclgrind") else []
    else:
        faults = [fault for *identity, fault in installed() if matches(platform, *identity)]
    if not faults and not installed() and shutil.which("oclgrind") is None:
        pytest.skip("no OpenCL here: no platform and no oclgrind")
    if not faults:
        pytest.fail(f"OpenCL platform {platform} is missing: {INSTALL.get(platform, 'its driver')}")
    if "unknown target CPU" in faults[0]:
        pytest.skip(f"{platform}: its LLVM does not know this machine's CPU, so it builds nothing")
    if faults[0]:
        pytest.fail(f"OpenCL platform {platform} cannot build a kernel: {faults[0]}")


def save(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Writes named arrays to one file."""
    np.savez(path, allow_pickle=False, **arrays)


def run_job(
    platform: str, job: str, tmp_path: Path, timeout: float = 120.0, **options: Any
) -> dict[str, np.ndarray]:
    """Runs one job of heap_device.py and returns the arrays it saved.

    Array-valued options travel in a file. The test fails if the job does, or takes too long (a
    hanging kernel)."""
    require(platform)
    arrays = {key: value for key, value in options.items() if isinstance(value, np.ndarray)}
    plain = {key: value for key, value in options.items() if key not in arrays}
    save(tmp_path / "in.npz", arrays)
    command = [sys.executable, str(HERE / "heap_device.py"), job, platform, str(tmp_path)]
    if platform == "oclgrind":
        command = ["oclgrind", "--build-options", "-cl-opt-disable", *command]
    try:
        run = subprocess.run(
            [*command, json.dumps(plain)],
            capture_output=True,
            text=True,
            timeout=timeout,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"{job} on {platform}: no result within {timeout} s")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Invalid" not in run.stderr, run.stderr  # oclgrind's memory errors
    with np.load(tmp_path / "out.npz") as saved:
        return {key: saved[key] for key in saved.files}
