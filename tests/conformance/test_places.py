"""Some examples placed on every machine and checked, or refused with reasons; some of them run.

All of them: `python -m tests.conformance.places --all`.
"""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import IntegerAttr, i64

from dspc.dialects.dsp_mem import BufferOp
from dspc.passes.dsp_check_memory import DspCheckMemory
from dspc.support.diagnostics import DspcError, Note

from . import programs
from .places import Case, place, refusal, try_all, try_program

pytestmark = pytest.mark.conformance
SOME = ("generator/osc.dsp", "phasing/flanger.dsp", "delayEcho/quadEcho.dsp", "bela/WaveSynth.dsp")


def test_examples_are_placed_or_refused() -> None:
    work = [(programs.EXAMPLES / name, name) for name in SOME]
    sums = try_all(work, run_each=12)
    assert sums.wrong == []
    assert sums.counts["played"] >= 5
    assert sums.counts["66ak2h auto placed"] == 2 * len(SOME)
    assert sums.counts["am572x msmc refused E0603"] == 2 * len(SOME)
    assert sums.counts["66ak2g msmc refused E0605"] > 0


def test_wrong_places_and_refusals_are_detected() -> None:
    path = programs.EXAMPLES / "delayEcho/quadEcho.dsp"
    cases = {case: loops for case, loops, _ in try_program(path, "echo", ["66ak2h"], ["ddr"], 0.0)}
    loops = cases[Case("echo", "scalar", "66ak2h", "ddr")]
    assert refusal(DspcError("E0605", "", hint="less"), loops, "66ak2h", "ddr")
    vague = DspcError("E0605", "", hint="less", notes=[Note("it is too much")])
    assert refusal(vague, loops, "66ak2h", "ddr")
    assert refusal(DspcError("E0501", "another"), loops, "66ak2h", "ddr")
    place(loops, "66ak2h", "ddr", 0.0)
    for op in loops.body.block.ops:
        if isinstance(op, BufferOp):
            op.offset = IntegerAttr(0, i64)
    with pytest.raises(DspcError, match="overlaps"):
        DspCheckMemory("66ak2h").apply(None, loops)  # pyright: ignore
