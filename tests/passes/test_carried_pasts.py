"""The number of loop-carried past values is bounded; beyond, short delay lines are ring buffers.

Eight voices with a delay of 8 frames moved 64 values in every frame and took three times as long as
with ring buffers.
"""

from __future__ import annotations

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.scf import ForOp

from dspc.backends.interp.instance import InterpInstance
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.passes.analysis.delay_lines import MOST_CARRIED
from dspc.pipelines.standard import LOOP_PASSES, SIGNAL_PASSES, load_pass
from dspc.support.diagnostics import Source

VOICES = 9
PROGRAMS = {
    "recursions": "f(i) = + ~ *(0.5 - 0.03*i) <: _, @(8)*(0.1*i) :> _;",
    "feedback": "f(i) = + ~ (@(6) : *(0.5 - 0.03*i));",
    "inputs": "f(i) = *(i + 1) : abs <: @(5), @(8) :> _;",
    "gated": "f(i) = control((+ ~ *(0.5 - 0.03*i) <: _, @(7) :> _), (+(1) ~ _) & 1);",
    "integers": "f(i) = *(9) : int : + ~ *(3 + i) : @(4) : &(255);",
    "tables": "f(i) = rdtable(32, (+(1) ~ _ : *(i) : @(8)), (+(1) ~ _) & 31);",
}


def lowered(source: str, passes: tuple[str, ...]) -> ModuleOp:
    module = read_program(Source("voices.dsp", source), FrontendOptions(precision="double"))
    for each in passes:
        load_pass(each)().apply(Context(), module)
    module.verify()
    return module


def program(name: str, voices: int) -> str:
    inputs = "_ <: " if name != "tables" else ""
    return f"{PROGRAMS[name]}\nprocess = {inputs}par(i, {voices}, f(i)) :> _;"


def most_carried(module: ModuleOp) -> int:
    return max((len(op.results) for op in module.walk() if isinstance(op, ForOp)), default=0)


@pytest.mark.parametrize("name", PROGRAMS)
def test_rings_in_place_of_registers_sound_the_same(name: str) -> None:
    source = program(name, VOICES)
    loops, signals = (
        InterpInstance(lowered(source, LOOP_PASSES)),
        InterpInstance(lowered(source, SIGNAL_PASSES)),
    )
    noise = np.random.default_rng(2).uniform(-1, 1, (loops.inputs, 300))
    for first, last in ((0, 1), (1, 10), (10, 300)):
        block = noise[:, first:last]
        expected = signals.compute(block, frames=last - first)
        np.testing.assert_allclose(loops.compute(block, frames=last - first), expected, atol=1e-12)


@pytest.mark.parametrize("name", ["recursions", "feedback", "inputs", "gated"])
@pytest.mark.parametrize("voices", [9, 40])
def test_values_carried_by_one_loop_are_bounded(name: str, voices: int) -> None:
    """Besides one value for each recursion, and one ring position for each domain."""
    carried = most_carried(lowered(program(name, voices), LOOP_PASSES))
    domains = voices if name == "gated" else 1
    assert carried <= MOST_CARRIED + voices + domains + 8


def test_few_short_delays_stay_in_registers() -> None:
    module = lowered("process = _ <: @(3), @(8) :> + ~ *(0.5);", LOOP_PASSES)
    assert most_carried(module) == 9
