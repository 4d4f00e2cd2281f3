"""Speed of the generated code compared with Faust's: nanoseconds per frame, as ratios in one run.

    python benchmarks/run_time.py [FILES] [--rounds 60] [--compiler g++ --compiler clang++]
                                  [--strict | --both] [--double] [--quick] [--all] [--json FILE]
                                  [--build-seconds 90] [--build-only] [--set LABEL=VALUE]
                                  [--settings native|plain|clang|blocks|jit]

Builds a program with Faust in each of its modes (scalar; -vec of both loop variants and of longer
chunks; copied delays for FIRs) and with dspc in each of ours, all with the same compilers and flags
(-O3 -march=native, and -ffast-math; --strict omits the last, --both times both). One process loads
them all and times them in turns on noise, in blocks of 512 at 48 kHz with all buttons pressed; the
minimum time of each counts. `default` is Faust's default over our default with the first compiler,
`best` Faust's best over our best of any mode and compiler; above 1, ours is faster.
--all prints the time of each variant.

The samples of each variant are compared with those of Faust's scalar code in double precision. A
variant whose difference exceeds a hundredth of the peak, and ten times that of Faust's own single
precision, is reported and excluded.

A build that takes more than --build-seconds of processor time is reported and skipped; the limit is
the same for Faust's code and ours. A program is timed when all its builds are complete. --json
saves the results after each program; a run with the same file resumes. --build-only times nothing.

--settings NAME, which may be repeated, prints a row for each setting that people build in: the
geometric mean of Faust's time over ours, how many programs are slower than Faust's, and the worst
(`settings.py` lists the rows). jit compares the back end llvm with the same loops by clang++.
--quick takes two modes of each there, too, and without FILES some of the programs.

--set sets all sliders of a label, as in --set millisecond=250.

Without FILES, the programs of benchmarks/programs/ and a selection of Debian's faust package.
Builds are cached in DSPC_BENCHMARK_CACHE, or a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import settings
from settings import COPIED, MODES, QUICK
from variants import BUILD_SECONDS, Timing, Variant, build_all, is_late, right, timed

EXAMPLES = Path("/usr/share/faust/examples")
OURS = Path(__file__).with_name("programs")
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
LINE = "| {:28} | {:>8} | {:>8} | {:>8} | {:>8} | {:>7} | {:>6} |"
SLOW = 0.95


@dataclass(frozen=True)
class Row:
    """A program's times: of Faust and of dspc, in the default mode and in the best."""

    name: str
    faust: float
    faust_best: float
    dspc: float
    dspc_best: float
    winners: tuple[str, str]

    @property
    def default(self) -> float:
        return self.faust / self.dspc

    @property
    def best(self) -> float:
        return self.faust_best / self.dspc_best


def variants(name: str, options: argparse.Namespace) -> list[Variant]:
    """All variants of a program, the reference of the default ratio first."""
    kinds = [("-ffast-math",)] if not options.strict else [()]
    kinds = [("-ffast-math",), ()] if options.both else kinds
    precision = ("-double",) if options.double else ()
    extra = ("-DFAUSTFLOAT=double",) if options.double else ()
    chosen: list[Variant] = []
    for compiler in options.compiler or ["g++", "clang++"]:
        for kind in kinds:
            flags = ("-O3", "-march=native", *kind, *extra)
            for maker, modes in (QUICK if options.quick else MODES).items():
                more = (COPIED[name],) if maker == "faust" and name in COPIED else ()
                words = [(*mode, *precision) for mode in (*modes, *more)]
                chosen += [Variant(maker, mode, compiler, flags) for mode in words]
    return chosen


def reference(options: argparse.Namespace) -> Variant:
    flags = ("-O1", *(("-DFAUSTFLOAT=double",) if options.double else ()))
    return Variant("faust", ("-double",), "g++", flags)


def measured(path: Path, options: argparse.Namespace) -> dict[Variant, Timing]:
    """The timings of all variants that can be built and compute the right samples."""
    wanted = variants(path.stem, options)
    exact = reference(options)
    libraries = build_all(path, [exact, *wanted], options.jobs, options.build_seconds)
    for variant in (exact, *wanted):
        if variant not in libraries:
            late = f" in {options.build_seconds} s" if is_late(path, variant) else ""
            print(f"  {path.stem}: {variant.name} does not build{late}", flush=True)
    if exact not in libraries or options.build_only:
        return {}
    against = libraries[exact]
    timings = timed({v: libraries[v] for v in wanted if v in libraries}, against, options.rounds)
    own = timings[wanted[0]].error if wanted[0] in timings else 0.0
    return right(timings, own, path.stem)


Kept = dict[str, dict[str, tuple[float, float, float]]]
"""By program and variant: nanoseconds, error and peak."""


def kept_in(file: Path | None) -> Kept:
    """The results of an earlier run."""
    return json.loads(file.read_text(encoding="utf-8")) if file and file.exists() else {}


def known(path: Path, options: argparse.Namespace, kept: Kept) -> dict[Variant, Timing] | None:
    """The timings of a program in the results of an earlier run; None if it is not among them."""
    if path.stem not in kept:
        return None
    stored = kept[path.stem]
    return {v: Timing(*stored[v.name]) for v in variants(path.stem, options) if v.name in stored}


def best(timings: dict[Variant, Timing], maker: str) -> Variant | None:
    own = [variant for variant in timings if variant.maker == maker]
    return min(own, key=lambda variant: timings[variant].nanoseconds, default=None)


def row_of(name: str, timings: dict[Variant, Timing]) -> Row | None:
    """The row of a program, or None where a default or all of one side are missing."""
    plain: dict[str, float] = {}
    for variant, timing in timings.items():
        if variant.options in ((), ("-double",)):
            plain.setdefault(variant.maker, timing.nanoseconds)
    ends = (best(timings, "faust"), best(timings, "dspc"))
    if ends[0] is None or ends[1] is None or len(plain) < len(ends):
        return None
    least = [timings[end].nanoseconds for end in ends if end is not None]
    names = (ends[0].name, ends[1].name)
    return Row(name, plain["faust"], least[0], plain["dspc"], least[1], names)


def mean(values: Iterable[float]) -> float:
    logs = [math.log(value) for value in values]
    return math.exp(sum(logs) / len(logs)) if logs else math.nan


def print_row(row: Row) -> None:
    cells = (row.faust, row.faust_best, row.dspc, row.dspc_best, row.default, row.best)
    print(LINE.format(row.name, *(f"{cell:.2f}" for cell in cells)), flush=True)


def summarise(rows: Sequence[Row]) -> None:
    means = (mean(row.default for row in rows), mean(row.best for row in rows))
    ends = (f"{means[0]:.2f}", f"{means[1]:.2f}")
    print(LINE.format(f"geometric mean of {len(rows)}", *[""] * 4, *ends))
    slow = [row for row in rows if min(row.default, row.best) < SLOW]
    for row in slow:
        print(f"below {SLOW}: {row.name} (default {row.default:.2f}, best {row.best:.2f})")


def parsed() -> argparse.Namespace:
    lines = (__doc__ or "").splitlines()
    parser = argparse.ArgumentParser(description=lines[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--compiler", action="append", help="g++ and clang++ if none is named")
    parser.add_argument("--strict", action="store_true", help="without -ffast-math")
    parser.add_argument("--both", action="store_true", help="with and without -ffast-math")
    parser.add_argument("--double", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="LABEL=VALUE")
    parser.add_argument("--quick", action="store_true", help="two modes of each")
    parser.add_argument("--all", action="store_true", help="print every variant")
    parser.add_argument("--jobs", type=int, default=2, help="builds at once")
    parser.add_argument("--json", type=Path, help="keep all numbers in a file, and go on from it")
    parser.add_argument("--build-seconds", type=int, default=BUILD_SECONDS)
    parser.add_argument("--build-only", action="store_true", help="time nothing")
    parser.add_argument(
        "--settings", action="append", choices=tuple(settings.SETTINGS), help="rows of settings"
    )
    return parser.parse_args()


def row_for(path: Path, options: argparse.Namespace, kept: Kept) -> Row | None:
    """Measures and prints one program, unless that is done already."""
    timings = known(path, options, kept)
    if timings is None:
        timings = measured(path, options)
        if timings and options.json:
            kept[path.stem] = {v.name: astuple(timing) for v, timing in timings.items()}
            options.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    if options.build_only:
        return None
    row = row_of(path.stem, timings)
    if row is None:
        print(f"  {path.stem}: nothing to compare", flush=True)
        return None
    print_row(row)
    if options.all:
        for variant, timing in sorted(timings.items(), key=lambda pair: pair[1].nanoseconds):
            print(f"    {timing.nanoseconds:9.2f} {timing.error:9.2g}  {variant.name}")
    return row


def main() -> None:
    """Measures and prints."""
    options = parsed()
    os.environ["BENCHMARK_SET"] = ";".join(options.set)
    every = [*sorted(OURS.glob("*.dsp")), *(EXAMPLES / f"{name}.dsp" for name in PROGRAMS)]
    files = [Path(file).resolve() for file in options.files]
    if options.settings:
        some = [path for path in every if path.stem in settings.SOME or not options.quick]
        return settings.measure(files or some, options)
    files = files or every
    print(LINE.format("ns per frame", "faust", "its best", "dspc", "its best", "default", "best"))
    print(LINE.format("---", *["--:"] * 6))
    kept = kept_in(options.json)
    rows = [row for path in files if (row := row_for(path, options, kept))]
    if rows:
        summarise(rows)


if __name__ == "__main__":
    main()
