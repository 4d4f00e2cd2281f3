"""The back end llvm compared with C++: time to the first sample, and nanoseconds per frame.

    python benchmarks/jit.py [FILES] [--double] [--vec] [--fast] [--rounds 40] [--frames 4096]

Makes loops of each program once, then compiles them in this process (IR printed, optimized, linked)
and by g++ -O3 -march=native with its cache empty; `ms` are of CPU time. Strict by default: no
contraction, so that both compute the same; --fast permits -ffast-math for both. Both instances are
then timed in turns on noise; the minimum time of each counts, and outputs are compared. `ratio` is
C++ over LLVM: above 1, LLVM's code is faster.

Without FILES, the programs of benchmarks/programs/ and some of Debian's faust package.
"""

from __future__ import annotations

import argparse
import math
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.llvm.instance import LlvmInstance
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.standard import loop_passes
from dspc.targets.lookup import find_target

OURS = Path(__file__).with_name("programs")
EXAMPLES = Path("/usr/share/faust/examples")
SOME = (
    "reverb/freeverb", "reverb/zitaRev", "filtering/vocoder", "filtering/moogVCF",
    "dynamic/compressor", "generator/osc", "pitchShifting/pitchShifter", "phasing/phaser",
    "physicalModeling/churchBell", "physicalModeling/fds/StiffString",
)  # fmt: skip
LINE = "| {:20} | {:>9} | {:>9} | {:>7} | {:>9} | {:>9} | {:>7} | {:>8} |"


def loops(path: Path, options: LoopOptions) -> ModuleOp:
    module = read_program(str(path), options.frontend())
    run_passes(module, loop_passes(options, find_target("llvm")), CompileOptions(), Clock())
    return module


def started(make: Callable[[], Any], frames: int) -> tuple[Any, float]:
    """An instance, and the CPU seconds, those of compilers included, until its first block."""
    begin = sum(os.times()[:4])
    instance = make()
    instance.compute(np.zeros((instance.inputs, frames)))
    return instance, sum(os.times()[:4]) - begin


def turn(instance: Any, noise: Any) -> float:
    begin = time.perf_counter()
    instance.compute(noise)
    return (time.perf_counter() - begin) * 1e9 / noise.shape[1]


def compare(path: Path, options: argparse.Namespace) -> tuple[float, float] | None:
    """Prints a program's line; the ratios of the times to the first sample and per frame."""
    chosen = LoopOptions(double=options.double, vec=options.vec)
    module = loops(path, chosen)
    kind = ("-ffast-math",) if options.fast else ("-ffp-contract=off",)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DSPC_CACHE_DIR"] = folder
        flags = ("-O3", "-march=native", *kind)
        cpp, cpp_start = started(lambda: NativeInstance(module, 48000, flags), 64)
    llvm, llvm_start = started(lambda: LlvmInstance(module, 48000, options.fast), 64)
    random, real = np.random.default_rng(1), np.float64 if options.double else np.float32
    noise = random.uniform(-0.5, 0.5, (llvm.inputs, options.frames)).astype(real)
    cpp.reset()
    llvm.reset()
    apart = np.abs(cpp.compute(noise) - llvm.compute(noise))
    least = [math.inf, math.inf]
    for number in range(options.rounds):
        for at in (0, 1) if number % 2 else (1, 0):
            least[at] = min(least[at], turn((cpp, llvm)[at], noise))
    starts, speeds = cpp_start / max(llvm_start, 0.01), least[0] / least[1]
    off = float(np.nan_to_num(apart, nan=math.inf).max(initial=0.0))
    cells = (f"{cpp_start * 1e3:.0f}", f"{llvm_start * 1e3:.0f}", f"{starts:.1f}")
    cells += (f"{least[0]:.2f}", f"{least[1]:.2f}", f"{speeds:.2f}", f"{off:.1g}")
    print(LINE.format(path.stem, *cells), flush=True)
    return starts, speeds


def mean(values: list[float]) -> float:
    return math.exp(sum(map(math.log, values)) / len(values))


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--double", action="store_true")
    parser.add_argument("--vec", action="store_true")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--frames", type=int, default=4096)
    options = parser.parse_args()
    files = options.files or [
        *sorted(OURS.glob("*.dsp")), *(EXAMPLES / f"{name}.dsp" for name in SOME),
    ]  # fmt: skip
    names = ("C++ ms", "LLVM ms", "ratio", "C++ ns", "LLVM ns", "ratio", "apart")
    print(LINE.format("start; per frame", *names))
    print(LINE.format("---", *["--:"] * len(names)))
    all_ratios = [
        all_ratios for path in files if (all_ratios := compare(path, options)) is not None
    ]
    starts, speeds = (f"{mean([pair[at] for pair in all_ratios]):.2f}" for at in (0, 1))
    print(LINE.format(f"geometric mean of {len(all_ratios)}", "", "", starts, "", "", speeds, ""))


if __name__ == "__main__":
    main()
