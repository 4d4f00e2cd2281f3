"""Functions of `maths.hpp` by LLVM: their errors on numbers and in vectors, and where they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import dspc
from dspc.backends.common.own_maths import OWN_FUNCTIONS, own_name
from dspc.backends.llvm.code import Code, LlvmModule
from dspc.backends.llvm.jit import compiled
from dspc.backends.llvm.own_maths import own_function
from tests.backends.cpp.test_own_maths import BOUNDS, BOUNDS_64, COMPILERS, SOURCES, check

PROGRAM = """tanh = ffunction(float tanhf|tanh|tanhl(float), <math.h>, "");
process(x) = exp(x), log(x+2), pow(x+2, x), sin(x), tanh(x), atan2(x, 0.3), tan(x);"""


def functions(lanes: int, type: str = "float") -> str:
    """A module that exports each function, of numbers; they are computed in one of the lanes."""
    module, lines = LlvmModule(), list[str]()
    kind = type if lanes == 1 else f"<{lanes} x {type}>"
    for name in sorted(OWN_FUNCTIONS):
        code = Code(module)
        arguments = ["%x", "%y"] if name in ("pow", "atan2") else ["%x"]
        taken = arguments
        if lanes > 1:
            zero = [f"insertelement {kind} zeroinitializer, {type} {a}, i64 3" for a in arguments]
            taken = [code.value(text) for text in zero]
        own = own_function(own_name(name, type), kind, module)
        result = code.value(f"call {kind} @{own}({', '.join(f'{kind} {a}' for a in taken)})")
        if lanes > 1:
            result = code.value(f"extractelement {kind} {result}, i64 3")
        parameters = ", ".join(f"{type} {argument}" for argument in arguments)
        lines += [f"define {type} @dspc_{own_name(name, type)}({parameters}) {{", *code.lines]
        lines += [f"  ret {type} {result}", "}"]
    for part in module.own_functions.values():
        lines += part
    return "\n".join([*lines, *module.declarations.values()])


@pytest.mark.conformance
@pytest.mark.parametrize("compiler", COMPILERS[:1])
@pytest.mark.parametrize(
    ("lanes", "type"), [(1, "float"), (8, "float"), (1, "double"), (4, "double")]
)
def test_errors_on_a_sample_of_all_numbers(
    compiler: str, lanes: int, type: str, tmp_path: Path
) -> None:
    """By the program that tests them in C++."""
    (tmp_path / "own.o").write_bytes(compiled(functions(lanes, type), "o"))
    declared = [
        f"{type} dspc_{own_name(name, type)}"
        f"({', '.join([type] * (1 + (name in ('pow', 'atan2'))))});"
        for name in OWN_FUNCTIONS
    ]
    header = 'extern "C" {\n' + "\n".join(declared) + "\n}\n"
    (tmp_path / "own_functions.hpp").write_text(header)
    source = Path(__file__).parents[1] / "cpp" / SOURCES[type]
    command = [compiler, "-std=c++17", "-O2", f"-I{tmp_path}", str(source), "own.o", "-o", "tested"]
    subprocess.run(command, check=True, cwd=tmp_path)
    is_single = type == "float"
    check(tmp_path / "tested", 39989 if is_single else 300_000, BOUNDS if is_single else BOUNDS_64)


def test_fast_loops_over_vectors_call_no_library_and_strict_ones_do(tmp_path: Path) -> None:
    library = {"expf", "logf", "powf", "sinf", "tanhf", "atan2f", "tanf"}
    for is_fast in (True, False):
        file = tmp_path / "one.dsp"
        file.write_text(PROGRAM)
        command = [sys.executable, "-m", "dspc", "--target", "llvm", "one.dsp", "-o", "one.s"]
        command += ["-vec", "-lv", "1"]  # without the loop over single frames
        subprocess.run([*command, *["--fast-math"][: int(is_fast)]], check=True, cwd=tmp_path)
        text = (tmp_path / "one.s").read_text()
        assert {name for name in library if f"{name}@PLT" in text} == (
            set() if is_fast else library
        )


@pytest.mark.parametrize("double", [False, True])
def test_fast_code_is_close_to_strict_code_in_chunks_and_rests(double: bool) -> None:
    x = np.random.default_rng(3).uniform(-1.9, 9, (1, 1000)).astype(np.float32)
    fast, strict = (
        dspc.load(PROGRAM, "llvm", fast_math=one, double=double) for one in (True, False)
    )
    if double:
        x = x.astype(np.float64)
    # Beside 3e-16 of the argument's size, the sine of a number near pi has no exact digits.
    relative, absolute = (1e-13, 9 * 3e-16) if double else (6e-7, 0)
    for block in (1, 63, 512):
        got, wanted = fast(x, block=block), strict(x, block=block)
        np.testing.assert_allclose(got, wanted, rtol=relative, atol=absolute)


@pytest.mark.parametrize("text", ["process = + ~ sin;", "process = sin;"])
def test_only_free_loops_have_them(text: str) -> None:
    is_free = text == "process = sin;"
    single, double = (
        dspc.compile(text, target="llvm", fast_math=True, vec=True, double=one).code
        for one in (False, True)
    )
    assert ("@dspc_sin.f32(" in single) == is_free
    assert ("@dspc_sin_64.f64(" in double) == is_free
    assert "dspc_sin" not in dspc.compile(text, target="llvm", vec=True).code
