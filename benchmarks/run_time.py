"""Speed of the generated code beside Faust's: nanoseconds per frame, as ratios in one run.

    python benchmarks/run_time.py [FILES] [--rounds 5] [--compiler g++ --compiler clang++]
                                  [--strict] [--double]

Builds Faust's scalar and -vec output and ours with the same compiler and flags
(-O3 -march=native -ffast-math; --strict leaves the last out), runs all of them by turns, and takes
the least of all rounds of each. `default` is Faust's default over our default, `best` Faust's best
over our best; above 1, ours is faster. Without FILES, programs of Debian's faust package of every
kind. Denormal numbers are not flushed.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

EXAMPLES = Path("/usr/share/faust/examples")
PROGRAMS = (
    "reverb/freeverb", "reverb/zitaRev", "reverb/dattorro", "reverb/greyhole", "reverb/jprev",
    "filtering/filterBank", "filtering/vocoder", "filtering/moogLadder", "filtering/wahPedal",
    "filtering/parametricEqualizer", "filtering/cryBaby", "filtering/APF", "filtering/lowBoost",
    "delayEcho/tapiir", "delayEcho/echo", "delayEcho/quadEcho", "dynamic/compressor",
    "dynamic/distortion", "dynamic/noiseGate", "phasing/phaser", "phasing/flanger",
    "pitchShifting/pitchShifter", "generator/osc", "generator/noise", "generator/virtualAnalog",
    "misc/mixer", "misc/matrix", "analysis/spectralLevel", "physicalModeling/churchBell",
    "physicalModeling/fds/StiffString", "physicalModeling/brass", "gameaudio/wind",
)  # fmt: skip
HARNESS = Path(__file__).with_name("run_time.cpp")
MODES = {
    "faust": ["faust"],
    "faust -vec": ["faust", "-vec", "-vs", "32", "-lv", "0"],
    "dspc": [sys.executable, "-m", "dspc"],
    "dspc -vec": [sys.executable, "-m", "dspc", "-vec", "-vs", "32", "-lv", "0"],
}


def build(
    path: Path, folder: Path, compilers: Sequence[str], flags: Sequence[str]
) -> dict[str, Path]:
    """The executables of a program, by mode and compiler; those that fail to build are left out."""
    built: dict[str, Path] = {}
    precision = ["-double"] if "-DFAUSTFLOAT=double" in flags else []
    for mode, command in MODES.items():
        code = folder / f"{mode.replace(' ', '')}.cpp"
        text = [*command, *precision, "-a", str(HARNESS), str(path), "-o", str(code)]
        if subprocess.run(text, capture_output=True, check=False).returncode:
            continue
        for compiler in compilers:
            made = folder / f"{code.stem}_{compiler}"
            options = ["-std=c++17", "-O3", "-march=native", "-w", f"-I{path.parent}", *flags]
            done = [compiler, *options, str(code), "-o", str(made)]
            if subprocess.run(done, capture_output=True, check=False).returncode == 0:
                built[f"{mode} {compiler}"] = made
    return built


def measure(built: dict[str, Path], rounds: int) -> dict[str, float]:
    """The least nanoseconds per frame of each, taken by turns."""
    least = dict.fromkeys(built, math.inf)
    for _ in range(rounds):
        for name, made in built.items():
            ran = subprocess.run([str(made)], capture_output=True, text=True, check=False)
            if ran.returncode == 0:
                least[name] = min(least[name], float(ran.stdout))
    return least


def best(times: dict[str, float], of: str) -> float:
    return min((time for name, time in times.items() if name.startswith(of)), default=math.nan)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compiler", action="append", help="g++ if none is named")
    parser.add_argument("--strict", action="store_true", help="without -ffast-math")
    parser.add_argument("--double", action="store_true")
    options = parser.parse_args()
    compilers = options.compiler or ["g++"]
    flags = [] if options.strict else ["-ffast-math"]
    flags += ["-DFAUSTFLOAT=double"] if options.double else []
    files = options.files or [str(EXAMPLES / f"{name}.dsp") for name in PROGRAMS]
    line = "| {:32} | {:>9} | {:>9} | {:>9} | {:>9} | {:>7} | {:>7} |"
    print(line.format("ns per frame", *MODES, "default", "best"))
    print(line.format("---", *["--:"] * 6))
    ratios: list[tuple[float, float]] = []
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(file).resolve()
            times = measure(build(path, Path(folder), compilers, flags), options.rounds)
        cells = [best(times, f"{mode} {compilers[0]}") for mode in MODES]
        ratio = (cells[0] / cells[2], best(times, "faust") / best(times, "dspc"))
        if all(math.isfinite(r) for r in ratio):
            ratios.append(ratio)
        numbers = [*(f"{cell:.2f}" for cell in cells), *(f"{r:.2f}" for r in ratio)]
        print(line.format(path.stem, *numbers), flush=True)
    means = [math.exp(sum(math.log(pair[i]) for pair in ratios) / len(ratios)) for i in (0, 1)]
    print(line.format(f"geometric mean of {len(ratios)}", *[""] * 4, *(f"{m:.2f}" for m in means)))


if __name__ == "__main__":
    main()
