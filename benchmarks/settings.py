"""Faust's time over ours in the settings people build in: a row for each, over all programs.

`run_time.py --settings NAME` measures the rows of a setting. All variants of a program that share a
block size are timed in turns in one process. With --json, the times are kept after each program,
and a run with the same file measures only what is missing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variants import BLOCK, Timing, Variant, build_all, right, timed

VEC = ("-vec", "-vs", "32", "-lv", "0")
MODES = {
    "faust": ((), VEC, ("-vec", "-vs", "32", "-lv", "1"), ("-vec", "-vs", "256", "-lv", "0")),
    "dspc": ((), ("-vec",), VEC, ("-vec", "-vs", "512")),
}
COPIED = {
    "fir64": ("-vec", "-vs", "512", "-lv", "0", "-mcd", "64"),
    "rms1000": ("-vec", "-vs", "512", "-lv", "0", "-mcd", "2000"),
}
"""Programs on which Faust gains by copying delays that it would keep in rings."""
QUICK = {"faust": ((), VEC), "dspc": ((), ("-vec",))}
SOME = (
    "biquad", "comb8", "fir64", "onepole", "freeverb", "zitaRev", "vocoder", "compressor", "osc",
    "matrix", "churchBell", "moogLadder",
)  # fmt: skip
"""The programs of a quick run."""
FAST = ("-O3", "-march=native", "-ffast-math")
STRICT = ("-O3", "-march=native")
EQUAL = 0.98
"""Below this, a program counts as slower than Faust's."""
LINE = "| {:36} | {:>8} | {:>8} | {:>6} | {}"
EXACT = Variant("faust", ("-double",), "g++", ("-O1",))
"""The samples that all others are compared with."""


Variants = tuple[Variant, ...]


def by(
    maker: str, modes: Iterable[tuple[str, ...]], compiler: str, flags: Sequence[str]
) -> Variants:
    """The modes of a maker, by a compiler with some flags."""
    return tuple(Variant(maker, mode, compiler, tuple(flags)) for mode in modes)


@dataclass(frozen=True)
class Row:
    """A comparison: the least time of Faust's variants over the least of ours, in blocks."""

    name: str
    faust: Variants
    ours: Variants
    block: int = BLOCK

    def of(self, program: str, is_quick: bool) -> Row:
        """The row with the variants that a program has."""
        faust, ours = self.faust, self.ours
        if program in COPIED and len(faust) > 1:
            flags = dict.fromkeys((variant.compiler, variant.flags) for variant in faust)
            faust += tuple(Variant("faust", COPIED[program], *kind) for kind in flags)
        if is_quick:
            faust = tuple(variant for variant in faust if variant.options in QUICK["faust"])
            ours = tuple(variant for variant in ours if variant.options in QUICK["dspc"])
        return Row(self.name, faust, ours, self.block)


def default(name: str, flags: Sequence[str], block: int = BLOCK) -> Row:
    """Faust's default over ours, by g++."""
    return Row(name, by("faust", [()], "g++", flags), by("dspc", [()], "g++", flags), block)


GXX, CLANG = (by("faust", MODES["faust"], compiler, FAST) for compiler in ("g++", "clang++"))
OUR_GXX, OUR_CLANG = (by("dspc", MODES["dspc"], compiler, FAST) for compiler in ("g++", "clang++"))
SETTINGS: dict[str, tuple[Row, ...]] = {
    "native": (
        default("-O3 -march=native -ffast-math", FAST),
        Row("the same, Faust's best", (*GXX, *CLANG), by("dspc", [()], "g++", FAST)),
        Row("the best of both", (*GXX, *CLANG), (*OUR_GXX, *OUR_CLANG)),
        default("-O3 -march=native", STRICT),
    ),
    "plain": (
        default("x86-64 -O2", ("-O2",)),
        default("x86-64 -O3", ("-O3",)),
        default("x86-64 -O3 -ffast-math", ("-O3", "-ffast-math")),
    ),
    "clang": (Row("clang++ fast, Faust's best", CLANG, by("dspc", [()], "clang++", FAST)),),
    "blocks": tuple(default(f"fast, blocks of {block}", FAST, block) for block in (1, 16, 32)),
    "jit": (),
}
"""The contenders in each setting. jit is measured by jit.py."""
JIT = "llvm over clang++ fast, same loops"
Times = dict[str, float]
"""Nanoseconds per frame by variant, flags and block; negative where a variant has none."""


@dataclass
class Kept:
    """The times of each program, in a file if there is one."""

    file: Path | None
    times: dict[str, Times] = field(default_factory=dict[str, Times])

    def __post_init__(self) -> None:
        if self.file and self.file.exists():
            self.times = json.loads(self.file.read_text(encoding="utf-8"))

    def add(self, program: str, times: Times) -> None:
        self.times.setdefault(program, {}).update(times)
        if self.file:
            self.file.write_text(json.dumps(self.times, indent=1), encoding="utf-8")


def key(variant: Variant, block: int) -> str:
    flags = " ".join(variant.flags)
    return f"{variant.mode} | {variant.compiler} {flags} | {block}"


def measure(files: Sequence[Path], options: argparse.Namespace) -> None:
    """Measures the settings and prints a line for each program and row."""
    kept = Kept(options.json)
    asked = [row for name in options.settings for row in SETTINGS[name]]
    columns: dict[str, list[float | None]] = {}
    for path in files:
        rows = [row.of(path.stem, options.quick) for row in asked]
        for block in sorted({row.block for row in rows}):
            measure_block(path, [row for row in rows if row.block == block], options, kept)
        if "jit" in options.settings and JIT not in kept.times.get(path.stem, {}):
            kept.add(path.stem, {JIT: jit_ratio(path, options.rounds)})
        times = kept.times.get(path.stem, {})
        columns[path.stem] = [*(ratio(row, times) for row in rows), times.get(JIT)]
        print_program(path.stem, columns[path.stem][: None if JIT in times else -1])
    print(LINE.format("setting: Faust's time over ours", "mean of", "ratio", "slower", "worst |"))
    print(LINE.format("---", "--:", "--:", "--:", "--- |"))
    for at, name in enumerate((*(row.name for row in asked), JIT)):
        print_row(name, {program: ratios[at] for program, ratios in columns.items()})


def measure_block(path: Path, rows: Sequence[Row], options: argparse.Namespace, kept: Kept) -> None:
    """Builds and times the variants of some rows, unless all are known."""
    block = rows[0].block
    wanted = list(dict.fromkeys(v for row in rows for v in (*row.faust, *row.ours)))
    known = kept.times.get(path.stem, {})
    if all(key(variant, block) in known for variant in wanted):
        return
    libraries = build_all(path, [EXACT, *wanted], options.jobs, options.build_seconds)
    if EXACT not in libraries or options.build_only:
        return
    own = [variant for variant in wanted if variant.maker == "faust" and variant in libraries][:1]
    some = {variant: libraries[variant] for variant in wanted if variant in libraries}
    timings = timed(some, libraries[EXACT], options.rounds, block)
    good = right(timings, timings[own[0]].error if own else 0.0, path.stem)
    none = Timing(-1.0, 0.0, 0.0)
    kept.add(path.stem, {key(v, block): good.get(v, none).nanoseconds for v in wanted})


def jit_ratio(path: Path, rounds: int) -> float:
    """The time per frame of the loops by clang++ over that by the back end llvm."""
    from jit import compare

    os.environ["CXX"] = "clang++"
    chosen: dict[str, Any] = {"double": False, "vec": False, "fast": True, "frames": 4096}
    ratios = compare(path, argparse.Namespace(rounds=rounds, **chosen))
    return ratios[1] if ratios else -1.0


def ratio(row: Row, times: Times) -> float | None:
    """The least time of Faust's variants over the least of ours; None where a side is missing."""
    ends: list[float] = []
    for side in (row.faust, row.ours):
        times_of_row = [times.get(key(variant, row.block), -1.0) for variant in side]
        ends.append(min((time for time in times_of_row if time > 0), default=math.nan))
    return None if any(map(math.isnan, ends)) else ends[0] / ends[1]


def print_program(name: str, ratios: Iterable[float | None]) -> None:
    text = "  ".join("   -  " if ratio is None else f"{ratio:6.2f}" for ratio in ratios)
    print(f"{name:24} {text}", flush=True)


def print_row(name: str, ratios: dict[str, float | None]) -> None:
    measured = {program: value for program, value in ratios.items() if value and value > 0}
    if not measured:
        return
    mean = math.exp(sum(map(math.log, measured.values())) / len(measured))
    slower = [program for program in measured if measured[program] < EQUAL]
    worst = min(measured, key=lambda program: measured[program])
    cells = (f"{len(measured)}", f"{mean:.2f}", f"{len(slower)}")
    print(LINE.format(name, *cells, f"{worst} {measured[worst]:.2f} |"))
