"""C99 beside C++: samples of the examples in every mode of the target c.

    python -m tests.conformance.c99 --all --results FILE
    python -m tests.conformance.c99 --mode default,-vec reverb/

Each example is compiled as C++ without lanes once for each precision, and as C99 in each mode under
`-pedantic -Wall -Wextra -Werror`, both at -O0, and plays 777 frames of noise in blocks of 1 to 256.
The results file has one line of JSON for each pair; a command that is given it again goes on where
the last one ended. Ends with 1 where samples differ by more than a mode's limit, or where code that
C++ takes does not compile as C, unless the fault is in a C++ header that the example includes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dspc.support.diagnostics import DspcError
from tests.backends.c99.c_programs import MORE_MODES, difference, in_c, in_cpp, limit

from . import results
from .run import chosen_modes, program_parser

FAILURES = (DspcError, OSError, subprocess.SubprocessError, ValueError)


@dataclass(frozen=True)
class Pair:
    """An example in a mode, beside C++."""

    program: str
    mode: str
    status: str
    """agree, differ, failed, not in C++ (no reference), or header not in C (the example's own)."""
    message: str
    """The largest difference, relative to the peak where that is above 1, or the error."""


def pairs_of(path: Path, name: str, modes: Sequence[str]) -> Iterator[Pair]:
    """Compare a program in each of the modes."""
    expected: dict[bool, NDArray[np.float64] | str] = {}
    for mode in modes:
        is_double = MORE_MODES[mode].get("double", True)
        with tempfile.TemporaryDirectory() as folder:
            if is_double not in expected:
                expected[is_double] = _reference(str(path), Path(folder), is_double)
            samples = expected[is_double]
            if isinstance(samples, str):
                yield Pair(name, mode, "not in C++", samples)
                continue
            try:
                apart = difference(
                    samples, in_c(str(path), Path(folder), "-O0", **MORE_MODES[mode])
                )
            except FAILURES as error:
                said = _said(error)
                yield Pair(name, mode, "header not in C" if _in_header(said) else "failed", said)
                continue
            status = "agree" if apart <= limit(is_double) else "differ"
            yield Pair(name, mode, status, f"{apart:.2g}")


def _reference(path: str, folder: Path, is_double: bool) -> NDArray[np.float64] | str:
    """The samples of C++, or why there are none."""
    try:
        return in_cpp(path, folder, "-O0", double=is_double)
    except FAILURES as error:
        return _said(error)


def _in_header(said: str) -> bool:
    """Whether the first error of a C compiler is in a header that the example includes."""
    place = re.search(r"^([^:\n]+\.hh?):\d+:\d+: (?:fatal )?error:", said, re.MULTILINE)
    return place is not None and Path(place[1]).name != "program.h"


def _said(error: BaseException) -> str:
    """The start of what a compiler printed, or an error's message."""
    return str(getattr(error, "stderr", None) or error)[:1200]


def summary(pairs: Sequence[Pair]) -> str:
    """Counts for each mode, and all that do not agree."""
    lines = [
        f"{one.program} {one.mode}: {one.status}: {one.message}"
        for one in pairs
        if one.status in ("differ", "failed")
    ]
    counts = Counter((one.mode, one.status) for one in pairs)
    lines += [f"{mode}: {count} {status}" for (mode, status), count in sorted(counts.items())]
    total = Counter(one.status for one in pairs)
    shown = ", ".join(f"{count} {status}" for status, count in total.most_common())
    return "\n".join([*lines, f"{len(pairs)} pairs: {shown}"])


def main() -> int:
    """Compare the requested programs; 0 where all agree that compile as C++."""
    parser = program_parser("c99", __doc__)
    parser.add_argument("--mode", default=",".join(MORE_MODES), help=f"of {', '.join(MORE_MODES)}")
    parser.add_argument("--results", type=Path, help="file of results, which is continued")
    options = parser.parse_args()
    work, modes = chosen_modes(parser, options, MORE_MODES)
    pairs = results.load(options.results, Pair)
    done = {(one.program, one.mode) for one in pairs}
    for path, name in work:
        for one in pairs_of(path, name, [mode for mode in modes if (name, mode) not in done]):
            pairs.append(one)
            results.append(options.results, one)
            print(f"{one.status:10} {one.message[:60]!r} {name} {one.mode}", flush=True)
    print(summary(pairs))
    return int(any(one.status in ("differ", "failed") for one in pairs))


if __name__ == "__main__":
    sys.exit(main())
