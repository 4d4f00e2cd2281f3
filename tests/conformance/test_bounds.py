"""No access of an example is left unproved, and nothing races.

All examples in all modes: `python -m tests.conformance.bounds --all`.
"""

from __future__ import annotations

import pytest

from . import programs
from .bounds import MODES, check

pytestmark = pytest.mark.conformance

NAMES = list(MODES)
AT_ONCE = 3
"""Modes of each program: all modes take turns."""


@pytest.mark.parametrize("at", range(0, len(programs.CORE), 2))
def test_every_access_is_proved(at: int) -> None:
    modes = [NAMES[(at * AT_ONCE // 2 + n) % len(NAMES)] for n in range(AT_ONCE)]
    checked = list(check(programs.EXAMPLES / programs.CORE[at], modes))
    assert checked
    assert {one.mode: one.faults for one in checked if one.faults} == {}
    assert all(one.accesses > 0 for one in checked)


@pytest.mark.full
@pytest.mark.parametrize("name", programs.example_names())
def test_every_access_is_proved_in_all_modes(name: str) -> None:
    checked = list(check(programs.EXAMPLES / name, NAMES))
    assert {one.mode: one.faults for one in checked if one.faults} == {}
