"""False alarms and proofs: `--validate each` on the examples, in all modes.

    python -m tests.conformance.validated --all --results FILE
    python -m tests.conformance.validated --all --fifth 2 --results FILE
    python -m tests.conformance.validated --all --shuffled 1 --results FILE
    python -m tests.conformance.validated --mode sch,opencl freeverb

The compiler is taken to be right: each error of validation (E0501, E0502, E0503), each access that
is not proved (E0504) and each race (E0505) is reported. Each compilation is a process with a bound
on its CPU time, run once without validation and once with it. The results file has one line of JSON
for each compilation; a command that is given it again goes on where the last one ended. `--fifth`
runs another fifth of the modes for each program; default and double are always run. `--shuffled`
runs each program in its modes in an order of its own, each once before the second mode of any.
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from tests.mutation.forks import forked

from . import bounds, results
from .run import chosen_modes, program_parser

MODES: dict[str, dict[str, Any]] = {
    **bounds.MODES,
    "scal-double": {"scalar": True, "double": True},
    "vec-double": {"vec": True, "double": True},
    "omp-double": {"omp": True, "double": True},
    "sch-double": {"sch": True, "double": True},
    "llvm-double": {"target": "llvm", "double": True},
    "opencl-double": {"target": "opencl", "double": True},
    "host-zones": {"host_zones": True},
    "manager": {"manager": True},
    "manager-zones-vec": {"manager_zones": True, "vec": True},
    "one-sample": {"one_sample": True},
    "c99": {"target": "c"},
}
"""Mode -> the fields of CompileOptions that differ from their defaults."""
ALWAYS = ("default", "double")
FIFTHS = 5
ALARMS = re.compile(r"E050\d")
SECONDS = 60
"""CPU time of a compilation with validation, after which it is given up."""
LARGE = ("E0603", "E0605")
"""Errors of programs that no memory of a machine can hold."""
MOVED = re.compile(r"(\d+) of (\d+) signals moved")


@dataclass(frozen=True)
class Outcome:
    """A program in a mode; CPU times are in seconds, and 0 where the compilation ended early."""

    program: str
    mode: str
    status: str
    """passed, alarm, too large, time, or another end of the compilation."""
    message: str
    """The line of validation, or the error."""
    plain: float = 0.0
    validated: float = 0.0


def validated(path: str, options: CompileOptions) -> tuple[str, float, float]:
    """The line of validation, and the CPU times of a compilation without and with it."""
    start = time.process_time()
    compile_text(path, options, Clock())
    middle = time.process_time()
    stream = io.StringIO()
    with contextlib.redirect_stderr(stream):
        compile_text(path, replace(options, validate="each"), Clock())
    return stream.getvalue().strip(), middle - start, time.process_time() - middle


def check(path: Path, name: str, mode: str) -> Outcome:
    """Compile a program in a mode with validation, in a process of its own."""
    options = CompileOptions(**MODES[mode])
    reply = forked(partial(validated, str(path), options), SECONDS)
    if not reply.end:
        return Outcome(name, mode, "passed", *reply.value)
    code = reply.message[:5]
    if code in LARGE:
        return Outcome(name, mode, "too large", reply.message)
    return Outcome(name, mode, "alarm" if ALARMS.match(code) else reply.end, reply.message)


def modes_of(number: int, asked: Sequence[str], fifth: int | None) -> list[str]:
    """The modes for the program of a number: with `fifth`, every fifth of those not always run."""
    if fifth is None:
        return list(asked)
    others = [mode for mode in asked if mode not in ALWAYS]
    turn = [mode for at, mode in enumerate(others) if (at + number + fifth) % FIFTHS == 0]
    return [*(mode for mode in asked if mode in ALWAYS), *turn]


def summary(outcomes: Sequence[Outcome]) -> str:
    """Counts, all that did not pass, and the costs."""
    counts = Counter(one.status for one in outcomes)
    bad = [one for one in outcomes if one.status not in ("passed", "too large")]
    lines = [f"{one.program} {one.mode}: {one.status}: {one.message[:400]}" for one in bad]
    programs = len({one.program for one in outcomes})
    shown = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    lines.append(f"{programs} programs, {len(outcomes)} compilations: {shown}")
    matches = [match for one in outcomes if (match := MOVED.search(one.message))]
    moved, movable = (sum(int(match[at]) for match in matches) for at in (1, 2))
    if movable:
        lines.append(f"{moved} of {movable} signals moved ({100 * moved / movable:.2f} %)")
    ratios = sorted(one.validated / one.plain for one in outcomes if one.plain)
    if ratios:
        high = ratios[min(len(ratios) - 1, len(ratios) * 9 // 10)]
        lines.append(
            f"CPU time with validation: {statistics.median(ratios):.1f} times that without in the "
            f"median, {high:.1f} times in the ninth tenth, at most {ratios[-1]:.1f} times"
        )
    return "\n".join(lines)


def shuffled(modes: Sequence[str], name: str, seed: int, done: set[tuple[str, str]]) -> list[str]:
    """The modes of a program at random, after those that are done."""
    order = sorted(modes)
    random.Random(f"{seed}:{name}").shuffle(order)
    return sorted(order, key=lambda mode: (name, mode) not in done)


def outcomes_of(
    work: Sequence[tuple[Path, str]], turns: Sequence[Sequence[str]], done: set[tuple[str, str]]
) -> Iterator[Outcome]:
    """Outcomes of the compilations that are not done: first one mode of all programs, then more."""
    for turn in range(max(map(len, turns))):
        for (path, name), asked in zip(work, turns, strict=True):
            if turn < len(asked) and (name, asked[turn]) not in done:
                yield check(path, name, asked[turn])


def main() -> int:
    """0 when all compilations pass."""
    parser = program_parser("validated", __doc__)
    parser.add_argument("--mode", default=",".join(MODES), help=f"of {', '.join(MODES)}")
    parser.add_argument("--fifth", type=int, help="one in five of the modes: 0 to 4")
    parser.add_argument("--shuffled", type=int, metavar="SEED", help="modes in a random order")
    parser.add_argument("--results", type=Path, help="file of outcomes, which is continued")
    options = parser.parse_args()
    work, modes = chosen_modes(parser, options, MODES)
    outcomes = results.load(options.results, Outcome)
    done = {(one.program, one.mode) for one in outcomes}
    turns = [modes_of(number, modes, options.fifth) for number in range(len(work))]
    if options.shuffled is not None:
        named = zip(work, turns, strict=True)
        turns = [shuffled(turn, name, options.shuffled, done) for (_, name), turn in named]
    for one in outcomes_of(work, turns, done):
        outcomes.append(one)
        if one.status != "passed":
            print(f"{one.program} {one.mode}: {one.status}: {one.message[:200]}", flush=True)
        results.append(options.results, one)
    print(summary(outcomes))
    return 0 if all(one.status in ("passed", "too large") for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
