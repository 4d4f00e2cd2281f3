"""How operators group, operands read, and constructs nest."""

from __future__ import annotations

import pytest
from faust_tree import shown

RIGHT = [":", ",", "<:", ":>"]
LEFT = ["~", "<", "<=", ">", ">=", "==", "!=", "+", "-", "|", "*", "/", "%", "&", "xor", "<<", ">>"]
LEVELS = [
    ["<:", ":>"],
    [":"],
    [","],
    ["~"],
    ["<", "<=", "==", ">", ">=", "!="],
    ["+", "-", "|"],
    ["*", "/", "%", "&", "xor", "<<", ">>"],
    ["^"],
    ["@"],
]


@pytest.mark.parametrize("op", RIGHT)
def test_right_associative(op: str) -> None:
    assert shown(f"a {op} b {op} c") == f"(a {op} (b {op} c))"


@pytest.mark.parametrize("op", [*LEFT, "^", "@"])
def test_left_associative(op: str) -> None:
    assert shown(f"a {op} b {op} c") == f"((a {op} b) {op} c)"


@pytest.mark.parametrize("level", range(len(LEVELS) - 1))
def test_every_operator_binds_tighter_than_those_a_level_below(level: int) -> None:
    for loose in LEVELS[level]:
        for tight in LEVELS[level + 1]:
            assert shown(f"a {loose} b {tight} c") == f"(a {loose} (b {tight} c))"
            assert shown(f"a {tight} b {loose} c") == f"((a {tight} b) {loose} c)"


@pytest.mark.parametrize("level", range(len(LEVELS)))
def test_operators_of_one_level_group_together(level: int) -> None:
    for first in LEVELS[level]:
        for second in LEVELS[level]:
            if level < 3:
                assert shown(f"a {first} b {second} c") == f"(a {first} (b {second} c))"
            else:
                assert shown(f"a {first} b {second} c") == f"((a {first} b) {second} c)"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a +> b", "(a :> b)"),
        ("a @ b'", "(a @ (b)')"),
        ("a''", "((a)')'"),
        ("a.b(c)'", "((a).b[c])'"),
        ("a(b)(c)", "a[b][c]"),
        ("a'(b)", "(a)'[b]"),
        ("a : b <: c , d ~ e :> f", "((a : b) <: ((c , (d ~ e)) :> f))"),
        ("(a , b) , c", "((a , b) , c)"),
        ("a : b with { x = 1; } : c", "(((a : b) with {x = 1}) : c)"),
        ("a with { x = 1; } with { y = 2; }", "((a with {x = 1}) with {y = 2})"),
        ("a, b letrec { 'x = y; 'y = x; }", "((a , b) letrec {x = y; y = x})"),
        ("a letrec { 'x = y; where y = 1; }", "(a letrec {x = y} where {y = 1})"),
        ("a letrec { }", "(a letrec {})"),
        ("a[x = 1; f(y) = 2;].b", "((a but {x = 1; f = (y) => 2})).b"),
        ("f(a : b, c <: d, e ~ f)", "f[(a : b); (c <: d); (e ~ f)]"),
        ("f((a, b))", "f[(a , b)]"),
        # signs
        ("-1", "-1"),
        ("- 1.5", "-1.5"),
        ("+ 1", "1"),
        ("a - 1", "(a - 1)"),
        ("a -1", "(a - 1)"),
        ("a - -1", "(a - -1)"),
        ("-2147483648", "-2147483648"),
        ("-a", "neg(a)"),
        ("-a'", "(neg(a))'"),
        ("-a(b)", "neg(a)[b]"),
        ("-(a)", "`-`[a]"),
        ("- : -", "(`-` : `-`)"),
        ("+ ~ _", "(`+` ~ `_`)"),
        ("* + *", "(`*` + `*`)"),
        ("_ <: +, -", "(`_` <: (`+` , `-`))"),
        ("*(2) : /(3)", "(`*`[2] : `/`[3])"),
        ("_ : ' : mem", "(`_` : (`mem` : `mem`))"),
        ("''", "(`mem`)'"),
        ("!, _", "(`!` , `_`)"),
        ("xor(1) : <<(2)", "(`xor`[1] : `<<`[2])"),
        # constructs
        ("\\(x, y).(x + y)(1)", "\\x,y.(x + y)[1]"),
        ("case { (0) => a; (n) => b, c; }", "case{(0) => a; (n) => (b , c)}"),
        ("par(i, 2 : _, i, i with { a = 1; })", "par(i; (2 : `_`); ((i , i) with {a = 1}))"),
        ("sum(i,2,a) + prod(i,3,b)", "(sum(i; 2; a) + prod(i; 3; b))"),
        ("inputs(a, b) + outputs(c)", "(inputs<(a , b)> + outputs<c>)"),
        ("inputs(a, b)", "inputs<(a , b)>"),
        ("route(2, 3)", "route(2; 3)"),
        ("route(2, 3, 1, 2, 2, 1)", "route(2; 3; (1 , (2 , (2 , 1))))"),
        ('["f": *(2), "g" -> a, b]', "modulate(f: `*`[2]; g; (a , b))"),
        ('["f" -> a](b)', "modulate(f; a)[b]"),
        ('hslider("[1] x", 1, 0, 2 : a, 0.1)', "hslider('[1] x'; 1; 0; (2 : a); 0.1)"),
        ('button("b") , checkbox("c")', "(button('b') , checkbox('c'))"),
        ('vbargraph("m", -1, 1)', "vbargraph('m'; -1; 1)"),
        ('tgroup("g", a, b)', "tgroup('g'; (a , b))"),
        ("soundfile(\"s[url:{'a'}]\", 2)", "soundfile(\"s[url:{'a'}]\"; 2)"),
        ("waveform{1, -2.5, +3, 4294967295}", "waveform[1, -2.5, 3, -1]"),
        ('library("a.lib").b', "(Library('a.lib')).b"),
        ('component("a.dsp")[x = 1;]', "(Component('a.dsp') but {x = 1})"),
        ("environment { x = 1; }.x", "(environment{x = 1}).x"),
        ('ffunction(float f|g (int, any), <m.h>, "-lm")', "float f|g(int,any) <m.h> -lm"),
        ('ffunction(int f|g|h|i (), "m.hh", "")', 'int f|g|h|i() "m.hh" '),
        ("fconstant(int fSamplingFreq, <math.h>)", "fconstant int fSamplingFreq <math.h>"),
        ("fvariable(int count, <math.h>)", "fvariable int count <math.h>"),
        ("a::b(::c)", "a::b[::c]"),
        ("round(2.5)", "round[2.5]"),
    ],
)
def test_trees(text: str, tree: str) -> None:
    assert shown(text) == tree
