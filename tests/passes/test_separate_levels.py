"""`dsp-separate-levels`: values that a later level cannot recompute are passed in memory."""

from __future__ import annotations

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp

from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_mem.buffers import BufferOp
from dspc.dialects.dsp_par.levels import Kind, Needs, levels
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import Source
from dspc.targets.lookup import find_target

# Two poles with expensive coefficients, a shared ring position, and a mix.
PROGRAM = """
pole(c) = *(1 - c) : + ~ *(c);
cost(x) = exp(0 - 1 / (x * 100));
a = hslider("a", 0.9, 0.1, 1, 0.001); b = hslider("b", 0.5, 0.1, 1, 0.001);
process = _ <: (pole(cost(a)) : @(3000)), (pole(cost(b)) : @(700)) :> *(cost(a + b));
"""


def module_of(source: str, separate: bool, **chosen: bool) -> ModuleOp:
    options = find_target("opencl").adapt(LoopOptions(double=True, **chosen))
    module = read_program(Source("levels.dsp", source), options.frontend())
    passes = [*loop_passes(options), *(["dsp-separate-levels"] if separate else [])]
    run_passes(module, passes, CompileOptions(), Clock())
    module.verify()
    return module


def compute_of(module: ModuleOp) -> FuncOp:
    return next(op for op in module.ops if isinstance(op, FuncOp) and op.sym_name.data == "compute")


def lost(module: ModuleOp) -> int:
    """The number of live-in values of parts that they cannot recompute."""
    compute = compute_of(module)
    separated = levels(compute)
    assert separated is not None
    needs = Needs(compute)
    return sum(len(needs.of(level, part)[1]) for level in separated for part in level.parts)


def carried(module: ModuleOp) -> list[str]:
    names = [op.sym_name.data for op in module.ops if isinstance(op, BufferOp)]
    return [name for name in names if name.startswith("carried")]


@pytest.mark.parametrize("form", ["omp", "sch"])
def test_nothing_is_lost_between_levels(form: str) -> None:
    assert lost(module_of(PROGRAM, False, **{form: True})) > 0
    separate = module_of(PROGRAM, True, **{form: True})
    assert lost(separate) == 0
    assert len(carried(separate)) >= 2


@pytest.mark.parametrize("form", ["omp", "sch"])
def test_the_sound_is_the_same(form: str) -> None:
    noise = np.random.default_rng(2).uniform(-1, 1, (1, 1300))
    one, other = (
        InterpInstance(module_of(PROGRAM, s, **{form: True}), 44100) for s in (False, True)
    )
    for start, end in ((0, 700), (700, 701), (701, 1300)):
        assert np.array_equal(one.compute(noise[:, start:end]), other.compute(noise[:, start:end]))


def test_cheap_values_are_recomputed() -> None:
    cheap = PROGRAM.replace("exp(0 - 1 / (x * 100))", "x * 0.5")
    assert carried(module_of(cheap, True, omp=True)) == []


def test_one_loop_has_no_levels() -> None:
    module = module_of("process = _ : + ~ *(0.5);", True, omp=True)
    assert levels(compute_of(module)) is None
    assert carried(module) == []


def test_the_kinds_of_levels() -> None:
    separated = levels(compute_of(module_of(PROGRAM, True, omp=True)))
    assert separated is not None
    kinds = [level.kind for level in separated]
    assert kinds[0] == kinds[-1] == Kind.SERIAL
    assert Kind.FRAMES in kinds
    assert max(len(level.parts) for level in separated) == 2
    assert {level.chunk for level in separated} == {0, 512}
