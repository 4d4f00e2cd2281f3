"""Boxes of very many wires: slices of their inputs."""

from __future__ import annotations

import time

from elaborating import elaborated, outputs

from dspc.frontends.faust.signals import SignalGraph
from dspc.frontends.faust.wires import WIDE, Wires

GRAPH = SignalGraph()
INPUTS = tuple([GRAPH.make("input", (), n) for n in range(4 * WIDE)])


def test_slices_compare_as_their_signals_do() -> None:
    twice = Wires(INPUTS + INPUTS)
    first, second = twice.part(0, 4 * WIDE), twice.part(4 * WIDE, 8 * WIDE)
    assert first == second == Wires(INPUTS)
    assert hash(first) == hash(second) == hash(Wires(INPUTS))
    assert first != twice.part(1, 4 * WIDE + 1)
    assert first != twice.part(0, 4 * WIDE - 1)


def test_a_slice_of_a_slice_counts_from_its_start() -> None:
    inner = Wires(INPUTS).part(3, 3 + 2 * WIDE)
    assert isinstance(inner, Wires)
    assert inner.part(2, 2 + WIDE) == Wires(INPUTS[5 : 5 + WIDE])
    assert inner.part(2, 5) == INPUTS[5:8]


def test_a_sum_of_many_wires_adds_each_once() -> None:
    count = 2 * WIDE + 3
    nested = "in0"
    for n in range(1, count):
        nested = f"({nested} + in{n})"
    assert outputs(f"process = sum(i, {count}, _);") == [nested]


def test_equal_wide_boxes_share_their_signals() -> None:
    first, second = elaborated(
        f"s = sum(i, {WIDE}, _) : sin; process = si <: s, s; si = par(i, {WIDE}, _);"
    ).outputs
    assert first is second


def test_sums_of_many_wires_take_linear_time() -> None:
    """They took time by the square: each box of the chain had a tuple of its inputs."""

    def seconds(count: int) -> float:
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            elaborated(f"process = sum(i, {count}, _);")
            best = min(best, time.process_time() - start)
        return best

    assert seconds(8000) < 10 * seconds(2000)
