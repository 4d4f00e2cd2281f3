"""The suite itself: it must see a wrong sample, a lost channel, a changed control, a hang."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from . import oracle, steps
from .steps import StepError

pytestmark = pytest.mark.conformance

GAIN = 'process = *(hslider("gain", {init}, 0, 1, 0.01)), button("b") + {extra};'


def _faust(folder: Path, name: str, text: str) -> oracle.Rendering:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return oracle.through_faust_cut(path)


def test_a_program_agrees_with_itself(tmp_path: Path) -> None:
    rendering = _faust(tmp_path, "a.dsp", GAIN.format(init=0.5, extra=0))
    result = oracle.compare(rendering, rendering)
    assert result.agrees
    assert result.largest == 0.0
    assert rendering.samples.shape == (2, 2, oracle.FRAMES)
    assert rendering.samples[0, 0, :2].tolist() == [0.5, 0.0]
    assert rendering.samples[1, 1, 62:66].tolist() == [1.0, 1.0, 0.0, 0.0]
    assert np.abs(rendering.samples[1, 0]).max() == pytest.approx(0.5, abs=0.01)


def test_a_difference_above_the_tolerance_is_found_where_it_is(tmp_path: Path) -> None:
    right = _faust(tmp_path, "a.dsp", GAIN.format(init=0.5, extra=0))
    samples = right.samples.copy()
    samples[1, 0, 59_999] += 3e-6
    result = oracle.compare(replace(right, samples=samples), right)
    assert not result.agrees
    assert result.first_frame == 59_999
    assert result.where == "noise, output 0"
    samples[1, 0, 59_999] -= 2e-6
    assert oracle.compare(replace(right, samples=samples), right).agrees


def test_not_a_number_equals_only_itself(tmp_path: Path) -> None:
    right = _faust(tmp_path, "a.dsp", GAIN.format(init=0.5, extra=0))
    odd = right.samples.copy()
    odd[0, 0, 5:8] = [np.nan, np.inf, -np.inf]
    assert oracle.compare(replace(right, samples=odd), replace(right, samples=odd)).agrees
    for value in (np.nan, np.inf, -np.inf):
        other = odd.copy()
        other[0, 0, 5:8] = [value, 1.0, -np.inf]
        result = oracle.compare(replace(right, samples=other), replace(right, samples=odd))
        assert result.first_frame == (6 if np.isnan(value) else 5)


def test_another_interface_or_number_of_channels_is_a_difference(tmp_path: Path) -> None:
    right = _faust(tmp_path, "a.dsp", GAIN.format(init=0.5, extra=0))
    other_init = _faust(tmp_path, "other/a.dsp", GAIN.format(init=0.25, extra=0))
    problems = oracle.compare(replace(right, ui=other_init.ui), right).problems
    assert any("user interface" in problem and "0.25" in problem for problem in problems)
    wider = replace(right, outputs=3)
    assert "not 1 and 2" in oracle.compare(wider, right).problems[0]


def test_state_that_depends_on_the_blocks_is_seen(tmp_path: Path) -> None:
    text = "process = _ * (fvariable(int count, <math.h>) + 1);"
    rendering = _faust(tmp_path, "a.dsp", text)
    assert rendering.split[0] > 1.0
    assert any("cut blocks" in problem for problem in oracle.compare(rendering, rendering).problems)


def test_a_step_that_hangs_is_ended_and_fails() -> None:
    start = time.monotonic()
    with pytest.raises(StepError, match="no end within"):
        steps.run("run", ["sh", "-c", "sleep 60 & sleep 60"], 0.3)
    assert time.monotonic() - start < 10


def test_a_failing_compiler_says_its_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.dsp"
    path.write_text("process = nowhere;")
    for _ in range(2):
        with pytest.raises(StepError) as caught:
            oracle.through_faust(path)
        assert caught.value.step == "faust"
        assert "nowhere" in caught.value.message
