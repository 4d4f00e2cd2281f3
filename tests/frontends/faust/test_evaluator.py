"""Evaluation: definitions, functions, environments, iterations."""

from __future__ import annotations

import pytest
from elaborating import elaborated, fault, outputs

from dspc.frontends.faust.depth import MAX_REPEATED


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("process = _ + 1;", ["(in0 + 1)"]),
        ("process = 1 : +(2);", ["3"]),
        ("f(x) = x * k with { k = 3; }; process = f(_);", ["(in0 * 3)"]),
        ("k = 1; f(x) = x + k; process = f(2) with { k = 5; };", ["3"]),
        ("k = 1; f(x) = x + k; process = f[k = 3;](2);", ["5"]),
        ("e = environment { x = 1; y = x + 1; }; process = e.y, e[x = 5;].y;", ["2", "6"]),
        (r"process = \(x, y).(y - x);", ["(in1 - in0)"]),
        (r"process = (\(x).(\(y).(x - y)))(1, 2);", ["-1"]),
        ("f(x, y) = x - y; process = f(3);", ["(3 - in0)"]),
        ("f(x, y) = +(x); process = f(1, 2, 3);", ["4"]),
        ("process = par(i, 3, i), sum(i, 4, i), prod(i, 4, i + 1);", ["0", "1", "2", "6", "24"]),
        ("process = seq(i, 3, +(i));", ["(((in0 + 0) + 1) + 2)"]),
        ("process = 1, 2 : seq(i, 0, (_, _));", ["1", "2"]),
        ("process = par(i, 0, _), sum(i, 0, _), prod(i, 0, _), 7;", ["7"]),
        ("process = par(i, 2.7, _);", ["in0", "in1"]),
        ("process = inputs((_, !)), outputs((_, 3)), inputs(+);", ["2", "2", "2"]),
        ("x = 3; process = -x;", ["-3"]),
        ("process = 1, 2, 3 : route(3, 2, (1, 1, 3, 1, 9, 9));", ["4", "0"]),
        ("process = route(2, 1);", ["0"]),
        ("f = case { (0) => 1; (n) => n * f(n - 1); }; process = f(5);", ["120"]),
        ("process = x letrec { 'x = y + 1; 'y = x; where z = 1; };", ["((f @ 1) + 1)"]),
        ("process = 6/2, 7/2, 7%4, 2^3, 4.0/2;", ["3", "3.5", "3", "8", "2.0"]),
    ],
)
def test_programs(program: str, expected: list[str]) -> None:
    assert outputs(program) == expected


@pytest.mark.parametrize(
    ("applied", "expected"),
    # Each line was read off the C++ that the Faust compiler generates.
    [
        ("/(3)", "(in0 / 3)"),
        ("-(3)", "(in0 - 3)"),
        ("<(1)", "(in0 < 1)"),
        ("@(3)", "(in0 @ 3)"),
        ("pow(2)", "pow(in0, 2)"),
        ("attach(3)", "attach(in0, 3)"),
        ("fmod(3)", "fmod(3, in0)"),
        ("min(3)", "min(3, in0)"),
        ("atan2(1)", "atan2(1, in0)"),
        ("prefix(1)", "prefix(1, in0)"),
        ("-(3, 4)", "-1"),
        ("select2(1)", "in1"),
    ],
)
def test_partial_application_pads_as_faust_does(applied: str, expected: str) -> None:
    assert outputs(f"process = {applied};") == [expected]


def test_an_argument_is_folded_before_it_is_bound() -> None:
    program = "f(4) = 1; f(4.0) = 2; f(x) = 3; process = f(8/2), f(sqrt(16)), f(2^2), f(1);"
    assert outputs(program) == ["1", "2", "1", "3"]


def test_functions_in_lists_stay_functions() -> None:
    program = r"""
        take(1, (x, y)) = x; take(n, (x, y)) = take(n - 1, y); take(1, x) = x;
        process = take(2, (+(1), \(x).(x * 2), *(3)))(_);
    """
    assert outputs(program) == ["(in0 * 2)"]


@pytest.mark.parametrize(
    "program",
    [
        "process = " + ":".join(["+(1)"] * 50_000) + ";",
        "process = " + "sin(" * 50_000 + "_" + ")" * 50_000 + ";",
        "a0 = _;" + "".join(f"a{i} = a{i - 1} : +(1);" for i in range(1, 50_001))
        + "process = a50000;",
        "f(0) = _; f(n) = f(n - 1) : +(1); process = f(50000);",
    ],
    ids=["composition", "calls", "definitions", "recursion"],
)  # fmt: skip
@pytest.mark.slow
def test_deep_programs(program: str) -> None:
    result = elaborated(program)
    assert result.inputs == 1


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("fib(0) = 1; fib(1) = 1; fib(n) = fib(n-1) + fib(n-2); process = fib(40);", "165580141"),
        (
            "g(x) = x, x :> _;"
            "a0 = 1;" + "".join(f"a{i} = g(a{i - 1});" for i in range(1, 31)) + "process = a30;",
            str(2**30),
        ),
    ],
)
def test_the_cost_follows_the_sharing(program: str, expected: str) -> None:
    assert outputs(program) == [expected]


def test_doubling_functions_share_their_bodies() -> None:
    doubling = "".join(f"a{i}(x) = a{i - 1}(x) + a{i - 1}(x);" for i in range(1, 60))
    result = elaborated(f"a0(x) = x + 1; {doubling} process = a59;")
    assert len(result.graph._nodes) < 80  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("program", "code", "words"),
    [
        ("process = foo;", "E0201", "`foo` is not defined"),
        ("e = environment { osc = 1; }; process = e.oscc;", "E0202", "`oscc`"),
        ("process = 3 . x;", "E0203", "no environment"),
        ("process = process;", "E0204", "refers to itself"),
        ("a = b + 1; b = a; process = a;", "E0204", "refers to itself"),
        ("process = (_, _) : (_, _, _);", "E0220", "A has 2 outputs, B has 3 inputs"),
        ("process = (_, _) <: (_, _, _);", "E0220", "<:"),
        ("process = (_, _, _) :> (_, _);", "E0220", ":>"),
        ("process = _ ~ (_, _);", "E0220", "~"),
        ("process = ! <: (4, 5);", "E0220", "A has 0 outputs, B has 0 inputs"),
        ("process = ! :> _;", "E0220", "A has 0 outputs, B has 1 input"),
        ("process = (1, 2) :> (4, 5);", "E0220", "A has 2 outputs, B has 0 inputs"),
        ("process = +(1, 2, 3);", "E0221", "`+`: it has 2 inputs for 3"),
        ("process = environment { }(3);", "E0222", "environment"),
        ("f(0) = 1; process = f(2);", "E0223", "(2)"),
        ("process = par(i, _, _);", "E0224", "must be one number"),
        ("process = par(i, button(\"b\"), _);", "E0224", "known at compile time"),
        ("process = par(i, -1, _);", "E0225", "-1"),
        ("process = hslider(\"a\", 2, 0, 1, 0.1);", "E0226", "outside"),
        ("process = hslider(\"a\", 0, 1, 0, 0.1);", "E0226", "greater"),
        ("process = route(1, 1, (1, 1, 1));", "E0228", "3 numbers"),
        ("process = rdtable(_, 1, 0);", "E0229", "known at compile time"),
        ("process = rdtable(0, 1, 0);", "E0229", "0 elements"),
        ("process = rdtable(16, _, int(_));", "E0239", "an input"),
        ("process = rdtable(16, assertbounds(0, 1, _), int(_));", "E0239", "an input"),
        ("process = rwtable(16, _ @ 3, 0, 1, 2);", "E0239", "an input"),
        ('process = rdtable(16, hslider("a", 0, 0, 1, 1), 3);', "E0239", "a widget"),
        ('process = rdtable(16, (button("a") : hbargraph("b", 0, 1)), 3);', "E0239", "a widget"),
        ("process = (\\(x).(rdtable(16, x, 3))) ~ _;", "E0239", "a recursion around it"),
        ("process = 3 / 0;", "E0230", "division by 0"),
        ("process = fmod(1, 0);", "E0237", "fmod(1, 0)"),
        ("process = remainder(1.5, 0.0);", "E0237", "remainder(1.5, 0.0)"),
        ("process = log(-1) * 0;", "E0237", "log(-1)"),
        ("process = _, acos(1.5) : !, _;", "E0237", "acos(1.5)"),
        ("process = _, sqrt(-1) : _, !;", "E0237", "sqrt(-1)"),
        ("process = _ : !;", "E0233", "no outputs"),
        ("proces = _;", "E0236", "does not define `process`"),
        ("f(0, x) = x; f(n, x) = f(n-1, (x, x)); process = f(60, _);", "E0234", "inputs"),
        ("process = [\"a\": (_, _, _ :> _) -> hslider(\"a\", 0, 0, 1, 1)];", "E0235", "3 inputs"),
    ],
)  # fmt: skip
def test_faults(program: str, code: str, words: str) -> None:
    error = fault(program)
    assert error.code == code
    assert words in error.message


def test_an_error_suggests_a_correction() -> None:
    assert fault("freq = 1; process = frq;").hint == "did you mean `freq`?"
    assert fault("e = environment { osc = 1; }; process = e.oscc;").hint == "did you mean `osc`?"


def test_a_fault_points_at_the_call_and_lists_the_calls_around() -> None:
    error = fault("f(0) = 1; g(x) = f(x); process = g(2);")
    assert str(error.span) == "test.dsp:1:18"
    assert [(note.message, str(note.span)) for note in error.notes[-1:]] == [
        ("in the call of `g`", "test.dsp:1:34")
    ]


def test_arity_faults_point_at_both_sides() -> None:
    error = fault("a = _, _; b = +, _; process = a : b;")
    assert error.span is not None
    assert error.span.column == 31
    assert [note.span.column for note in error.notes if note.span] == [31, 35]


@pytest.mark.parametrize(
    "program",
    [
        "f(x) = f(x + 1); process = f(0);",
        "f(0) = 1; f(n) = n * f(n - 1); process = f(_);",
        "f(0) = 1; f(n) = n * f(n - 1); process = f(-1);",
        "f(0) = 1; f(n) = n * f(n - 1); process = f(0.5);",
        "f(0) = 1; f(n) = g(n - 1); g(n) = 2 * f(n); process = f(_);",
        "f(xs) = f((1, xs)); process = f(0);",
        "f = case { (0) => 1; (n) => f(n + 1); }; process = f(1);",
        "f(x) = g with { g = f(x : sin) + 1; }; process = f(_);",
    ],
)
def test_infinite_calls_are_reported_by_their_depth(program: str) -> None:
    error = fault(program)
    assert error.code == "E0212"
    assert "calls itself without end" in error.message
    assert error.notes[-1].message.startswith("in the call of `f`")
    assert error.span is not None


@pytest.mark.parametrize(
    "program",
    [
        "".join(f"f{i}(x) = f{(i + 1) % 40}(x + 1); " for i in range(40)) + "process = f0(1);",
        "f(x) = y letrec { 'y = f(x + 1); }; process = f(1);",
        "f(x) = environment { a = f(x + 1).a; }; process = f(1).a;",
    ],
    ids=["forty functions", "equations", "environments"],
)
def test_infinite_recursion_of_other_expressions_is_found_as_early(program: str) -> None:
    error = fault(program)
    assert error.code == "E0212"
    assert error.message == f"more than {MAX_REPEATED} expressions within themselves"
    assert error.span is not None


@pytest.mark.parametrize(
    "program",
    [
        "f(0) = environment { a = 0; }; f(n) = environment { a = f(n - 1).a + 1; };"
        "process = f(9000).a;",
        "f(0) = 0; f(n) = f(n - 1); process = f(12000);",
        "f(12000) = 0; f(n) = f(n + 1); process = f(0);",
        "f(0, x) = x; f(n, x) = f(n - 1, x : sin); process = f(12000, _);",
        "n((x, xs)) = 1 + n(xs); n(x) = 1; process = n((" + "7, " * 12_000 + "7));",
    ],
    ids=["environments", "down", "up", "another argument grows", "list"],
)
def test_deep_calls_that_come_to_an_end(program: str) -> None:
    assert elaborated(program).outputs


def test_ill_typed_boxes_that_are_taken_apart_are_no_fault() -> None:
    assert outputs("first(a : b) = a; process = first((1, 2) : sin);") == ["1", "2"]
