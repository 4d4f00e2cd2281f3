"""A few random programs with gates; the command runs more."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from .fuzz import gates, run
from .fuzz.grammar import PRELUDE, Node, Program
from .many.batch import Played


@pytest.mark.fuzz
@pytest.mark.conformance
@pytest.mark.parametrize("precision", ["double", "single"])
def test_random_gated_programs_are_those_of_faust_or_explained(precision: Any) -> None:
    counts: Counter[str] = Counter()
    findings = gates.compare(5, 3, precision, counts)
    assert not findings, "\n".join(findings)
    assert counts.total() == 3


def test_a_seed_gives_the_same_gated_programs() -> None:
    assert [str(p) for p in gates.drawn(20, 3)] == [str(p) for p in gates.drawn(20, 3)]
    assert all(any(w in str(p) for w in ("control(", "enable(")) for p in gates.drawn(20, 3))


def gated(text: str, *parts: Node) -> Program:
    return Program([Node("real", text, list(parts))])


@pytest.mark.parametrize("name", gates.NEUTRAL)
def test_constructs_of_a_difference_are_taken_from_a_program(name: str) -> None:
    a, g = Node("real", "a"), Node("gate", "(b > 0)")
    held = Node("real", "control({}, {})", [a, g])
    programs = {
        "a delay under a gate": (gated("({} @ 20)", a), "sin(a @ 9)"),
        "a gate within itself": (gated("control({}, {})", held, g), "control(a, (b > 0))"),
        "a gate that a gate computes": (
            gated("control({}, {})", a, Node("gate", "control({}, {})", [g, g])),
            "control(a, ((b > 0) & (b > 0)))",
        ),
        "sums and products": (gated("enable({}, {})", a, g), "control(a, (b > 0))"),
    }
    program, expected = programs[name]
    (output,) = program.outputs
    assert str(gates.NEUTRAL[name](output)) == expected


@pytest.mark.conformance
def test_a_difference_that_is_not_documented_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scalar mode that holds nothing differs from Faust whatever is taken from the program."""
    tried = gated("control({}, {})", Node("real", "a"), Node("gate", "(b > 0)"))
    stimulus = run.noise(1)
    (outcome,) = gates.wide.play([str(tried)], "double", stimulus)
    assert outcome.text.startswith(PRELUDE)
    assert gates.judged(outcome, tried, "double", stimulus) == "agree"
    wrong = Played(3, stimulus.inputs[:1].copy())
    ours = {way: wrong for way in outcome.ways if way != "faust"}
    outcome.ways.update(ours)
    monkeypatch.setattr(gates, "reasons", lambda tried, stimulus: [])
    assert gates.judged(outcome, tried, "double", stimulus).startswith("differ from Faust")
