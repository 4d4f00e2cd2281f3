"""Generated code on a Cortex-M7 and a Cortex-A72 that QEMU emulates: the host's samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from board_programs import PROGRAMS, difference

from tests.conformance.programs import EXAMPLES

pytestmark = pytest.mark.builds

TOOLS = {
    "daisy": (("arm-none-eabi-g++", "gcc-arm-none-eabi"), ("qemu-system-arm", "qemu-system-arm")),
    "raspberrypi": (
        ("aarch64-linux-gnu-g++", "g++-aarch64-linux-gnu"),
        ("qemu-aarch64", "qemu-user"),
    ),
}
SAMPLE = ("delayEcho/smoothDelay.dsp", "bela/AdditiveSynth.dsp", "reverb/freeverb.dsp")
LIMITS = {"double": 2e-6, "float": 1e-4}


def check(machine: str, name: str, folder: Path, real: str, **settings: object) -> None:
    for tool, package in TOOLS[machine]:
        if shutil.which(tool) is None:
            pytest.fail(f"{tool} is missing: apt-get install {package}")
    deviation = difference(str(EXAMPLES / name), machine, folder, real, **settings)
    assert deviation <= LIMITS[real], name


@pytest.mark.parametrize("machine", sorted(TOOLS))
@pytest.mark.parametrize("name", SAMPLE)
def test_boards_compute_what_the_host_does(machine: str, name: str, tmp_path: Path) -> None:
    check(machine, name, tmp_path, "float")


@pytest.mark.parametrize("machine", sorted(TOOLS))
def test_loops_with_rows_on_the_stack_and_in_sections(machine: str, tmp_path: Path) -> None:
    check(machine, "reverb/freeverb.dsp", tmp_path, "double", vec=True, vector_size=256)


@pytest.mark.full
@pytest.mark.parametrize("real", ["double", "float"])
@pytest.mark.parametrize("machine", sorted(TOOLS))
@pytest.mark.parametrize("name", PROGRAMS)
def test_examples_on_boards(machine: str, name: str, real: str, tmp_path: Path) -> None:
    check(machine, name, tmp_path, real)
