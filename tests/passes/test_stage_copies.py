"""Staged copies in l2: samples are bit-identical, interpreted and as C++."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_mem import BufferOp
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, HeapInitOp
from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.driver import Clock, read_program, run_passes
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.analysis.rings import rings
from dspc.passes.dsp_check_memory import DspCheckMemory
from dspc.passes.dsp_place_allocations import DspPlaceAllocations
from dspc.passes.dsp_stage_copies import DspStageCopies
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError, Source

PROGRAMS = {
    "a long echo, and taps": "process = (+ ~ (@(1000) : *(0.5))) <: @(3000), _@(200) :> _;",
    "an echo shorter than a block": "process = + ~ (@(40) : *(0.7));",
    "amounts that are set":
        'd = hslider("d", 37, 0, 900, 1); process = _ <: @(d), @(900 - d) :> _;',
    "amounts of the sampling rate": "import(\"stdfaust.lib\"); "
    "process = @(min(700, int(0.01 * ma.SR))) : + ~ (@(min(300, int(ma.SR / 500)) : *(0.3)));",
    "amounts that change by the frame": "process(x) = x@(int(400 * abs(x)));",
    "an amount of a multiple of the size": "process(x) = x@(1023) + x@(512) + x@(511);",
    "both": "process(x) = x@(700) + x@(int(500 * abs(x)));",
    "rings of two sizes, and a table":
        "t = rdtable(700, float(+(1) ~ _), int(700 * abs(sin(0.1 * (+(1) ~ _)))) % 700);"
        "process = _ <: @(600), (@(5000) : *(t)) :> +~@(90);",
    "a table that is written":
        "process = rwtable(300, 0.0, +(1) ~ _ : %(300), _, (+(7) ~ _ : %(300)));",
    "gated delays": 'process(x) = control(x@(400) + x@(100), (x > 0)) + x@(300);',
    "a meter": 'process = @(500) : vbargraph("m", -1, 1) : @(600);',
    "whole numbers": "process = int(1000 * _) : @(800) : + ~ (@(70) & 255) : float : *(0.001);",
}  # fmt: skip
MODES = {
    "scalar": {"scalar": True},
    "vector": {"vec": True, "vector_size": 32},
    "exact": {"delay_line_threshold": 0},
}
BLOCK = 64


def loops(text: str, double: bool = True, **mode: object) -> ModuleOp:
    source = Source("echo.dsp", text)
    module = read_program(source, FrontendOptions("double" if double else "single"))
    run_passes(
        module, loop_passes(LoopOptions(**(mode or MODES["scalar"]))), CompileOptions(), Clock()
    )  # type: ignore
    return module


def placed(module: ModuleOp, heap: str = "auto", machine: str = "am572x") -> ModuleOp:
    twin = module.clone()
    place = DspPlaceAllocations(machine=machine, heap=heap, block=BLOCK, time_limit=0.2)
    place.apply(Context(), twin)
    return twin


def staged(module: ModuleOp, allocator: str = "", machine: str = "am572x") -> ModuleOp:
    """The module with materialised copies, checked."""
    twin = module.clone()
    DspStageCopies(machine=machine, block=BLOCK, allocator=allocator).apply(Context(), twin)
    twin.verify()
    DspCheckMemory(machine=machine).apply(Context(), twin)
    return twin


def heard(instance: Any, seed: int = 1) -> np.ndarray:
    """Samples for noise in blocks of many lengths, with control changes between them."""
    random = np.random.default_rng(seed)
    sizes = [1, 63, 64, 65, 1, 700, 200, 2, 500]
    inputs = random.uniform(-1, 1, (instance.inputs, sum(sizes)))
    parts: list[np.ndarray] = []
    widgets = instance.widgets() if callable(instance.widgets) else instance.widgets
    paths = [getattr(one, "path", one) for one in widgets]
    paths = [path for path in paths if str(path).endswith("/d")]
    at = 0
    for number, size in enumerate(sizes):
        for path in paths:
            instance.set(path, float((37, 0, 900, 450, 64)[number % 5]))
        parts.append(instance.compute(inputs[:, at : at + size]))
        at += size
    return np.concatenate(parts, axis=1)


def machine() -> Machine:
    return load_machine("am572x")


@pytest.mark.parametrize("heap", ["auto", "l2"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_sound_is_the_same(name: str, mode: str, heap: str) -> None:
    plain = loops(PROGRAMS[name], **MODES[mode])
    wanted = heard(InterpInstance(plain))
    home = placed(plain, heap)
    near = staged(home)
    for module in (home, near):
        samples = heard(InterpInstance(module, machine=machine()))
        assert samples.tobytes() == wanted.tobytes()
    copies = [op for op in near.walk() if isinstance(op, CopyOp)]
    staged_buffers = [
        op for op in near.walk() if isinstance(op, BufferOp) and op.staged is not None
    ]
    assert bool(copies) == bool(staged_buffers)
    assert copies or heap == "auto"


@pytest.mark.parametrize("name", ["a long echo, and taps", "amounts that are set", "both"])
def test_both_executors_run_copies_alike(name: str) -> None:
    near = staged(placed(loops(PROGRAMS[name], double=False)))
    random = np.random.default_rng(2).uniform(-1, 1, (1, 150))
    runs = [InterpInstance(near, executor=e, machine=machine()).compute(random) for e in
            ("generated", "xdsl")]  # fmt: skip
    assert runs[0].tobytes() == runs[1].tobytes()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["a long echo, and taps", "amounts that are set", "a meter"])
def test_cpp_plays_copies_alike(name: str, mode: str) -> None:
    plain = loops(PROGRAMS[name], **MODES[mode])
    near = staged(placed(plain, "l2"))
    assert any(isinstance(op, CopyOp) for op in near.walk())
    assert heard(NativeInstance(near, 44100)).tobytes() == heard(InterpInstance(plain)).tobytes()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["a long echo, and taps", "amounts that are set", "both"])
def test_llvm_plays_copies_alike(name: str, mode: str) -> None:
    pytest.importorskip("llvmlite")
    from dspc.backends.llvm.instance import LlvmInstance

    plain = loops(PROGRAMS[name], lanes=0, **MODES[mode])
    near = staged(placed(plain, "l2"))
    assert any(isinstance(op, CopyOp) for op in near.walk())
    assert heard(LlvmInstance(near, 44100)).tobytes() == heard(InterpInstance(plain)).tobytes()


def test_rings_are_staged_by_windows_where_that_is_cheaper() -> None:
    home = placed(loops(PROGRAMS["a long echo, and taps"], double=False))
    ring = next(op for op in home.walk() if isinstance(op, BufferOp) and op.copied is not None)
    # One written window, and three read ones.
    assert ring.copied_bytes == 4 * BLOCK * 4 < ring.bytes == 4096 * 4
    assert staged(home).is_structurally_equivalent(staged(staged(home)))


def test_exact_rings_are_staged_by_windows_too() -> None:
    program, kind = PROGRAMS["a long echo, and taps"], MODES["exact"]
    home = placed(loops(program, double=False, **kind))
    ring = next(op for op in home.walk() if isinstance(op, BufferOp) and op.copied is not None)
    assert ring.copied_bytes == 4 * BLOCK * 4 < ring.bytes == 3001 * 4


@pytest.mark.parametrize("mode", ["scalar", "exact"])
def test_a_ring_read_at_changing_distances_is_no_ring_of_windows(mode: str) -> None:
    amounts = {
        name: [len(ring.amounts) for ring in rings(loops(PROGRAMS[name], **MODES[mode])).values()]
        for name in ("amounts that change by the frame", "amounts that are set", "both")
    }
    assert amounts == {
        "amounts that change by the frame": [],
        "amounts that are set": [2],
        "both": [],
    }


def test_a_heap_in_l2_is_initialised_by_compute() -> None:
    plain = loops(PROGRAMS["rings of two sizes, and a table"])
    near = staged(placed(plain, "l2"), "heap")
    allocations = [op for op in near.walk() if isinstance(op, AllocOp)]
    assert allocations
    assert all(op.offset is None for op in allocations)
    assert len([op for op in near.walk() if isinstance(op, HeapInitOp)]) == 1
    samples = heard(InterpInstance(near, machine=machine()))
    assert samples.tobytes() == heard(InterpInstance(plain)).tobytes()


@pytest.mark.parametrize(
    ("change", "code"),
    [({"block": 128}, "E0607"), ({"block": 0}, "E0604"), ({"allocator": "pool"}, "E0604"),
     ({"allocator": "manager"}, "E0604")],
)  # fmt: skip
def test_inconsistent_staging_is_refused(change: dict[str, object], code: str) -> None:
    home = placed(loops(PROGRAMS["a long echo, and taps"]))
    one = dataclasses.replace(DspStageCopies(machine="am572x", block=BLOCK), **change)
    with pytest.raises(DspcError) as caught:
        one.apply(Context(), home)
    assert caught.value.code == code
