"""Random programs through Faust, our C++ back end and our interpreter; differences are reported.

A program where Faust's result and ours differ is shrunk and printed with what each made of it.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..many import batch
from ..many.batch import Outcome, Stimulus
from .grammar import Program
from .reduce import reduced
from .strategy import drawn

BATCH = 50


@dataclass
class Finding:
    """A program on which not all agree, and how."""

    program: Program
    failures: dict[str, str]

    def __str__(self) -> str:
        ways = "".join(f"\n// {way}: {text.splitlines()[0]}" for way, text in self.failures.items())
        return f"{self.program}{ways}\n"


@dataclass
class Report:
    """What a run of the fuzzer did."""

    counts: Counter[str] = field(default_factory=Counter[str])
    findings: list[Finding] = field(default_factory=list[Finding])


def noise(seed: int) -> Stimulus:
    """Noise without round numbers, so that no comparison is a tie."""
    stimulus = batch.stimulus(seed)
    rng = np.random.default_rng(seed + 1)
    stimulus.inputs[:] = rng.uniform(-1.0, 1.0, stimulus.inputs.shape)
    stimulus.fractions[:] = rng.uniform(0.0, 1.0, stimulus.fractions.shape)
    return stimulus


def judged(outcome: Outcome) -> dict[str, str]:
    """How our ways differ from Faust; where it refuses or is known to be wrong, from each other."""
    held = "control(" in outcome.text or "enable(" in outcome.text
    if outcome.ways["faust"].error is None and not held:
        return batch.disagreements(outcome)
    ours = {way: played for way, played in outcome.ways.items() if way != "faust"}
    return batch.disagreements(Outcome(outcome.text, ours), "cpp")


def sensitive(outcome: Outcome, stimulus: Stimulus) -> bool:
    """Whether inputs that differ in the last places only give other results: then rounding decides,
    and none of the results is wrong."""
    other = Stimulus(stimulus.inputs * (1 + 1e-13), stimulus.fractions * (1 - 1e-13))
    with tempfile.TemporaryDirectory(prefix="dspc-fuzz-") as name:
        (moved,) = batch.play([outcome.text], other, Path(name), ("signals",))
    here = outcome.ways.get("signals")
    return here is None or batch.difference(moved.ways["signals"], here) is not None


def leaves_its_memory(outcome: Outcome, stimulus: Stimulus) -> bool:
    """Whether Faust's code reads outside its arrays or casts values that no int holds: its
    intervals of delayed signals omit the initial zeros, and it clamps nothing."""
    with tempfile.TemporaryDirectory(prefix="dspc-fuzz-") as name:
        (checked,) = batch.play([outcome.text], stimulus, Path(name), ("faust",), batch.CHECKED)
    return (checked.ways["faust"].error or "").startswith("run:")


def play(programs: Sequence[Program], stimulus: Stimulus) -> list[Outcome]:
    """A batch in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="dspc-fuzz-") as name:
        return batch.play([str(program) for program in programs], stimulus, Path(name))


def failing(programs: Sequence[Program], stimulus: Stimulus) -> list[bool]:
    """Which programs show a difference that is not rounding."""
    if not programs:
        return []
    outcomes = play(programs, stimulus)
    return [bool(judged(o)) and excuse(o, stimulus) is None for o in outcomes]


def excuse(outcome: Outcome, stimulus: Stimulus) -> str | None:
    """Why a difference says nothing about our compiler; None where it does."""
    ours = {way: played for way, played in outcome.ways.items() if way != "faust"}
    if batch.disagreements(Outcome(outcome.text, ours), "cpp"):
        return None
    if leaves_its_memory(outcome, stimulus):
        return "Faust leaves its memory"
    if all(played.error is None for played in outcome.ways.values()) and sensitive(
        outcome, stimulus
    ):
        return "decided by rounding"
    return None


def fuzz(seed: int, minutes: float | None = None, batches: int | None = None) -> Report:
    """Run until time is up, or so many batches of BATCH programs; the same programs per seed."""
    report = Report()
    end = time.monotonic() + 60 * minutes if minutes is not None else None
    number = 0
    while (batches is None or number < batches) and (end is None or time.monotonic() < end):
        stimulus = noise(seed + number)
        programs = drawn(BATCH, seed * 100_000 + number)
        for program, outcome in zip(programs, play(programs, stimulus), strict=True):
            _judge(program, outcome, stimulus, report)
        number += 1
    return report


def _judge(program: Program, outcome: Outcome, stimulus: Stimulus, report: Report) -> None:
    report.counts["programs"] += 1
    if outcome.ways["faust"].error is not None:
        report.counts["Faust has no result"] += 1
    elif not np.isfinite(outcome.ways["faust"].samples).all():
        report.counts["not finite"] += 1
    differences = judged(outcome)
    if not differences:
        report.counts["agree"] += 1
        return
    excused = excuse(outcome, stimulus)
    if excused is not None:
        report.counts[excused] += 1
        return
    report.counts["differ"] += 1
    small = reduced(program, lambda candidates: failing(candidates, stimulus))
    report.findings.append(Finding(small, judged(play([small], stimulus)[0])))
