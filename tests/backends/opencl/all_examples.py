"""All of Faust's examples on OpenCL against the C++ back end, in chunks, each in a process.

    python tests/backends/opencl/all_examples.py [--heap HEAP]... [--platform TEXT] [--from N]
        [--every N] [--voices N] [--precision single|double|vec] [FOLDER]

Prints a line for each program that differs, faults, hangs or crashes, and a sum. A process that
does not end in time is stopped, and so its program found. Exit status 1 where anything is wrong;
programs that need C functions which OpenCL lacks (E0801) are counted apart.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from heap_platforms import HERE, environment

HEAPS = ("auto", "ddr", "msmc", "l2", "static")
CHUNK, SECONDS_EACH = 4, 240
EXAMPLES = Path("/usr/share/faust/examples")
LIMITS = {"double": 2e-6, "single": 1e-4, "vec": 2e-6}


def programs(folder: Path) -> list[Path]:
    """What compiles alone: the files that define `process`."""
    return [path for path in sorted(folder.rglob("*.dsp")) if "process" in path.read_text()]


def outcomes(
    files: list[Path], heap: str, platform: str, voices: int, precision: str
) -> Iterator[tuple[Path, float | str]]:
    """The difference of each, or what happened; the rest of a chunk follows one that ended it."""
    left = list(files)
    while left:
        command = [sys.executable, str(HERE / "cl_agree.py"), platform, heap, str(voices)]
        command += [precision, *map(str, left)]
        try:
            run = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=SECONDS_EACH * len(left),
                env=environment(),
            )
            text, why = run.stdout, f"ended with {run.returncode}: {run.stderr[-300:]}"
        except subprocess.TimeoutExpired as stopped:
            output = stopped.stdout or b""
            text = output.decode() if isinstance(output, bytes) else output
            why = "did not end"
        for line in text.splitlines():
            yield left.pop(0), json.loads(line)[1]
        if left:
            yield left.pop(0), why


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--heap", action="append", choices=HEAPS)
    parser.add_argument("--platform", default="debian")
    parser.add_argument("--voices", type=int, default=1)
    parser.add_argument("--precision", choices=sorted(LIMITS), default="double")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    os.nice(10)
    files = programs(options.folder)[options.first :: options.every]
    counts = {"agree": 0, "need C": 0, "wrong": 0}
    for heap in options.heap or HEAPS:
        for at in range(0, len(files), CHUNK):
            chunk = files[at : at + CHUNK]
            found = outcomes(chunk, heap, options.platform, options.voices, options.precision)
            for path, outcome in found:
                if isinstance(outcome, float) and outcome <= LIMITS[options.precision]:
                    counts["agree"] += 1
                elif str(outcome).startswith("E0801"):
                    counts["need C"] += 1
                else:
                    counts["wrong"] += 1
                    print(f"{heap}: {path}: {outcome}", flush=True)
        print(f"{heap}: {counts}", flush=True)
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
