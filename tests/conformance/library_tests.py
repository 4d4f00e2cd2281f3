"""Every documented library function, compiled by both compilers.

    python -m tests.conformance.library_tests [NAME ...] [--jobs 2] [--compile-only] [--json FILE]
        [--faust-seconds 30]

NAMEs are parts of functions' names (`fi.`, `lowpass`). For each function the first program of
library_docs.candidates that Faust accepts is compiled by dspc, run, and compared. The report
counts the functions that compile and agree, and lists those that do not and those without a program
that Faust accepts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import library_docs, oracle, steps
from .library_docs import Function
from .run import Outcome, check
from .steps import StepError


def accepted_program(function: Function, folder: Path) -> Path | None:
    """The first candidate that Faust compiles, as a file in `folder`."""
    for number, text in enumerate(library_docs.candidates(function)):
        path = folder / f"{function.prefix}_{function.name}_{number}.dsp"
        path.write_text(text, encoding="utf-8")
        try:
            oracle.faust_code(path)
        except StepError as error:
            path.unlink()
            if "no end within" in error.message:
                return None
            continue
        return path
    return None


def check_function(function: Function, folder: Path, compile_only: bool) -> Outcome:
    """The outcome for one function; status `no program` if Faust accepts none of the candidates."""
    start = time.monotonic()
    path = accepted_program(function, folder)
    name = function.full_name
    if path is None:
        return Outcome(name, "no program", "", None, time.monotonic() - start, [])
    if not compile_only:
        return check(path, name)
    try:
        oracle.dspc_code(path)
    except StepError as error:
        return Outcome(name, error.step, error.first_line(), None, time.monotonic() - start, [])
    return Outcome(name, "agree", "compiled", None, time.monotonic() - start, [])


def judged(function: Function, folder: Path, compile_only: bool) -> Outcome:
    """The same, a difference being held to Faust with more digits: `rounding` where ours is not
    much farther from that than Faust's own double precision is; `unrepeatable` where Faust differs
    from itself when blocks are cut (it reads the block's size, or the system's random numbers)."""
    outcome = check_function(function, folder, compile_only)
    if outcome.status != "differ":
        return outcome
    path = accepted_program(function, folder)
    assert path is not None
    try:
        cut, whole = oracle.through_faust_cut(path), oracle.through_dspc(path)
        if cut.split[0] > oracle.TOLERANCE and whole.split[0] > oracle.TOLERANCE:
            outcome.status = "unrepeatable"
            return outcome
        exact = oracle.through_exact_faust(path).samples
        faust, ours = oracle.through_faust(path).samples, oracle.through_dspc(path).samples
    except StepError as error:
        outcome.detail += f"; no exact result: {error.first_line()}"
        return outcome
    if faust.shape == ours.shape == exact.shape:
        limit = 4 * _distance(faust, exact) + oracle.TOLERANCE
        distance = _distance(ours, exact)
        outcome.notes.append(f"from exact: ours {distance:.3g}, Faust's {(limit / 4):.3g}")
        if distance <= limit:
            outcome.status = "rounding"
    return outcome


def _distance(a: NDArray[np.float64], exact: NDArray[np.float64]) -> float:
    """The largest difference before a value exceeds the resolution of doubles."""
    with np.errstate(invalid="ignore", over="ignore"):
        small = (np.abs(a) < 1e6) & (np.abs(exact) < 1e6)
        until = np.logical_and.accumulate(small.all(axis=1), axis=1)[:, None, :]
        return float(np.max(np.abs(a - exact), where=until & small, initial=0.0))


def main() -> int:
    """Run the functions of the command line; 0 if all that Faust accepts agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.library_tests")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--compile-only", action="store_true", help="compile, run nothing")
    parser.add_argument("--json")
    parser.add_argument("--faust-seconds", type=float, default=30.0, help="the most for one (30)")
    options = parser.parse_args()
    oracle.FAUST_SECONDS = options.faust_seconds
    functions = library_docs.documented_functions(library_docs.library_folder())
    if options.names:
        functions = [f for f in functions if any(part in f.full_name for part in options.names)]
    folder = steps.cache_folder() / "library"
    folder.mkdir(exist_ok=True)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        waiting = [pool.submit(judged, f, folder, options.compile_only) for f in functions]
        for future in as_completed(waiting):
            outcomes.append(future.result())
            print(outcomes[-1].line(), flush=True)
    if options.json:
        outcomes.sort(key=lambda outcome: outcome.name)
        Path(options.json).write_text(json.dumps([asdict(o) for o in outcomes], indent=1) + "\n")
    steps.trim_cache()
    counts = Counter(outcome.status for outcome in outcomes)
    print(f"{len(outcomes)} functions: " + ", ".join(f"{n} {s}" for s, n in counts.most_common()))
    return 0 if set(counts) <= {"agree", "rounding", "unrepeatable", "no program"} else 1


if __name__ == "__main__":
    sys.exit(main())
