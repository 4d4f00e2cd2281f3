"""`python -m tests.conformance.fuzz.mutations --count N --seed S`: mutated programs and libraries.

Each worker is a process with a bound on processor time and resident memory; what passes a bound, or
dies, is recorded, and a new worker takes its place.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count as counting
from multiprocessing.connection import Connection, wait
from pathlib import Path

from .mutants import Mutant, Outcome, attempt, written

SECONDS = 60.0
"""Of processor time for one input; evaluation itself is to stop after 20."""
WALL = 600.0
"""Seconds in all: what waits without end does not use the processor."""
MEMORY = 1 << 30
"""Resident bytes that a worker may take in addition for one input."""
RETIRED = 300
"""Inputs after which a worker is replaced, so that caches do not count."""

_FORK = multiprocessing.get_context("fork")
_CLOCK, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass
class Report:
    """Inputs tried, by outcome and by mutated file; and the findings."""

    outcomes: Counter[str] = field(default_factory=Counter[str])
    kinds: Counter[str] = field(default_factory=Counter[str])
    findings: list[tuple[Mutant, Outcome]] = field(default_factory=list[tuple[Mutant, Outcome]])

    def add(self, mutant: Mutant, outcome: Outcome) -> bool:
        """Counts an outcome; whether it is a finding."""
        self.outcomes[outcome.kind] += 1
        self.kinds[mutant.kind] += 1
        is_fault = not outcome.kind.startswith(("told", "printed"))
        if is_fault:
            self.findings.append((mutant, outcome))
        return is_fault

    def __str__(self) -> str:
        return ", ".join(
            f"{n} {what}" for what, n in [*self.kinds.most_common(), *self.outcomes.most_common()]
        )


def _serve(pipe: Connection, folder: str) -> None:
    """A worker: reads numbers of inputs, and writes the inputs and their outcomes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)
    place = Path(folder)
    while True:
        seed, number = pipe.recv()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        mutant, path, origin = written(seed, number, place)
        pipe.send(mutant)
        pipe.send(attempt(mutant, path, origin))


class Worker:
    """A process, its current input, and its resources used at the start of that."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = _FORK.Pipe()
        self.process = _FORK.Process(target=_serve, args=(theirs, self.folder), daemon=True)
        self.process.start()
        theirs.close()
        self.mutant: Mutant | None = None
        self.is_idle = True
        self.served = 0

    def give(self, seed: int, number: int) -> None:
        if self.served == RETIRED:
            self.replace()
        self.pipe.send((seed, number))
        self.mutant, self.is_idle, self.served = None, False, self.served + 1
        self.since, self.used, self.had = time.monotonic(), *self._usage()

    def _usage(self) -> tuple[float, int]:
        """Seconds of processor time and resident bytes; see proc(5)."""
        folder = Path(f"/proc/{self.process.pid}")
        times = (folder / "stat").read_text().rpartition(")")[2].split()
        pages = (folder / "statm").read_text().split()[1]
        return (int(times[11]) + int(times[12])) / _CLOCK, int(pages) * _PAGE

    def beyond(self) -> str | None:
        """The bound that its work has passed, if any."""
        try:
            used, has = self._usage()
        except OSError:
            return None
        if has > self.had + MEMORY:
            return "memory"
        is_long = used - self.used > SECONDS or time.monotonic() - self.since > WALL
        return "time" if is_long else None

    def replace(self) -> None:
        """Ends the process and starts another one."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self._start()


def _received(worker: Worker) -> Outcome | None:
    """What a worker has to say; None while it only named its input."""
    try:
        message = worker.pipe.recv()
    except EOFError:
        worker.process.join()
        return Outcome(f"died: {worker.process.exitcode}")
    if isinstance(message, Mutant):
        worker.mutant = message
        return None
    worker.is_idle = True
    return message


def _outcomes(workers: list[Worker]) -> Iterator[tuple[Worker, Outcome]]:
    """What has come of inputs within a second, or went beyond a bound."""
    busy = {worker.pipe: worker for worker in workers if not worker.is_idle}
    for pipe in wait(list(busy), 1.0):
        worker = busy[pipe]  # pyright: ignore
        outcome = _received(worker)
        if outcome is not None:
            yield worker, outcome
    for worker in busy.values():
        beyond = None if worker.is_idle else worker.beyond()
        if beyond is not None:
            yield worker, Outcome(f"beyond its bound of {beyond}")


def fuzz(
    seed: int,
    count: int | None = None,
    minutes: float | None = None,
    jobs: int = 1,
    keep: Path | None = None,
    first: int = 0,
) -> Report:
    """Tries `count` inputs, or as many as fit in `minutes`; what fails is kept in `keep`.

    An interrupt ends the run early, with its report.
    """
    report = Report()
    end = time.monotonic() + 60 * minutes if minutes is not None else None
    numbers = iter(range(first, first + count)) if count is not None else counting(first)
    with tempfile.TemporaryDirectory(prefix="dspc-mutants-") as name:
        workers = [Worker(f"{name}/{job}") for job in range(jobs)]
        try:
            while True:
                _feed(workers, seed, numbers, end)
                if all(worker.is_idle for worker in workers):
                    return report
                for worker, outcome in list(_outcomes(workers)):
                    _record(report, worker, outcome, keep)
        except KeyboardInterrupt:
            return report
        finally:
            for worker in workers:
                worker.process.kill()
                worker.process.join()


def _feed(workers: list[Worker], seed: int, numbers: Iterator[int], end: float | None) -> None:
    for worker in workers:
        if worker.is_idle and (end is None or time.monotonic() < end):
            number = next(numbers, None)
            if number is not None:
                worker.give(seed, number)


def _record(report: Report, worker: Worker, outcome: Outcome, keep: Path | None) -> None:
    mutant = worker.mutant or Mutant(0, -1, "?", "?", 0)
    if report.add(mutant, outcome) and keep is not None:
        print(f"{mutant}: {outcome.kind}", flush=True)
        place = keep / f"{mutant.seed}-{mutant.number}"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(worker.folder, place)
        (place / "TOLD").write_text(f"{mutant}\n{outcome.kind}\n{outcome.details}\n")
    if not worker.is_idle:
        worker.replace()


def main() -> int:
    """Try inputs, print the findings; 0 when there are none."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.fuzz.mutations")
    parser.add_argument("--count", type=int)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for what fails")
    options = parser.parse_args()
    count = options.count if options.count or options.minutes else 1000
    settings = options.minutes, options.jobs, options.keep, options.first
    report = fuzz(options.seed, count, *settings)
    for mutant, outcome in report.findings:
        print(f"{mutant}: {outcome.kind}\n{outcome.details}")
    print(report)
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
