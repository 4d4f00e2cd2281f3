"""A short sample of `python -m tests.conformance.races`, and a race that it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import oracle, programs, races

pytestmark = [pytest.mark.conformance, pytest.mark.sanitize]

ECHO = programs.EXAMPLES / "delayEcho/quadEcho.dsp"


def test_tasks_do_not_race() -> None:
    assert list(races.races(ECHO, (1, 3, 8), 300)) == []


def test_a_race_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = oracle.dspc_code

    def racing(program: Path, options: tuple[str, ...] = ()) -> str:
        head = "void computeTask(int task) noexcept {"
        code = compiled(program, options)
        assert head in code
        return code.replace(head, f"{head} static int calls; ++calls;")

    monkeypatch.setattr(oracle, "dspc_code", racing)
    reports = list(races.races(ECHO, (1, 4), 300))
    assert len(reports) == 1
    assert reports[0].startswith("4 threads: ")
    assert "data race" in reports[0]
