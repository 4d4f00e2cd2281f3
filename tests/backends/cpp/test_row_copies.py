"""Rows are copied by calls of a helper: text that grew with each delay line, and clones of it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import dspc

COMBS = "process = _ <: par(i, 8, + ~ @(1500 + 7*i) : @(20 + i)) :> _;"
LOOP = re.compile(r"for \(int (\w+) = .*\) \{\n\s*\w+\[\1\] = \w+\[\1\];\n\s*\}")
MODES: tuple[dict[str, Any], ...] = (
    {"vec": True},
    {"vec": True, "lanes": 0},
    {"vec": True, "loop_variant": 1},
    {"sch": True},
)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_a_copy_of_a_row_is_one_line(mode: dict[str, Any]) -> None:
    text = dspc.compile(COMBS, "cpp", **mode).code
    assert not LOOP.findall(text)
    assert text.count("dspc_copy") > 16


def test_a_copied_loop_that_a_team_shares_stays_a_loop() -> None:
    """The directive needs one."""
    text = dspc.compile("process = par(i, 2, @(3000));", "cpp", omp=True).code
    after = re.findall(r"#pragma omp for.*\n\s*#endif\n\s*(.*)", text)
    assert after
    assert all(line.startswith("for (") for line in after)


def test_names_of_programs_leave_the_helpers_alone() -> None:
    program = "dspc_copy = + ~ @(1500); process = dspc_copy <: _, @(40) : dspc_copy_in_order;"
    program += " dspc_copy_in_order(x, y) = x + y : + ~ @(2000);"
    samples = np.random.default_rng(1).standard_normal((1, 5000))
    expected = dspc.load(program, "interp", double=True)(samples)
    found = dspc.load(program, "cpp", double=True, vec=True)(samples)
    np.testing.assert_allclose(found, expected, atol=1e-12)
