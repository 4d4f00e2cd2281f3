"""All of Faust's examples on OpenCL against the C++ back end, in chunks, each in a process.

    python tests/backends/opencl/all_examples.py [--heap HEAP]... [--platform TEXT] [--from N]
        [--every N] [--voices N] [--form FORM] [--results FILE] [FOLDER]

FORM is double, or another of `cl_agree.py`. Prints a line for each program and heap that differs,
faults, hangs or crashes, and a sum. A process that does not end in time is stopped, and so its
program found. Exit status 1 where anything is wrong; programs that need C functions which OpenCL
lacks (E0801) are counted apart. With `--results` each outcome is added to a file, and a later run
continues from there: programs with an outcome are not run again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cl_agree import LIMITS
from heap_platforms import HERE, environment

HEAPS = ("auto", "ddr", "msmc", "l2", "static")
CHUNK, SECONDS_EACH = 4, 600
EXAMPLES = Path("/usr/share/faust/examples")

Outcome = tuple[Path, str, float | str]
"""A program, a heap, and the difference or what happened."""


def programs(folder: Path) -> list[Path]:
    """The files that compile by themselves: those that define `process`."""
    return [path for path in sorted(folder.rglob("*.dsp")) if "process" in path.read_text()]


def outcomes(
    files: list[Path], heaps: Sequence[str], platform: str, voices: int, form: str
) -> Iterator[Outcome]:
    """The outcomes of some programs; the rest of a chunk follows one that ended its process."""
    left = [(path, heap) for path in files for heap in heaps]
    while left:
        rest = list(dict.fromkeys(path for path, _ in left))
        if len([path for path, _ in left if path == rest[0]]) < len(heaps):
            rest = rest[:1]
        wanted = [heap for path, heap in left if path == rest[0]]
        command = [sys.executable, str(HERE / "cl_agree.py"), platform, ",".join(wanted)]
        command += [str(voices), form, *map(str, rest)]
        try:
            run = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=SECONDS_EACH * len(rest),
                env=environment(),
            )
            text, why = run.stdout, f"ended with {run.returncode}: {run.stderr[-300:]}"
            is_done = run.returncode == 0
        except subprocess.TimeoutExpired as stopped:
            output = stopped.stdout or b""
            text = output.decode() if isinstance(output, bytes) else output
            why, is_done = "did not end", False
        for line in text.splitlines():
            yield (*left.pop(0), json.loads(line)[2])
        if left and not is_done:
            yield (*left.pop(0), why)


def kind(outcome: float | str, limit: float) -> str:
    """What an outcome counts as."""
    if isinstance(outcome, float) and outcome <= limit:
        return "agree"
    return "need C" if str(outcome).startswith("E0801") else "wrong"


def known(results: Path | None) -> dict[tuple[str, str], float | str]:
    """The outcomes in a file of results."""
    if results is None or not results.exists():
        return {}
    rows = map(json.loads, results.read_text().splitlines())
    return {(path, heap): outcome for path, heap, outcome in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--heap", action="append", choices=HEAPS)
    parser.add_argument("--platform", default="debian")
    parser.add_argument("--voices", type=int, default=1)
    parser.add_argument("--form", choices=sorted(LIMITS), default="double")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    os.nice(10)
    files = programs(options.folder)[options.first :: options.every]
    heaps = options.heap or HEAPS
    limit = LIMITS[options.form]
    done = known(options.results)
    wanted = {(str(path), heap) for path in files for heap in heaps}
    counts = Counter(kind(outcome, limit) for at, outcome in done.items() if at in wanted)
    left = [path for path in files if any((str(path), heap) not in done for heap in heaps)]
    for at in range(0, len(left), CHUNK):
        chunk = left[at : at + CHUNK]
        results = outcomes(chunk, heaps, options.platform, options.voices, options.form)
        for path, heap, outcome in results:
            if (str(path), heap) in done:
                continue
            counts[kind(outcome, limit)] += 1
            if kind(outcome, limit) == "wrong":
                print(f"{heap}: {path}: {outcome}", flush=True)
            if options.results is not None:
                with options.results.open("a") as file:
                    file.write(json.dumps([str(path), heap, outcome]) + "\n")
    print(f"{len(wanted)} programs with heaps: {dict(counts)}", flush=True)
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
