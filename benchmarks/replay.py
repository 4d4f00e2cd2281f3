"""Whether two commits generate the same: compiles with both and prints each difference.

    python benchmarks/replay.py main                            # this working tree against main
    python benchmarks/replay.py HEAD~3 HEAD --every 10          # two commits, each 10th case
    python benchmarks/replay.py main --every 1 --programs '*freeverb*' --variants 'cpp *'

A case is a program (our examples, Debian's Faust examples, those of the tests and benchmarks) with
a command line (target and mode, or documents, maps and explanations; see replay_cases.py). Its
standard output, standard error, exit status and files must be the same, byte for byte. The two
commits are unpacked to a temporary folder; each core runs one process for each of them, which
compiles many cases. There are about 73 000: `--every N` takes a fixed sample, spread over programs
and command lines, whose size is the Nth part of them (by default, N is 100, some CPU minutes; all
are half a CPU day). Exit status: 0 when nothing differs, 1 for differences, 2 for a wrong command
line.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from fnmatch import fnmatch
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from replay_cases import ROOT, programs, variants

WORKER = Path(__file__).with_name("replay_worker.py")
WORKTREE = "worktree"
WIDTH = 160
"""Characters of a differing line that are printed."""


class Case(NamedTuple):
    """One program with one command line."""

    program: str
    variant: str
    arguments: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.program}: {self.variant}"


class Side:
    """A checkout, and the processes that compile with it, one for each thread that asks."""

    def __init__(self, root: Path, cache: Path, seconds: float) -> None:
        self.root = root
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(root),
            "PYTHONHASHSEED": "0",
            "DSPC_CACHE_DIR": str(cache),
        }
        self._command = [sys.executable, "-P", str(WORKER), str(root), str(seconds)]
        self._own = threading.local()
        self._all: list[subprocess.Popen[str]] = []

    def ask(self, arguments: Sequence[str]) -> None:
        """Send a command line to this thread's process."""
        process: subprocess.Popen[str] | None = getattr(self._own, "process", None)
        if process is None or process.poll() is not None:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=self._environment,
                cwd=self.root,
            )
            self._own.process = process
            self._all.append(process)
        assert process.stdin is not None
        process.stdin.write(json.dumps(list(arguments)) + "\n")
        process.stdin.flush()

    def answer(self) -> dict[str, str]:
        """The result of the last command line; `status` alone where the process ended."""
        process: subprocess.Popen[str] = self._own.process
        assert process.stdout is not None
        line = process.stdout.readline()
        return json.loads(line) if line else {"status": f"process ended with {process.wait()}"}

    def close(self) -> None:
        """End all processes."""
        for process in self._all:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()


def unpacked(commit: str, folder: Path) -> Path:
    """A checkout of a commit in a new folder; the working tree itself for `worktree`."""
    if commit == WORKTREE:
        return ROOT
    folder.mkdir()
    archive = subprocess.Popen(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.wait() != 0:
        raise SystemExit(2)
    for name in ("dialects", "passes", "frontends", "backends"):
        # Older commits have no links.
        link = folder / "dspc" / name
        if not link.exists():
            link.symlink_to(f"../{name}")
    return folder


def differences(first: Mapping[str, str], second: Mapping[str, str]) -> Iterator[str]:
    """For each text that differs, its name and its first differing line in both."""
    for name in sorted({*first, *second}):
        if name not in first or name not in second:
            yield f"  {name}: only {'first' if name in first else 'second'}"
        elif first[name] != second[name]:
            lines = zip_longest(
                first[name].splitlines(keepends=True), second[name].splitlines(keepends=True)
            )
            number, (one, other) = next(
                (number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1]
            )
            yield f"  {name}, line {number}:"
            yield f"    - {_shown(one)}"
            yield f"    + {_shown(other)}"


def _shown(line: str | None) -> str:
    return "(no such line)" if line is None else repr(line)[1:-1][:WIDTH]


def is_chosen(case: Case, every: int) -> bool:
    """Whether a case belongs to a sample: a fixed choice, whatever other cases there are."""
    return zlib.crc32(case.name.encode()) % every == 0


def replay(cases: Sequence[Case], sides: Sequence[Side], jobs: int) -> tuple[int, int]:
    """Compile all cases and print differences; how many differ, and how many were too slow."""

    def compare(case: Case) -> tuple[bool, list[str]]:
        for side in sides:
            side.ask(case.arguments)
        first, second = (side.answer() for side in sides)
        if "late" in (first["status"], second["status"]):
            return True, []
        return False, list(differences(first, second))

    differing = late = 0
    with ThreadPoolExecutor(jobs) as pool:
        for case, (is_late, report) in zip(cases, pool.map(compare, cases), strict=True):
            late += is_late
            if report:
                differing += 1
                print(case.name, *report, sep="\n", flush=True)
    return differing, late


def _arguments() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("replay", description=__doc__, formatter_class=form)
    parser.add_argument("base", metavar="BASE", help="a commit, or `worktree`")
    parser.add_argument("other", metavar="OTHER", nargs="?", default=WORKTREE)
    parser.add_argument("--every", type=int, default=100, metavar="N", help="each Nth case (100)")
    parser.add_argument("--programs", action="append", metavar="GLOB", help="by name")
    parser.add_argument("--variants", action="append", metavar="GLOB", help="`TARGET MODE`")
    parser.add_argument("--list", action="store_true", help="print the cases and stop")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--seconds", type=float, default=120, help="CPU seconds for a case (120)")
    options = parser.parse_args()
    if options.every < 1 or options.jobs < 1:
        parser.error("--every and --jobs are at least 1")
    for name in ("base", "other"):
        commit = getattr(options, name)
        if commit != WORKTREE:
            command = ["git", "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                parser.error(f"git knows no commit {commit}")
            setattr(options, name, done.stdout.strip())
    return options


def _matching(names: Iterator[str] | Sequence[str], globs: Sequence[str] | None) -> list[str]:
    return [name for name in names if not globs or any(fnmatch(name, glob) for glob in globs)]


def main() -> int:
    options = _arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="replay-")))
        (folder / "programs").mkdir()
        paths, lines = programs(folder / "programs"), variants()
        every = [
            Case(name, variant, (*lines[variant], str(paths[name])))
            for name in _matching(list(paths), options.programs)
            for variant in _matching(list(lines), options.variants)
        ]
        cases = [case for case in every if is_chosen(case, options.every)]
        if options.list:
            print(*(case.name for case in cases), sep="\n")
            return 0
        if not cases:
            print("no program and command line matches", file=sys.stderr)
            return 2
        sides: list[Side] = []
        for place in ("base", "other"):
            root = unpacked(getattr(options, place), folder / place)
            sides.append(Side(root, folder / f"{place}-cache", options.seconds))
            stack.callback(sides[-1].close)
        differing, late = replay(cases, sides, options.jobs)
    print(f"{len(cases)} cases, {differing} differ, {late} took too long to be compared")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
