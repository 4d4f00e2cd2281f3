"""Parallel assignments written in sequence compute the same values as at once."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.dialects.builtin import f32
from xdsl.dialects.test import TestOp
from xdsl.ir import SSAValue

from dspc.backends.c.assignments import assign_together, sequence
from dspc.backends.c.expressions import Expr
from dspc.support.graphs import strong_components

Reads = Mapping[str, Sequence[str]]


def run(reads: Reads) -> tuple[dict[str, object], int]:
    """The targets' values after the steps, as terms over the values before, and the temporaries."""
    values: dict[str, object] = {name: name for name in reads}
    saved: dict[str, object] = {}
    for name, is_saved in sequence(reads):
        term = saved.get(name) or (name, *(values.get(read, read) for read in reads[name]))
        if is_saved:
            assert name not in saved
            saved[name] = term
        else:
            assert values[name] == name  # written once
            values[name] = term
    return values, len(saved)


def at_once(reads: Reads) -> dict[str, object]:
    return {name: (name, *sources) for name, sources in reads.items()}


def cyclic(reads: Reads) -> int:
    """Components of the dependence graph in which assignments wait for each other."""
    graph = {name: [r for r in names if r in reads and r != name] for name, names in reads.items()}
    return sum(len(names) > 1 for names in strong_components(list(graph), lambda name: graph[name]))


@st.composite
def systems(draw: st.DrawFn) -> dict[str, list[str]]:
    """Targets that read each other and other names."""
    names = [f"v{n}" for n in range(draw(st.integers(1, 12)))]
    others = st.sampled_from([*names, "outside"])
    return {name: draw(st.lists(others, max_size=4)) for name in names}


@settings(max_examples=150)
@given(systems())
def test_any_system(reads: dict[str, list[str]]) -> None:
    values, saved = run(reads)
    assert values == at_once(reads)
    cycles = cyclic(reads)
    assert (saved == 0) == (cycles == 0)
    assert saved >= cycles


@settings(max_examples=60)
@given(st.permutations(list(range(9))), st.sets(st.integers(0, 8), max_size=3))
def test_a_permutation_costs_one_temporary_for_each_cycle(
    order: list[int], outside: set[int]
) -> None:
    reads = {f"v{n}": [f"v{to}" if n not in outside else "x"] for n, to in enumerate(order)}
    values, saved = run(reads)
    assert values == at_once(reads)
    assert saved == cyclic(reads)


@pytest.mark.parametrize("length", [2, 3, 10, 30_000])
@pytest.mark.parametrize("step", [1, -1])
def test_a_rotation_of_any_length(length: int, step: int) -> None:
    reads = {f"v{n}": [f"v{(n + step) % length}"] for n in range(length)}
    steps = list(sequence(reads))
    assert len(steps) == length + 1
    assert [name for name, is_saved in steps if is_saved] == ["v0"]


def test_time_is_linear_in_targets_and_reads() -> None:
    """Every second edge closes a cycle; a quadratic walk would take hours."""
    length = 30_000
    reads = {f"v{n}": [f"v{(n + 1) % length}", f"v{n ^ 1}"] for n in range(length)}
    steps = list(sequence(reads))
    assert len({name for name, is_saved in steps if not is_saved}) == length
    assert len(steps) <= 2 * length


def test_the_first_target_of_two_that_others_cannot_free() -> None:
    """A target which reads nothing that waits for it alone was taken again and again."""
    reads = {"a": ["x"], "b": ["a", "c"], "c": ["a", "b"]}
    assert list(sequence(reads)) == [("b", True), ("c", False), ("a", False), ("b", False)]


class Printer:
    """Prints assignments as C++ does, which Python reads as well."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def emit(self, line: str) -> None:
        self.lines.append(line)

    def variable(self, value: SSAValue, expr: Expr) -> Expr:
        name = f"t{len(self.lines)}"
        self.emit(f"{name} = {expr.text};")
        return Expr(name)


@pytest.mark.parametrize("seed", range(60))
def test_printed_lines_run(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"v{n}" for n in range(chance.randint(2, 9))]
    value = TestOp(result_types=[f32]).results[0]
    texts = {
        name: " + ".join(
            f"{chance.randint(1, 9)} * {chance.choice([*names, 'x'])}"
            for _ in range(chance.randint(1, 4))
        )
        for name in names
    }
    for name in chance.sample(names, 2):
        texts[name] = chance.choice(names)
    wanted = [
        (name, value, Expr(text, 12, 3, frozenset(re.findall(r"[vx]\d*", text))))
        for name, text in texts.items()
    ]
    printer = Printer()
    assign_together(printer, wanted)
    before = {name: chance.randint(-99, 99) for name in [*names, "x"]}
    expected = {name: eval(text, {}, before) for name, text in texts.items()}
    after = dict(before)
    exec("\n".join(printer.lines), {}, after)
    assert {name: after[name] for name in names} == expected
