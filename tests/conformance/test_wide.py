"""A few random programs in every mode, target and precision; the command runs more."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from .fuzz import wide
from .many.batch import FRAMES, Outcome, Played


@pytest.mark.fuzz
@pytest.mark.conformance
@pytest.mark.parametrize("precision", ["double", "single"])
def test_random_programs_agree_with_faust_in_every_mode(precision: Any) -> None:
    counts: Counter[str] = Counter()
    findings = wide.compare(21, 2, precision, counts)
    assert not findings, "\n".join(findings)
    assert counts["runs"] == 2 * (len(wide.MODES) + len(wide.IN_PROCESS) + 1)


@pytest.mark.fuzz
@pytest.mark.conformance
@pytest.mark.sanitize
def test_random_programs_pass_sanitizers_with_wild_inputs() -> None:
    counts: Counter[str] = Counter()
    findings = wide.sanitized(21, 2, "double", counts)
    assert not findings, "\n".join(findings)
    assert counts["runs"] == 2 * len(wide.MODES)


def played(value: float = 1.0) -> Played:
    return Played(0, np.full((1, FRAMES), value))


@pytest.mark.parametrize("way", ["scalar", "default", "sch-g", *wide.IN_PROCESS])
def test_an_executor_that_differs_is_reported(way: str) -> None:
    ways = {name: played() for name in ("faust", *wide.MODES, *wide.IN_PROCESS)}
    assert wide.judged(Outcome("process = 1;", dict(ways)), "double") == {}
    ways[way].samples[0, 9] += 1e-5
    assert list(wide.judged(Outcome("process = 1;", ways), "double")) == [way]
    assert wide.judged(Outcome("process = 1;", ways), "single") == {}


def test_modes_are_compared_with_scalar_code_without_a_result_of_faust() -> None:
    ways = {"faust": Played(error="refused"), "scalar": played(), "default": played(2.0)}
    assert list(wide.judged(Outcome("process = 1;", ways), "double")) == ["default"]


def test_wild_stimuli_have_what_sound_never_has() -> None:
    stimulus = wide.wild(3)
    assert sum(stimulus.sizes) == FRAMES
    assert {0, 1} < set(stimulus.sizes)
    assert np.isnan(stimulus.inputs).any() and np.isinf(stimulus.inputs).any()  # noqa: PT018
    assert (np.abs(stimulus.fractions) > 1).any()
    np.testing.assert_array_equal(stimulus.inputs, wide.wild(3).inputs)
