"""The packing core on instances of MiniMalloc's form."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from dspc.dialects.diagnostics import DspcError
from dspc.passes.placement.check import faults
from dspc.passes.placement.exact import exact
from dspc.passes.placement.minimalloc import (
    SPACE,
    generate,
    lower_bound,
    packed_item,
    read_csv,
    write_csv,
)
from dspc.passes.placement.model import Item, Problem
from dspc.passes.placement.packing import best_order, climb_peak, first_gap, pack
from dspc.passes.placement.peak import lower_peak


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


@pytest.mark.parametrize("aligns", [(1,), (1, 16, 48), (16, 96), (1, 32)])
def test_exact_is_as_good_as_the_best_of_all_orders(aligns: tuple[int, ...]) -> None:
    """Some order of dropping pieces gives the lowest peak: what the exact model must find."""
    numbers = random.Random(len(aligns))
    for _ in range(4):
        items: list[Item] = []
        for name in "abcdef":
            first = numbers.randrange(6)
            live = (first, first + numbers.randrange(1, 5))
            items.append(
                packed_item(name, live, 48 * numbers.randrange(1, 9), numbers.choice(aligns))
            )
        least = min(first_gap(items, order).peak[SPACE] for order in permutations(range(6)))
        found = exact(Problem(items, {SPACE: least}), 20.0)
        assert found is not None
        assert faults(Problem(items, {SPACE: least}), found) == []
        assert exact(Problem(items, {SPACE: least - 1}), 20.0) is None
        lowest = lower_peak(items, first_gap(items, range(6)), 20.0)
        assert (lowest.peak[SPACE], lowest.is_optimal) == (least, True)
        assert faults(Problem(items, {SPACE: least}), lowest) == []


def test_csv_is_read_as_it_was_written() -> None:
    problem = generate(30, 1 << 12, 3)
    assert read_csv(write_csv(problem), 1 << 12) == problem


def test_other_names_of_columns() -> None:
    for head in ("id,begin,end,size", "buffer,start,end,size"):
        problem = read_csv(f"{head}\nx,0,3,8\ny,3,5,8\n", 8)
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
