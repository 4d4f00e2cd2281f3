"""Vectors of 4, 8 and 16 numbers give the interpreter's bits in registers of 4, 8 and 16."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.cpp.printer import print_cpp
from dspc.backends.interp.instance import InterpInstance
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import Source

pytestmark = pytest.mark.builds

HOST = Path(print_cpp.__code__.co_filename).with_name("native_host.hpp")
BANK = "par(i, 12, *(0.1 + 0.02 * i) : + ~ (*(0.9 - 0.01 * i) : min(0.5) : max(-0.4) : abs))"
PROGRAM = f"""
noise = +(12345) ~ *(1103515245) : *(4.656612873077393e-10);
bank = _ <: {BANK} :> _;
steps = _ <: par(i, 8, + ~ (*(0.7 + 0.01 * i) <: select2(>(0.1), _, (*(10) : int : /(11))))) :> _;
fir = _ <: sum(i, 20, @(i) * (0.3 - 0.01 * i));
a = hslider("a", 0.5, 0, 1, 0.01);
cascade = seq(i, 5, (\\(y).(+((a - 0.1 * i) * y) : -(0.55 * y'))) ~ _);
vectors = _ <: bank, steps, (+(noise) : + ~ *(0.5)), fir;
process = _ <: vectors, cascade;
"""
"""Packs of comparisons and of conversions, scans of both kinds of numbers, a FIR filter, and a
cascade whose coefficients are controls."""
MADE = "void* made() { return new mydsp(); }"
REGISTERS = {"SSE2": "-march=x86-64", "AVX2": "-march=x86-64-v3", "at hand": "-march=native"}


@cache
def lowered(lanes: int | None, precision: str) -> ModuleOp:
    return loops(PROGRAM, LoopOptions(lanes=lanes), precision)


def loops(source: str, options: LoopOptions, precision: str) -> ModuleOp:
    module = read_program(Source("widths.dsp", source), FrontendOptions(precision=precision))
    for one in parse_pipeline(",".join(loop_passes(options))):
        one.apply(Context(), module)
    return module


def noise(precision: str) -> np.ndarray:
    samples = np.random.default_rng(5).uniform(-1, 1, (1, 200))
    return samples.astype(np.float32 if precision == "single" else np.float64)


@cache
def expected(lanes: int | None, precision: str) -> bytes:
    return in_blocks(InterpInstance(lowered(lanes, precision)), precision)


def in_blocks(instance: InterpInstance | NativeInstance, precision: str) -> bytes:
    """A whole chunk, vectors and single frames, then vectors and single frames."""
    samples = noise(precision)
    parts = [instance.compute(samples[:, :150]), instance.compute(samples[:, 150:])]
    return np.concatenate(parts, axis=1).tobytes()


@pytest.mark.parametrize("registers", REGISTERS)
@pytest.mark.parametrize("lanes", [4, 8, 16])
def test_each_width_gives_the_bits_of_the_interpreter(lanes: int, registers: str) -> None:
    module = lowered(lanes, "single")
    assert f"vector<{lanes}xf32>" in str(module)
    instance = NativeInstance(module, flags=("-O2", REGISTERS[registers]))
    assert in_blocks(instance, "single") == expected(lanes, "single")


@pytest.mark.parametrize("lanes", [4, 8])
def test_wide_vectors_of_doubles_give_the_bits_of_the_interpreter(lanes: int) -> None:
    instance = NativeInstance(lowered(lanes, "double"), flags=("-O2", REGISTERS["SSE2"]))
    assert in_blocks(instance, "double") == expected(lanes, "double")


def test_wide_vectors_stay_in_registers(tmp_path: Path) -> None:
    """Lanes of vectors of 8 change places in registers of 4, not one by one through memory.

    The program has no scalar code: none for single frames, and no cascade, whose inputs and outputs
    are scalars.
    """
    source = tmp_path / "program.cpp"
    vectors = re.sub("process = .*", "process = vectors;", PROGRAM)
    text = print_cpp(loops(vectors, LoopOptions(lanes=8, vec=True, loop_variant=1), "single"))
    source.write_text(f"#define FAUSTFLOAT float\n{HOST.read_text()}\n{text}\n{MADE}")
    command = ["g++", "-std=c++11", "-O2", "-march=x86-64", "-S", str(source), "-o", "-"]
    assembly = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    shuffles = re.findall(r"\b(?:shufps|pshufd|p?unpck\w+|movlhps|movhlps)\b", assembly)
    moves = re.findall(r"\bmovss\b", assembly)
    assert len(shuffles) > len(moves), (len(shuffles), len(moves))
