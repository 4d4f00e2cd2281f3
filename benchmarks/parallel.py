"""Speed-up by threads: -sch and -omp of dspc and of Faust, on 1 thread and on more.

    python benchmarks/parallel.py [FILES] [--threads 2] [--rounds 40] [--turns 3] [--chunk N]

Builds each program with Faust and with dspc: scalar, -vec, -sch and -omp, ours with -g (g++ -O3
-march=native -ffast-math), and times all in turns, each in a process of its own, since the number
of threads is fixed for a process. Blocks of 512 frames at 48 kHz; the minimum nanoseconds per frame
count. `x` is the speed-up of the mode on all threads over one. Faust's chunks have its 32 frames or
512, whichever is faster. A mode that fails, hangs or computes other samples is shown as `-` and
reported.

Each program is preceded by the round-trip time of a cache line between two cores. The speed-up
depends on it, and it may change from minute to minute on virtual cores: some 80 ns for two that
share a cache, 350 and more for two that do not.

Without FILES: a wide and heavy program (32 reverbs side by side), and others of several shapes.
Builds are cached as by run_time.py. Measure on an idle machine.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from variants import Variant, built, program_of, runner

EXAMPLES = Path("/usr/share/faust/examples")
OURS = Path(__file__).with_name("programs")
PROGRAMS = (
    OURS / "reverbs32.dsp",
    OURS / "poly16.dsp",
    OURS / "modes64.dsp",
    EXAMPLES / "reverb/zitaRev.dsp",
    EXAMPLES / "filtering/vocoder.dsp",
    EXAMPLES / "analysis/spectralLevel.dsp",
)
FLAGS = ("-O3", "-march=native", "-ffast-math", "-fopenmp", "-pthread")
PRELUDE = Path(__file__).with_name("faust_omp.h")
"""Added to Faust's -omp code, which calls `min` without a namespace."""
DISTANCE = Path(__file__).with_name("core_distance.cpp")
SECONDS = 60
WRONG = 0.01
"""How far off a mode may be, of the peak."""


@dataclass(frozen=True)
class Case:
    """A way to build a program, and on how many threads it runs."""

    label: str
    variant: Variant
    threads: int


def cases(threads: int, chunk: int | None) -> list[Case]:
    """The modes to time; those with the same label are alternatives."""
    listed: list[Case] = []

    def add(maker: str, label: str, *options: str, on: tuple[int, ...] = (1,)) -> None:
        more = ("-include", str(PRELUDE)) if (maker, label) == ("faust", "-omp") else ()
        variant = Variant(maker, options, "g++", (*FLAGS, *more))
        listed.extend(Case(f"{maker} {label}", variant, count) for count in on)

    for maker in ("faust", "dspc"):
        add(maker, "scalar")
        add(maker, "-vec", "-vec")
    for mode in ("-sch", "-omp"):
        for size in ("32", "512"):
            add("faust", mode, mode, "-vs", size, on=(1, threads))
        own = ("-vs", str(chunk)) if chunk else ()
        add("dspc", mode, mode, "-g", *own, on=(1, threads))
    return listed


def time_once(case: Case, library: Path, reference: Path, rounds: int) -> tuple[float, str]:
    """Nanoseconds per frame, and the fault ("" if none)."""
    count = str(case.threads)
    environment = {**os.environ, "OMP_NUM_THREADS": count, "DSPC_NUM_THREADS": count}
    command = [str(runner()), str(rounds), str(reference), str(library)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return math.inf, f"did not end within {SECONDS} s"
    if done.returncode != 0:
        return math.inf, f"ended with {done.returncode}"
    spent, error, peak = map(float, done.stdout.split())
    if not error <= WRONG * peak:
        return math.inf, f"is off by {error:.2g} at a peak of {peak:.2g}"
    return spent, ""


def distance() -> str:
    """The round trip of a cache line between two cores in nanoseconds."""
    done = subprocess.run(
        [str(program_of(DISTANCE, "-pthread"))], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "-"


def measured(path: Path, options: argparse.Namespace) -> dict[tuple[str, int], float]:
    """The least time of each label and number of threads."""
    wanted = cases(options.threads, options.chunk)
    exact = built(path, Variant("faust", (), "g++", ("-O1",)))
    libraries = {variant: built(path, variant) for variant in {case.variant for case in wanted}}
    least: dict[tuple[str, int], float] = {}
    faults: dict[str, None] = {}
    for _ in range(options.turns):
        for case in wanted:
            library = libraries[case.variant]
            if library is None or exact is None:
                faults[f"{case.variant.mode} does not build"] = None
                continue
            spent, fault = time_once(case, library, exact, options.rounds)
            if fault:
                faults[f"{case.variant.mode} on {case.threads} threads {fault}"] = None
            key = (case.label, case.threads)
            least[key] = min(least.get(key, math.inf), spent)
    for fault in faults:
        print(f"  {path.stem}: {fault}", flush=True)
    return least


def number(value: float, digits: int = 0) -> str:
    return f"{value:.{digits}f}" if math.isfinite(value) else "-"


LINE = "| {:14} | {:6} |" + " {:>6} |" * 8
HEAD = (
    "ns per frame",
    "maker",
    "scalar",
    "-vec",
    "-sch 1",
    "-sch {}",
    "x",
    "-omp 1",
    "-omp {}",
    "x",
)


def print_rows(name: str, times: dict[tuple[str, int], float], threads: int) -> None:
    """A row for Faust, one for dspc."""
    for maker in ("faust", "dspc"):
        cells = [times.get((f"{maker} {label}", 1), math.inf) for label in ("scalar", "-vec")]
        shown = [number(cell) for cell in cells]
        for mode in ("-sch", "-omp"):
            one, all_ = (times.get((f"{maker} {mode}", n), math.inf) for n in (1, threads))
            shown += [number(one), number(all_), number(one / all_, 2)]
        print(LINE.format(name, maker, *shown), flush=True)


def main() -> None:
    """Builds, measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--chunk", type=int, help="frames of our chunks [dspc's default]")
    options = parser.parse_args()
    print(LINE.format(*(word.format(options.threads) for word in HEAD)))
    print(LINE.format("---", "---", *["--:"] * 8))
    for path in options.files or PROGRAMS:
        print(f"  {distance()} ns from core to core and back", flush=True)
        print_rows(path.stem, measured(path.resolve(), options), options.threads)


if __name__ == "__main__":
    main()
