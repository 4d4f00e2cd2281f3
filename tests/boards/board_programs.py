"""Generated code for boards, compiled by cross compilers and run in QEMU.

`board_programs.py MACHINE [PART...]` prints the largest difference from the host's samples for each
of PROGRAMS (with names that have one of the parts).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from tests.conformance.programs import EXAMPLES

HERE = Path(__file__).resolve().parent
PROGRAMS = (
    "SAM/chorus/chorus.dsp",
    "SAM/flanger/flanger.dsp",
    "SAM/freeverb/freeverb.dsp",
    "SAM/sine_synth/sine_synth.dsp",
    "SAM/virtualAnalog/virtualAnalog.dsp",
    "ambisonics/oneSourceToStereo.dsp",
    "analysis/dbmeter.dsp",
    "analysis/spectralLevel.dsp",
    "bela/AdditiveSynth.dsp",
    "bela/FMSynth2.dsp",
    "delayEcho/echo.dsp",
    "delayEcho/smoothDelay.dsp",
    "dynamic/compressor.dsp",
    "dynamic/distortion.dsp",
    "dynamic/noiseGate.dsp",
    "filtering/APF.dsp",
    "filtering/BPF.dsp",
    "filtering/DNN.dsp",
    "filtering/graphicEqLab.dsp",
    "filtering/moogVCF.dsp",
    "filtering/vocoder.dsp",
    "gameaudio/bubble.dsp",
    "generator/noise.dsp",
    "generator/osc.dsp",
    "phasing/flanger.dsp",
    "phasing/phaser.dsp",
    "physicalModeling/karplus.dsp",
    "physicalModeling/faust-stk/clarinet.dsp",
    "reverb/dattorro.dsp",
    "reverb/freeverb.dsp",
    "reverb/zitaRev.dsp",
)
CORTEX_M7 = ("-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard")
COMMON = (
    "-std=c++17",
    "-ffp-contract=off",
    "-fno-exceptions",
    "-fno-rtti",
    "-Wall",
    "-Wextra",
    "-Wno-unused-parameter",
)
BARE = ("-ffreestanding", "-fno-threadsafe-statics", "-nostartfiles", "--specs=nosys.specs")
TIMEOUT = 120


def generate(path: str, machine: str, folder: Path, **settings: object) -> Path:
    """Writes the class of a program for a machine; `settings` are fields of CompileOptions."""
    code = compile_text(path, CompileOptions(machine=machine, **settings), Clock())  # pyright: ignore[reportArgumentType]
    header = folder / f"{machine}.h"
    header.write_text(code, encoding="utf-8")
    return header


def compile_for(compiler: str, header: Path, flags: Sequence[str], real: str) -> Path:
    """The program that renders a header's class. Raises CalledProcessError with the messages."""
    binary = header.with_suffix(f".{compiler}")
    command = [compiler, *COMMON, *flags, f'-DPROGRAM="{header}"', f"-DFAUSTFLOAT={real}"]
    command += [f"-I{HERE}", str(HERE / "render.cpp"), "-lm", "-o", str(binary)]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT)
    return binary


def samples(command: Sequence[str], folder: Path, real: str) -> NDArray[np.float64]:
    """What a program writes to its folder. Raises CalledProcessError."""
    subprocess.run(command, check=True, cwd=folder, capture_output=True, timeout=TIMEOUT)
    kind = np.float64 if real == "double" else np.float32
    return np.fromfile(folder / "samples.raw", kind).astype(np.float64)


def on_host(header: Path, real: str = "double") -> NDArray[np.float64]:
    flags = ("-O1",)
    return samples([str(compile_for("g++", header, flags, real))], header.parent, real)


def on_cortex_m7(header: Path, real: str = "double") -> NDArray[np.float64]:
    """On QEMU's mps2-an500, where the sections of a Daisy have its sizes."""
    flags = ("-Os", *CORTEX_M7, *BARE, f"-T{HERE / 'mps2.ld'}", "-Wl,--gc-sections")
    binary = compile_for("arm-none-eabi-g++", header, flags, real)
    machine = ("qemu-system-arm", "-M", "mps2-an500", "-display", "none", "-monitor", "none")
    hosted = ("-serial", "none", "-semihosting-config", "enable=on,target=native")
    return samples([*machine, *hosted, "-kernel", str(binary)], header.parent, real)


def on_aarch64(header: Path, real: str = "double") -> NDArray[np.float64]:
    """On QEMU's Cortex-A72, as a Raspberry Pi has it, with NEON."""
    binary = compile_for("aarch64-linux-gnu-g++", header, ("-O2", "-static"), real)
    return samples(["qemu-aarch64", "-cpu", "cortex-a72", str(binary)], header.parent, real)


RUNS = {"daisy": on_cortex_m7, "raspberrypi": on_aarch64}


def difference(
    path: str, machine: str, folder: Path, real: str = "double", **settings: object
) -> float:
    """The largest difference between a board's samples and the host's, relative to the peak where
    that is above 1."""
    header = generate(path, machine, folder, double=real == "double", **settings)
    expected, actual = on_host(header, real), RUNS[machine](header, real)
    if expected.shape != actual.shape or not expected.size:
        raise ValueError(f"{actual.size} samples of {expected.size}")
    same = (actual == expected) | (np.isnan(actual) & np.isnan(expected))
    apart = np.where(same, 0.0, np.abs(actual - expected))
    return float(apart.max(initial=0.0)) / max(1.0, float(np.abs(expected).max(initial=0.0)))


def main() -> None:
    machine, *parts = sys.argv[1:]
    for name in PROGRAMS:
        if parts and not any(part in name for part in parts):
            continue
        for real in ("double", "float"):
            with tempfile.TemporaryDirectory() as folder:
                try:
                    outcome = f"{difference(str(EXAMPLES / name), machine, Path(folder), real):.2g}"
                except subprocess.CalledProcessError as error:
                    outcome = f"{error.returncode}: {error.stderr}"
            print(f"{name} {real}: {outcome}", flush=True)


if __name__ == "__main__":
    main()
