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
lib = library("stdfaust.lib");
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
        ("(environment {{ k = 0.3; h(x) = x * k; }}[k = {};].h({}))", ("real", "real")),
        ("(par(i, 3, {} * (i + 1)) : par(i, 3, \\(x).(x - i)) :> _)", ("real",)),
        ('({} : + ~ (bounded : hbargraph("m7", -8, 8) : *(0.5)))', ("real",)),
        ("((\\(z).(attach(bounded(z) * 0.5 + {}, {}))) ~ _)", ("real", "real")),
        ("select3({} : clip(-1, 3), {}, {}, 0.25)", ("int", "real", "real")),
        ("rdtable(4 * 4, sin(count * 0.3) * 0.7, {} & 15)", ("int",)),
        ("rdtable(int(2.0 ^ 3), (0.5 : + ~ *(-0.9)), index(8, {}))", ("int",)),
        (
            "(\\(z).(rwtable(8, 0.5, small(z * 7.3) & 7, written(bounded({}) * 0.5, 0.5),"
            " count & 7) * 0.8)) ~ _",
            ("real",),
        ),
        (
            "(\\(z).(rwtable(6, 0.0, count % 6, written(bounded(z) * 0.5 + {}, 0.0),"
            " index(6, small({} * 5.1))))) ~ _",
            ("real", "real"),
        ),
        ("(prefix(0.5, {}) : + ~ *(0.5))", ("real",)),
        ("((\\(z).(prefix(0.25, bounded(z) * 0.5 + {}))) ~ _)", ("real",)),
        ("({} : + ~ (\\(z).((bounded(z) * 0.4) @ index(20, {}))))", ("real", "int")),
        ("({} : + ~ (bounded : *(0.4) : @(19)))", ("real",)),
        (
            "(min(192000.0, max(1.0, fconstant(int fSamplingFreq, <math.h>))) / 48000.0 * {})",
            ("real",),
        ),
        (
            "(\\(z).(select2({} & 1, int(bounded(z) * 10.3), bounded(z) * 0.5 + {}))) ~ _",
            ("int", "real"),
        ),
        ("((1 + abs({})) ^ -2)", ("real",)),
        ("((2 + abs(bounded({}))) ^ (0 - 3))", ("real",)),
        ("(({} : clip(-1000, 1000)) / 7)", ("int",)),
        ("(float({}) / 7.0)", ("int",)),
        ("case {{ ((x, y)) => x - y; (x) => x; }}(({}, {}))", ("real", "real")),
        ("same(\\(x).(x * 0.5), \\(x).(x * 0.5))({})", ("real",)),
        ('case {{ (hgroup("G", x)) => x * 0.5; (x) => x; }}(hgroup("G", {}))', ("real",)),
        ("case {{ (x : y) => (x, y) :> _; (x) => x; }}({} : abs)", ("real",)),
        ("case {{ (x * y) => x - y; (x + y) => x * y; (x) => x; }}({} + {})", ("real", "real")),
        ("(case {{ (f, 0) => f(0.5); (f, n) => f(n); }}(\\(x).(x * {}), {}))", ("real", "real")),
        (
            "(both(\\(x, y).(x - y * {}), {}, 0.3) with {{ both(f, x, y) = f(x, y) + f(y, x); }})",
            ("real", "real"),
        ),
        ("seq(i, 3, \\(x).(x * 0.5 + i))({})", ("real",)),
        ("sum(i, 3, {} @ (i * 2))", ("real",)),
        ("prod(i, 3, bounded({}) @ (7 * i) * 0.5 + i)", ("real",)),
        ("sum(i, outputs((_, {}, !)), ({}, 0.5 : \\(x, y).(x * i + y)))", ("real", "real")),
        (
            "(({}, {}, {}) : (_, (_, _ : ro)) :> _ with {{ ro(x, y) = y, x; }})",
            ("real", "real", "real"),
        ),
        ("(({}, {}) : route(2, 2, 1, 2, 2, 1, 1, 1) : \\(x, y).(x - y * 0.5))", ("real", "real")),
        (
            "(({}, {}, 0.5) : route(3, 3, par(i, 3, (i + 1, 3 - i))) : \\(x, y, z).(x - y * z))",
            ("real", "real"),
        ),
        ("(({}, {}) :> (_ <: _, _) : -)", ("real", "real")),
        ("(({}, {}) <: par(i, 2, (_, _ : -)) : *)", ("real", "real")),
        ("lib.si.smooth(0.9, {})", ("real",)),
        ("lib.fi.lowpass(2, 3000, {})", ("real",)),
        ("lib.fi.dcblocker({})", ("real",)),
        ("lib.de.fdelay(16, 3.5, {})", ("real",)),
        ("lib.ba.sAndH({} > 0.21, {})", ("real", "real")),
        ("lib.ba.latch({}, {})", ("real", "real")),
        ("lib.ba.downSample(11025, {})", ("real",)),
        ("lib.ba.if({} > 0.13, {}, {})", ("real", "real", "real")),
        ("lib.ba.selectn(3, {} & 3, {}, {}, 0.5)", ("int", "real", "real")),
        ("lib.en.ar(0.001, 0.002, {} > 0.4)", ("real",)),
        ("lib.an.amp_follower(0.01, {})", ("real",)),
        ("lib.ba.slidingMax(7, 8, {})", ("real",)),
        ("lib.ba.slidingMeanp(5, 8, {})", ("real",)),
        ("(lib.no.noise * {})", ("real",)),
        ("(lib.os.lf_triangle(1001.3) * {})", ("real",)),
        ("(lib.os.oscsin(441.7) * {})", ("real",)),
        ("lib.ma.signum({})", ("real",)),
        ("lib.ma.copysign({}, {})", ("real", "real")),
        ("lib.ma.frac(bounded({}) * 3.3)", ("real",)),
        ("lib.ma.tanh({})", ("real",)),
        ("lib.it.interpolate_linear({}, {}, 0.5)", ("real", "real")),
        (
            "(s letrec {{ 's = bounded(t) * 0.5 + w({}); 't = prefix(0.3, s) * 0.9;"
            " 'u = s @ 2 + u * 0.1; where w(x) = x * 0.25; }})",
            ("real",),
        ),
        (
            "(u + (par(i, 2, s @ i) :> _) letrec {{ 's = bounded(u) * 0.3 + {};"
            " 'u = (par(i, 3, s * (i - 1)) :> _) : bounded; }})",
            ("real",),
        ),
        (
            "((\\(x, y).(bounded(x) * 0.3 + {}, select2(count & 1, y * 0.5, x'))) ~ (_, _) :> _)",
            ("real",),
        ),
        ("(bounded({}) <: (_ @ 5, _ @ 7) : \\(x, y).(x @ 2 - y))", ("real",)),
        ('(bounded({}) : @ (int(hslider("d8", 3, 0, 9, 1)) : max(0) : min(9)))', ("real",)),
        ("(fmod(0 - abs(bounded({})), 1.7) + remainder(bounded({}), -0.9))", ("real", "real")),
        ("(float(int(bounded({}) * 1e8)) / 1e8)", ("real",)),
        (
            '(vgroup("A", hslider("s9", 0.5, 0, 1, 0.1)) * {} + hslider("v:A/s9", 0.5, 0, 1, 0.1))',
            ("real",),
        ),
        ("max({}, min({}, 3))", ("real", "int")),
        ("(min({}, 0.5) + max(-3, {}))", ("int", "int")),
        ("((\\(z).(max(bounded(z) * 0.9, {}))) ~ _)", ("real",)),
        ("((\\(z).(abs(bounded(z) - {}) * 0.7)) ~ _)", ("real",)),
        ("((\\(z).((bounded(z) : mem) * 0.5 + ({} : + ~ *(0.5)))) ~ @(3))", ("real",)),
        ("(tan({} : clip(-1.0, 1.0)) / (1.0 + abs(cos({}))))", ("real", "real")),
        (
            "((rdtable(16, count * 0.1, int({} & 15))) - rdtable(16, count * 0.1, ({} + 1) & 15))",
            ("int", "int"),
        ),
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
        ("((0 - abs({})) % 5)", ("int",)),
        ("({} % (0 - 7))", ("int",)),
        ("int(({} : clip(-1000, 1000)) / 7)", ("int",)),
        ("(int(bounded({}) * 1e8) >> 3)", ("real",)),
        ("(int(2147483000.0 + small({} * 9.1)))", ("real",)),
        ("(int(-2147483000.0 - abs(small({} * 9.1))))", ("real",)),
        ("(({} * 65537) >> 16)", ("int",)),
        ("(({} << 16) >> 16)", ("int",)),
        ("(({} : clip(-9, 9)) ^ 3)", ("int",)),
        ("((\\(z).(z * 3 + {} : &(4095))) ~ _)", ("int",)),
        ("((\\(z).(int(z * 0.5) + {} : &(255))) ~ _)", ("int",)),
        ("((\\(z).(max(z, {} & 1023))) ~ _)", ("int",)),
        ("((\\(z).(select2({} > 0.3, z, count))) ~ _)", ("real",)),
        ("(abs({} : &(1023)) - 512 : abs)", ("int",)),
        ("(({} xor -1) & 255)", ("int",)),
        ("(prefix(-5, {}) : + ~ (_ : &(63)))", ("int",)),
        ("case {{ (1) => {}; (n) => n & {}; }}({} & 3)", ("int", "int", "int")),
        ("(min({}, 3.0) : int)", ("int",)),
        ("(({} > {}) | ({} & 2))", ("real", "real", "int")),
        ("((({} / 3.0) : int) * 3)", ("int",)),
        ("rdtable(7, (1 : + ~ _) * 3, abs({} % 7))", ("int",)),
        ("((\\(z).(rwtable(8, 1, count & 7, z + {} & 255, (count + 3) & 7))) ~ _)", ("int",)),
        ("lib.ba.sAndH({} & 1, {})", ("int", "int")),
        ("lib.ba.toggle({} & 1)", ("int",)),
        ("lib.ba.pulse_countup({} & 1)", ("int",)),
        ("lib.ba.counter({} > 0.2)", ("real",)),
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
