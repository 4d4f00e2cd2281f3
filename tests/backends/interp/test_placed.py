"""Placed memory: both executors see every fault that is planted, with its code and place."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from interp_programs import lowered, parse
from xdsl.dialects.builtin import ModuleOp

import dspc
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.instance import InterpInstance, create
from dspc.backends.interp.placement.fault_plan import FaultPlan, Status, read_plan
from dspc.backends.interp.placement.heaps import Heap
from dspc.backends.interp.placement.spaces import Area
from dspc.dialects.dsp_mem.machine import load_machine
from dspc.support.diagnostics import DspcError

EXECUTORS = ("generated", "xdsl")
ROW = "memref<8xf64>"
AT = ' loc("prog.dsp":3:7)'


def place(space: str, offset: int, allocator: str = "heap") -> str:
    return (
        f'{{space = #dsp_mem.space<{space}>, allocator = "{allocator}", offset = {offset} : i64}}'
    )


def buffer(name: str, where: str, kind: str = "instance state", row: str = ROW) -> str:
    return f"dsp_mem.buffer @{name} : {row} {kind} {where}\n"


A = buffer("a", place("ddr", 0))
B = buffer("b", place("ddr", 64))
GET = f"%a = dsp_mem.get @a : {ROW}\n%b = dsp_mem.get @b : {ROW}\n"
NUMBERS = (
    "%x = arith.constant 1.0 : f64\n%0 = arith.constant 0 : index\n%1 = arith.constant 1 : index\n"
    "%7 = arith.constant 7 : index\n%8 = arith.constant 8 : index\n"
)
FILL = NUMBERS + GET + (
    f"scf.for %i = %0 to %8 step %1 {{ memref.store %x, %a[%i] : {ROW} }}\n"
    f"scf.for %j = %0 to %8 step %1 {{ memref.store %x, %b[%j] : {ROW} }}\n"
)  # fmt: skip
READ_A = f"%r = memref.load %a[%0] : {ROW}{AT}\n"
NEAR = f'%n = dsp_mem.alloc <l2> "local" block {{offset = 0 : i64}} : {ROW}\n'
TAKE = f'%p = dsp_mem.alloc <ddr> "heap" block : {ROW}\n'
FREE = f'dsp_mem.free <ddr> "heap" %p : {ROW}{AT}\n'
INIT = "dsp_mem.heap_init <ddr> {bytes = 256 : i64}\n"
INIT_L2 = "dsp_mem.heap_init <l2> {bytes = 128 : i64}\n"
USE_P = f"%r = memref.load %p[%0] : {ROW}{AT}\n"
COPY = f"dsp_mem.copy %a, %n {{is_async}} : {ROW}, {ROW}\n"
USE_N = f"%r = memref.load %n[%0] : {ROW}{AT}\n"


def module(compute: str, buffers: str = A + B, clear: str = FILL) -> ModuleOp:
    return lowered(compute, buffers, clear)


FAULTS = {
    "a buffer that overlaps by one element": (
        module(NUMBERS + GET + f"%r = memref.load %b[%0] : {ROW}{AT}\n",
               A + buffer("b", place("ddr", 56)),
               NUMBERS + GET + f"memref.store %x, %b[%0] : {ROW}{AT}\n"),
        "element 0 of b .* is written, but a .* is there"),
    "an access outside": (
        module(NUMBERS + GET + f"%r = memref.load %a[%8] : {ROW}{AT}\n"), "element 8 of a "),
    "a write outside": (
        module(NUMBERS + GET + f"memref.store %x, %a[%8] : {ROW}{AT}\n"), "element 8 of a "),
    "state in l2": (
        module(NUMBERS + f"%a = dsp_mem.get @a : {ROW}\n" + READ_A, buffer("a", place("l2", 0)),
               NUMBERS + f"%a = dsp_mem.get @a : {ROW}\nmemref.store %x, %a[%0] : {ROW}\n"),
        "l2 is empty when a kernel begins"),
    "l2 memory that a kernel left": (
        module(NUMBERS + f"%n = dsp_mem.get @near : {ROW}\n" + USE_N, A + B,
               FILL + f'%n = dsp_mem.alloc <l2> "local" block named @near : {ROW}\n'
               f"memref.store %x, %n[%0] : {ROW}\n"),
        "is read after the kernel that took it has ended"),
    "use after free": (
        module(NUMBERS + INIT + TAKE + f"memref.store %x, %p[%0] : {ROW}\n" + FREE + USE_P),
        "is read after its free"),
    "double free": (module(NUMBERS + INIT + TAKE + FREE + FREE), "is freed after its free"),
    "freed as another kind": (
        module(NUMBERS + INIT + TAKE + f'dsp_mem.free <ddr> "manager" %p : {ROW}{AT}\n'),
        "with another space or allocator"),
    "a heap that was not initialised": (
        module(NUMBERS + TAKE.rstrip() + AT + "\n"), "was not initialised"),
    "a heap that l2 has forgotten": (
        module(NUMBERS + f'%p = dsp_mem.alloc <l2> "heap" block : {ROW}{AT}\n', A + B,
               FILL + INIT_L2),
        "was not initialised"),
    "memory of a heap that begins anew": (
        module(NUMBERS + INIT + TAKE + INIT + USE_P), "after its heap was initialised again"),
    "memory of a scope": (
        module(NUMBERS + "%m = dsp_mem.get @a : memref<8xf64>\ndsp_mem.scope <l2> {\n"
               + f'%n = dsp_mem.alloc <l2> "local" block named @near : {ROW}\n'
               + f"memref.store %x, %n[%0] : {ROW}\n}}\n"
               f"%n = dsp_mem.get @near : {ROW}\n" + USE_N),
        "after its scope has ended"),
    "a copy that was not waited for": (
        module(NUMBERS + GET + NEAR + COPY + USE_N), "is read before its copy has ended"),
    "a source that changes under its copy": (
        module(NUMBERS + GET + NEAR + COPY + f"memref.store %x, %a[%7] : {ROW}{AT}\n"),
        "is written before its copy has ended"),
    "moved memory": (
        module(NUMBERS + INIT + TAKE + f"memref.store %x, %p[%0] : {ROW}\n"
               f"%q = dsp_mem.realloc %p : {ROW} -> memref<10xf64>\n" + USE_P),
        "after it was moved"),
    "storage that two share, in the wrong order": (
        module(
            NUMBERS + f"%s = dsp_mem.get @s : {ROW}\n%t = dsp_mem.get @t : {ROW}\n"
            f"memref.store %x, %s[%0] : {ROW}\nmemref.store %x, %t[%0] : {ROW}\n"
            f"%r = memref.load %s[%0] : {ROW}{AT}\n",
            "".join(buffer(n, place("ddr", 0), "block scratch") for n in "st"), ""),
        "other memory was written there"),
}  # fmt: skip


@pytest.mark.parametrize("executor", EXECUTORS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(name: str, executor: str) -> None:
    program, reason = FAULTS[name]
    with pytest.raises(InterpreterError, match=reason) as caught:
        InterpInstance(program, executor=executor, machine=load_machine("am572x")).compute(
            np.zeros((1, 1))
        )
    assert caught.value.code == "E0512"
    assert "prog.dsp:3:7" in caught.value.message


@pytest.mark.parametrize("executor", EXECUTORS)
def test_memory_ops_in_the_right_order_run(executor: str) -> None:
    """The same ops in the right order run: memory is taken, copied, moved and given back."""
    program = module(
        NUMBERS + GET + INIT + TAKE + NEAR + COPY + "dsp_mem.wait\n"
        f"%r = memref.load %n[%7] : {ROW}\nmemref.store %r, %p[%0] : {ROW}\n"
        f"%q = dsp_mem.realloc %p : {ROW} -> memref<10xf64>\n"
        f"%y = memref.load %q[%0] : memref<10xf64>\nmemref.store %y, %out0[%0] : memref<?xf64>\n"
        'dsp_mem.free <ddr> "heap" %q : memref<10xf64>\n'
        f"memref.store %x, %b[%7] : {ROW}\n"
    )
    instance = InterpInstance(program, executor=executor, machine=load_machine("am572x"))
    for _ in range(3):
        assert instance.compute(np.zeros((1, 1))).tolist() == [[1.0]]
    assert instance.requests == 2 + 3 * 2


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_missing_copy_out_changes_the_sound(executor: str) -> None:
    """State that is worked on in l2 and not copied out is lost: the sound is another one."""
    work = (
        NUMBERS + GET + NEAR + COPY + "dsp_mem.wait\n"
        f"%o = memref.load %n[%0] : {ROW}\n%s = arith.addf %o, %x : f64\n"
        f"memref.store %s, %n[%0] : {ROW}\nmemref.store %s, %out0[%0] : memref<?xf64>\n"
    )
    out = f"dsp_mem.copy %n, %a {{is_async}} : {ROW}, {ROW}\ndsp_mem.wait\n"
    sounds = []
    for text in (work + out, work):
        instance = InterpInstance(module(text), executor=executor, machine=load_machine("am572x"))
        sounds.append([instance.compute(np.zeros((1, 1)))[0, 0] for _ in range(3)])
    assert sounds == [[2.0, 3.0, 4.0], [2.0, 2.0, 2.0]]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_fresh_memory_and_scratch_hold_a_pattern(executor: str) -> None:
    scratch = buffer("s", place("ddr", 0), "block scratch")
    program = module(
        NUMBERS + f"%s = dsp_mem.get @s : {ROW}\n%n = arith.constant 0 : index\n"
        f"%r = memref.load %s[%0] : {ROW}\nmemref.store %r, %out0[%0] : memref<?xf64>\n"
        f"memref.store %x, %s[%0] : {ROW}\n",
        scratch,
        "",
    )
    instance = InterpInstance(program, executor=executor)
    for _ in range(2):
        assert np.isnan(instance.compute(np.zeros((1, 1)))).all()


def test_buffers_beyond_the_size_of_a_space_are_refused() -> None:
    small = buffer("a", place("l2", 131072 - 56)) + B
    with pytest.raises(InterpreterError, match="a ends outside l2") as caught:
        InterpInstance(module("", small, ""), machine=load_machine("am572x"))
    assert caught.value.code == "E0512"
    with pytest.raises(InterpreterError, match="am572x has no msmc"):
        InterpInstance(
            module("", buffer("a", place("msmc", 0)), ""), machine=load_machine("am572x")
        )


def test_a_heap_takes_the_first_gap() -> None:
    heap = Heap(4, 100)
    assert [heap.take(20), heap.take(8), heap.take(16)] == [8, 32, 40]
    heap.give(8)
    assert [heap.take(16), heap.take(64), heap.take(4)] == [8, None, 24]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_heap_that_is_full_says_so(executor: str) -> None:
    full = INIT.replace("256", "128")
    program = module(NUMBERS + full + TAKE + TAKE.replace("%p", "%q") + TAKE.replace("%p", "%z"))
    instance = InterpInstance(program, executor=executor, machine=load_machine("am572x"))
    with pytest.raises(InterpreterError, match="ddr has no 64 bytes left") as caught:
        instance.compute(np.zeros((1, 1)))
    assert caught.value.code == "E0513"


ECHO = (
    'process = + ~ (@(300) : *(hslider("g", 0.5, 0, 1, 0.1))) : *(rdtable(64, sin(+(1) ~ _), 3));'
)


def echo(machine: str, heap: str) -> ModuleOp:
    return dspc.compile(ECHO, "interp", double=True, machine=machine, heap=heap).module


HOUSES = [("cpu", "auto"), ("cpu", "ddr"), ("66ak2h", "auto"), ("66ak2h", "msmc"),
          ("66ak2h", "ddr"), ("66ak2h", "static"), ("am572x", "l2"), ("gpu", "auto")]  # fmt: skip


@pytest.mark.parametrize(("machine", "heap"), HOUSES)
def test_every_request_can_fail(machine: str, heap: str) -> None:
    """As the C++ run-time has it: a status, and never an instance that is half built."""
    module, where = echo(machine, heap), load_machine(machine)
    whole = InterpInstance(module, machine=where)
    for number in range(1, whole.requests + 1):
        for plan in (FaultPlan(once=number), FaultPlan(start=number)):
            assert create(module, machine=where, plan=plan) == (Status.OUT_OF_MEMORY, None)
            with pytest.raises(InterpreterError, match=f"request {number} ") as caught:
                InterpInstance(module, machine=where, plan=plan)
            assert caught.value.code == "E0513"
    status, instance = create(module, machine=where, plan=FaultPlan(once=whole.requests + 1))
    assert status == Status.OK
    assert instance is not None
    assert (whole.requests > 0) == (heap not in ("auto", "static") or machine != "cpu") or (
        heap == "static"
    )
    assert create(module, 0) == (Status.INVALID_ARGUMENT, None)


def test_random_plans_fail_by_seed_and_number() -> None:
    chosen = [n for n in range(1, 2001) if FaultPlan(seed=7, per_thousand=50).fails(n)]
    assert 60 < len(chosen) < 140
    assert chosen != [n for n in range(1, 2001) if FaultPlan(seed=8, per_thousand=50).fails(n)]
    assert [read_plan("3").fails(n) for n in (2, 3, 4)] == [False, True, False]
    assert [read_plan("3+").fails(n) for n in (2, 3, 4)] == [False, True, True]
    assert read_plan("7:50") == FaultPlan(seed=7, per_thousand=50)
    for text in ("x", "0", "3+1", "-2", "a:b"):
        with pytest.raises(DspcError, match="fail-allocation"):
            read_plan(text)


@pytest.mark.parametrize(("machine", "heap"), HOUSES)
def test_every_house_sounds_alike(machine: str, heap: str) -> None:
    inputs = np.random.default_rng(3).uniform(-1, 1, (1, 1500))
    wanted = dspc.load(ECHO, "interp", double=True)(inputs)
    processor = dspc.load(ECHO, "interp", double=True, machine=machine, heap=heap)
    assert processor(inputs, controls={"g": 0.5}).tobytes() == wanted.tobytes()


def test_clones_and_reset_of_placed_memory() -> None:
    one = InterpInstance(echo("66ak2h", "auto"), machine=load_machine("66ak2h"))
    inputs = np.random.default_rng(4).uniform(-1, 1, (1, 400))
    first = one.compute(inputs)
    one.set(one.widgets[0].path, 0.25)
    two = one.clone()
    assert one.compute(inputs).tobytes() == two.compute(inputs).tobytes()
    two.reset()
    assert two.compute(inputs).tobytes() != one.compute(inputs).tobytes()
    assert first.shape == (1, 400)


def test_text_of_a_placed_module_runs_as_the_module_does() -> None:
    module = echo("am572x", "l2")
    again = parse(str(module).removeprefix("builtin.module {").rstrip().removesuffix("}"))
    inputs = np.ones((1, 700))
    assert (
        InterpInstance(again).compute(inputs).tobytes()
        == InterpInstance(module).compute(inputs).tobytes()
    )


def areas() -> int:
    return sum(isinstance(one, Area) for one in gc.get_objects())


def test_instances_and_copies_unmap_their_spaces_without_garbage_collection() -> None:
    gc.collect()
    gc.disable()
    try:
        before = areas()
        instance = InterpInstance(echo("66ak2h", "auto"), machine=load_machine("66ak2h"))
        copy = instance.clone()
        assert areas() > before
        del instance, copy
        assert areas() == before
    finally:
        gc.enable()
