"""Loop distribution: the manual's example before and after, and the rules of fusion."""

from __future__ import annotations

import re

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.scf import ForOp
from xdsl.utils.exceptions import VerifyException

from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_par import LoopKind, LoopOp
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import LOOP_PASSES, SIGNAL_PASSES, load_pass, split_pass
from dspc.support.diagnostics import Source

RMS = """
square(x) = x*x;
rms(n) = square : (_ <: _, @(n) : -) : + ~ _ : /(n) : sqrt;
process = rms(1000);
"""
PROGRAMS = {
    "rms": RMS,
    "one pole": "process = + ~ *(0.9);",
    "biquads": "f = + ~ (_ <: *(0.5), (mem : *(-0.3)) : +) : (_ <: _, mem : +);"
    "process = seq(i, 3, f);",
    "prefix": "process = prefix(0.7), prefix(3) : +;",
    "prefix in feedback": "process = + ~ (prefix(0.9) : *(0.5));",
    "prefix of the rate": "process = prefix(int(fconstant(int fSamplingFreq, <math.h>)/4410.0));",
    "short and long": "process = _ <: _, @(3), @(15), @(16), @(17), @(40) :> _;",
    "comb": "process = + ~ (@(99) : *(0.5));",
    "comb and pole": "process = + ~ (@(20) : *(0.5) : (+ ~ *(0.3)));",
    "variable": "process = _ <: _, @(int(abs(_)*9) : min(9)) : +;",
    "delay of a delay": "process = @(5) <: _, @(7) : + : @(50);",
    "varying feedback": "process = + ~ (_ <: @(int(hslider(\"d\", 5, 0, 40, 1))) : *(0.4));",
    "slow": "process = hslider(\"g\", 1, 0, 2, 0.1) <: _, mem : -;",
    "constant": "process = 1', (2 : @(40)), 3;",
    "table": "process = rwtable(16, 0.5, (+(1) ~ _) & 15, _, (+(3) ~ _) & 15);",
    "meter": "process = _ <: attach(_, abs : hbargraph(\"m\", 0, 1)) : *(0.5);",
    "control": "process = _ <: control(+ ~ *(0.5), _ > 0), mem : +;",
    "swapped": "process = _, _ <: (!, _, _, !) : *(2), (+ ~ _);",
    "counter": "process = (+(1) ~ _) & 7 : waveform{1, 2, 3, 4, 5, 6, 7, 8}, _ : rdtable;",
}  # fmt: skip


def compiled(source: str, *passes: str) -> ModuleOp:
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join((*SIGNAL_PASSES, *passes))):
        one.apply(Context(), module)
    module.verify()
    return module


def loops(source: str, vector_size: int = 32) -> list[LoopOp]:
    module = compiled(source, split_pass(LoopOptions(vector_size=vector_size, loop_variant=1)))
    return [op for op in module.walk() if isinstance(op, LoopOp)]


def kinds(source: str, vector_size: int = 32) -> list[LoopKind]:
    return [loop.kind.data for loop in loops(source, vector_size)]


def test_rms_is_the_three_loops_of_the_manual() -> None:
    first, second, third = loops(RMS)
    assert [loop.kind.data for loop in (first, second, third)] == ["free", "recursive", "free"]
    assert "arith.mulf" in str(first)
    assert "arith.addf" in str(second)
    assert "math.sqrt" in str(third)
    text = str(compiled(RMS, split_pass(LoopOptions())))
    assert len(re.findall("dsp_par.loop", text)) == 6


def test_feedback_of_a_whole_chunk_is_no_recursion() -> None:
    assert kinds("process = + ~ (@(99) : *(0.5));") == ["free"]
    assert kinds("process = + ~ (@(9) : *(0.5));", 128) == ["recursive"]


def test_chunks_are_no_longer_than_feedback_that_is_worth_vectors() -> None:
    options = LoopOptions(vector_size=128, loop_variant=1)
    module = compiled("process = + ~ (@(99) : *(0.5));", split_pass(options))
    compute = next(op for op in module.walk() if isinstance(op, LoopOp)).parent_op()
    assert isinstance(compute, ForOp)
    assert [loop.kind.data for loop in module.walk() if isinstance(loop, LoopOp)] == ["free"]
    step = compute.step.owner
    assert isinstance(step, ConstantOp)
    assert str(step.value) == "96 : index"


def test_only_the_pole_of_a_damped_comb_is_recursive() -> None:
    damped = loops("process = + ~ (@(999) : sqrt : (+ ~ *(0.3)) : sqrt);")
    assert [loop.kind.data for loop in damped].count(LoopKind.RECURSIVE) == 1
    assert all("math.sqrt" not in str(loop) for loop in damped if loop.kind.data == "recursive")


def test_a_loop_names_all_that_it_touches() -> None:
    (loop,) = loops("process = + ~ (*(0.9) : min(0.5));")
    loop.verify()
    for reads, writes in (([], loop.writes), (loop.reads, loop.writes[:1]), (loop.writes, [])):
        broken = LoopOp.build(
            operands=[list(reads), list(writes)],
            properties={"kind": loop.kind},
            regions=[loop.body.clone()],
        )
        with pytest.raises(VerifyException, match="does not declare"):
            broken.verify(verify_nested_ops=False)


def interpreted(module: ModuleOp, blocks: list[int]) -> np.ndarray:
    instance = InterpInstance(module)
    noise = np.random.default_rng(1).uniform(-1, 1, (instance.inputs, sum(blocks)))
    parts, at = [], 0
    for size in blocks:
        parts.append(np.array(instance.compute(noise[:, at : at + size], frames=size)))
        at += size
    return np.concatenate(parts, axis=1)


@pytest.mark.parametrize("name", PROGRAMS)
def test_loops_sound_as_the_program(name: str) -> None:
    scalar = compiled(PROGRAMS[name], load_pass(LOOP_PASSES[-1]).name)
    blocks = [1, 7, 64, 3, 0, 40, 8, 9, 100]
    expected = interpreted(scalar, [sum(blocks)])
    for size, variant, copied in ((8, 0, 16), (8, 1, 4), (32, 0, 0), (24, 1, 16), (1, 0, 16)):
        chosen = LoopOptions(vector_size=size, loop_variant=variant, max_copy_delay=copied)
        module = compiled(PROGRAMS[name], split_pass(chosen))
        samples = interpreted(module, blocks)
        np.testing.assert_allclose(
            samples, expected, rtol=0, atol=1e-12, err_msg=f"{size} {variant}"
        )


METERS = """m(i) = _ <: attach(_, (+ ~ *(0.9)) : abs : log10 : hbargraph("m%i", -9, 9)) : *(0.5);
process = par(i, 3, (+ ~ *(0.1*i)) : m(i)), attach(_, abs(_)+1 : sqrt : hbargraph("n", 0, 9));"""


@pytest.mark.parametrize("variant", [0, 1])
def test_signals_of_meters_are_computed_after_the_chunks(variant: int) -> None:
    options = LoopOptions(vector_size=8, loop_variant=variant)
    module = compiled(METERS, split_pass(options))
    names = [op.name for loop in module.walk() if isinstance(loop, LoopOp) for op in loop.walk()]
    assert not {"math.log10", "math.sqrt", "math.absf"} & set(names)
    assert str(module).count("math.log10") == 3
    ours = InterpInstance(module)
    theirs = InterpInstance(compiled(METERS, load_pass(LOOP_PASSES[-1]).name))
    noise = np.random.default_rng(1)
    for frames in (8, 0, 3, 21, 16, 0):
        block = noise.uniform(-1, 1, (ours.inputs, frames))
        ours.compute(block, frames=frames)
        theirs.compute(block, frames=frames)
        for widget in ours.widgets:
            assert ours.get(widget.path) == pytest.approx(theirs.get(widget.path), abs=1e-12)
            assert ours.get(widget.path) != 0


def test_the_last_of_several_signals_of_one_meter_is_shown() -> None:
    program = 'm = hbargraph("m", -1, 1); process(x) = attach(0.25, attach(0.5, x*3 : m) : m);'
    sunk = 'm = hbargraph("m", 0, 9); process(x) = attach(x, attach(1, sqrt(x*4) : m) : + ~ 1 : m);'
    for options in (LoopOptions(), LoopOptions(vector_size=8, loop_variant=1)):
        for one, shown in ((program, 0.5), (sunk, 2.0)):
            instance = InterpInstance(compiled(one, split_pass(options)))
            instance.compute(np.linspace(0, 1, 20)[None, :])
            assert instance.get("m") == shown
