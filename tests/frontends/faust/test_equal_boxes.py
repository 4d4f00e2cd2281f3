"""Boxes that are written twice match a pattern that names them twice, as in Faust."""

from __future__ import annotations

import pytest
from elaborating import fault, outputs

from dspc.frontends.faust import ast
from dspc.frontends.faust.parser import parse
from dspc.frontends.faust.structure import Structures
from dspc.support.diagnostics import Source

PRELUDE = """\
same(x, x) = 1;
same(x, y) = 0;
named(x) = x + 1;
again(x) = x + 1;
other(y) = y + 1;
curried(x) = \\(y).(x * y);
three(x, y, z) = x + y * z;
held = environment { a = 1; f(x) = x + a; };
"""

TWICE = (
    "\\(x).(x + 1)",
    "\\(x, y).(x + y)",
    "\\(x).(\\(y).(y))",
    "\\(x).(case { (0) => x; (n) => n; })",
    "case { (0) => 1; (n) => n; }",
    "case { (x : y) => 1; (n) => n; }",
    "environment { a = 1; f(x) = x + a; }",
    "(\\(x).(x + a) with { a = b; b = 3; })",
    "(\\(x).(s) letrec { 's = s + 1; })",
    "(s letrec { 's = s + x; where x = 3; })",
    "par(i, 3, \\(x).(x + i))",
    "seq(i, 3, \\(x).(x + i))",
    "sum(i, 3, \\(x).(x + i))",
    "three(1, \\(x).(x))",
    "curried(\\(x).(x))",
    "+(\\(x).(x))",
    "(_ <: \\(x, y).(x * y))",
    "(\\(x).(x + 1) ~ _)",
    'hgroup("g", \\(x).(x + 1))',
    "select2(_, \\(x).(x), 2)",
    "held[a = 2;]",
    "held[a = 2;].f",
    "waveform {1, 2.0}",
)


@pytest.mark.parametrize("box", TWICE)
def test_a_box_written_twice_is_one(box: str) -> None:
    """Functions and environments matched themselves at the same place of the program only."""
    program = f"{PRELUDE} constant = case {{ ({box}) => 1; (z) => 0; }};\n"
    if "held[" in box:
        program = PRELUDE + "constant(x) = 1;\n"
    process = f"process = same({box}, ({box})), constant({box});"
    assert outputs(program + process) == ["1", "1"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("named", "again", "1"),
        ("named", "\\(x).(x + 1)", "1"),
        ("\\(x).(x + 1)", "\\(x).((x, 1) : +)", "1"),
        ("\\(x).(x')", "\\(x).(x : mem)", "1"),
        ("\\(x).(-named)", "\\(x).((0, named) : -)", "1"),
        ("\\(x, y).(x + y)", "\\(x).(\\(y).(x + y))", "1"),
        ("curried", "\\(x, y).(x * y)", "1"),
        ("(k with { k(0) = 1; k(n) = n; })", "(k with { k(0) = 1; k(n) = n; })", "1"),
        ("(k with { k = \\(x).(x); })", "(k with { k(x) = x; })", "1"),
        ("named", "other", "0"),
        ("\\(x).(1)", "\\(x).(1.0)", "0"),
        ("\\(x).(0.0)", "\\(x).(1.0)", "0"),
        ("\\(x, y).(x)", "\\(y, x).(x)", "0"),
        ("\\(x).(x + 1)", "\\(x).(x - 1)", "0"),
        ("\\(x).(x + 1)", "\\(x).((x, 1) : -)", "0"),
        ("case { (0) => 1; (n) => n; }", "case { (0) => 1; (m) => m; }", "0"),
        ("case { (0) => 1; (n) => n; }", "case { (1) => 1; (n) => n; }", "0"),
        ("environment { a = 1; }", "environment { a = 2; }", "0"),
        ("\\(x).(waveform {1, 2})", "\\(x).(waveform {1, 3})", "0"),
        ("\\(x).(waveform {1, 2})", "\\(x).(waveform {1, 2.0})", "0"),
        ("held[a = 2;]", "held[a = 3;]", "0"),
        ('\\(x).(button("a"))', '\\(x).(button("b"))', "0"),
        ("\\(x).(x + 1)", "(\\(x).(x + 1) with { unused = 1; })", "0"),
        ("(\\(x).(x + a) with { a = 1; })", "(\\(x).(x + a) with { a = 2; })", "0"),
        ("\\(x).(par(i, 2, x))", "\\(x).(par(j, 2, x))", "0"),
        ("\\(x).(par(i, 2, x))", "\\(x).(par(i, 3, x))", "0"),
        ("\\(x).(inputs(x))", "\\(x).(outputs(x))", "0"),
    ],
)
def test_functions_are_compared_by_structure(first: str, second: str, expected: str) -> None:
    assert outputs(f"{PRELUDE} process = same({first}, {second});") == [expected]


def test_functions_of_two_values_of_an_index_differ() -> None:
    program = "m((x, x)) = 1; m((x, y)) = 0; process = m(par(i, 2, \\(x).(x + i)));"
    assert outputs(program) == ["0"]


def test_a_function_is_the_same_however_it_is_reached() -> None:
    """Faust compares the names that led to it as well: a difference in docs/language.md."""
    process = "process = same(id(named), named), same(three(0 + 1), three(1));"
    assert outputs(f"{PRELUDE} id(x) = x; {process}") == ["1", "1"]


def test_a_fault_in_a_function_written_twice_has_a_position() -> None:
    error = fault("f = \\(x).(x : +); g = \\(x).(x : +); process = f(1), g(2);")
    assert error.span is not None
    assert error.code == "E0220"


def test_what_is_compared_is_structure_not_position() -> None:
    def body(text: str) -> ast.Expr:
        return (
            parse(Source("t.dsp", f"process = {text};"), "single")
            .definitions["process"]
            .rules[0]
            .body
        )

    structures = Structures()
    first = body("\\(x).(x + 1)")
    assert structures.first(first) is first
    assert structures.first(body("\n  \\( x ).( (x) + 1 )")) is first
    assert structures.first(body("\\(x).(x + 2)")) is not first
