"""Frames after whole vectors are computed one by one, from the state of the loops over chunks."""

from __future__ import annotations

import pytest
from splitting import split
from test_exact_rings import DELAYS, signals
from test_feedback_distance import FREE
from test_feedback_distance import OTHERS as FED_BACK
from test_fir import FIRS
from test_linear import INTEGERS, LINEAR
from test_packs import BANKS
from test_passes_split_loops import PROGRAMS as SPLIT
from test_state_space import FOUND
from xdsl.context import Context
from xdsl.dialects import scf, vector

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.options.loop_options import LoopOptions
from dspc.passes.dsp_check_bounds import DspCheckBounds
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import split_pass
from dspc.validation import LOOSE

STATE = {
    "gated with a past": "process(x) = control(x@(40) + x@(11) + x', x > 0) + x@(30) : + ~ *(0.5);",
    "gated twice": "process(x) = control(control(+(x) ~ _, x > 0.2) + x', x > 0);",
    "prefixes of two loops": 'process(x) = prefix(hslider("a", 1, 0, 2, 0.1), x)'
    " <: (+ ~ *(0.5)), prefix(abs(x) + 2);",
    "a table": "process(x) = rwtable(16, 0.0, int(x*9) & 15, x, int(x*7) & 15) : + ~ *(0.5);",
    "a copied delay that varies": 'd = hslider("d", 0, 0, 9, 1);'
    " process(x) = x@(int(abs(x)*9) : min(9)), x@(d) : + : + ~ *(0.5);",
    "meters": 'process(x) = attach(x : + ~ *(0.5), x*x : + ~ *(0.9) : hbargraph("a", 0, 1))'
    ' : hbargraph("b", -1, 1) <: _, sin;',
    "inputs after outputs": "process(x, y) = y : + ~ *(0.5), x;",
    "a cascade": 'import("filters.lib"); process = seq(i, 8, tf2(0.5, 0.3, 0.2, 0.1*i - 1.2, 0.55))'
    " <: _, *(0.5);",
    "phases": 'import("stdfaust.lib"); process = os.osc(hslider("f", 440, 0, 9000, 1)),'
    " os.phasor(1, 3 + abs(_));",
}
PROGRAMS = {
    **{f"{kind}: {name}": text for kind, texts in {
        "split": SPLIT, "delay": DELAYS, "feedback": {**FREE, **FED_BACK}, "fir": FIRS,
        "scan": LINEAR, "integer": INTEGERS, "bank": BANKS, "state space": FOUND, "state": STATE,
    }.items() for name, text in texts.items()},
}  # fmt: skip
EXACTLY = {name: text for name, text in PROGRAMS.items() if name.startswith(("delay", "bank"))}


@pytest.mark.parametrize("name", PROGRAMS)
def test_single_frames_go_on_where_chunks_end(name: str) -> None:
    """In blocks of 1, 7, 64 and other sizes; accesses are proved to be inside their buffers."""
    module, loops = split(PROGRAMS[name], 64, 0)
    DspCheckBounds().apply(Context(), loops)
    policy = EXACT if name.startswith("integer") else LOOSE["f64"]
    assert compare(module, loops, policy, frames=300) is None


@pytest.mark.parametrize("name", EXACTLY)
def test_rings_of_exact_size_go_on_where_chunks_end(name: str) -> None:
    module = signals(EXACTLY[name])
    loops = module.clone()
    options = LoopOptions(vec=True, vector_size=64, delay_line_threshold=0)
    for one in parse_pipeline(split_pass(options)):
        one.apply(Context(), loops)
    assert compare(module, loops, LOOSE["f64"], frames=300) is None


@pytest.mark.parametrize("name", ["scan: pole", "state space: biquad", "fir: 64 taps"])
def test_a_single_frame_takes_no_vectors(name: str) -> None:
    """All that vectors need, powers and responses too, is in the branch of whole vectors."""
    loops = split(PROGRAMS[name], 64, 0)[1]
    branches = [op for op in loops.walk() if isinstance(op, scf.IfOp)]
    of_vectors = (vector.LoadOp, vector.StoreOp, vector.ShuffleOp)
    counts = [sum(isinstance(op, of_vectors) for op in branch.walk()) for branch in branches]
    assert sorted(map(bool, counts)) == [False, True]
    assert sum(counts) == sum(isinstance(op, of_vectors) for op in loops.walk())


def test_short_chunks_are_full_ones_and_a_rest() -> None:
    text = "process = + ~ (@(20) : *(0.5));"
    assert str(split(text, 64, 0)[1]).count("dsp_par.loop") == 2
