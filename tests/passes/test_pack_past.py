"""The loop-carried past of a pack is bounded, whatever the delay: the rest is a ring buffer.

Four equal voices with a delay of 1 000 frames carried each frame of it as a vector.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp, VectorType
from xdsl.dialects.scf import ForOp

from dspc.api import compile, open_processor
from dspc.backends import cpp
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_mem import BufferOp
from dspc.dialects.dsp_mem.processor_model import DEFAULT
from dspc.options.compile_options import LoopOptions
from dspc.passes.packing.reaches import carried_frames
from dspc.support.diagnostics import Source

MOST_CARRIED = DEFAULT.vector_registers

VOICES = (4, 17)
DELAYS = (9, 1000)
MODES: dict[str, dict[str, object]] = {
    "default": {},
    "exact rings": {"delay_line_threshold": 0},
    "vec": {"vec": True},
    "omp": {"omp": True},
    "sch": {"sch": True},
}
PLAIN = {"lanes": 0}
HALVES = (Path(cpp.__file__).parent / "halves.hpp").read_text().replace("DSPC_OWN", "dspc_of_mydsp")
"""Operators of vectors that are wider than a register: the same text in every program with any."""


def bank(voices: int, delay: int, order: int) -> str:
    """Recursive filters of an order, each with an echo of one length, with or without feedback."""
    poles = " + ".join(f"(y@{at} : *({0.4 / (at + 1)} - 0.01*i))" for at in range(order))
    late = f"@({delay}) : *(0.25 + 0.01*i)"
    echo = f"+ ~ ({late})" if order == 1 else f"_ <: _, ({late}) :> _"
    return f"""
        voice(i) = (\\(y, x).(x + {poles})) ~ _ : ({echo});
        process = _ <: par(i, {voices}, *(i + 2) : voice(i)) :> _;"""


@cache
def sizes(voices: int, delay: int, order: int, mode: str) -> tuple[int, int, int]:
    """Lines of C++ without those of `HALVES`, bytes of state, and the most loop-carried vectors."""
    options = {**MODES[mode]} if mode in MODES else {**MODES[mode.removeprefix("plain ")], **PLAIN}
    compiled = compile(bank(voices, delay, order), "cpp", **options)
    lines = compiled.code.replace(HALVES, "").count("\n")
    return lines, state_bytes(compiled.module), carried(compiled.module)


def state_bytes(module: ModuleOp) -> int:
    return sum(
        4 * math.prod(op.type.get_shape())
        for op in module.body.block.ops
        if isinstance(op, BufferOp) and op.role.data.value == "state"
    )


def carried(module: ModuleOp) -> int:
    loops = [op for op in module.walk() if isinstance(op, ForOp)]
    return max(sum(isinstance(r.type, VectorType) for r in loop.results) for loop in loops)


@pytest.mark.parametrize(
    ("mode", "order"),
    [
        *((mode, 1) for mode in MODES),
        *(pytest.param(mode, 5, marks=pytest.mark.slow) for mode in MODES),
    ],
)
def test_neither_code_nor_state_grows_with_the_delay(mode: str, order: int) -> None:
    for voices in VOICES:
        short = sizes(voices, DELAYS[0], order, mode)[0]
        for delay in DELAYS:
            lines, state, vectors = sizes(voices, delay, order, mode)
            plain = sizes(voices, delay, order, f"plain {mode}")
            measured = f"{voices} voices, {delay} frames: {lines} lines, {state} bytes"
            assert lines <= 2 * max(short, plain[0]), measured
            assert state <= 2 * plain[1] + 2048, measured
            assert vectors <= MOST_CARRIED + order * -(-voices // 2), measured


@pytest.mark.parametrize("vectors", [1, 2, 3, 8, 40])
def test_carried_vectors_are_bounded(vectors: int) -> None:
    reaches = (1, 2, 3, 5, 8, 9, 1000)
    frames = carried_frames(reaches, vectors, MOST_CARRIED)
    assert frames in (0, *reaches)
    assert frames >= 1
    assert frames * vectors <= max(MOST_CARRIED, vectors)
    assert carried_frames((1000,), vectors, MOST_CARRIED) == 0


def test_a_ring_whose_places_need_more_than_32_bits_is_none() -> None:
    """Where one delay line of such a length has its place, a row of it for many voices has not."""
    assert sizes(40, 100_000, 1, "vec")[2] > 0
    assert sizes(40, 3_000_000, 1, "vec")[2] == 0


@pytest.mark.parametrize("delay", [9, 40, 1000])
def test_compiled_banks_sound_as_interpreted(delay: int) -> None:
    source = Source("bank.dsp", bank(11, delay, 2))
    noise = np.random.default_rng(1).uniform(-1, 1, (1, 1600))
    plain = open_processor(source, "interp", LoopOptions(double=True, scalar=True))
    expected = InterpInstance(plain.module).compute(noise)
    for options in ({}, {"vec": True, "delay_line_threshold": 0}):
        module = open_processor(source, "cpp", LoopOptions(double=True, **options)).module
        assert carried(module) > 0  # a pack
        compiled = NativeInstance(module, flags=("-O1",))
        parts = [compiled.compute(noise[:, at : at + 400]) for at in range(0, 1600, 400)]
        np.testing.assert_allclose(np.concatenate(parts, axis=1), expected, rtol=0, atol=1e-9)
