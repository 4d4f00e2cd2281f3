"""Packing recursions into lanes: which become a pack, and that packs sound the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

import dspc
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp.partition import PackOp
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.passes.packing import select
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.split_loops import DspSplitLoops
from dspc.pipelines.standard import LOOP_PASSES, SIGNAL_PASSES, load_pass
from dspc.support.diagnostics import Source

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
        process = _ <: par(i, 8, @(3*i) : f(i) <: _, mem, @(i + 20) :> _) :> _, _;""",
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
    "echoes of one length": """
        f(i) = *(i + 2) : + ~ *(0.5 - 0.03*i) : + ~ (@(100) : *(0.1*i)) : + ~ (@(20) : *(-0.1));
        process = _ <: par(i, 6, f(i)) :> _;""",
    "a past in registers and in memory": """
        f(i) = + ~ *(0.5 - 0.03*i) <: _, mem, @(8), @(9), @(33) : *(i), -(0.5), _, *(0.3), _ :> _;
        process = _ <: par(i, 9, f(i)) :> _;""",
    "integers": "process = par(i, 6, int(_*9 + i) : + ~ (&(15) : *(3 - i) : >>(1)));",
}  # fmt: skip


def packed(source: str, lanes: int = 4, size: int = 32, variant: int = 0) -> ModuleOp:
    options = f"vector-size={size} loop-variant={variant} lanes={lanes}"
    return compiled(source, f"dsp-split-loops{{{options}}}")


def compiled(source: str, *lowering: str) -> ModuleOp:
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join((*SIGNAL_PASSES, *lowering))):
        one.apply(Context(), module)
    module.verify()
    return module


def scalar(source: str) -> ModuleOp:
    return compiled(source, load_pass(LOOP_PASSES[-1]).name)


def ran(instance: InterpInstance | NativeInstance, blocks: Sequence[int]) -> np.ndarray:
    noise = np.random.default_rng(1).uniform(-1, 1, (instance.inputs, sum(blocks)))
    ends = np.cumsum(blocks)
    starts = [end - size for end, size in zip(ends, blocks, strict=True)]
    frames = range(len(blocks))
    if isinstance(instance, InterpInstance):
        parts = [
            np.array(instance.compute(noise[:, starts[k] : ends[k]], frames=blocks[k]))
            for k in frames
        ]
    else:
        parts = [instance.compute(noise[:, starts[k] : ends[k]]) for k in frames]
    return np.concatenate(parts, axis=1)


def packs_of(source: str, lanes: int = 4, size: int = 32, variant: int = 0) -> list[PackOp]:
    """The packs that a program is decided to have."""
    module = compiled(source)
    split = DspSplitLoops(vector_size=size, loop_variant=variant, lanes=lanes)
    for one in split.decisions():
        one.apply(Context(), module)
    return [op for op in module.walk() if isinstance(op, PackOp)]


@pytest.fixture
def all_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every possible pack, regardless of cost."""
    monkeypatch.setattr(select, "gain", lambda pack, processor: 1.0)


@pytest.mark.usefixtures("all_pay")
@pytest.mark.parametrize("name", BANKS)
def test_lanes_sound_as_the_program(name: str) -> None:
    blocks = [1, 7, 64, 3, 0, 40, 8]
    expected = ran(InterpInstance(scalar(BANKS[name])), [sum(blocks)])
    for lanes, size, variant in ((4, 32, 0), (8, 8, 1), (2, 1, 0)):
        module = packed(BANKS[name], lanes, size, variant)
        assert size == 1 or name in APART or packs_of(BANKS[name], lanes, size, variant)
        samples = ran(InterpInstance(module), blocks)
        case = f"{lanes} {size} {variant}"
        np.testing.assert_allclose(samples, expected, rtol=0, atol=1e-9, err_msg=case)


@pytest.mark.usefixtures("all_pay")
@pytest.mark.parametrize("name", BANKS)
def test_packs_keep_to_themselves_where_loops_stay_apart(name: str) -> None:
    blocks = [1, 7, 64, 3, 0, 40, 8]
    options = "vector-size=8 loop-variant=1 lanes=4 apart=true"
    samples = ran(InterpInstance(compiled(BANKS[name], f"dsp-split-loops{{{options}}}")), blocks)
    expected = ran(InterpInstance(scalar(BANKS[name])), [sum(blocks)])
    np.testing.assert_allclose(samples, expected, rtol=0, atol=1e-9)


APART = ("lanes that feed each other", "feedback around the bank")
"""Programs whose lanes depend on each other."""
DEAR = (
    "one input and output each", "delays outside", "meters", "selection and counting", "integers",
    "shared and own inputs",
)  # fmt: skip
"""Programs in which inserting and extracting lanes costs more than packing saves."""


@pytest.mark.parametrize("name", BANKS)
def test_only_profitable_packs_are_formed(name: str) -> None:
    expected = 0 if name in (*APART, *DEAR) else 1
    assert len(packs_of(BANKS[name], variant=1)) == expected


@pytest.mark.usefixtures("all_pay")
@pytest.mark.parametrize("name", ["resonators, summed", "two filters a lane", "delays outside"])
def test_compiled_lanes_sound_as_interpreted(name: str) -> None:
    blocks = [1, 7, 64, 128]
    module = packed(BANKS[name], 4, 32)
    samples = ran(NativeInstance(module, flags=("-O1",)), blocks)
    np.testing.assert_allclose(samples, ran(InterpInstance(module), blocks), rtol=0, atol=1e-12)


FILTERS = (
    "+ ~ *({a})",
    "+ ~ (_ <: *({a}), mem*({b}) : +)",
    "*({b}) : max ~ *({a}) : abs",
    "_ <: *({a}), mem : + : + ~ (*({b}) : min(0.5))",
    "+ ~ (@(12) : *({a}))",
    "mem : + ~ *({b}) : select2(_ > {a}, _, {b})",
)


@st.composite
def banks(draw: st.DrawFn) -> str:
    """Parallel filters of some shapes, in any order, their outputs summed in groups."""
    shapes = draw(st.lists(st.sampled_from(FILTERS), min_size=1, max_size=2))
    count = draw(st.integers(2, 17))
    lanes: list[str] = []
    for at in range(count):
        shape = draw(st.sampled_from(shapes))
        a, b = (draw(st.integers(-9, 9)) / 10 for _ in range(2))
        lanes.append(shape.replace("select2(_ > {a}, _, {b})", "(_ <: select2(>({a}), _, *({b})))")
                     .format(a=a, b=b) + f" : *({at + 1})")  # fmt: skip
    lanes = [f"({lane})" for lane in lanes]
    outputs = draw(st.sampled_from(["_", ", ".join("_" for _ in lanes)]))
    return f"process = _ <: {', '.join(lanes)} :> {outputs};"


@pytest.mark.usefixtures("all_pay")
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(source=banks(), lanes=st.sampled_from([2, 4, 8]), size=st.sampled_from([1, 8, 32, 128]))
def test_random_banks(source: str, lanes: int, size: int) -> None:
    blocks = [7, 1, 40, 33]
    expected = ran(InterpInstance(scalar(source)), [sum(blocks)])
    samples = ran(InterpInstance(packed(source, lanes, size, size % 3 % 2)), blocks)
    peak = max(1.0, float(np.max(np.abs(expected))))
    np.testing.assert_allclose(samples, expected, rtol=0, atol=1e-9 * peak)


BEFORE = "process = _ <: par(i, 4, + ~ *(0.1*(i + 1))) :> _;"
AFTER = """
CHECK: dsp_mem.buffer @fRec0 : memref<4xf64> instance state
CHECK: func.func @compute
CHECK: arith.constant dense<[1.000000e-01, {{.*}}]> : vector<4xf64>
CHECK: dsp_par.loop recursive
CHECK: vector.load %{{.*}} : memref<4xf64>, vector<4xf64>
CHECK: scf.for {{.*}}iter_args{{.*}} -> (vector<4xf64>)
CHECK: arith.mulf %{{.*}} : vector<4xf64>
CHECK: vector.broadcast %{{.*}} : f64 to vector<4xf64>
CHECK: arith.addf %{{.*}} : vector<4xf64>
CHECK: scf.yield %{{.*}} : vector<4xf64>
CHECK: vector.shuffle
CHECK: dsp_par.loop free
"""


@pytest.mark.usefixtures("all_pay")
def test_a_bank_before_and_after() -> None:
    text = str(packed(BEFORE, variant=1))
    at = 0
    for line in AFTER.strip().splitlines():
        parts = line.removeprefix("CHECK: ").split("{{.*}}")
        match = re.compile(".*?".join(map(re.escape, parts))).search(text, at)
        assert match, line
        at = match.end()


def test_voices_of_phases_share_a_pack_with_what_they_drive() -> None:
    """The sum of a phase that has a closed form has the step as its only operand in the graph."""
    text = """
        phase(i) = hslider("f%i", 110 + 20*i, 20, 2000, 1)/48000 : (+ : \\(x).(x - floor(x))) ~ _;
        process = par(i, 16, phase(i) : + ~ *(hslider("g%i", 0.5, 0, 0.9, 0.01))) :> _;"""
    decided = dspc.compile(text, emit="decisions").module
    assert any(isinstance(op, PackOp) for op in decided.walk())
    lanes, alone = (dspc.load(text, "interp", scalar=one)(frames=300) for one in (False, True))
    np.testing.assert_allclose(lanes, alone, rtol=2e-6)
