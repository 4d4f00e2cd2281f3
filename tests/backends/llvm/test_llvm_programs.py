"""Programs compiled by LLVM do what their signals do, to the bit: one program for each danger."""

from __future__ import annotations

import numpy as np
import pytest
from llvm_programs import MANY, PROGRAMS, SCALAR, loops, noise, signals

from dspc.backends.interp.instance import InterpInstance

pytest.importorskip("llvmlite")


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("pipeline", [SCALAR, MANY], ids=["scalar", "many"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_llvm_is_the_signals(name: str, pipeline: str, precision: str) -> None:
    from dspc.backends.llvm.instance import LlvmInstance

    module = signals(PROGRAMS[name], precision)
    ours = InterpInstance(module)
    compiled = LlvmInstance(loops(module, pipeline))
    rows = noise(ours.inputs, 568)
    for first, last in ((0, 1), (1, 1), (1, 65), (65, 68), (68, 568)):
        block = rows[:, first:last]
        expected = ours.compute(block, frames=last - first)
        np.testing.assert_array_equal(compiled.compute(block), expected)
    for widget in ours.widgets:
        if widget.kind.value != "soundfile":
            assert compiled.get(widget.path) == ours.get(widget.path), widget.path
