"""Which programs agree with Faust: `python -m tests.conformance.run [FILES | --all]`.

A table of one line per program, and why it fails where it does. FILES are paths, or parts of the
names of Debian's examples (`reverb/`, `freeverb`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from . import oracle, programs, steps
from .llvm import through_llvm
from .steps import StepError


@dataclass
class Outcome:
    """What became of one program; `status` is agree, differ, or the step that failed."""

    name: str
    status: str
    detail: str
    largest: float | None
    seconds: float
    notes: list[str]

    @property
    def good(self) -> bool:
        return self.status == "agree"

    def line(self) -> str:
        largest = "" if self.largest is None else f"{self.largest:.1e}"
        text = f"{self.status:8} {largest:>8} {self.seconds:6.1f} s  {self.name}"
        return text if self.good else f"{text}\n           {self.detail[:300]}"


def check(
    path: Path, name: str, render: Callable[[Path], oracle.Rendering] = oracle.through_dspc
) -> Outcome:
    """Runs one program through both compilers and compares."""
    start = time.monotonic()
    known = programs.known_differences().get(name)
    largest, notes = None, []
    try:
        expected = oracle.through_faust(path)
        ours = render(path)
        limits = (known.tolerance, known.relative, known.frames) if known else ()
        result = oracle.compare(ours, expected, *limits)
        status = "agree" if result.agrees else "differ"
        detail, largest, notes = "; ".join(result.problems), result.largest, result.notes
    except StepError as error:
        status, detail = error.step, error.first_line()
    return Outcome(name, status, detail, largest, time.monotonic() - start, notes)


def chosen(files: Iterable[str], everything: bool) -> list[tuple[Path, str]]:
    """The programs that the command line names, each with the name to print."""
    examples = programs.example_names()
    if everything:
        return [(programs.EXAMPLES / name, name) for name in examples]
    result: list[tuple[Path, str]] = []
    for text in files:
        path = Path(text)
        if path.is_file():
            full = path.resolve()
            inside = full.is_relative_to(programs.EXAMPLES)
            name = full.relative_to(programs.EXAMPLES).as_posix() if inside else text
            result.append((full, name))
            continue
        names = [name for name in examples if text in name]
        if not names:
            raise SystemExit(f"no such file, and no example's name has this in it: {text}")
        result += [(programs.EXAMPLES / name, name) for name in names]
    return list(dict.fromkeys(result))


def program_parser(command: str, doc: str | None) -> argparse.ArgumentParser:
    """A parser of the programs that `python -m tests.conformance.COMMAND` runs."""
    parser = argparse.ArgumentParser(
        prog=f"python -m tests.conformance.{command}",
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", help="paths, or parts of examples' names")
    parser.add_argument("--all", action="store_true", help="every example")
    return parser


def chosen_modes(
    parser: argparse.ArgumentParser, options: argparse.Namespace, modes: Container[str]
) -> tuple[list[tuple[Path, str]], list[str]]:
    """The programs, and the modes of the option `--mode`; exits where there are none of them."""
    asked = options.mode.split(",")
    unknown = [mode for mode in asked if mode not in modes]
    work = chosen(options.files, options.all)
    if unknown or not work:
        parser.error(f"no mode is called {unknown[0]}" if unknown else "name files, or --all")
    return work, asked


def main() -> int:
    """Runs the requested programs and prints the table; 0 when all agree."""
    parser = program_parser("run", __doc__)
    parser.add_argument("--jobs", type=int, default=2, help="programs at once (2)")
    parser.add_argument("--json", help="write the outcomes to this file")
    parser.add_argument("--faust-only", action="store_true", help="Faust in dspc's place")
    parser.add_argument("--with", dest="given", default="", help="options for dspc: '-vec -vs 8'")
    parser.add_argument("--llvm", action="store_true", help="through LLVM, not through C++")
    options = parser.parse_args()
    if not oracle.have_tools():
        raise SystemExit("this needs faust and g++ (Debian: apt-get install faust g++)")
    work = chosen(options.files, options.all)
    if not work:
        parser.error("name some files, or --all")
    maker = through_llvm if options.llvm else oracle.through_dspc
    ours = partial(maker, options=tuple(options.given.split()))
    render = oracle.through_faust_cut if options.faust_only else ours
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        waiting = [pool.submit(check, path, name, render) for path, name in work]
        for future in as_completed(waiting):
            outcomes.append(future.result())
            print(outcomes[-1].line(), flush=True)
    if options.json:
        outcomes.sort(key=lambda outcome: outcome.name)
        Path(options.json).write_text(json.dumps([asdict(o) for o in outcomes], indent=1) + "\n")
    steps.trim_cache()
    counts = Counter(outcome.status for outcome in outcomes)
    print(", ".join(f"{count} {status}" for status, count in counts.most_common()))
    return 0 if all(outcome.good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
