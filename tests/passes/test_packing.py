"""The packing searches on instances of MiniMalloc's form."""

from __future__ import annotations

import math
import random
import time
from itertools import permutations

import pytest

from dspc.passes.placement.canonical import OutOfTimeError, Rectangle, Search, rankings
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
from dspc.passes.placement.packing import (
    best_order,
    climb_peak,
    first_gap,
    pack,
    search_peak,
)
from dspc.passes.placement.peak import lower_peak
from dspc.support.diagnostics import DspcError


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
    """First fit in some order gives the lowest peak, which the exact model must reach."""
    numbers = random.Random(len(aligns))
    for _ in range(4):
        items = _some(numbers, aligns)
        least = min(first_gap(items, order).peak[SPACE] for order in permutations(range(6)))
        answer = exact(Problem(items, {SPACE: least}), 20.0)
        assert answer is not None
        assert faults(Problem(items, {SPACE: least}), answer) == []
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
        ("id,lower,upper,size\nx,3,3,8\n", "line 2: a buffer has a positive size"),
        ("", "id is missing"),
    ],
)
def test_bad_tables_are_refused(text: str, reason: str) -> None:
    with pytest.raises(DspcError, match=reason):
        read_csv(text, 8)


@pytest.mark.parametrize("seed", range(6))
def test_the_search_packs_a_full_space(seed: int) -> None:
    """The lower bound is the height of the rectangle that was divided."""
    problem = generate(30, 1 << 12, seed)
    first, _ = best_order(problem.items)
    answer = search_peak(problem.items, first, 0, 60.0)
    assert faults(Problem(problem.items, {SPACE: 1 << 12}), answer) == []
    assert answer.is_optimal


@pytest.mark.parametrize("aligns", [(1,), (1, 16, 48), (16, 96), (1, 32)])
def test_the_search_is_as_good_as_the_best_of_all_orders(aligns: tuple[int, ...]) -> None:
    numbers = random.Random(7 * len(aligns))
    for _ in range(12):
        items = _some(numbers, aligns)
        orders = list(permutations(range(len(items))))
        least = min(first_gap(items, order).peak[SPACE] for order in orders)
        worst = max((first_gap(items, order) for order in orders), key=lambda a: a.peak[SPACE])
        answer = search_peak(items, worst, 0, 60.0)
        assert (answer.peak[SPACE], answer.is_optimal) == (least, True)
        assert faults(Problem(items, {SPACE: least}), answer) == []
        rectangles = [Rectangle(*_live(item), item.size, item.align) for item in items]
        for order in rankings(rectangles):
            ranked = [rectangles[index] for index in order]
            assert Search(ranked, least - 1, 1 << 20, math.inf).run() is None
            assert Search(ranked, least, 1 << 20, math.inf).run() is not None


def _some(numbers: random.Random, aligns: tuple[int, ...]) -> list[Item]:
    """Six buffers with random live ranges."""
    items: list[Item] = []
    for name in "abcdef":
        first = numbers.randrange(6)
        live = (first, first + numbers.randrange(1, 5))
        items.append(packed_item(name, live, 48 * numbers.randrange(1, 9), numbers.choice(aligns)))
    return items


def _live(item: Item) -> tuple[int, int]:
    live = item.choices[0].rooms[0].live
    assert live is not None
    return live


def test_the_search_goes_as_deep_as_there_are_buffers() -> None:
    """More buffers than Python's recursion limit."""
    offsets = Search([Rectangle(0, 1, 8)] * 1100, 8 * 1100, 1 << 20, math.inf).run()
    assert offsets == [8 * number for number in range(1100)]


def test_the_search_ends_at_its_time_limit() -> None:
    rectangles = [Rectangle(*_live(item), item.size) for item in generate(100, 1 << 14, 5).items]
    with pytest.raises(OutOfTimeError):
        Search(rectangles, 1 << 14, 50, math.inf).run()
    problem = generate(200, 1 << 18, 5)
    first, _ = best_order(problem.items)
    start = time.monotonic()
    answer = search_peak(problem.items, first, 0, 0.5)
    assert time.monotonic() - start < 5
    assert answer.peak[SPACE] <= first.peak[SPACE]


def test_a_packing_that_is_low_enough_ends_the_search() -> None:
    problem = generate(40, 1 << 14, 2)
    first, _ = best_order(problem.items)
    assert pack(problem.items, 8.0, first.peak[SPACE]).peak[SPACE] <= first.peak[SPACE]
