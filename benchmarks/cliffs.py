"""Performance cliffs: modes whose code is far longer, or slower, than that of another mode.

    python benchmarks/cliffs.py [FILES] [--family] [--examples] [--seconds 600] [--above 1.5]
                                [--rounds 30] [--compiler g++] [--text-only] [--threads]
                                [--json FILE]

For each program and mode it measures the lines of C++, dspc's processor time, the C++ compiler's
processor time (-O3 -march=native -ffast-math) and, for all that compile, the minimum nanoseconds a
frame, in turns in one process as benchmarks/run_time.py does. Each is compared with the best other
mode, and listed above --above times that, unless it is below FLOORS.

The programs are FILES, or a generated family of banks (--family: voices x lengths of a delay x
orders of a filter x whether the delay is fed back) and Debian's examples (--examples), or both by
default. --seconds ends the run after the current program. --text-only compiles no C++. --threads
adds -omp and -sch, which are not timed: the cost of a team depends on the machine. --json saves the
results after each program; a run with the same file resumes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from variants import BUILD_SECONDS, HARNESS, LIMITED, Variant, timed

import dspc

EXAMPLES = Path("/usr/share/faust/examples")
MODES: dict[str, dict[str, Any]] = {
    "default": {},
    "-scal": {"scalar": True},
    "--lanes 0": {"lanes": 0},
    "-vec": {"vec": True},
    "-vec --lanes 0": {"vec": True, "lanes": 0},
}
THREADED: dict[str, dict[str, Any]] = {"-omp": {"omp": True}, "-sch": {"sch": True}}
FLOORS = {"lines": 800.0, "dspc s": 0.3, "c++ s": 3.0, "ns": 2.0}
"""The least values that are listed."""
VOICES = (3, 8, 32)
DELAYS = (1, 8, 9, 40, 1000, 20_000)
ORDERS = (1, 2, 6)

Measures = dict[str, float]
"""By the names of FLOORS: the measurements of one mode of a program."""


def bank(voices: int, delay: int, order: int, is_fed_back: bool) -> str:
    """Isomorphic voices: a recursive filter of an order, then a delay of the same length."""
    poles = " + ".join(f"(y@{at} : *({0.4 / (at + 1)} - 0.01*i))" for at in range(order))
    late = f"@({delay}) : *(0.25 + 0.01*i)"
    echo = f"(+ ~ ({late}))" if is_fed_back else f"(_ <: _, ({late}) :> _)"
    voice = f"voice(i) = (\\(y, x).(x + {poles})) ~ _ : {echo};"
    return f"{voice}\nprocess = _ <: par(i, {voices}, *(i + 2) : voice(i)) :> _;\n"


def family() -> Iterator[tuple[str, str]]:
    """Names and sources of the generated programs."""
    for voices, delay, order, back in product(VOICES, DELAYS, ORDERS, (False, True)):
        yield (
            f"bank{voices}-delay{delay}-order{order}{'-fed-back' * back}",
            bank(voices, delay, order, back),
        )


def generate(path: Path, options: dict[str, Any], code: Path, sender: Connection) -> None:
    """Compile a program to C++ in the harness of run_time.py; send the processor time.

    Runs in a process of its own, which ends after BUILD_SECONDS of processor time.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (BUILD_SECONDS, BUILD_SECONDS))
    started = time.process_time()
    try:
        text = dspc.compile(path, "cpp", **options).code
    except dspc.DspcError:
        return
    sender.send(time.process_time() - started)
    harness = HARNESS.read_text(encoding="utf-8").replace("<<includeIntrinsic>>", "")
    code.write_text(harness.replace("<<includeclass>>", text), encoding="utf-8")


def generated(path: Path, options: dict[str, Any], code: Path) -> Measures:
    """Lines and processor time of dspc; no lines where it fails or exceeds the limit."""
    receiver, sender = Pipe(duplex=False)
    process = get_context("fork").Process(target=generate, args=(path, options, code, sender))
    process.start()
    sender.close()
    process.join()
    if process.exitcode or not receiver.poll():
        return {"dspc s": float("inf")}
    return {"dspc s": receiver.recv(), "lines": float(code.read_text(encoding="utf-8").count("\n"))}


def compiled(command: list[str]) -> float:
    """The processor time of a command; infinite where it fails or exceeds the limit."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    limited = ["sh", "-c", LIMITED, "sh", str(BUILD_SECONDS), *command]
    done = subprocess.run(limited, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return float("inf") if done.returncode else spent


def measured(path: Path, options: argparse.Namespace, folder: Path) -> dict[str, Measures]:
    """The measures of each mode; infinite where it exceeds the limit."""
    measures: dict[str, Measures] = {}
    libraries: dict[Variant, Path] = {}
    modes = {**MODES, **(THREADED if options.threads else {})}
    flags = ("-O3", "-march=native", "-ffast-math", "-std=c++17", "-shared", "-fPIC", "-w")
    more = ("-fopenmp", "-pthread", "-fvisibility=hidden", f"-I{path.parent}")
    for number, (mode, chosen) in enumerate(modes.items()):
        code, library = folder / f"{number}.cpp", folder / f"{number}.so"
        measures[mode] = generated(path, chosen, code)
        if options.text_only or "lines" not in measures[mode]:
            continue
        command = [options.compiler, *flags, *more, str(code), "-o", str(library)]
        measures[mode]["c++ s"] = compiled(command)
        if measures[mode]["c++ s"] < float("inf") and mode not in THREADED:
            libraries[Variant("dspc", (mode,), options.compiler, flags)] = library
    if libraries:
        times = timed(libraries, next(iter(libraries.values())), options.rounds)
        for variant, timing in times.items():
            measures[variant.options[0]]["ns"] = timing.nanoseconds
    return measures


def cliffs(
    program: str, modes: Mapping[str, Measures], above: float
) -> Iterator[tuple[float, str]]:
    """The measures to list for a program, each with its ratio to the best other mode."""
    for what, floor in FLOORS.items():
        for mode, measures in modes.items():
            others = [m[what] for name, m in modes.items() if name != mode and what in m]
            if what not in measures or not others or measures[what] < floor:
                continue
            ratio = measures[what] / max(min(others), 1e-9)
            if ratio > above:
                best = f"{min(others):.4g}"
                yield ratio, f"{program}: {mode}: {measures[what]:.4g} {what}, not {best}"


def programs(options: argparse.Namespace, folder: Path) -> Iterable[tuple[str, Path]]:
    """Names and files of the programs."""
    for file in options.files:
        yield file, Path(file).resolve()
    everything = not (options.files or options.family or options.examples)
    if options.family or everything:
        for name, source in family():
            path = folder / f"{name}.dsp"
            path.write_text(source, encoding="utf-8")
            yield name, path
    if options.examples or everything:
        for path in sorted(EXAMPLES.rglob("*.dsp")):
            if "process" in path.read_text(encoding="utf-8", errors="replace"):
                yield path.relative_to(EXAMPLES).as_posix(), path


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("--family", action="store_true")
    parser.add_argument("--examples", action="store_true")
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--above", type=float, default=1.5)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--text-only", action="store_true")
    parser.add_argument("--threads", action="store_true")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def main() -> int:
    """Measure and print; 1 if anything is listed."""
    options = parsed()
    kept: dict[str, dict[str, Measures]] = {}
    if options.json and options.json.exists():
        kept = json.loads(options.json.read_text(encoding="utf-8"))
    end = time.monotonic() + options.seconds
    listed: list[tuple[float, str]] = []
    count = 0
    with tempfile.TemporaryDirectory(prefix="dspc-cliffs-") as name:
        folder = Path(name)
        for program, path in programs(options, folder):
            if program not in kept:
                if time.monotonic() > end:
                    break
                kept[program] = measured(path, options, folder)
                if options.json:
                    options.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            count += 1
            for ratio, description in cliffs(program, kept[program], options.above):
                listed.append((ratio, description))
                print(f"{ratio:8.2f}  {description}", flush=True)
    print(f"{count} programs, {len(listed)} cliffs; the highest first:")
    for ratio, description in sorted(listed, reverse=True)[:40]:
        print(f"{ratio:8.2f}  {description}")
    return 1 if listed else 0


if __name__ == "__main__":
    sys.exit(main())
