"""The packing core on instances of MiniMalloc's form."""

from __future__ import annotations

import pytest
from dspc.dialects.diagnostics import DspcError
from dspc.passes.placement.check import faults
from dspc.passes.placement.exact import exact
from dspc.passes.placement.minimalloc import SPACE, generate, lower_bound, read_csv, write_csv
from dspc.passes.placement.model import Problem
from dspc.passes.placement.packing import best_order, climb_peak, pack


@pytest.mark.parametrize("seed", range(4))
def test_generated_instances_fill_their_space(seed: int) -> None:
    problem = generate(60, 1 << 14, seed)
    assert len(problem.items) == 60
    assert lower_bound(problem.items) == 1 << 14


@pytest.mark.parametrize("seed", range(3))
def test_packings_are_legal_and_climbing_never_loses(seed: int) -> None:
    problem = generate(80, 1 << 16, seed)
    first, _ = best_order(problem.items)
    climbed = climb_peak(problem.items, 0.3)
    for answer in (first, climbed):
        room = Problem(problem.items, {SPACE: answer.peak[SPACE]})
        assert faults(room, answer) == []
    assert 1 << 16 <= climbed.peak[SPACE] <= first.peak[SPACE]


def test_exact_packs_a_full_space() -> None:
    problem = generate(25, 1 << 12, 7)
    answer = exact(problem, 10.0)
    assert answer is not None
    assert faults(problem, answer) == []
    assert answer.peak[SPACE] == 1 << 12
    assert pack(problem.items, 4.0).peak[SPACE] == 1 << 12


def test_csv_is_read_as_it_was_written() -> None:
    problem = generate(30, 1 << 12, 3)
    assert read_csv(write_csv(problem), 1 << 12) == problem


def test_other_names_of_columns() -> None:
    problem = read_csv("id,begin,end,size\nx,0,3,8\ny,3,5,8\n", 8)
    assert lower_bound(problem.items) == 8
    assert pack(problem.items, 1.0).peak[SPACE] == 8


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,lower,size\nx,0,3\n", "upper is missing"),
        ("id,lower,upper,size\nx,0,three,8\n", "line 2: a number"),
        ("id,lower,upper,size\nx,3,3,8\n", "line 2: a buffer has a size"),
        ("", "id is missing"),
    ],
)
def test_bad_tables_are_refused(text: str, reason: str) -> None:
    with pytest.raises(DspcError, match=reason):
        read_csv(text, 8)
