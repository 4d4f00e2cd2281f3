"""Programs of coupled states terminate in every printer, and agree with the interpreter."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import numpy as np
import pytest
from xdsl.context import Context

from dspc.api import open_processor
from dspc.backends.interp.instance import InterpInstance
from dspc.driver import read_program
from dspc.options.compile_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES
from dspc.support.diagnostics import Source
from tests.conformance.fuzz.coupled import coupled
from tests.conformance.fuzz.grammar import PRELUDE

pytestmark = pytest.mark.builds

NAMED = (
    "a : (_', _') ~ (mem + mem) : *(1e-3), *(1e-3) :> _",
    "y' + z' letrec { 'y = 0.5*y - 0.25*z + a'; 'z = 0.3*y + 0.2*z - a'; }",
    "((\\(u, v).(u*1103515245 + v + 12345, u xor v)) ~ (_, mem) : _, ! : /(2147483647.0))",
    "((\\(u, v, w, x).(x' : *(0.9) : +(a), u, v@2, w)) ~ (_, _, mem, _) :> _)",
)
"""Shapes on which the C++ and OpenCL printers ran without end, and a rotation."""
SYSTEMS = 5
"""Random systems in a program, some of each size up to 8, besides a chain of 24 and a bank."""
MODES = {
    "scalar": LoopOptions(double=True, scalar=True),
    "default": LoopOptions(double=True),
    "vec": LoopOptions(double=True, vec=True),
    "short chunks": LoopOptions(double=True, vec=True, vector_size=3, loop_variant=1),
    "omp": LoopOptions(double=True, omp=True),
    "sch": LoopOptions(double=True, sch=True),
    "lanes": LoopOptions(double=True, vec=True, lanes=4),
    "no registers": LoopOptions(double=True, lanes=0, machine="xtensa-lx7"),
}
BLOCKS = (1, 7, 64, 200)


@cache
def program(seed: int) -> str:
    chance = random.Random(seed)
    outputs = [f"({text})" for text in NAMED] if seed == 1 else []
    for number in range(SYSTEMS):
        kind = ("real", "int")[number % 2]
        part = {"real": "a", "int": "int(b * 99)"}[kind]
        text, kinds = coupled(chance, kind, chance.randint(2, 8))
        outputs.append(text.format(*[part] * len(kinds)))
    order = [f"x{n}" for n in range(24)]
    moved = chance.sample(order, len(order))
    moved[0] += " * 0.9 + a"
    outputs.append(f"((\\({', '.join(order)}).({', '.join(moved)})) ~ par(i, 24, _) :> _ : *(0.1))")
    bank = "(\\(u, v, w).(w * (0.1 * i) + a, u, v' + w * 0.2)) ~ (_, mem, _) :> _"
    outputs.append(f"(par(i, 8, ({bank})) :> _)")
    return f"{PRELUDE}process = \\(a, b).({', '.join(outputs)});"


@cache
def expected(seed: int) -> np.ndarray:
    module = read_program(Source("coupled.dsp", program(seed)), LoopOptions(double=True).frontend())
    for one in parse_pipeline(",".join(SIGNAL_PASSES)):
        one.apply(Context(), module)
    return played(InterpInstance(module, 48000))


def played(instance: Any) -> np.ndarray:
    noise = np.random.default_rng(5).uniform(-1, 1, (2, sum(BLOCKS)))
    ends = np.cumsum(BLOCKS)
    parts = [
        instance.compute(noise[:, end - size : end]) for end, size in zip(ends, BLOCKS, strict=True)
    ]
    return np.concatenate(parts, axis=1)


def check(backend: str, mode: str, seed: int) -> None:
    options = MODES[mode]
    processor = open_processor(Source("coupled.dsp", program(seed)), backend, options)
    want = expected(seed)
    peak = np.maximum(1.0, np.abs(want).max(axis=1, keepdims=True))
    np.testing.assert_array_less(np.abs(played(processor.start(48000)) - want) / peak, 1e-9)


@pytest.mark.parametrize("mode", MODES)
def test_cpp(mode: str) -> None:
    check("cpp", mode, 1)


@pytest.mark.parametrize("mode", MODES)
def test_interpreted_loops(mode: str) -> None:
    check("interp", mode, 2)


@pytest.mark.parametrize("mode", MODES)
def test_llvm(mode: str) -> None:
    pytest.importorskip("llvmlite")
    for seed in (1, 2):
        check("llvm", mode, seed)


@pytest.mark.parametrize("mode", MODES)
def test_opencl(mode: str) -> None:
    pytest.importorskip("pyopencl")
    check("opencl", mode, 1)
