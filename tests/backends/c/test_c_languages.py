"""A further language of the C family costs one table: C99, which is known to this file alone."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

import dspc.backends.c
from dspc.backends.c.expressions import Expr
from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.language import CFunction, Language, Uses
from dspc.backends.c.literals import data_literals, float_literal, int_literal, literal
from dspc.backends.c.names import Names
from dspc.backends.c.storage import Storage, host_array, storage
from dspc.backends.c.vectors import FORMS
from dspc.backends.common.arrays import rows
from dspc.backends.common.lowered import FUNCTIONS, Unit, read_unit
from dspc.backends.cpp.language import CPP
from dspc.backends.cpp.printer import print_cpp
from dspc.backends.interp.instance import InterpInstance
from dspc.backends.opencl.language import OPENCL
from dspc.backends.opencl.printer import print_opencl
from dspc.driver import Clock, read_program, run_passes
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.compile_options import CompileOptions, LoopOptions
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import Source

C99 = Language(
    name="C99",
    integers={8: "int8_t", 16: "int16_t", 64: "int64_t"},
    unsigned="uint32_t",
    lowest_int="INT32_MIN",
    single_suffix="f",
    minimum="smaller",
    maximum="larger",
    vectors=FORMS,
    soundfiles={},
)
PRELUDE = """
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
static inline int smaller(int a, int b) { return a < b ? a : b; }
static inline int larger(int a, int b) { return a > b ? a : b; }
static inline int dspc_add(int a, int b) { return (int)((uint32_t)a + (uint32_t)b); }
static inline int dspc_sub(int a, int b) { return (int)((uint32_t)a - (uint32_t)b); }
static inline int dspc_mul(int a, int b) { return (int)((uint32_t)a * (uint32_t)b); }
static inline int dspc_abs(int a) { return a < 0 ? dspc_sub(0, a) : a; }
"""
PROGRAMS = {
    "functions": "process = + ~ (*(0.5) : sin) <: sqrt(abs), (0.25 * _, 1.5 : atan2), exp :> _;",
    "integers": "process = *(1000) : int <: &(7), *(65537), min(3), max(-2147483648) :> float;",
    "comparisons": "process = _ <: (<(0.2), >=(0.1) : xor), (==(0) : select2(_, 1, 2)) :> _;",
    "a delay and a table":
        "process = _ <: @(100), rdtable(waveform{1, 0.5, -3}, int(+(1) ~ _) % 3) :> _;",
}  # fmt: skip


def loops(text: str, double: bool) -> ModuleOp:
    options = FrontendOptions("double" if double else "single")
    module = read_program(Source("p.dsp", text), options)
    passes = loop_passes(LoopOptions(scalar=True, lanes=0))
    run_passes(module, passes, CompileOptions(), Clock())
    return module


def print_c99(unit: Unit) -> str:
    """The program as C99 with global memory; `compute` takes the host's arrays as C++ does."""
    functions = {op.sym_name.data: CFunction(op.sym_name.data) for op in unit.declarations}
    uses = Uses(C99, functions=functions)
    names = Names(("count", "inputs", "outputs", "sample_rate", *FUNCTIONS))
    memory = {op.sym_name.data: storage(op, names, "p", C99) for op in unit.buffers}
    lines = [f"#define FAUSTFLOAT {'float' if unit.single else 'double'}"]
    lines += [_static(one, uses) for one in memory.values()]
    for name in FUNCTIONS:
        lines += _function(unit, name, memory, names, uses)
    return PRELUDE + "\n".join(lines)


def _static(memory: Storage, uses: Uses) -> str:
    op = memory.op
    assert op is not None
    start = ""
    if op.values is not None:
        start = f" = {{{', '.join(data_literals(op.values, uses))}}}"
    elif op.init is not None:
        start = f" = {literal(op.init, uses).text}"
    return f"static {memory.declared}{start};"


def _function(
    unit: Unit, name: str, memory: dict[str, Storage], names: Names, uses: Uses
) -> list[str]:
    block = unit.functions[name].body.block
    own = Names(names.used())
    printer = FunctionPrinter(memory, own, uses)
    lines = []
    parameters = "int count, FAUSTFLOAT** inputs, FAUSTFLOAT** outputs"
    for number, argument in enumerate(block.args):
        if name != "compute":
            parameters = "int sample_rate"
            printer.bind(argument, Expr("sample_rate", low=0))
        elif number == 0:
            printer.bind(argument, Expr("count", low=0))
        else:
            at = number - 1 - unit.inputs
            source = f"inputs[{number - 1}]" if at < 0 else f"outputs[{at}]"
            channel = own.fresh(f"channel{number}", "channel")
            lines.append(f"FAUSTFLOAT* {channel} = {source};")
            printer.bind(argument, host_array(channel, argument.type, C99))
    if not block.args:
        parameters = "void"
    printer.run(block)
    return [f"void {name}({parameters}) {{", *lines, *printer.lines, "}"]


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("name", PROGRAMS)
def test_c99_is_a_table(name: str, double: bool, tmp_path: Path) -> None:
    compiler = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
    assert compiler is not None
    module = loops(PROGRAMS[name], double)
    unit = read_unit(module)
    source, library = tmp_path / "p.c", tmp_path / "p.so"
    source.write_text(print_c99(unit))
    flags = ["-std=c99", "-pedantic-errors", "-Wall", "-Wno-unused", "-shared", "-fPIC"]
    flags += ["-O1", "-ffp-contract=off", "-o", str(library)]
    done = subprocess.run(
        [compiler, *flags, str(source), "-lm"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + source.read_text()
    code = ctypes.CDLL(str(library))
    code.class_init(44100)
    code.instance_constants(44100)
    code.instance_clear()
    kind: Any = np.float64 if double else np.float32
    inputs = np.random.default_rng(1).uniform(-1, 1, (unit.inputs, 300)).astype(kind)
    inputs[:, ::7] = 0
    samples = np.zeros((unit.outputs, 300), kind)
    code.compute(300, rows(inputs), rows(samples))
    wanted = InterpInstance(module, 44100).compute(inputs)
    assert np.abs(wanted).max() > 0.05
    np.testing.assert_allclose(samples, wanted, rtol=1e-12 if double else 1e-5, atol=1e-6)


def test_numbers_that_are_none() -> None:
    """Each language has its own words for them, and says that it used them."""
    texts: dict[str, list[str]] = {}
    for language in (CPP, OPENCL, C99):
        uses = Uses(language)
        numbers = float("nan"), float("inf"), float("-inf"), 1e300
        texts[language.name] = [float_literal(number, True, uses) for number in numbers]
        assert uses.special_numbers
        assert int_literal(-(2**31), uses) == language.lowest_int
    limits = "std::numeric_limits<float>::"
    infinity = f"{limits}infinity()"
    assert texts["C++"] == [f"{limits}quiet_NaN()", infinity, f"-{infinity}", infinity]
    of_c = ["(float)NAN", "(float)INFINITY", "-(float)INFINITY", "(float)INFINITY"]
    assert texts["OpenCL C"] == texts["C99"] == of_c


def test_opencl_keeps_guards_of_casts() -> None:
    """What an int cannot hold is replaced before: OpenCL C leaves its conversion undefined."""
    module = loops("process = *(1e10) : + ~ (int : *(0.5));", double=False)
    assert "dspc_to_int" in print_cpp(module)
    text = print_opencl(module).text
    assert "dspc_to_int" not in text
    assert re.search(r"< 2\.1474836e9f \? \S+ : -2\.1474836e9f", text)


def test_tables_cannot_be_changed() -> None:
    for language in (CPP, OPENCL, C99):
        with pytest.raises(AttributeError):
            language.unsigned = "unsigned"  # type: ignore


def test_no_language_is_named_by_what_all_share() -> None:
    """What differs is in tables, and nothing asks which language it prints."""
    folder = Path(dspc.backends.c.__file__ or "").parent
    for path in folder.glob("*.py"):
        text = path.read_text()
        for word in ("std::", "language.name ==", "numeric_limits"):
            assert word not in text, f"{path.name}: {word}"
