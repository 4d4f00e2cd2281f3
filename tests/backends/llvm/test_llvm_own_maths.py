"""Functions of `maths.hpp` by LLVM: their errors on numbers and in vectors, and where they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import dspc
from dspc.backends.common.own_maths import OWN_FUNCTIONS
from dspc.backends.llvm.code import Code, LlvmModule
from dspc.backends.llvm.machine import compiled
from dspc.backends.llvm.own_maths import own_function
from tests.backends.cpp.test_own_maths import COMPILERS, check

PROGRAM = """tanh = ffunction(float tanhf|tanh|tanhl(float), <math.h>, "");
process(x) = exp(x), log(x+2), pow(x+2, x), sin(x), tanh(x), atan2(x, 0.3), tan(x);"""


def functions(lanes: int) -> str:
    """A module that exports each function, of numbers; they are computed in one of the lanes."""
    module, lines = LlvmModule(), list[str]()
    kind = "float" if lanes == 1 else f"<{lanes} x float>"
    for name in sorted(OWN_FUNCTIONS):
        code = Code(module)
        arguments = ["%x", "%y"] if name in ("pow", "atan2") else ["%x"]
        taken = arguments
        if lanes > 1:
            zero = [f"insertelement {kind} zeroinitializer, float {a}, i64 3" for a in arguments]
            taken = [code.value(text) for text in zero]
        own = own_function(name, kind, module)
        result = code.value(f"call {kind} @{own}({', '.join(f'{kind} {a}' for a in taken)})")
        if lanes > 1:
            result = code.value(f"extractelement {kind} {result}, i64 3")
        parameters = ", ".join(f"float {argument}" for argument in arguments)
        lines += [f"define float @dspc_{name}({parameters}) {{", *code.lines]
        lines += [f"  ret float {result}", "}"]
    for part in module.own_functions.values():
        lines += part
    return "\n".join([*lines, *module.declarations.values()])


@pytest.mark.conformance
@pytest.mark.parametrize("compiler", COMPILERS[:1])
@pytest.mark.parametrize("lanes", [1, 8])
def test_errors_on_a_sample_of_all_numbers(compiler: str, lanes: int, tmp_path: Path) -> None:
    """By the program that tests them in C++."""
    (tmp_path / "own.o").write_bytes(compiled(functions(lanes), "o"))
    declared = [
        f"float dspc_{name}({'float, float' if name in ('pow', 'atan2') else 'float'});"
        for name in OWN_FUNCTIONS
    ]
    header = 'extern "C" {\n' + "\n".join(declared) + "\n}\n"
    (tmp_path / "own_functions.hpp").write_text(header)
    source = Path(__file__).parents[1] / "cpp" / "own_maths.cpp"
    command = [compiler, "-std=c++17", "-O2", f"-I{tmp_path}", str(source), "own.o", "-o", "tested"]
    subprocess.run(command, check=True, cwd=tmp_path)
    check(tmp_path / "tested", 39989)


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


def test_fast_code_is_close_to_strict_code_in_chunks_and_rests() -> None:
    x = np.random.default_rng(3).uniform(-1.9, 9, (1, 1000)).astype(np.float32)
    fast, strict = (dspc.load(PROGRAM, "llvm", fast_math=one) for one in (True, False))
    for block in (1, 63, 512):
        np.testing.assert_allclose(fast(x, block=block), strict(x, block=block), rtol=6e-7)


@pytest.mark.parametrize("text", ["process = + ~ sin;", "process = sin;"])
def test_only_free_loops_in_single_precision_have_them(text: str) -> None:
    is_free = text == "process = sin;"
    single, double = (
        dspc.compile(text, target="llvm", fast_math=True, vec=True, double=one).code
        for one in (False, True)
    )
    assert ("@dspc_sin.f32(" in single) == is_free
    assert "dspc_sin" not in double
    assert "dspc_sin" not in dspc.compile(text, target="llvm", vec=True).code
