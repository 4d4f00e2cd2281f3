"""The statements that the parser accepts and refuses, and its error messages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from faust_tree import definitions

from dspc.frontends.faust.ast import Definition, Statements
from dspc.frontends.faust.parser import Precision, parse, parse_expression
from dspc.support.diagnostics import DspcError, Source

ACCEPTED = [
    "",
    "// nothing\n",
    "process = _;",
    'import("maths.lib"); process = SR;',
    'declare name "x"; process = _;',
    'declare process key "x\ny"; process = _;',
    "<mdoc> anything \" ' é </mdoc> process = _;",
    "f(x) = x; f(x) = x; process = f(1);",
    "f(0) = 1; f(n) = n * f(n - 1); process = f(3);",
    "f(x, x) = x; process = f(1, 1);",
    "singleprecision process = 1; doubleprecision process = 2;",
    "singleprecision doubleprecision quadprecision process = 1;",
    "process = x with { singleprecision x = 1; doubleprecision x = 2; };",
    'process = environment { import("maths.lib"); x = 1; declare a "b"; }.x;',
    "process = e[].x; e = environment { x = 2; };",
    "process = x letrec { 'x = x + y; where y = 1; };",
    "process = _ letrec { };",
    "process = x with { };",
    "process = par(i, 2, i with { x = 1; });",
    "process = 1 + -x - -2; x = 3;",
    "process = 1 ++ 2;",
    "process = a . b; a = environment { b = 1; };",
    "process = \\(x, y, x).(x);",
    "ondemand = 1; upsampling = 1; downsampling(n) = n; round = 2; exp10 = 3; process = round;",
    "process = ::b; ::b = 3; a::b = 1;",
    "process = _<_>_;",
    "process = attach, mem, prefix, lowest, highest, control, enable;",
]

REFUSED = [
    # source, code, place of the fault, words of the message, words of the hint
    ("process = 1\nfoo = 2;", "E0102", "1:11", "missing `;` before name `foo`", "semicolon"),
    ("process = 1", "E0102", "1:11", "missing `;` before the end of the file", "semicolon"),
    ("process = a\nf(x) = 2;", "E0102", "1:11", "missing `;`", "semicolon"),
    ("process = a with { b = 1 };", "E0102", "1:24", "missing `;` before `}`", "semicolon"),
    ("process = a[b = 1];", "E0102", "1:17", "missing `;` before `]`", "semicolon"),
    ('import("a.lib")\nprocess = 1;', "E0102", "1:15", "missing `;`", "semicolon"),
    ('process = _\nimport("a.lib");', "E0102", "1:11", "missing `;` before `import`", None),
    ("process = (1 + 2;", "E0103", "1:17", "`(` is never closed", None),
    ("process = sin(1", "E0103", "1:15", "found the end of the file", None),
    ("process = x with { a = 1; ", "E0103", "1:25", "`{` is never closed", None),
    ("process = (a, b = 3;", "E0103", "1:17", "`(` is never closed", None),
    ("process = e[a = 1;", "E0103", "1:18", "`[` is never closed", None),
    ("process = é;", "E0104", "1:11", "unknown character `é`", "strings and comments"),
    ("process = _, \f _;", "E0104", "1:14", "U+000C", None),
    ("process = _ $ _;", "E0104", "1:13", "`$`", None),
    ('process = "abc', "E0105", "1:11", "this string never ends", '`"`'),
    ("process = _;\n/* abc", "E0105", "2:1", "this comment never ends", "`*/`"),
    ("<mdoc> abc", "E0105", "1:1", "documentation block never ends", "</mdoc>"),
    ("case = 3;", "E0106", "1:1", "`case` is a word of the language", "my_case"),
    ("sin(x) = 3;", "E0106", "1:1", "`sin`", None),
    ("process = e.sin;", "E0106", "1:13", "`sin`", None),
    ("any = 3;", "E0106", "1:1", "`any`", None),
    ("where = 3;", "E0106", "1:1", "`where`", None),
    ("process = \\(par).(1);", "E0106", "1:13", "`par`", None),
    ("process = par(sum, 2, 1);", "E0106", "1:15", "`sum`", None),
    ("process = _ with { mem = 1; };", "E0106", "1:20", "`mem`", None),
    ("process = -sin(_);", "E0107", "1:11", "`-` cannot stand in front of `sin`", "0 - sin"),
    ("process = sin(-_);", "E0107", "1:15", "`-` cannot stand in front of `_`", "0 - _"),
    ("process = _ : * 3;", "E0107", "1:15", "`*` cannot stand in front of", "`*(3)`"),
    ("process = 1E3;", "E0108", "1:11", "`1E3` is no number", "`1e3`"),
    ("process = 1.5E-3;", "E0108", "1:11", "`1.5E-3` is no number", "`1.5e-3`"),
    ("f = 1; f = 2;", "E0109", "1:8", "`f` is defined twice", None),
    ("f = 1; f = 1;", "E0109", "1:8", "`f` is defined twice", None),
    ("f = 1; f(x) = x;", "E0109", "1:8", "`f` is defined twice", None),
    ("process = x with { x = 1; x = 2; };", "E0109", "1:27", "`x` is defined twice", None),
    ("process = x letrec { 'x = 1; 'x = 2; };", "E0109", "1:31", "`x` is defined twice", None),
    ("f(x) = 1; f(x, y) = 2;", "E0110", "1:11", "2 patterns, the first one 1 pattern", "same"),
    ("process = case { (0) => 1; (x, y) => 2; };", "E0110", "1:28", "2 patterns", None),
    ("process = x with { declare a \"b\"; };", "E0111", "1:20", "local definitions", "files"),
    ("process = x with { import(\"a\"); };", "E0111", "1:20", "local definitions", None),
    ("process = x with { <mdoc></mdoc> };", "E0111", "1:20", "local definitions", None),
    ("process = f(x with { a = 1; });", "E0111", "1:15", "`with` cannot stand", "parentheses"),
    ("process = f(x letrec { 'a = 1; });", "E0111", "1:15", "`letrec` cannot stand", None),
    ("process = 1;;", "E0101", "1:13", "found `;`", "remove"),
    ("process = f();", "E0101", "1:13", "expected an argument", "name alone"),
    ("f() = 1;", "E0101", "1:3", "expected an argument", None),
    ("process = ();", "E0101", "1:12", "expected an expression", "cannot be empty"),
    ('process = "abc";', "E0101", "1:11", "expected an expression, found string", None),
    ("process = 1 2;", "E0101", "1:13", "expected an operator or `;`, found integer `2`", None),
    ("process = _ <mdoc> a </mdoc>;", "E0102", "1:11", "missing `;` before an <mdoc> block", None),
    ("process = _<x>_;", "E0101", "1:12", "<file> `<x>`", None),
    ("process = );", "E0101", "1:11", "expected an expression, found `)`", None),
    ("process = 1);", "E0101", "1:12", "expected `;`, found `)`", "no bracket is open"),
    ("process = ", "E0101", "1:9", "found the end of the file", None),
    ("process", "E0101", "1:7", "expected `=` in the definition of `process`", None),
    ("process + 3;", "E0101", "1:9", "expected `=`", None),
    ("= 3;", "E0101", "1:1", "expected a definition", None),
    ("process = ~;", "E0101", "1:11", "expected an expression", None),
    ("process = _ : ;", "E0101", "1:15", "expected an expression, found `;`", None),
    ("process = 1 with { x = 1; } + 3;", "E0101", "1:29", "expected `;`, found `+`", "parenth"),
    ("process = x letrec { x = 1; };", "E0101", "1:22", "expected `'`", "equation"),
    ("process = case { };", "E0101", "1:18", "expected a rule", "(pattern) =>"),
    ("process = waveform{};", "E0101", "1:20", "expected a number", None),
    ("process = waveform{x};", "E0101", "1:20", "expected a number", None),
    ("process = \\(x)(x);", "E0101", "1:15", "expected `.`", "\\(x).(expression)"),
    ("process = \\x.(x);", "E0101", "1:12", "expected `(`", None),
    ('process = hslider("a", 1, 2, 3);', "E0101", "1:31", "another argument", None),
    ("process = hslider(a, 1, 2, 3, 4);", "E0101", "1:19", "expected a string", None),
    ('process = hslider("a", 1, 2, 3, 4, 5);', "E0101", "1:34", "expected `)`", None),
    ("process = par(i 4, i);", "E0101", "1:17", "expected `,`", None),
    ('import "a.lib";', "E0101", "1:8", "expected `(`", None),
    ("declare a b c;", "E0101", "1:13", "expected a string", None),
    ('process = ffunction(any f(int), <m>, "");', "E0101", "1:21", "expected a type", None),
    ('process = ffunction(int a|b|c|d|e(), <m>, "");', "E0101", "1:32", "expected `(`", "four"),
    ("process = fconstant(any f, <m>);", "E0101", "1:21", "expected a type (int, float)", None),
]  # fmt: skip

OURS_ALONE = {"process = _;\n/* abc", "<mdoc> abc"}
"""Faults that Faust passes over in silence, or at which it never ends."""


def statements(text: str, precision: Precision = "single") -> Statements:
    return parse(Source("test.dsp", text), precision)


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    assert isinstance(statements(text), Statements)


@pytest.mark.parametrize(("text", "code", "place", "message", "hint"), REFUSED)
def test_refused(text: str, code: str, place: str, message: str, hint: str | None) -> None:
    with pytest.raises(DspcError) as caught:
        statements(text)
    error = caught.value
    assert (error.code, str(error.span)) == (code, f"test.dsp:{place}")
    assert error.exit_status == 1
    assert error.span is not None
    assert error.span.start < error.span.end <= len(text)
    assert message in error.message
    if hint is not None:
        assert hint in (error.hint or "")


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="the Faust compiler is not installed")
@pytest.mark.parametrize("text", ACCEPTED + [row[0] for row in REFUSED if row[0] not in OURS_ALONE])
def test_faust_agrees(text: str, tmp_path: Path) -> None:
    """Faust's parser accepts and refuses the same programs (other faults do not count)."""
    file = tmp_path / "test.dsp"
    file.write_text(text)
    done = subprocess.run(
        ["faust", str(file), "-o", "/dev/null"], capture_output=True, timeout=30, check=False
    )
    said = (done.stdout + done.stderr).decode(errors="replace")
    refused = any(
        words in said
        for words in ("syntax error", "multiple definitions", "nconsistent number of parameters")
    )
    assert refused == (text not in ACCEPTED), said


def test_an_unclosed_bracket_points_at_its_opener() -> None:
    with pytest.raises(DspcError) as caught:
        statements("process = f(1, (2, 3);\n")
    (note,) = caught.value.notes
    assert note.span is not None
    assert (note.message, str(note.span)) == ("`(` was opened here", "test.dsp:1:12")


def test_a_second_definition_points_at_the_first() -> None:
    with pytest.raises(DspcError) as caught:
        statements("\n  f = 1;\nf = 2;")
    (note,) = caught.value.notes
    assert str(note.span) == "test.dsp:2:3"


def test_clauses_merge_in_source_order() -> None:
    parsed = statements("f(0) = 1; g = 2; f(n) = n;").definitions
    assert list(parsed) == ["f", "g"]
    assert definitions([parsed["f"]]) == "{f = (0) => 1, (n) => n}"


@pytest.mark.parametrize(
    ("precision", "value"), [("single", "1"), ("double", "2"), ("quad", "2"), ("fixed", "4")]
)
def test_precision_prefixes_choose(precision: Precision, value: str) -> None:
    parsed = statements(
        "singleprecision x = 1; doubleprecision quadprecision x = 2; fixedpointprecision x = 4;",
        precision,
    ).definitions
    assert definitions([parsed["x"]]) == f"{{x = {value}}}"


def test_precision_prefixes_drop_imports() -> None:
    parsed = statements('doubleprecision import("a"); singleprecision import("b"); x = 1;')
    assert [item.file for item in parsed.imports] == ["b"]


def test_imports_and_declares_keep_their_order_and_values() -> None:
    parsed = statements(
        'import("b"); declare name "N\nM"; import("a"); declare f license "L"; declare x "";'
    )
    assert [item.file for item in parsed.imports] == ["b", "a"]
    assert [(d.key, d.value, d.function) for d in parsed.declares] == [
        ("name", "N M", None),
        ("license", "L", "f"),
        ("x", "", None),
    ]


def test_spans_cover_the_text_of_each_node() -> None:
    text = "process = (a + b) * f(1, x.y')' : c;"
    source = Source("test.dsp", text)
    (rule,) = parse(source).definitions["process"].rules
    spans: list[str] = []
    waiting = [rule.body]
    while waiting:
        node = waiting.pop(0)
        spans.append(text[node.span.start : node.span.end])
        for slot in ("left", "right", "operand", "function", "environment"):
            if hasattr(node, slot):
                waiting.append(getattr(node, slot))
        waiting += getattr(node, "arguments", [])
    assert spans == [
        "(a + b) * f(1, x.y')' : c", "(a + b) * f(1, x.y')'", "c", "a + b", "f(1, x.y')'",
        "a", "b", "f(1, x.y')", "f", "1", "x.y'", "x.y", "x",
    ]  # fmt: skip
    assert text[rule.span.start : rule.span.end] == text[:-1]


@pytest.mark.parametrize("text", ["a b", "a;", "a)", ""])
def test_an_expression_ends_with_its_text(text: str) -> None:
    with pytest.raises(DspcError):
        parse_expression(Source("test.dsp", text))


def only(parsed: Statements) -> Definition:
    (definition,) = parsed.definitions.values()
    return definition


@pytest.mark.parametrize(
    "text",
    [
        "process = " + "(" * 50_000 + "1" + ")" * 50_000 + ";",
        "process = " + "sin(" * 50_000 + "1" + ")" * 50_000 + ";",
        "process = " + " + ".join(["1"] * 50_000) + ";",
        "process = " + " : ".join(["_"] * 50_000) + ";",
        "process = " + "x with { x = " * 20_000 + "1" + "; }" * 20_000 + ";",
        "process = " + "environment { x = " * 20_000 + "1" + "; }" * 20_000 + ";",
        "process = " + "case { (0) => " * 20_000 + "1" + "; }" * 20_000 + ";",
        "process = " + "par(i, 2, " * 20_000 + "1" + ")" * 20_000 + ";",
        "process = _" + "'" * 50_000 + ";",
        "process = _" + "(1)" * 50_000 + ";",
        "process = " + "-" * 49_999 + "x;",
    ],
    ids=lambda text: str(text)[:24],
)
def test_deep_nesting(text: str) -> None:
    assert only(statements(text)).name == "process"


@pytest.mark.parametrize("text", ["process = " + "(" * 100_000, "/*" * 50_000, "<mdoc>" * 20_000])
def test_deeply_nested_errors_are_reported_quickly(text: str) -> None:
    with pytest.raises(DspcError):
        statements(text)
