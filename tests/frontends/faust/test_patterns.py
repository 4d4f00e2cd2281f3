"""Pattern matching."""

from __future__ import annotations

import pytest
from elaborating import fault, outputs


@pytest.mark.parametrize(
    ("rules", "argument", "expected"),
    [
        ("(0) => 1; (x) => 2;", "0", "1"),
        ("(x) => 2; (0) => 1;", "0", "2"),
        ("(1.0) => 7; (x) => 8;", "1", "8"),
        ("((x, y)) => x - y;", "(5, 2)", "3"),
        ("((x, x)) => 1; ((x, y)) => 2;", "(3, 3)", "1"),
        ("((x, x)) => 1; ((x, y)) => 2;", "(3, 4)", "2"),
        ("(x : y) => x; (z) => 9;", "button(\"b\") : sin", "b"),
        ("(x <: y) => 1; (x ~ y) => 2; (x :> y) => 3;", "+ ~ _", "2"),
        ("(2 * 3) => 1; (x) => 2;", "6", "1"),
        ("(x + y) => x; (z) => 9;", "hslider(\"a\", 0, 0, 1, 1) + 2", "a"),
        ("(x + y) => x; (z) => 9;", "1 + 2", "9"),
        ('(hgroup("g", x)) => x; (z) => 9;', 'hgroup("g", 3)', "3"),
        ('(hgroup("g", (1, x))) => x; (z) => 9;', 'hgroup("g", (2 - 1, 3))', "3"),
        ('(hgroup("g", (x, x))) => 1; (z) => 9;', 'hgroup("g", (sin, cos))', "9"),
        ('(hgroup("g", x)) => x; (z) => 9;', 'vgroup("g", 3)', "9"),
        ('(hgroup("g", x)) => x; (z) => 9;', 'hgroup("h", 3)', "9"),
        ("((x : a with { a = cos; })) => 1; (z) => 9;", "sin : cos", "1"),
        ("(((x, f(1)) with { f(x) = x + 3; })) => x; (z) => 9;", "(7, 4)", "7"),
        ("(((x, 1) letrec { 's = 3; })) => x; (z) => 9;", "(7, 1)", "7"),
    ],
)  # fmt: skip
def test_first_matching_rule(rules: str, argument: str, expected: str) -> None:
    result = outputs(f"process = case {{ {rules} }}({argument});")
    assert result == [expected]


def test_several_arguments_may_come_one_by_one() -> None:
    program = "f(0, x) = x; f(n, x) = f(n - 1, x * 2); g = f(3); process = g(5), f(0)(4);"
    assert outputs(program) == ["40", "4"]


def test_a_case_that_is_never_applied_takes_its_input() -> None:
    assert outputs("process = case { (0) => 1; (x) => x * 2; };") == ["(in0 * 2)"]


def test_names_of_functions_in_patterns_are_no_variables() -> None:
    program = "g(x) = x, 1; f(g(y)) = y; f(x) = 0; process = f((7, 1)), f((7, 2));"
    assert outputs(program) == ["7", "0"]


def test_local_values_are_seen_by_the_body_of_a_rule() -> None:
    assert outputs("k = 2; f(0) = k; f(n) = k * n; process = f(4);") == ["8"]


def test_a_failure_shows_the_arguments_and_the_rules() -> None:
    error = fault("f(0, x) = x; f(1, x) = x; process = f(2, 3);")
    assert error.message == "no rule of `f` matches the arguments (2, 3)"
    assert [note.message for note in error.notes] == ["rule (0, x)", "rule (1, x)"]


COUNT = "fconstant(int count, {})"
ROOT = 'ffunction(float cbrt{}(float), <math.h>, "")(_)'


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (COUNT.format("<math.h>"), COUNT.format("<math.h>"), "1"),
        (COUNT.format("<math.h>"), COUNT.format("<cmath>"), "2"),
        (COUNT.format("<math.h>"), "fvariable(int count, <math.h>)", "2"),
        (COUNT.format("<math.h>") + " / 2", COUNT.format("<math.h>") + " / 2", "1"),
        (ROOT.format(""), ROOT.format(""), "1"),
        (ROOT.format(""), ROOT.format("f"), "2"),
        (ROOT.format("|cbrtl"), ROOT.format("|cbrtl"), "1"),
    ],
)
def test_foreign_declarations_match_by_structure(first: str, second: str, expected: str) -> None:
    """They matched themselves at the same place of the program only."""
    program = f"same(x, x) = 1; same(x, y) = 2; process = same(({first}), ({second}));"
    assert outputs(program) == [expected]
