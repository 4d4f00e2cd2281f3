"""Copies in l2 that the loops of a team's sections and tasks work on."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException

from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_mem import BufferOp
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, HeapInitOp
from dspc.dialects.dsp_mem.machine import load_machine
from dspc.dialects.dsp_par import LoopOp, SectionOp, SingleOp, TaskOp
from dspc.driver import Clock, read_program, run_passes
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.analysis.accesses import accesses, copies_in
from dspc.passes.analysis.rings import compute_of
from dspc.passes.dsp_check_bounds import DspCheckBounds
from dspc.passes.dsp_check_memory import DspCheckMemory
from dspc.passes.dsp_place_allocations import DspPlaceAllocations
from dspc.passes.dsp_separate_levels import DspSeparateLevels
from dspc.passes.dsp_stage_copies import DspStageCopies
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError, Source

PROGRAMS = {
    "recursions beside each other":
        "process = par(i, 2, (@(100 * i + 3) : + ~ (@(50 + i) : *(0.9)) : + ~ *(0.2))) :> _, _;",
    "a recursion after another":
        "process = + ~ (@(700) : *(0.5)) <: (+ ~ *(0.1)), (+ ~ (@(3) : *(-0.3))) :> + ~ *(0.7);",
    "tables": "t = rwtable(300, 0.0, +(1) ~ _ : %(300), _, (+(7) ~ _ : %(300))); "
        "process = par(i, 2, (_ : t : + ~ *(0.5 - i * 0.1)));",
}  # fmt: skip
MODES = {"omp": {"omp": True}, "sch": {"sch": True}}
MACHINE = "66ak2g"


@cache
def loops(name: str, mode: str) -> ModuleOp:
    module = read_program(Source("x.dsp", PROGRAMS[name]), FrontendOptions("double"))
    options = LoopOptions(double=True, vector_size=32, **MODES[mode])
    run_passes(module, loop_passes(options), CompileOptions(), Clock())
    return module


def staged(module: ModuleOp, heap: str = "l2", allocator: str = "") -> ModuleOp:
    """The module with copies in its loops, verified, its memory and races checked."""
    twin = module.clone()
    DspSeparateLevels().apply(Context(), twin)
    DspPlaceAllocations(MACHINE, heap, 64, work=0.0, levels=True).apply(Context(), twin)
    DspStageCopies(MACHINE, 64, allocator).apply(Context(), twin)
    twin.verify()
    DspCheckMemory(machine=MACHINE).apply(Context(), twin)
    return twin


def heard(module: ModuleOp, executor: str = "generated") -> np.ndarray:
    instance = InterpInstance(module, machine=load_machine(MACHINE), executor=executor)
    inputs = np.random.default_rng(3).uniform(-1, 1, (instance.inputs, 170))
    blocks = pairwise(np.cumsum([0, 1, 64, 105]))
    return np.concatenate([instance.compute(inputs[:, a:b]) for a, b in blocks], axis=1)


@pytest.mark.parametrize(
    ("name", "mode", "allocator"),
    [*((name, mode, "local") for name in PROGRAMS for mode in MODES), ("tables", "omp", "heap")],
)
def test_the_sound_is_the_same(name: str, mode: str, allocator: str) -> None:
    plain = loops(name, mode)
    near = staged(plain, allocator=allocator)
    copies = [op for op in near.walk() if isinstance(op, CopyOp)]
    assert copies
    for op in copies:
        loop = op.parent_op()
        assert isinstance(loop, LoopOp)
        assert isinstance(loop.parent_op(), SectionOp | SingleOp | TaskOp)
    starts = sum(isinstance(op, HeapInitOp) for op in near.walk())
    assert bool(starts) == (allocator == "heap")
    assert heard(near).tobytes() == heard(plain).tobytes()


@pytest.mark.parametrize("mode", MODES)
def test_both_executors_run_copies_in_loops_alike(mode: str) -> None:
    near = staged(loops("recursions beside each other", mode))
    assert heard(near, "generated").tobytes() == heard(near, "xdsl").tobytes()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_no_race_and_no_access_outside_memory(name: str, mode: str) -> None:
    DspCheckBounds().apply(Context(), staged(loops(name, mode)))


@pytest.mark.parametrize("mode", MODES)
def test_staging_twice_adds_no_copies(mode: str) -> None:
    once = staged(loops("a recursion after another", mode))
    twice = once.clone()
    DspStageCopies(MACHINE, 64).apply(Context(), twice)
    assert str(twice) == str(once)
    costs = [accesses(module) for module in (loops("a recursion after another", mode), once)]
    for name, access in costs[0].items():
        assert costs[1][name].reads == access.reads
        assert costs[1][name].writes == access.writes


def test_unprofitable_copies_are_omitted() -> None:
    """A buffer of one element is read once a chunk: to copy it costs more than to read it."""
    module = staged(loops("recursions beside each other", "omp"), heap="auto")
    buffers = [op for op in module.walk() if isinstance(op, BufferOp) and op.staged is not None]
    assert [op.sym_name.data for op in buffers if op.type.get_shape() == ()] == []


def test_copies_of_one_loop_do_not_overlap() -> None:
    """Those of loops that follow each other, or run on two cores, may have the same bytes."""
    module = staged(loops("recursions beside each other", "omp"))
    compute = compute_of(module)
    assert compute is not None
    by_loop: dict[Operation, list[AllocOp]] = {}
    for op in copies_in(compute.body.block):
        loop = op.parent_op()
        assert loop is not None
        by_loop.setdefault(loop, []).append(op)
    offsets = [op.offset.value.data for ops in by_loop.values() for op in ops if op.offset]
    assert len(set(offsets)) < len(offsets)
    one, other, *_ = next(ops for ops in by_loop.values() if len(ops) > 1)
    assert one.offset is not None
    other.offset = one.offset
    with pytest.raises(DspcError, match="overlaps"):
        DspCheckMemory(machine=MACHINE).apply(Context(), module)


def test_a_loop_may_not_write_memory_that_another_allocated() -> None:
    module = staged(loops("recursions beside each other", "omp"))
    alloc = next(op for op in module.walk() if isinstance(op, AllocOp))
    loop = alloc.parent_op()
    assert isinstance(loop, LoopOp)
    alloc.detach()
    compute = compute_of(module)
    assert compute is not None
    first = compute.body.block.first_op
    assert first is not None
    compute.body.block.insert_op_before(alloc, first)
    with pytest.raises(VerifyException, match="a row that it does not declare"):
        module.verify()
