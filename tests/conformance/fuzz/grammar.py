"""Random Faust programs, as trees of expressions over the inputs and the definitions before.

Every definition has one output; it is of ints or of reals, so that what needs an int gets one.
Feedback contracts: a recursion's own signal passes through a bounded function and a factor below
one, or is an int that wraps or is kept small. What jumps (floor, casts, comparisons) gets signals
of noise, which are never near a jump, or ints. Nothing divides by zero or leaves what a double
holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class Node:
    """An expression: `text` with `{}` for each of its parts; `kind` is int or real."""

    kind: str
    text: str
    parts: list[Node] = field(default_factory=list["Node"])

    def __str__(self) -> str:
        return self.text.format(*map(str, self.parts))

    def size(self) -> int:
        return 1 + sum(part.size() for part in self.parts)


@dataclass
class Program:
    """A program: expressions, each an output of `process`, over shared definitions."""

    outputs: list[Node]

    def __str__(self) -> str:
        text = ",\n  ".join(str(node) for node in self.outputs)
        return f"{PRELUDE}process = \\(a, b, c).(\n  {text});\n"


PRELUDE = """\
clip(l, h) = max(l) : min(h);
bounded(x) = x : clip(-8.0, 8.0);
small(x) = x : clip(-1000.0, 1000.0) : int;
count = + (1) ~ _;
index(n, x) = select2(count < 0, x, n - 1) : int : clip(0, n - 1);
noise = (+ (12345) ~ *(1103515245)) / 2147483647.0;
fib(0) = 0;
fib(1) = 1;
fib(n) = fib(n - 1) + fib(n - 2);
fold(f, (x, xs)) = f(x, fold(f, xs));
fold(f, x) = x;
same(x, x) = x;
same(x, y) = x - y;
written(x, c) = select2(count & 1, x, c);
pick(0, (x, xs)) = x;
pick(n, (x, xs)) = pick(n - 1, xs);
pick(n, x) = x;
"""
"""What programs are made of besides primitives: they bound, count and match patterns.

Two keep Faust's wrong intervals (of `exp`, `>>`, what is written to a table and more: each has a
test of its own) from deciding: `index` may always reach its end, and a table is sometimes written
with what it held at first.
"""

LEAVES: dict[str, tuple[str, ...]] = {
    "real": (
        "a",
        "b",
        "c",
        "noise",
        "0.5",
        "-1.25",
        "3.0",
        "0.1",
        "1e-3",
        'hslider("h0", 0.3, -1, 1, 0.01)',
        'vslider("v1", 1, 0.1, 3, 0.1)',
        "(count == 1)",
        "waveform {0.25, -1, 3} : (!, _)",
        "fconstant(int fSamplingFreq, <math.h>) / 48000.0",
    ),
    "int": (
        "0",
        "1",
        "2",
        "-3",
        "7",
        "255",
        "1000003",
        "count",
        "(count % 7)",
        "(count & 15)",
        'checkbox("k0") : int',
        'int(nentry("n2", 3, 0, 9, 1))',
        "waveform {4, -2, 9, 1} : (!, _)",
        "fib(9)",
        "2147483647",
        "-2147483647",
    ),
}

RULES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    # Templates give a real (an int) from parts of these kinds: r, i, or n for a literal.
    "real": (
        ("({} + {})", ("real", "real")),
        ("({} - {})", ("real", "real")),
        ("({} * {})", ("real", "real")),
        ("({} + {})", ("real", "int")),
        ("({} * {})", ("int", "real")),
        ("({} - {})", ("int", "real")),
        ("({} / (2 + abs({})))", ("real", "real")),
        ("({} / (1.5 + abs({})))", ("int", "real")),
        ("(small({}) / 3)", ("real",)),
        ("(({} : clip(-1000, 1000)) / ({} : clip(1, 9)))", ("int", "int")),
        ("sin({})", ("real",)),
        ("cos(small({}))", ("real",)),
        ("(bounded({}) : tan : bounded)", ("real",)),
        ("asin({} : clip(-1.0, 1.0))", ("real",)),
        ("acos({} : clip(-0.5, 1.0))", ("real",)),
        ("atan({})", ("real",)),
        ("atan2({}, 1 + abs({}))", ("real", "real")),
        ("exp(bounded({}))", ("real",)),
        ("log(0.01 + abs({}))", ("real",)),
        ("log10(0.5 + abs({}))", ("real",)),
        ("sqrt(abs({}))", ("real",)),
        ("(bounded({}) ^ 2)", ("real",)),
        ("(bounded({}) ^ 3)", ("real",)),
        ("((1 + abs({})) ^ 0.5)", ("real",)),
        ("((1 + abs(bounded({}))) ^ bounded({}))", ("real", "real")),
        ("pow(2.0, {} : clip(-6, 6))", ("int",)),
        ("abs({})", ("real",)),
        ("min({}, {})", ("real", "real")),
        ("max({}, {})", ("real", "int")),
        ("fmod(bounded({}), 1.7)", ("real",)),
        ("remainder(bounded({}), 2.3)", ("real",)),
        ("floor(bounded({}) * 1.3)", ("real",)),
        ("ceil(bounded({}) * 0.7)", ("real",)),
        ("rint(bounded({}) * 1.1)", ("real",)),
        ("float({})", ("int",)),
        ("float(small({}))", ("real",)),
        ("select2({} > 0.37, {}, {})", ("real", "real", "real")),
        ("select2({} & 1, {}, {})", ("int", "real", "int")),
        ("select3({} & 3, {}, {}, {})", ("int", "real", "real", "real")),
        ("({})'", ("real",)),
        ("({} @ 3)", ("real",)),
        ("({} @ 40)", ("real",)),
        ("({} @ index(9, {}))", ("real", "int")),
        ("({} @ index(70, abs({}) * 31.3))", ("real", "real")),
        ('({} @ hslider("d3", 2, 0, 17, 1))', ("real",)),
        ("prefix(0.75, {})", ("real",)),
        ("(bounded({}) : + ~ *(0.7))", ("real",)),
        ("({} : + ~ (bounded : @(4) : *(0.5)))", ("real",)),
        (
            "(({}, {}) : (\\(x, y, u, v).(y * 0.4 + u, bounded(x) * -0.6 - v)) ~ (_, _) :> _)",
            ("real", "real"),
        ),
        ("(\\(z).(bounded(z) * 0.5 + ({} : + ~ *(0.3)))) ~ _", ("real",)),
        ("(\\(z).(select2(z > {}, {}, 0.25 * sin(z)))) ~ _", ("real", "real")),
        ("(s letrec {{ 's = bounded(t) * 0.5 + {}; 't = sin(s) * 0.9 - {}; }})", ("real", "real")),
        ("rdtable(16, (count * 0.37), index(16, abs({}) * 7.7))", ("real",)),
        ("rdtable(waveform {{1.5, -2, 7, 0.5, 3}}, index(5, {}))", ("int",)),
        ("rdtable(9, sin(count * 0.7) : + ~ *(0.5), {} & 7)", ("int",)),
        ("rdtable(12, noise, small({} * 9.3))", ("real",)),
        ("rwtable(8, 0.25, {} & 7, written({}, 0.25), {} & 7)", ("int", "real", "int")),
        (
            "rwtable(11, count * 0.5, small({} * 5.7), written({}, count), count % 11)",
            ("real", "real"),
        ),
        ("attach({}, {})", ("real", "real")),
        ('attach({}, {} : hbargraph("m4", -1, 1))', ("real", "real")),
        ("fold(+, ({}, {}, {}))", ("real", "int", "real")),
        ("fold(max, ({}, {}))", ("real", "real")),
        ("same({}, {})", ("real", "real")),
        ("pick(1, ({}, {}, 5))", ("real", "real")),
        ("sum(i, 3, {} * (i + 0.5))", ("real",)),
        ("prod(i, 2, bounded({}) + i)", ("real",)),
        ("(bounded({}) <: seq(i, 3, *(0.9) : +(i)), par(i, 2, *(i + 0.5)) :> _)", ("real",)),
        ("(({}, {}) : route(2, 3, 1, 2, 2, 1, 1, 3, 2, 3) :> _)", ("real", "real")),
        ("(({}, {}) <: (-, +) : *)", ("real", "real")),
        ("(x * y with {{ x = {}; y = x + {}; }})", ("real", "real")),
        ("((\\(x).(x + x * 0.5))({}))", ("real",)),
        ("(environment {{ g = {}; h(x) = x - g; }}.h({}))", ("real", "real")),
        ('hgroup("G", vgroup("V", {} * hslider("g6", 0.5, 0, 1, 0.1)))', ("real",)),
        ('ffunction(float tanhf|tanh|tanhl(float), <math.h>, "")({})', ("real",)),
    ),
    "int": (
        ("({} + {})", ("int", "int")),
        ("({} - {})", ("int", "int")),
        ("({} * {})", ("int", "int")),
        ("({} % 7)", ("int",)),
        ("({} % -5)", ("int",)),
        ("({} % ({} : clip(1, 50)))", ("int", "int")),
        ("({} & {})", ("int", "int")),
        ("({} | {})", ("int", "int")),
        ("({} xor {})", ("int", "int")),
        ("({} << 3)", ("int",)),
        ("({} >> 2)", ("int",)),
        ("(({} & 65535) << ({} & 15))", ("int", "int")),
        ("({} >> ({} & 31))", ("int", "int")),
        ("(small({}) & {})", ("real", "int")),
        ("(({} : clip(-1000.0, 1000.0)) | 3)", ("real",)),
        ("small({} * 37.7)", ("real",)),
        ("({} < {})", ("real", "real")),
        ("({} >= 0.21)", ("real",)),
        ("({} == {})", ("int", "int")),
        ("({} != {})", ("int", "int")),
        ("({} <= {})", ("int", "int")),
        ("(({} > 0.3) + ({} < -0.2) * 2)", ("real", "real")),
        ("abs({})", ("int",)),
        ("min({}, {})", ("int", "int")),
        ("max({}, 5)", ("int",)),
        ("select2({} & 1, {}, {})", ("int", "int", "int")),
        ("select3({} % 3, {}, {}, {})", ("int", "int", "int", "int")),
        ("({})'", ("int",)),
        ("({} @ 20)", ("int",)),
        ("({} @ index(5, {}))", ("int", "int")),
        ("prefix(3, {})", ("int",)),
        ("({} : + ~ _)", ("int",)),
        ("({} : + ~ (*(1103515245) : +(12345)))", ("int",)),
        ("({} : + ~ (%(100) : @(2)))", ("int",)),
        ("(\\(z).((z + {}) & 1023)) ~ _", ("int",)),
        ("rdtable(8, count * 3, {} & 7)", ("int",)),
        ("rdtable(waveform {{4, -1, 100}}, index(3, {}))", ("int",)),
        ("rwtable(8, count, {} & 7, written({}, count), {} & 7)", ("int", "int", "int")),
        ("rwtable(5, 2, {}, written({}, 2), count % 5)", ("int", "int")),
        ("fold(xor, ({}, {}, 9))", ("int", "int")),
        ("fold(min, ({}, {}))", ("int", "int")),
        ("sum(i, 3, {} + i)", ("int",)),
        ("same({}, {})", ("int", "int")),
        ("case {{ (0) => {}; (n) => n + {}; }}({})", ("int", "int", "int")),
    ),
}
"""Templates: the kind of the result, the text, the kinds of the parts."""

RARE: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "real": (
        ('control({}, checkbox("c5"))', ("real",)),
        ("control({}, ({} & 3) > 1)", ("real", "int")),
        ("enable(({} : + ~ *(0.5)), ({} & 3) > 1)", ("real", "int")),
    ),
    "int": (("control({}, ({} & 1))", ("int", "int")),),
}
"""Programs with one of these are held to each other only: gates.py compares them with Faust."""
