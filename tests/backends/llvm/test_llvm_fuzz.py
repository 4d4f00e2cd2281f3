"""Random programs, compiled by LLVM in a random mode, beside the interpreter: the same bits."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from llvm_programs import noise

from dspc.backends.interp.instance import InterpInstance
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError
from tests.conformance.fuzz.modes import chosen, lowered
from tests.conformance.fuzz.strategy import drawn

pytest.importorskip("llvmlite")

PROGRAMS = 30


@pytest.mark.fuzz
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
def test_random_programs_are_the_interpreters(seed: int) -> None:
    from dspc.backends.llvm.instance import LlvmInstance

    chance = random.Random(seed)
    played = 0
    for program in drawn(PROGRAMS, seed):
        modes = (LoopOptions(), chosen(chance), LoopOptions(omp=True), LoopOptions(sch=True))
        options = replace(chance.choice(modes), lanes=0)  # it prints no ops on vectors
        passes = loop_passes(options)
        try:
            module = lowered(program, passes)
        except DspcError:
            continue  # refused in every mode
        # Who runs which loop changes no number; the interpreter runs them one by one.
        plain = lowered(program, passes[:-1]) if options.threads else module
        ours, compiled = InterpInstance(plain), LlvmInstance(module)
        rows = noise(ours.inputs, 200)
        for first, last in ((0, 1), (1, 64), (64, 64), (64, 200)):
            block = rows[:, first:last]
            expected = ours.compute(block, frames=last - first)
            label = f"{program}{passes[-2:]}"
            np.testing.assert_array_equal(compiled.compute(block), expected, err_msg=label)
        played += 1
    assert played > PROGRAMS // 2
