"""Bytes of generated code on a Cortex-M7, by section, beside Faust's.

    python benchmarks/boards.py [--machine daisy] [PART...]

compiles the class of each of Faust's examples in `PROGRAMS` (those whose names have a PART) by
`arm-none-eabi-g++ -Os` in single precision, with one instance, and prints a row for it: the code
of the class and of `compute` alone, its constants, its memory by section, and the stack of
`compute`. Faust's class has all its memory in the object, so it is in .bss; "too much" is more than
the SRAM of a Daisy. The last line has the geometric means of our code's size relative to Faust's.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import geometric_mean

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError

EXAMPLES = Path("/usr/share/faust/examples")
HOST = Path(__file__).resolve().parents[1] / "tests" / "boards"
PROGRAMS = (
    "delayEcho/echo.dsp",
    "dynamic/compressor.dsp",
    "filtering/moogVCF.dsp",
    "filtering/vocoder.dsp",
    "generator/osc.dsp",
    "phasing/phaser.dsp",
    "physicalModeling/karplus.dsp",
    "physicalModeling/faust-stk/clarinet.dsp",
    "reverb/freeverb.dsp",
    "reverb/zitaRev.dsp",
    "SAM/virtualAnalog/virtualAnalog.dsp",
    "delayEcho/smoothDelay.dsp",
    "delayEcho/tapiir.dsp",
    "dynamic/noiseGate.dsp",
    "filtering/bandFilter.dsp",
    "filtering/cryBaby.dsp",
    "filtering/graphicEqLab.dsp",
    "filtering/lfBoost.dsp",
    "filtering/parametricEqLab.dsp",
    "generator/noise.dsp",
    "generator/filterOsc.dsp",
    "generator/sawtoothLab.dsp",
    "gameaudio/wind.dsp",
    "misc/matrix.dsp",
    "misc/tester.dsp",
    "misc/mixer.dsp",
    "phasing/flanger.dsp",
    "physicalModeling/faust-stk/bowed.dsp",
    "physicalModeling/faust-stk/modalBar.dsp",
    "psychoacoustic/harmonicExciter.dsp",
    "spat/spat.dsp",
)
FLAGS = (
    *("-std=c++17", "-Os", "-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard"),
    *("-fno-exceptions", "-fno-rtti", "-ffunction-sections", "-fstack-usage", f"-I{HOST}"),
)
SRAM = 512 * 1024
KINDS = (".text", ".rodata", ".bss", ".data")
HEAD = (
    *(".text", "Faust", "compute", "Faust", ".rodata", "Faust", ".bss", "Faust"),
    *("DTCM", "SDRAM", "stack", "Faust"),
)
UNIT = '#include "host.hpp"\n#include "program.h"\nmydsp program;\n'


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of an object file: by kind of section, and the largest stack frame of `compute`."""

    text: int
    compute: int
    constants: int
    sections: dict[str, int]
    stack: int

    def of(self, section: str) -> int:
        return self.sections.get(section, 0)


def measure(code: str, beside: Path) -> Sizes:
    """The sizes of a class with one static instance; headers may be in the folder `beside`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "program.h").write_text(code, encoding="utf-8")
        (folder / "unit.cpp").write_text(UNIT)
        command = ["arm-none-eabi-g++", *FLAGS, f"-I{beside}", "-c", "unit.cpp", "-o", "unit.o"]
        subprocess.run(command, check=True, cwd=folder, timeout=300)
        size = ["arm-none-eabi-size", "-A", "unit.o"]
        done = subprocess.run(size, check=True, cwd=folder, capture_output=True, text=True)
        symbols = ["arm-none-eabi-nm", "-S", "-C", "unit.o"]
        named = subprocess.run(symbols, check=True, cwd=folder, capture_output=True, text=True)
        usage = (folder / "unit.su").read_text()
    bytes_of: dict[str, int] = {}
    for section, size in re.findall(r"^(\.\S+)\s+(\d+)", done.stdout, re.MULTILINE):
        kind = next((one for one in KINDS if section.startswith(one)), section)
        bytes_of[kind] = bytes_of.get(kind, 0) + int(size)
    stacks = [int(size) for size in re.findall(r"mydsp::compute\(.*\t(\d+)\t", usage)]
    computes = re.findall(r"^\w+ (\w+) . mydsp::compute\(", named.stdout, re.MULTILINE)
    compute = sum(int(size, 16) for size in computes)
    texts = bytes_of.get(".text", 0), compute, bytes_of.get(".rodata", 0)
    return Sizes(*texts, bytes_of, max(stacks, default=0))


def faust(path: Path) -> str:
    """Faust's own C++, scalar, as it is for boards."""
    command = ["faust", "-t", "0", "-lang", "cpp", "-single", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--machine", default="daisy")
    parser.add_argument("parts", nargs="*")
    asked = parser.parse_args()
    print(f"| program | {' | '.join(HEAD)} |")
    print(f"|{'---|' * (len(HEAD) + 1)}")
    ratios: list[tuple[float, float]] = []
    for name in PROGRAMS:
        if asked.parts and not any(part in name for part in asked.parts):
            continue
        path = EXAMPLES / name
        options = CompileOptions(machine=asked.machine)
        try:
            ours = measure(compile_text(str(path), options, Clock()), path.parent)
        except DspcError as error:
            print(f"| {name} | {error.code}: {error.message} |", flush=True)
            continue
        theirs = measure(faust(path), path.parent)
        cells = [name.removesuffix(".dsp").rpartition("/")[2], ours.text, theirs.text]
        cells += [ours.compute, theirs.compute, ours.constants, theirs.constants]
        ratios.append((ours.text / theirs.text, ours.compute / theirs.compute))
        whole = theirs.of(".bss")
        cells += [ours.of(".bss"), f"{whole}, too much" if whole > SRAM else whole]
        cells += [ours.of(".dtcmram_bss"), ours.of(".sdram_bss"), ours.stack, theirs.stack]
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    for kind, column in zip((".text", "compute"), zip(*ratios, strict=True), strict=True):
        print(f"{kind}: {geometric_mean(column):.2f}, {min(column):.2f} to {max(column):.2f}")


if __name__ == "__main__":
    main()
