"""Spilling to memory of the instance: same samples, no more values live than registers."""

from __future__ import annotations

import re

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp

from dspc.backends.cpp.printer import print_cpp
from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.dsp_fit_registers import DspFitRegisters
from dspc.passes.registers.pressure import Pressure
from dspc.pipelines.standard import LOOP_PASSES, load_pass, loop_passes
from dspc.support.diagnostics import DspcError, Source
from tests.conformance.fuzz.modes import lowered
from tests.conformance.fuzz.strategy import drawn

MACHINES = ("cortex-m7", "xtensa-lx7")
BLOCKS = (1, 7, 0, 64, 128)
BIQUAD = "(+ ~ (\\(y).(0.1 * y - 0.2 * y'))) : (\\(y).(y + y' * 2 + y''))"
PROGRAMS = {
    "one pole": "process = + ~ *(0.5);",
    "chain": f"process = seq(i, 20, {BIQUAD} : *(0.3));",
    "bank": f"process(x) = par(i, 24, x * (i + 1) : {BIQUAD}) :> _;",
    "functions": "process = seq(i, 6, (+ ~ *(0.5) : sin) : @(3));",
    "delays": "process(x) = x@3 + x@5 * 2 + x@7, (x : sin : mem : mem : mem);",
    "constants": "SR = fconstant(int fSamplingFreq, <math.h>);\n"
    "process = seq(i, 24, *(1 + (i + 2) / SR) : + ~ *(1.0 - i / SR) : sin);",
    "one value in two delays": "process(x) = a' + b'', a, b with { a = sin(x); b = a; };",
    "gates": "process(x, g) = control((x : seq(i, 12, + (i) : (+ ~ *(0.4)) : sin)), g > 0);",
    "swapped": "process = ((\\(a, b).(b + 0.1, a)) ~ (_, _)) : (sin, cos);",
}


def loops(text: str) -> ModuleOp:
    """The program in one scalar loop."""
    module = compile_source(Source("p.dsp", text), FrontendOptions(precision="single"))
    for name in LOOP_PASSES:
        load_pass(name)().apply(Context(), module)
    return module


def fitted(module: ModuleOp, machine: str) -> ModuleOp:
    result = module.clone()
    DspFitRegisters(machine).apply(Context(), result)
    result.verify()
    return result


def rendered(module: ModuleOp) -> list[np.ndarray]:
    instance = InterpInstance(module)
    noise = np.random.default_rng(1)
    return [
        np.array(instance.compute(noise.uniform(-1, 1, (instance.inputs, count)), frames=count))
        for count in BLOCKS
    ]


def check_same(before: ModuleOp, after: ModuleOp, label: str) -> None:
    for expected, actual in zip(rendered(before), rendered(after), strict=True):
        np.testing.assert_array_equal(actual, expected, err_msg=label)


def frame_loop(module: ModuleOp) -> ForOp:
    (loop,) = [
        op
        for op in module.walk()
        if isinstance(op, ForOp) and op.parent_op() is not None and "compute" in _function(op)
    ]
    return loop


def _function(op: ForOp) -> str:
    parent = op.parent_op()
    assert parent is not None
    return str(parent.properties.get("sym_name"))


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_spilling_changes_no_sample(name: str, machine: str) -> None:
    before = loops(PROGRAMS[name])
    check_same(before, fitted(before, machine), name)


def test_random_programs_compute_the_same() -> None:
    """In double precision, of which the machine has no registers: all states are spilled."""
    options = LoopOptions(double=True, lanes=0, machine="xtensa-lx7")
    passes = loop_passes(options)
    assert passes[-1].startswith("dsp-fit-registers")
    changed = 0
    for program in drawn(25, 1):
        try:
            before, after = lowered(program, passes[:-1]), lowered(program, passes)
        except DspcError:
            continue  # refused in every mode
        changed += str(before) != str(after)
        check_same(before, after, str(program))
    assert changed > 8


def test_values_within_the_registers_are_not_spilled() -> None:
    before = loops(PROGRAMS["one pole"])
    assert str(fitted(before, "cortex-m7")) == str(before)


@pytest.mark.parametrize("name", ["chain", "bank", "constants"])
def test_no_more_values_are_live_than_registers(name: str) -> None:
    processor = processor_named("cortex-m7")
    before = loops(PROGRAMS[name])
    assert Pressure(frame_loop(before), processor).excess > 0
    assert -4 < Pressure(frame_loop(fitted(before, "cortex-m7")), processor).excess <= 0


def test_only_as_much_is_spilled_as_is_needed() -> None:
    before = loops(PROGRAMS["chain"])
    carried = len(frame_loop(before).iter_args)
    left = len(frame_loop(fitted(before, "cortex-m7")).iter_args)
    assert 0 < left < carried


def test_a_spilled_state_is_loaded_and_stored_once_a_frame() -> None:
    loop = frame_loop(fitted(loops(PROGRAMS["chain"]), "xtensa-lx7"))
    ops = list(loop.body.block.ops)
    places = [
        (op.memref, *op.indices)
        for kind in (LoadOp, StoreOp)
        for op in ops
        if isinstance(op, kind) and loop.body.block.args[0] not in op.indices
    ]
    assert len(places) > 20
    assert all(places.count(place) == 2 for place in places)


def test_constants_are_loaded_where_they_are_used() -> None:
    text = print_cpp(fitted(loops(PROGRAMS["constants"]), "cortex-m7"))
    compute = text.partition("void compute(")[2]
    before, body = compute.split("for (int i0", 1)
    assert "fConst" not in before
    assert len(set(re.findall(r"fConst\d+", body))) > 20


def test_a_state_that_is_read_elsewhere_stays_in_the_loop() -> None:
    """Its element is accessed after the loop as well: only the end of the loop writes it."""
    module = loops(PROGRAMS["functions"])
    loop = frame_loop(module)
    load = loop.iter_args[0].owner
    assert isinstance(load, LoadOp)
    again = LoadOp.get(load.memref, list(load.indices))
    block = loop.parent
    assert block is not None
    block.insert_op_after(again, loop)
    kept = frame_loop(fitted(module, "xtensa-lx7"))
    assert kept.iter_args[0].owner is not None
    assert len(kept.iter_args) == 1 + sum(
        not str(arg.type).startswith("f") for arg in loop.iter_args
    )
