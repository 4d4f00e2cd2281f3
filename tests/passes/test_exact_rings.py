"""`-dlt`: ring buffers of the exact size, with indices that are compared and wrapped."""

from __future__ import annotations

import json
import re
import subprocess

import numpy as np
import pytest
from test_lowering_runs import PROGRAMS as LOWERED
from test_lowering_runs import signals
from test_passes_split_loops import PROGRAMS as SPLIT
from test_placement import compiled
from xdsl.context import Context
from xdsl.dialects.arith import AndIOp
from xdsl.dialects.builtin import ModuleOp

from dspc.api import compile, load
from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.dialects.dsp_mem import BufferOp
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError
from dspc.validation import LOOSE

DELAYS = {
    "taps": "process = _ <: @(9), @(20), @(33), @(99) :> _;",
    "combs": "process = _ <: + ~ @(40) * 0.5, + ~ @(19) * 0.5, + ~ (@(70) : *(0.3)) :> _;",
    "a set amount": 'process = _ <: @(hslider("d", 5, 0, 60, 1)), _ :> + ~ (@(33) : *(0.5));',
    "a varying amount": "process = _ <: @(int(50 * abs(_))), @(50) : +;",
    "varying feedback": "process = + ~ (_ <: @(9 + int(30 * abs(_) / (1 + abs(_)))) : *(0.4));",
    "a place in several loops": "process = _ <: (+ ~ (@(23) : *(0.5))), @(90) : + <: _, @(60) : -;",
    "gated": "process(x) = control(x@(40) + x@(11), x > 0) + x@(30);",
    "sizes of a power of two": "process = _ <: @(31), @(63) : + : @(127);",
    "in a table": "process = rdtable(300, (+(1) ~ _) : @(21) : float, (+(1) ~ _) % 300);",
}
PROGRAMS = {**SPLIT, **LOWERED, **DELAYS}
MODES = {
    "scalar": LoopOptions(delay_line_threshold=0, scalar=True),
    "default": LoopOptions(delay_line_threshold=0),
    "vector": LoopOptions(delay_line_threshold=0, vec=True, vector_size=8, max_copy_delay=0),
    "bounded": LoopOptions(delay_line_threshold=0, vec=True, loop_variant=1),
    "team": LoopOptions(delay_line_threshold=0, omp=True, vector_size=24),
    "tasks": LoopOptions(delay_line_threshold=0, sch=True, vector_size=16),
}


def loops(text: str, options: LoopOptions) -> ModuleOp:
    module = signals(text)
    for one in parse_pipeline(",".join(loop_passes(options)[5:])):
        one.apply(Context(), module)
    module.verify()
    return module


def sizes(module: ModuleOp) -> list[int]:
    buffers = [op for op in module.walk() if isinstance(op, BufferOp)]
    return [shape[0] for op in buffers if (shape := op.type.get_shape())]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_exact_rings_are_the_signals(name: str, mode: str) -> None:
    options = MODES[mode]
    policy = EXACT if options.scalar else LOOSE["f64"]
    module = signals(PROGRAMS[name])
    assert compare(module, loops(PROGRAMS[name], options), policy, frames=500) is None


def test_a_ring_has_no_more_places_than_it_needs() -> None:
    text = "process = @(65537);"
    assert sizes(loops(text, LoopOptions(scalar=True))) == [131_072]
    exact = loops(text, MODES["default"])
    assert sizes(exact) == [65_538]
    assert not [op for op in exact.walk() if isinstance(op, AndIOp)]
    # Beside the past, a chunk that is being written, and the mirror of the first one.
    assert sizes(loops(text, LoopOptions(delay_line_threshold=0, vec=True))) == [65_537 + 64]


def test_a_ring_that_needs_a_power_of_two_is_masked() -> None:
    module = loops("process = @(127);", MODES["default"])
    assert sizes(module) == [128]
    assert [op for op in module.walk() if isinstance(op, AndIOp)]


@pytest.mark.conformance
@pytest.mark.parametrize("depth", [20, 100, 127, 128, 1000])
@pytest.mark.parametrize("threshold", [0, 31, 32, 127, 128, 255, 1023, 1024])
def test_the_threshold_is_that_of_faust(depth: int, threshold: int) -> None:
    text = f"process = @({depth});"
    command = ["faust", "-dlt", str(threshold), "/dev/stdin"]
    code = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    match = re.search(r"float fVec0\[(\d+)\];", code)
    assert match is not None
    ours = loops(text, LoopOptions(delay_line_threshold=threshold))
    assert sizes(ours) == [int(match.group(1))]


def test_memory_maps_show_the_smaller_size() -> None:
    text = "process = + ~ (@(40000) : *(0.5));"
    shown = json.loads(compiled(text, delay_line_threshold=0, memory_map="json"))
    pieces = [piece for space in shown["spaces"] for piece in space["pieces"]]
    assert max(piece["bytes"] for piece in pieces) == 4 * 40_002


@pytest.mark.conformance
@pytest.mark.parametrize("backend", ["cpp", "llvm", "opencl"])
@pytest.mark.parametrize("mode", ["scalar", "vector"])
def test_targets_play_exact_rings_alike(backend: str, mode: str) -> None:
    if backend == "opencl":
        pytest.importorskip("pyopencl")
    source = DELAYS["a set amount"].replace(":> +", ":> @(77) : +")
    options = {"double": True, "delay_line_threshold": 0, "vec": mode == "vector"}
    x = np.random.default_rng(4).uniform(-1, 1, (1, 700))
    heard = [load(source, backend=one, **options)(x) for one in ("interp", backend)]
    np.testing.assert_allclose(heard[1], heard[0], rtol=0, atol=1e-12)


def test_a_negative_threshold_is_refused() -> None:
    with pytest.raises(DspcError, match="-dlt is at least 0"):
        compile("process = _;", delay_line_threshold=-1)
