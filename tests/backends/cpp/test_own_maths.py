"""Functions printed with a program: their errors, their vectors, and where the library stays."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import dspc
from dspc.backends.common.own_maths import own_name
from dspc.backends.cpp.language import CPP, FAST_CPP
from dspc.backends.cpp.maths_header import own_functions

BOUNDS = {
    "log": 0.51, "log2": 0.51, "log10": 0.51, "exp": 1.3, "exp2": 1.3, "pow": 1.3, "tanh": 1.3,
    "atan": 1.3, "atan2": 1.5, "asin": 2.1, "acos": 2.1, "sin": 1.6, "cos": 1.6, "tan": 3.4,
}  # fmt: skip
"""The greatest errors in units in the last place, as `own_maths.py` states them."""
BOUNDS_64 = {
    "log": 3.6, "log2": 2.9, "log10": 3.6, "exp": 0.6, "exp2": 1.3, "pow": 0.6, "tanh": 1.6,
    "atan": 2.5, "atan2": 2.9, "asin": 3.6, "acos": 3.6, "sin": 1.1, "cos": 1.1, "tan": 1.1,
}  # fmt: skip
"""The same in double precision."""
PROGRAM = """tanh = ffunction(float tanhf|tanh|tanhl(float), <math.h>, "");
process(x) = exp(x), log(x+2), pow(x+2, x), sin(x), tanh(x), atan2(x, 0.3), tan(x);"""
SOURCES = {"float": "own_maths.cpp", "double": "own_maths64.cpp"}
COMPILERS = [
    pytest.param(name, marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"needs {name}"))
    for name in ("g++", "clang++")
]


def built(folder: Path, compiler: str, *flags: str, type: str = "float") -> Path:
    text = "\n".join(own_functions(own_name(name, type) for name in CPP.own_functions))
    (folder / "own_functions.hpp").write_text(text.replace("\tstatic", "static"))
    source, program = Path(__file__).with_name(SOURCES[type]), folder / "own_maths"
    command = [compiler, "-std=c++17", f"-I{folder}", *flags, str(source), "-o", str(program)]
    subprocess.run(command, check=True)
    return program


def check(program: Path, step: int, bounds: dict[str, float] = BOUNDS) -> None:
    lines = subprocess.run([program, str(step)], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in lines.splitlines()]
    assert {row[0] for row in rows} == set(bounds) == CPP.own_functions
    for name, error, wrong in rows:
        assert float(error) < bounds[name], name
        assert int(wrong) == 0, name


@pytest.mark.conformance
@pytest.mark.parametrize("compiler", COMPILERS)
def test_errors_on_a_sample_of_all_numbers(compiler: str, tmp_path: Path) -> None:
    check(built(tmp_path, compiler, "-O2", "-DDSPC_VECTOR_MATH=1"), 9973)


@pytest.mark.conformance
@pytest.mark.parametrize("compiler", COMPILERS)
def test_errors_in_double_precision(compiler: str, tmp_path: Path) -> None:
    """On arguments of all binades, near 1, up to 20 and special ones, beside long doubles."""
    program = built(tmp_path, compiler, "-O2", "-DDSPC_VECTOR_MATH=1", type="double")
    check(program, 300_000, BOUNDS_64)


@pytest.mark.full
@pytest.mark.conformance
@pytest.mark.parametrize("compiler", COMPILERS)
def test_errors_on_all_numbers(compiler: str, tmp_path: Path) -> None:
    check(built(tmp_path, compiler, "-O3", "-march=native", "-DDSPC_VECTOR_MATH=1"), 1)


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("clang++") is None, reason="needs clang++")
@pytest.mark.parametrize("is_double", [False, True])
def test_clang_makes_vectors_that_call_nothing(is_double: bool, tmp_path: Path) -> None:
    """Without -ffast-math the functions of the C library are called, as in all back ends."""
    head = "#include <cmath>\nstruct Meta { void declare(const char*, const char*) {} };\n"
    head += "struct UI { void openVerticalBox(const char*) {} void closeBox() {} };\n"
    head += "struct dsp { virtual ~dsp() {} };\n"
    tail = "\nmydsp one;\n"
    source = tmp_path / "one.cpp"
    source.write_text(head + dspc.compile(PROGRAM, vec=True, double=is_double).code + tail)
    calls: dict[str, set[str]] = {}
    for kind in ("-ffast-math", "-fno-fast-math", "-DDSPC_VECTOR_MATH=1"):
        command = ["clang++", "-std=c++17", "-O3", "-w", kind, "-c", str(source), "-o", "one.o"]
        subprocess.run(command, check=True, cwd=tmp_path)
        listed = ["nm", "-u", "one.o"]
        names = subprocess.run(listed, check=True, cwd=tmp_path, capture_output=True, text=True)
        calls[kind] = {line.split()[-1] for line in names.stdout.splitlines()}
    library = {"expf", "logf", "powf", "sinf", "tanhf", "atan2f", "tanf"}
    if is_double:
        library = {name[:-1] for name in library}
    assert not library & calls["-ffast-math"]
    assert not library & calls["-DDSPC_VECTOR_MATH=1"]
    assert library <= calls["-fno-fast-math"]


def test_only_free_loops_call_own_functions() -> None:
    assert "dspc_sin(" in dspc.compile("process = sin;", vec=True).code
    assert "dspc_sin_64(" in dspc.compile("process = sin;", vec=True, double=True).code
    assert "dspc_sin" not in dspc.compile("process = sin;", scalar=True).code
    assert "dspc_sin" not in dspc.compile("process = + ~ sin;", vec=True).code


def test_the_c_librarys_functions_that_a_program_declares_are_own_functions_too() -> None:
    declared = 'process = ffunction(float {}(float), <{}>, "");'
    assert "dspc_tanh(" in dspc.compile(declared.format("tanhf", "math.h"), vec=True).code
    assert "dspc_tanh" not in dspc.compile(declared.format("tanhf", "mine.h"), vec=True).code
    assert "dspc_tanh" not in dspc.compile(declared.format("tanh", "math.h"), vec=True).code
    double = dspc.compile(declared.format("tanh", "math.h"), vec=True, double=True).code
    assert "dspc_tanh_64(" in double
    single = dspc.compile(declared.format("tanhf", "math.h"), vec=True, double=True).code
    assert "dspc_tanh" not in single


def test_a_program_has_only_the_functions_that_it_calls() -> None:
    text = dspc.compile("process = exp;", vec=True).code
    assert "dspc_power_of_2" in text
    assert "dspc_sine" not in text
    assert not FAST_CPP.own_functions
