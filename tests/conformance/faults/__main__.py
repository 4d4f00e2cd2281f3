"""Makes every allocation fail: `python -m tests.conformance.faults [FILES | --all]`.

FILES are paths, or parts of the names of Debian's examples. Prints one line for each program and
mode that fails, and a table of sums. Passed cases are cached, so that an interrupted run resumes.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from dspc.support.diagnostics import DspcError

from .. import programs
from ..run import chosen, program_parser
from .batch import MODES, Entry, Rehearsed, entries, failed, rehearse


def rehearse_all(names: Sequence[str], modes: Sequence[str], together: int) -> list[Rehearsed]:
    """Run programs by name, `batch` of them in one C++ file."""
    done: list[Rehearsed] = []
    for first in range(0, len(names), together):
        pending: list[Entry] = []
        fresh: list[Rehearsed] = []
        for name in names[first : first + together]:
            path = Path(name) if Path(name).is_file() else programs.EXAMPLES / name
            try:
                pending += entries(name, path, modes)
            except DspcError as error:
                fresh += failed(name, modes, error)
        fresh += rehearse(pending)
        done += fresh
        for one in fresh:
            if one.error is not None:
                print(f"{one.mode:8} {one.name}\n         {one.error[:300]}", flush=True)
        gc.collect()
        print(f"{min(first + together, len(names))} of {len(names)}", file=sys.stderr, flush=True)
    return done


def table(done: Sequence[Rehearsed], modes: Sequence[str]) -> str:
    """Sums for each mode, as Markdown."""
    lines = [
        "| mode | programs | clean | allocations of a life | failures rehearsed | seconds |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for mode in modes:
        ours = [one for one in done if one.mode == mode]
        clean = [one for one in ours if one.error is None]
        allocations = sum(one.allocations for one in clean)
        failures = sum(one.failures for one in clean)
        seconds = sum(one.seconds for one in clean)
        lines.append(
            f"| {mode} | {len(ours)} | {len(clean)} | {allocations} | {failures} | {seconds:.0f} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = program_parser("faults", __doc__)
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--together", type=int, default=6, help="programs in one C++ file")
    arguments = parser.parse_args()
    modes = arguments.modes.split(",")
    names = [name for _, name in chosen(arguments.files, arguments.all)]
    gc.disable()
    start = time.monotonic()
    done = rehearse_all(names, modes, arguments.together)
    print(table(done, modes))
    print(f"{len(names)} programs in {time.monotonic() - start:.0f} s")
    return 1 if not done or any(one.error is not None for one in done) else 0


if __name__ == "__main__":
    sys.exit(main())
