"""The C++ host program: compiled, run on PoCL, and compared with the C++ back end."""

from __future__ import annotations

import shutil
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cl_agree import RATE, loops
from heap_platforms import HERE, environment, require

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.host import _number, _quoted

pytestmark = pytest.mark.builds

PROGRAM = """
gain = hslider("a ?? group/gain", 0.5, 0, 1, 0.01);
short = soundfile("short[url:{'tone.wav';'none.wav'}]", 1) : !, !, _;
process = (@(700) * gain : + ~ *(0.6)), (_ : hbargraph("level", 0, 1)), (0, (+(1) ~ _) : short);
"""
INPUTS, OUTPUTS, FRAMES = 2, 3, 1500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("host")
    (directory / "p.dsp").write_text(PROGRAM)
    with wave.open(str(directory / "tone.wav"), "wb") as file:
        file.setparams((1, 2, 44100, 0, "NONE", ""))
        file.writeframes((np.sin(np.arange(900) / 9) * 20000).astype("<i2").tobytes())
    return directory


def dspc(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "dspc", "--target", "opencl", "-double", *arguments]
    done = subprocess.run(
        [*command, str(folder / "p.dsp")],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=HERE.parents[2],
    )
    return done.returncode, done.stderr


def build(folder: Path, heap: str) -> Path:
    """The host program of a folder of its own."""
    status, said = dspc(folder, "--heap", heap, "-cn", "Echo", "-o", f"{folder / heap}/")
    assert status == 0, said
    make = ["make", "-C", str(folder / heap), "CXXFLAGS=-O0 -Werror -Wno-ignored-attributes"]
    done = subprocess.run(make, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder / heap / "Echo"


def run(program: Path, folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [str(program), "--platform", "debian", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment(),
        cwd=folder,
    )
    return done.returncode, done.stderr


def expected(folder: Path, noise: Any) -> Any:
    native = NativeInstance(loops(str(folder / "p.dsp")), RATE, ("-O1",), str(folder))
    native.set(next(path for path in native.widgets() if path.endswith("gain")), 0.75)
    return native.compute(noise)


@pytest.mark.skipif(not Path("/usr/include/CL/opencl.hpp").exists(), reason="opencl-clhpp-headers")
@pytest.mark.parametrize("heap", ["msmc", "l2", "static"])
def test_the_host_plays_what_the_class_plays(heap: str, folder: Path) -> None:
    require("pocl-debian")
    program = build(folder, heap)
    noise = np.random.default_rng(3).uniform(-0.5, 0.5, (INPUTS, FRAMES))
    noise.T.astype(np.float64).tofile(folder / "in.raw")
    wanted = expected(folder, noise)
    for voices in (1, 3):
        options = ["-i", "in.raw", "-o", "out.raw", "--rate", str(RATE), "--set", "gain=0.75"]
        options += ["--block", "128", "--voices", str(voices)]
        status, said = run(program, folder, *options)
        assert status == 0, said
        samples = np.fromfile(folder / "out.raw").reshape(FRAMES, voices, OUTPUTS)
        for voice in range(voices):
            assert np.abs(samples[:, voice].T - wanted).max() <= 2e-6


def test_errors_of_the_host_are_reported(folder: Path) -> None:
    require("pocl-debian")
    program = folder / "static" / "Echo"
    if not program.exists():
        program = build(folder, "static")
    for arguments, status, words in (
        (["--nothing"], 2, "there is no option --nothing"),
        (["--set", "gain"], 2, "PATH=VALUE"),
        (["--block", "0"], 2, "from 1 on"),
        (["--set", "lame=1"], 1, "no control's path ends in lame"),
        (["-i", "missing.wav"], 1, "missing.wav: cannot be read"),
        (["-i", "p.dsp"], 1, "no WAV file"),
        (["--platform", "another"], 1, "there is "),
        (["--voices", "99999999", "--seconds", "0.1"], 1, "fewer voices"),
    ):
        exit_status, said = run(program, folder, *arguments)
        assert (exit_status, words in said) == (status, True), said


def test_a_wav_file_becomes_one(folder: Path) -> None:
    require("pocl-debian")
    program = folder / "static" / "Echo"
    if not program.exists():
        program = build(folder, "static")
    status, said = run(program, folder, "-i", "tone.wav", "-o", "out.wav")
    assert status == 0, said
    data = (folder / "out.wav").read_bytes()
    assert data[:4] == b"RIFF"
    assert len(data) == 44 + 900 * OUTPUTS * 4
    sound = np.frombuffer(data[44:], "<f4").reshape(-1, OUTPUTS)
    assert np.abs(sound[:, 1] - np.sin(np.arange(900) / 9) * 20000 / 32768).max() < 1e-4


def test_nothing_is_written_where_something_is_wrong(folder: Path) -> None:
    (folder / "bad").mkdir(exist_ok=True)
    broken = folder / "bad" / "p.dsp"
    broken.write_text('process = ffunction(float j0(float), <math.h>, "");\n')
    status, said = dspc(folder / "bad", "-o", f"{folder / 'bad' / 'out'}/")
    assert (status, "E0801" in said) == (1, True)
    assert not (folder / "bad" / "out").exists()
    assert shutil.which("make")


def test_texts_and_numbers_as_literals() -> None:
    assert _quoted('a"\\?é') == '"a\\042\\134\\077\\303\\251"'
    assert [_number(x) for x in (0.5, float("inf"), float("-inf"), float("nan"))] == [
        "0.5", "INFINITY", "-INFINITY", "NAN",
    ]  # fmt: skip
