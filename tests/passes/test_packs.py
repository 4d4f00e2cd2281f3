"""Packing recursions into lanes: what becomes a pack, and that it sounds as the program does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.interp.machine import Instance
from dspc.dialects.diagnostics import Source
from dspc.dialects.dsp_par import LoopOp
from dspc.frontends.faust.options import FrontendOptions
from xdsl.context import Context
from xdsl.dialects import vector
from xdsl.dialects.builtin import ModuleOp

from dspc.driver import read_program
from dspc.pipelines import LOOP_PASSES, SIGNAL_PASSES, load_pass, parse_pipeline

BANKS = {
    "resonators, summed": """
        f(i) = + ~ (_ <: *(1.8 - 0.02*i), mem*(-0.9) : +);
        process = _ <: par(i, 11, f(i)*(0.1 + i)) :> _;""",
    "one input and output each": """
        f(i) = *(0.5) : + ~ (_ <: *(0.8 - 0.02*i), mem*(-0.3) : +) : +(1) : *(0.25) : -(0.5);
        process = par(i, 5, f(i));""",
    "controls": """
        g(i) = hslider("g%i", 0.1*i, 0, 1, 0.01);
        process = _ <: par(i, 6, *(g(i)) : + ~ *(0.9 - 0.1*g(i))) :> _;""",
    "rates": """
        k(i) = 100*(i + 1)/fconstant(int fSamplingFreq, <math.h>);
        process = _ <: par(i, 7, + ~ *(1 - k(i))) :> _;""",
    "followers": """
        env(i) = abs : max ~ *(0.9 - 0.01*i);
        process = _ <: par(i, 9, *(0.3 + i) : env(i)) :> _;""",
    "selection and counting": """
        c(i) = (+(i + 1) : %(17)) ~ _;
        process = par(i, 4, (+(i + 1) & 255) ~ _ : <(100) : *(0.5 + i));""",
    "two filters a lane": """
        f(i) = + ~ *(0.9 - 0.01*i);
        g(i) = *(0.1) : + ~ (mem : *(0.5 - 0.01*i));
        process = _ <: par(i, 8, f(i) : abs : g(i) : *(i)) :> _;""",
    "left and right": """
        f(i) = + ~ *(0.9 - 0.01*i);
        process = _ <: par(i, 12, f(i)) :> _, _;""",
    "shared and own inputs": """
        f(i) = + ~ *(0.9 - 0.01*i);
        process(x, y) = par(i, 6, select2(i > 2, x, y)*i + x : f(i)) :> _;""",
    "delays outside": """
        f(i) = + ~ *(0.9 - 0.01*i);
        process = _ <: par(i, 8, @(3*i) : f(i) <: _, mem, @(i + 2) :> _) :> _, _;""",
    "chains": """
        f(i) = + ~ *(0.5 - 0.03*i);
        process = _ <: par(i, 4, seq(j, 3, f(3*i + j) : *(1.1) : max(-1))) :> _;""",
    "lanes that feed each other": """
        f(i) = + ~ *(0.5 - 0.03*i);
        process(x) = f(1, x) + f(2, x) + f(3, x) <: par(i, 3, f(i + 4)) :> _ <: f(8), f(9);""",
    "feedback around the bank": """
        f(i) = + ~ *(0.5 - 0.03*i);
        process = (+ <: par(i, 5, f(i)) :> *(0.1)) ~ _;""",
    "meters": """
        f(i) = + ~ *(0.5 - 0.03*i);
        process = _ <: par(i, 5, f(i) : hbargraph("m%i", 0, 1)) :> _;""",
    "noise": """
        n(i) = +(12345 + i) ~ *(1103515245) : /(2147483647.0) : *(0.1*i);
        process = par(i, 8, n(i)) :> _;""",
    "roots": """
        f(i) = + ~ (abs : sqrt : floor : *(0.1*i));
        process = _ <: par(i, 5, *(4) : f(i)) :> _;""",
    "integers": "process = par(i, 6, int(_*9 + i) : + ~ (&(15) : *(3 - i) : >>(1)));",
}  # fmt: skip


def packed(source: str, lanes: int = 4, size: int = 32, variant: int = 0) -> ModuleOp:
    settings = f"vector-size={size} loop-variant={variant} lanes={lanes}"
    return compiled(source, f"dsp-split-loops{{{settings}}}")


def compiled(source: str, lowering: str) -> ModuleOp:
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join((*SIGNAL_PASSES, lowering))):
        one.apply(Context(), module)
    module.verify()
    return module


def scalar(source: str) -> ModuleOp:
    return compiled(source, load_pass(LOOP_PASSES[-1]).name)


def ran(instance: Instance | NativeInstance, blocks: Sequence[int]) -> np.ndarray:
    noise = np.random.default_rng(1).uniform(-1, 1, (instance.inputs, sum(blocks)))
    ends = np.cumsum(blocks)
    starts = [end - size for end, size in zip(ends, blocks, strict=True)]
    frames = range(len(blocks))
    if isinstance(instance, Instance):
        parts = [
            np.array(instance.compute(noise[:, starts[k] : ends[k]], frames=blocks[k]))
            for k in frames
        ]
    else:
        parts = [instance.compute(noise[:, starts[k] : ends[k]]) for k in frames]
    return np.concatenate(parts, axis=1)


def packs_of(module: ModuleOp) -> list[LoopOp]:
    loops = [op for op in module.walk() if isinstance(op, LoopOp)]
    return [loop for loop in loops if any(isinstance(op, vector.StoreOp) for op in loop.walk())]


@pytest.mark.parametrize("name", BANKS)
def test_lanes_sound_as_the_program(name: str) -> None:
    blocks = [1, 7, 64, 3, 0, 40, 8]
    expected = ran(Instance(scalar(BANKS[name])), [sum(blocks)])
    for lanes, size, variant in ((4, 32, 0), (8, 8, 1), (2, 1, 0)):
        module = packed(BANKS[name], lanes, size, variant)
        got = ran(Instance(module), blocks)
        what = f"{lanes} {size} {variant}"
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-9, err_msg=what)


@pytest.mark.parametrize("name", BANKS)
def test_what_is_a_pack(name: str) -> None:
    apart = ("lanes that feed each other", "feedback around the bank", "delays outside", "meters")
    expected = 0 if name in apart else 1
    assert len(packs_of(packed(BANKS[name], variant=1))) == expected
