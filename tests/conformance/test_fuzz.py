"""Random programs with fixed seeds, and the programs that random ones once found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from xdsl.dialects.arith import AddfOp
from xdsl.dialects.builtin import ModuleOp

from .fuzz import modes, reduce, run
from .fuzz.grammar import Node, Program
from .fuzz.strategy import drawn, programs
from .many import batch

REGRESSIONS = sorted((Path(__file__).parent / "regressions").glob("*.dsp"))
BATCHES = 10
"""Of 50 programs, some ten seconds each."""


@pytest.mark.conformance
@pytest.mark.parametrize("path", REGRESSIONS, ids=lambda path: path.stem)
def test_regression(path: Path, tmp_path: Path) -> None:
    (outcome,) = batch.play([path.read_text()], batch.stimulus(), tmp_path)
    assert outcome.ways["cpp"].error is None
    assert outcome.ways["faust"].error is None or "Faust 2.54.9 lacks" in path.read_text()
    assert run.judged(outcome) == {}


@pytest.mark.fuzz
@pytest.mark.conformance
@pytest.mark.parametrize("number", range(BATCHES))
def test_random_programs_agree(number: int) -> None:
    report = run.fuzz(seed=1000 + number, batches=1)
    assert report.counts["programs"] == run.BATCH
    assert report.counts["agree"] >= 0.9 * run.BATCH  # the rest has an excuse, counted
    assert not report.findings, "\n".join(map(str, report.findings))


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(1, 5))
def test_random_programs_sound_the_same_in_every_mode(seed: int) -> None:
    findings = modes.fuzz(seed, 40)
    assert not findings, "\n".join(map(str, findings))


@pytest.mark.slow
def test_a_mode_that_changes_a_program_is_detected(monkeypatch: pytest.MonkeyPatch) -> None:
    right = modes.lowered

    def wrong(program: Program, passes: list[str]) -> ModuleOp:
        module = right(program, passes)
        for op in module.walk():
            if isinstance(op, AddfOp) and "dsp_par.loop" in str(module):
                op.results[0].replace_all_uses_with(op.operands[0])
        return module

    monkeypatch.setattr(modes, "lowered", wrong)
    findings = modes.fuzz(1, 10)
    assert findings
    text = str(findings[0])
    assert " dsp-split-loops{" in text or 'loops="best"' in text


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs())
def test_every_random_program_compiles(program: Program) -> None:
    from dspc.frontends.faust.compile import compile_source
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.support.diagnostics import Source

    module = compile_source(Source("fuzz.dsp", str(program)), FrontendOptions(precision="double"))
    module.verify()


def test_a_seed_gives_the_same_programs() -> None:
    assert [str(p) for p in drawn(20, 3)] == [str(p) for p in drawn(20, 3)]
    assert len({str(p) for p in drawn(20, 3)}) > 15


def test_a_failing_program_shrinks_to_what_fails() -> None:
    def failing(candidates: object) -> list[bool]:
        return ["floor" in str(c).split("process")[1] for c in candidates]  # pyright: ignore

    large = next(p for p in drawn(500, 5) if failing([p])[0] and len(p.outputs) > 1)
    small = reduce.reduced(large, failing)
    assert len(small.outputs) == 1
    assert small.outputs[0].size() <= 2


def test_a_wrong_sample_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer sees a back end that is wrong in one place only."""

    def wrong(candidates: list[Program], stimulus: object) -> list[batch.Outcome]:
        outcomes: list[batch.Outcome] = []
        for candidate in candidates:
            right = batch.Played(0, np.ones((1, batch.FRAMES)))
            bad = batch.Played(0, np.ones((1, batch.FRAMES)))
            bad.samples[0, 7] += "floor" in str(candidate).split("process")[1]
            outcomes.append(batch.Outcome(str(candidate), {"faust": right, "cpp": bad}))
        return outcomes

    monkeypatch.setattr(run, "play", wrong)
    monkeypatch.setattr(run, "excuse", lambda outcome, stimulus: None)
    monkeypatch.setattr(run, "drawn", lambda count, seed: [_program("floor({})"), _program("{}")])
    report = run.fuzz(seed=1, batches=1)
    assert (report.counts["agree"], report.counts["differ"]) == (1, 1)
    assert "frame 7" in str(report.findings[0])


def _program(text: str) -> Program:
    return Program([Node("real", text, [Node("real", "0.5")])])
