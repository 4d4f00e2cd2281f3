"""A sample of seeded faults, and the means: mutated functions, and calls in forked processes."""

from __future__ import annotations

import inspect
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from dspc.support.diagnostics import DspcError

from . import faults, forks, install
from .by_hand import edits
from .campaign import Campaign
from .faults import Fault
from .forks import Reply, forked
from .programs import MODES, SMALL

FAULTS = 40

TEXT = '''
class Ring:
    @property
    def size(self):
        """The size."""
        return self.low + 1

    def read(self, at, frames):
        assert at < 4
        if frames and at >= 0:
            return f"{at}[{frames} + 1]"
        self.note(at, frames)
        return min(at, frames)
'''


@pytest.mark.slow
@pytest.mark.builds
def test_faults_that_change_samples_are_detected() -> None:
    """In a process without OpenCL's threads, which a fork would not copy."""
    options = ["--seed", "3", "--programs", "filters,delays,choices", "--spread", "2", "--alarms"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "--count", str(FAULTS), *options],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    # The campaigns of hundreds of faults detect 99 %; which faults these are changes with any file.
    assert "false alarm" not in done.stdout
    row = re.search(r"^all +(.*)$", done.stdout, re.MULTILINE)
    assert row is not None, done.stderr
    count, *_, visible, by_samples, _, missed = map(int, row[1].split())
    assert count == FAULTS
    assert visible, done.stdout
    assert by_samples, done.stdout
    assert missed <= 1, done.stdout


def all_faults(tmp_path: Path) -> list[Fault]:
    path = tmp_path / "ring.py"
    path.write_text(TEXT)
    return faults.faults_of(str(path))


def test_faults_of_each_kind_in_the_text_of_a_class(tmp_path: Path) -> None:
    seeded = all_faults(tmp_path)
    kinds = Counter(one.kind for one in seeded)
    assert kinds == {
        "swapped operator": 5,  # self.low, +, " + ", `and`, min
        "off by one": 4,  # 1, >= and 0
        "negated condition": 2,
        "skipped guard": 3,
        "swapped arguments": 3,
        "dropped statement": 1,
    }
    texts = {faults.difference(one) for one in seeded}
    assert len(texts) == len(seeded)
    assert all("assert at < 4" not in text.replace(" assert", "") for text in texts)
    assert sum("-        return self.low + 1" in text for text in texts) == 0
    for one in seeded:
        assert faults.code_with(one).co_qualname == one.owner


def doubled(value: int) -> int:
    return value + value


def test_a_fault_is_installed_in_the_function_that_all_hold() -> None:
    held = doubled
    path = os.path.realpath(__file__)
    line = inspect.getsourcelines(doubled)[1]
    fault = next(one for one in faults.faults_of(path) if one.owner == "doubled")
    functions = install.Functions(__name__.partition(".")[0])

    def call() -> int:
        functions.install(fault)
        return held(3)

    assert (fault.first, fault.kind) == (line, "swapped operator")
    assert forked(call) == Reply(0)
    assert held(3) == 6


def endless() -> None:
    while True:
        pass


def dead() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def refused() -> None:
    raise DspcError("E0501", "the pass differs")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "reply"),
    [
        (endless, Reply(end="time")),
        (dead, Reply(end="died", message="11")),
        (refused, Reply(end="refused", message="E0501 the pass differs")),
        (lambda: [][1], Reply(end="crash", message="IndexError: list index out of range")),
        (lambda: "text" * 100_000, Reply("text" * 100_000)),
    ],
)
def test_ends_of_calls(call: object, reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "SECONDS", 1)
    start = time.monotonic()
    assert forked(call) == reply  # pyright: ignore
    assert time.monotonic() - start < 60


def test_faults_written_by_hand_fit_the_files() -> None:
    for edit in edits():
        text = Path(edit.path).read_text(encoding="utf-8")
        assert edit.text().count("\n") == text.count("\n")
        assert {cell.program for cell in edit.cells} <= set(SMALL)
        assert {cell.mode for cell in edit.cells} <= set(MODES)


@pytest.mark.slow
@pytest.mark.builds
def test_a_fault_written_by_hand_is_detected(tmp_path: Path) -> None:
    campaign = Campaign([*SMALL], 1, 1, tmp_path, is_traced=False)
    verdict = next(campaign.by_hand("response to the state"))
    assert verdict.outcome == "by samples"
