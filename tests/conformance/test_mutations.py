"""Mutated programs and libraries through every target and printer; `--fuzz MINUTES` tries more."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from .fuzz import mutants, mutations
from .fuzz.mutants import Mutant, Outcome
from .fuzz.mutate import CUTS, definitions, mutated

SAMPLE = 160


@pytest.mark.fuzz
@pytest.mark.conformance
def test_mutated_inputs_compile_or_give_a_diagnostic(
    fuzz_minutes: float | None, tmp_path: Path
) -> None:
    seed = 1 if fuzz_minutes is None else time.time_ns() % 1_000_000
    count = SAMPLE if fuzz_minutes is None else None
    report = mutations.fuzz(seed, count, fuzz_minutes, keep=tmp_path)
    findings = "\n".join(f"{mutant}: {outcome.kind}" for mutant, outcome in report.findings)
    assert not report.findings, f"seed {seed}, kept in {tmp_path}:\n{findings}"
    assert count is None or report.outcomes.total() == count
    assert report.outcomes["printed"] > 0.2 * report.outcomes.total()
    assert report.outcomes["told"] > 0.2 * report.outcomes.total()


@pytest.mark.parametrize("kind", CUTS)
def test_mutations_change_a_text_and_repeat(kind: str) -> None:
    text, other = b'f(x) = x + 1; // "\ng = f(2);\nprocess = g;\n', b"a = 3 : _;\nb = a;\n"
    texts = [mutated(random.Random(n), text, other, kind) for n in range(60)]
    assert texts == [mutated(random.Random(n), text, other, kind) for n in range(60)]
    assert len(set(texts)) > 20
    assert texts.count(text) < 15


def test_definitions_end_where_they_end() -> None:
    text = b'a = case { (0) => 1; (n) => 2; };\nb = "x;y"; // c;\nd = e with { f = 1; };\n'
    ends = [part.strip() for part in definitions(text)]
    assert ends == [
        b"a = case { (0) => 1; (n) => 2; };",
        b'b = "x;y";',
        b"// c;\nd = e with { f = 1; };",
        b"",
    ]


def endless(mutant: Mutant, path: Path, origin: Path) -> Outcome:
    while True:
        pass


def hungry(mutant: Mutant, path: Path, origin: Path) -> Outcome:
    memory = [bytearray(1 << 20) for _ in range(300)]
    for block in memory:
        block[::4096] = b"x" * 256
    time.sleep(60)
    return Outcome("printed")


def dead(mutant: Mutant, path: Path, origin: Path) -> Outcome:
    import os
    import signal

    # Libraries loaded by other tests handle the signal, and return from one that no fault raised.
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)
    return Outcome("printed")


def crashing(mutant: Mutant, path: Path, origin: Path) -> Outcome:
    mutants.compile_all = lambda *_: [][1]  # pyright: ignore
    return mutants.attempt(mutant, path, origin)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (endless, "beyond its bound of time"),
        (hungry, "beyond its bound of memory"),
        (dead, "died: -11"),
        (crashing, "crash: IndexError"),
    ],
)
def test_failures_are_recorded_and_the_run_continues(
    fault: object, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mutations, "attempt", fault)
    monkeypatch.setattr(mutations, "SECONDS", 0.3)
    monkeypatch.setattr(mutations, "MEMORY", 100 << 20)
    report = mutations.fuzz(3, 2, keep=tmp_path)
    assert [outcome.kind[: len(expected)] for _, outcome in report.findings] == [
        expected,
        expected,
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["3-0", "3-1"]
    assert (tmp_path / "3-0" / "TOLD").is_file()
