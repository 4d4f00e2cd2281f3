"""Placed programs with staged copies compute bit-identical samples.

A few of Faust's examples as well (mark `conformance`), each on another machine.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.backends.interp.definition.memory import Soundfiles
from dspc.dialects.dsp_mem.machine import load_machine
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.dsp_check_memory import DspCheckMemory
from dspc.passes.dsp_place_allocations import DspPlaceAllocations
from dspc.passes.dsp_stage_copies import DspStageCopies
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import Source

PROGRAMS: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "lowering_programs.toml").read_text()
)
FAUST = Path("/usr/share/faust/examples")
EXAMPLES = {
    "reverb/freeverb.dsp": ("am572x", "auto"),
    "reverb/zitaRev.dsp": ("66ak2e", "auto"),
    "reverb/greyhole.dsp": ("66ak2h", "auto"),
    "reverb/dattorro.dsp": ("am572x", "l2"),
    "delayEcho/quadEcho.dsp": ("66ak2g", "auto"),
    "delayEcho/stereoEcho.dsp": ("66ak2l", "auto"),
    "physicalModeling/faust-stk/clarinet.dsp": ("am572x", "auto"),
    "physicalModeling/faust-stk/sitar.dsp": ("66ak2h", "msmc"),
    "phasing/flanger.dsp": ("gpu", "auto"),
    "dynamic/compressor.dsp": ("am572x", "static"),
    "generator/osci.dsp": ("66ak2h", "auto"),
    "misc/matrix.dsp": ("66ak2e", "l2"),
}


def loops(program: str | Source, is_vector: bool) -> ModuleOp:
    chosen = LoopOptions(double=True, vec=is_vector, lanes=0)
    module = read_program(program, chosen.frontend())
    run_passes(module, loop_passes(chosen), CompileOptions(), Clock())
    return module


def staged(module: ModuleOp, machine: str, heap: str, block: int) -> ModuleOp:
    twin = module.clone()
    context = Context()
    DspPlaceAllocations(machine, heap, block, 0.2).apply(context, twin)
    DspStageCopies(machine, block).apply(context, twin)
    twin.verify()
    DspCheckMemory(machine).apply(context, twin)
    return twin


@pytest.mark.parametrize("is_vector", [False, True], ids=["scalar", "vector"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_placed_programs_are_as_before(name: str, is_vector: bool) -> None:
    plain = loops(Source("p.dsp", PROGRAMS[name]), is_vector)
    sounds: Soundfiles = {"s": [(np.random.default_rng(1).uniform(-1, 1, (2, 50)), 44100)]}  # type: ignore
    for heap in ("auto", "l2"):
        near = staged(plain, "am572x", heap, 32)
        machine = load_machine("am572x")
        difference = compare(plain, near, EXACT, frames=400, soundfiles=sounds, machine=machine)
        assert difference is None, heap


@pytest.mark.conformance
@pytest.mark.parametrize("name", EXAMPLES)
def test_placed_examples_are_as_before(name: str) -> None:
    if not (FAUST / name).exists():
        pytest.skip("needs Faust's examples")
    machine, heap = EXAMPLES[name]
    for is_vector in (False, True):
        plain = loops(str(FAUST / name), is_vector)
        near = staged(plain, machine, heap, 128)
        assert compare(plain, near, EXACT, frames=200, machine=load_machine(machine)) is None
