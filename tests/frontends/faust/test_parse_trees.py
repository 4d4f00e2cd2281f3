"""A name may be defined in two files if both definitions are the same expression tree."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from dspc.frontends.faust.loader import Loader
from dspc.support.diagnostics import DspcError, Source

SAME = [
    ("h = _ / 2;", "h = _, 2 : /;"),
    ("h = (_ / 2);", "h = _ / 2;"),
    ("h(x) = x/2;", "h = \\(x).(x/2);"),
    ("h(0) = 1; h(n) = n;", "h = case { (0) => 1; (n) => n; };"),
    ("h(x, x) = x;", "h = case { (x, x) => x; };"),
    ("h = a with { a = 1; b = 2; };", "h = a with { b = 2; a = 1; };"),
    ("h = a with { a(0) = 1; a(n) = 2; };", "h = a with { a = case { (0) => 1; (n) => 2; }; };"),
    ("h = 1.0;", "h = 1.;"),
    ("h = 0 - x; x = 1;", "h = -x; x = 1;"),
    ("h = _ ^ 2;", "h = _, 2 : pow;"),
    ("h = _';", "h = _ : mem;"),
    ("h = _ : (_ : _);", "h = _ : _ : _;"),
    ("h = environment { a = 1; b = 2; };", "h = environment { b = 2; declare c \"d\"; a = 1; };"),
    ("h = 4294967297;", "h = 1;"),
    ("h = 1.5f;", "h = 1.5;"),
    ("h = _, _ :> _;", "h = _, _ +> _;"),
    ("h = waveform { 1, -2 };", "h = waveform { +1, -2 };"),
    ("h = +1;", "h = 1;"),
    ("h(x, y) = x + y;", "h(x) = \\(y).(x + y);"),
    ("h = route(2, 2, 1, 2, 2, 1);", "h = route(2, 2, (1, 2, 2, 1));"),
    ("h = route(2, 2);", "h = route(2, 2, (0, 0));"),
    ("h = button(\"a b\");", "h = button(\"a\tb\");"),
    ("h = x letrec { 'x = y + 1; 'y = x; };", "h = x letrec { 'y = x; 'x = y + 1; };"),
    (
        "h = ffunction(float f|f(float), <math.h>, \"\");",
        "h = ffunction(float f(float), <math.h>,\"\");",
    ),
]  # fmt: skip
DIFFERENT = [
    ("h = /(2);", "h = _ / 2;"),
    ("h = _ + 2;", "h = +(_, 2);"),
    ("h(x) = x/2;", "h(y) = y/2;"),
    ("h = 1;", "h = 1.0;"),
    ("h = 0.0;", "h = -0.0;"),
    ("h = -1;", "h = 0 - 1;"),
    ("h = _ @ 1;", "h = _ : @(1);"),
    ("h = _';", "h = mem;"),
    ("h = (_ : _) : _;", "h = _ : _ : _;"),
    ("h = par(i, 2, _);", "h = par(j, 2, _);"),
    ("h = seq(i, 2, _);", "h = seq(i, 1 + 1, _);"),
    ("h = waveform { 1, 2 };", "h = waveform { 1, 2.0 };"),
    ("h(0) = 1; h(1) = 2;", "h(1) = 2; h(0) = 1;"),
    ("h(0) = 1; h(1) = 2;", "h(0) = 1;"),
    ("h(x) = x;", "h = case { (x) => x; };"),
    ("h = route(2, 2, 1, 2, 2, 1);", "h = route(2, 2, (1, 2), (2, 1));"),
    ("h = a with { };", "h = a;"),
    ("h = a with { a = 1; } with { b = 2; };", "h = a with { a = 1; b = 2; };"),
    ("f(x, y) = x; h = f(1)(2);", "f(x, y) = x; h = f(1, 2);"),
    ("h = environment { import(\"maths.lib\"); };", "h = environment { a = 1; };"),
    ("h = checkbox(\"a\");", "h = button(\"a\");"),
]  # fmt: skip
CASES = [*((a, b, True) for a, b in SAME), *((a, b, False) for a, b in DIFFERENT)]


def is_accepted(folder: Path, first: str, second: str) -> bool:
    (folder / "a.lib").write_text(first)
    loader = Loader()
    program = Source(str(folder / "p.dsp"), f'import("a.lib"); {second} process = 1;')
    try:
        loader.definitions(loader.load_source(program).statements)
    except DspcError as error:
        if error.code != "E0109":
            raise
        return False
    return True


@pytest.mark.parametrize(("first", "second", "same"), CASES)
def test_definitions_are_compared_as_trees(
    first: str, second: str, same: bool, tmp_path: Path
) -> None:
    assert is_accepted(tmp_path, first, second) == same
    assert is_accepted(tmp_path, second, first) == same


def test_deep_definitions_are_compared_without_recursion(tmp_path: Path) -> None:
    deep = f"h = {'(' * 5000}_{' : _)' * 5000};"
    assert is_accepted(tmp_path, deep, deep.replace(" ", ""))
    assert not is_accepted(tmp_path, deep, deep.replace("(_", "(!", 1))


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("faust") is None, reason="needs faust")
@pytest.mark.parametrize(("first", "second", "same"), CASES)
def test_faust_compares_the_same_trees(first: str, second: str, same: bool, tmp_path: Path) -> None:
    (tmp_path / "a.lib").write_text(first)
    (tmp_path / "p.dsp").write_text(f'import("a.lib");\n{second}\nprocess = 1;\n')
    faust = ["faust", "-I", str(tmp_path), str(tmp_path / "p.dsp")]
    done = subprocess.run(faust, capture_output=True, check=False, timeout=60)
    assert (done.returncode == 0) == same
