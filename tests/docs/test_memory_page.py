"""The board, program and host of docs/memory.md compile, run, and use the described memory."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.builds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "memory.md"
INCLUDE = Path("/usr/include/faust/dsp/dsp.h")


def block(language: str) -> str:
    match = re.search(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.M | re.S)
    assert match is not None
    return match[1]


def run(*command: str | Path) -> str:
    text = [str(part) for part in command]
    done = subprocess.run(text, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if shutil.which("g++") is None or not INCLUDE.exists():
        pytest.skip("needs g++ and Faust's headers")
    (tmp_path / "board.toml").write_text(block("toml"))
    (tmp_path / "echo.dsp").write_text(block("faust"))
    (tmp_path / "host.cpp").write_text(block("cpp"))
    return tmp_path


def dspc(folder: Path, *words: str | Path) -> None:
    command = (sys.executable, "-m", "dspc", "--machine", folder / "board.toml")
    run(*command, folder / "echo.dsp", *words)


@pytest.mark.parametrize("compiler", ["g++", "clang++"])
def test_host_gives_each_space_an_array(folder: Path, compiler: str) -> None:
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    dspc(folder, "-o", folder / "echo.h")
    flags = ("-std=c++11", "-O1", "-g", "-fsanitize=address,undefined", f"-I{folder}")
    run(compiler, *flags, folder / "host.cpp", "-o", folder / "host")
    match = re.match(r"object (\d+), sdram (\d+)", run(folder / "host"))
    assert match is not None
    # The delay of 200000 frames is in the SDRAM, and none of it in the object.
    assert int(match[1]) < 50_000
    assert int(match[2]) >= 4 * 200_000


def test_architecture_files_work_unchanged(folder: Path) -> None:
    """Debian's minimal.cpp prints blocks of sound: with the SDRAM as a section, and without."""
    words = ("-cn", "echo", "-a", "minimal.cpp", "-o")
    dspc(folder, *words, folder / "placed.cpp")
    plain = (sys.executable, "-m", "dspc", folder / "echo.dsp", *words, folder / "plain.cpp")
    run(*plain)
    section = '-DDSPC_DDR=__attribute__((section("sdram_bss")))'
    heard: list[list[str]] = []
    for name, *flags in (("plain",), ("placed",), ("placed", "-DDSPC_INSTANCES=1", section)):
        executable = folder / f"{name}{len(flags)}"
        run("g++", "-std=c++11", "-O1", "-w", *flags, folder / f"{name}.cpp", "-o", executable)
        said = run(executable).splitlines()
        size = re.search(r"DSP size: (\d+)", said[0])
        assert size is not None
        assert (int(size[1]) > 800_000) == (name == "plain")
        heard.append(said[1:])
    assert heard[0] == heard[1] == heard[2]
    assert any(re.search("0[.]0[1-9]", line) for line in heard[0])
    sizes = run("size", "-A", folder / "placed2")
    section_size = re.search(r"^sdram_bss\s+(\d+)", sizes, re.M)
    assert section_size is not None
    assert int(section_size[1]) >= 4 * 200_000


def test_the_picture_and_the_table_are_of_today(tmp_path: Path) -> None:
    program = Path("/usr/share/faust/examples/reverb/freeverb.dsp")
    if not program.exists():
        pytest.skip("needs Faust's examples")
    ask = (sys.executable, "-m", "dspc", "--machine", "am572x", "--memory-map", "svg", program)
    drawn = (PAGE.parent / "memory_freeverb_am572x.svg").read_text()
    match = re.search(r"([\d,]+) cycles of memory access", run(*ask))
    assert match is not None
    assert match[0] in drawn
    row = next(line for line in PAGE.read_text().splitlines() if "| am572x | auto |" in line)
    assert match[1].replace(",", " ") in row
