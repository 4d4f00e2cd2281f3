"""Programs encoded as WebAssembly do what the interpreter does, to the bit, in wasmtime."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

import dspc
from dspc.backends.interp.instance import InterpInstance
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.standard import loop_passes
from dspc.running.wasm_programs import WasmInstance
from dspc.support.diagnostics import DspcError
from dspc.targets.wasm import wasm_image
from tests.backends.llvm.llvm_programs import MANY, PROGRAMS, ROOT, SCALAR, loops, noise, signals
from tests.conformance.fuzz.modes import chosen
from tests.conformance.fuzz.modes import lowered as fuzz_lowered
from tests.conformance.fuzz.strategy import drawn
from tests.conformance.programs import EXAMPLES

RATE = 44100
BLOCKS = ((0, 1), (1, 1), (1, 65), (65, 68), (68, 300))
LANES = "dsp-split-loops{vector-size=16 loop-variant=0 max-copy-delay=4 lanes=8}"
FAUST_EXAMPLES = (
    *("SAM/freeverb/freeverb", "SAM/flanger/flanger", "SAM/volume/volume", "analysis/vumeter"),
    *("ambisonics/oneSourceToStereo", "analysis/dbmeter", "bela/AdditiveSynth", "bela/FMSynth2"),
    *("delayEcho/echo", "delayEcho/smoothDelay", "dynamic/compressor", "dynamic/distortion"),
    *("dynamic/noiseGate", "filtering/parametricEqualizer", "filtering/cryBaby", "filtering/DNN"),
    *("filtering/moogVCF", "filtering/bandFilter", "filtering/vocoder", "gameaudio/bubble"),
    *("gameaudio/rain", "generator/noise", "generator/osc", "generator/virtualAnalog"),
    *("misc/matrix", "phasing/phaser", "physicalModeling/faust-stk/flute", "spat/panpot"),
)
OWN_EXAMPLES = ["drone", "filter_sweep", "one_pole", "plucked_strings", "rms", "two_filters"]


def assert_same(reference: InterpInstance, host: WasmInstance) -> None:
    """Both compute the same bits in blocks of all lengths, and have the same meters then."""
    rows = noise(reference.inputs, BLOCKS[-1][1])
    for widget in reference.widgets:
        if widget.kind.value == "button":
            reference.set(widget.path, 1.0)
            host.set(widget.path, 1.0)
    for first, last in BLOCKS:
        block = rows[:, first:last]
        expected = reference.compute(block, frames=last - first)
        np.testing.assert_array_equal(host.compute(block), expected)
    for widget in reference.widgets:
        if widget.kind.value != "soundfile":
            assert host.get(widget.path) == reference.get(widget.path), widget.path


def encoded(module: ModuleOp) -> WasmInstance:
    """An instance of the module by dspc's own encoder."""
    return WasmInstance(wasm_image(module, CompileOptions(target="wasm", no_llvm=True)), RATE)


def compared(module: ModuleOp) -> WasmInstance:
    host = encoded(module)
    assert_same(InterpInstance(module, RATE), host)
    return host


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("pipeline", [SCALAR, MANY, LANES], ids=["scalar", "many", "lanes"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_wasm_is_the_interpreter(name: str, pipeline: str, precision: str) -> None:
    compared(loops(signals(PROGRAMS[name], precision), pipeline))


@pytest.mark.parametrize("precision", ["double", "single"])
def test_grids_are_the_interpreters(precision: str) -> None:
    """A string by finite differences: vectors that begin at any element of a row."""
    model = "fd.model1D(9, 1, 1, par(i, 9, 0.2, 1.5, 0.2, 0, -0.93, 0))"
    text = f'fd = library("fds.lib"); process = _ <: par(i, 9, *(i)) : {model} :> _;'
    compared(loops(signals(text, precision), LANES))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*OWN_EXAMPLES, *FAUST_EXAMPLES])
def test_examples_are_the_interpreters(name: str) -> None:
    folder = EXAMPLES if "/" in name else ROOT / "examples"
    options: dict[str, Any] = {"target": "wasm", "double": True, "no_llvm": True}
    compared(dspc.compile(folder / f"{name}.dsp", **options).module)


EDGES = """
i = int(_ * 9); j = int(_ * 3); x = _; y = _ / 0 * 0;
n = select2(_ > 0, 0.0, 1.0) : log : -(1.0) : *(0.0);
process = (i, j : /), (i, j : %), (i, j : <<), (i, j : >>), (i, j : &), (i, j : |), (i, j : xor),
    (i, j : min), (i, j : max), (i : abs), (x, y : min), (y, x : max), (x, n : fmod),
    (x, n : ==), (n, n : !=), (x, n : <), (n, x : >=), (-2147483647 - 1 + j * 0, j : /),
    (-2147483647 - 1 + j * 0, -1 + j * 0 : /), (x * 1e300 * 1e300 : int), (x : floor),
    (x * 5 : rint), (x * 5 : ceil), (x : sqrt), (n : int), (x, 3 : pow), (x : exp);
"""


@pytest.mark.parametrize("options", [{"double": True}, {"lanes": 8}, {"vec": True}], ids=str)
def test_arithmetic_at_its_edges(options: dict[str, Any]) -> None:
    compared(dspc.compile(EDGES, target="wasm", no_llvm=True, **options).module)


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [{"sch": True}, {"omp": True}, {"machine": "66ak2h", "vec": True}],
    ids=["tasks", "sections", "copies"],
)
def test_modules_of_other_targets_run_on_one_thread(options: dict[str, Any]) -> None:
    """Reports play the module of their target, whatever it is made for."""
    source = EXAMPLES / "reverb" / "freeverb.dsp"
    module = dspc.compile(source, target="cpp", double=True, **options).module
    assert any(
        op.name in ("dsp_par.graph", "dsp_par.sections", "dsp_mem.copy") for op in module.walk()
    )
    compared(module)


@pytest.mark.fuzz
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 3))
def test_random_programs_are_the_interpreters(seed: int) -> None:
    chance = random.Random(seed)
    played = 0
    for program in drawn(25, seed):
        options = replace(chosen(chance), omp=False, sch=False, machine=None, heap="auto")
        try:
            module = fuzz_lowered(program, loop_passes(options))
        except DspcError:
            continue  # refused in every mode
        compared(module)
        played += 1
    assert played > 12


def test_the_state_of_instances_is_apart() -> None:
    module = dspc.compile("process = +~_;", target="wasm", no_llvm=True).module
    host = encoded(module)
    ones = np.ones((1, 4))
    assert host.compute(ones).tolist() == [[1, 2, 3, 4]]
    first, host.state = host.state, host.allocate(64)
    host.call("init", host.state, RATE)
    assert host.compute(ones).tolist() == [[1, 2, 3, 4]]
    host.state = first
    assert host.compute(ones).tolist() == [[5, 6, 7, 8]]
    host.call("instance_clear", host.state)
    assert host.compute(ones).tolist() == [[1, 2, 3, 4]]
