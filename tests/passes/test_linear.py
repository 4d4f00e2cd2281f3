"""Linear recurrences of first order are recognised, run as prefix scans, and sound the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from splitting import split
from xdsl.dialects import arith, scf, vector
from xdsl.dialects.builtin import ModuleOp

import dspc
from dspc.backends.interp.checks.compare import Policy, compare
from dspc.dialects.dsp_par import LoopKind, LoopOp

CLOSE = Policy(ulps=1 << 20, absolute=1e-11)
LINEAR = {
    "pole": "process = *(0.3) : + ~ *(0.9);",
    "of an input": "process = + ~ *(0.9);",
    "of one input twice": "process = _ <: (+ ~ *(0.9)), @(3), (+ ~ *(-0.4)) :> _;",
    "minus": "process = *(0.3) : (\\(y, x).(x - 0.7*y)) ~ _;",
    "sum": "process = *(0.3) : + ~ _;",
    "alternating": "process = *(0.3) : (\\(y, x).(x - y)) ~ _;",
    "slider": 'a = hslider("a", 0.5, -1.2, 0.99, 0.01); process = *(0.3) : + ~ *(a);',
    "smoothed": 's = hslider("s", 0.5, -1, 1, 0.01)*0.001; process = *(s : + ~ *(0.999));',
    "meter": 'process = *(0.3) : + ~ *(0.9) : hbargraph("m", -1, 1);',
    "its past": "process = *(0.3) : + ~ *(0.9) <: _, mem, @(3), @(20), @(100) :> _;",
    "in a row": "process = *(0.3) : + ~ *(0.9) : *(0.1) : + ~ *(0.8);",
    "mean": "process = ^(2) : (+ ~ _ <: _, @(100) : -) : /(100) : sqrt;",
    "in a comb": "process = + ~ (@(50) : *(0.5) : *(0.3) : (+ ~ *(0.3)));",
}
INTEGERS = {
    "counter": "process = +(1) ~ _;",
    "noise": "process = +(12345) ~ *(1103515245);",
    "minus": "process = *(1e5) : int : (\\(y, x).(x - 7*y)) ~ _;",
    "sum": "process = *(1e9) : int : + ~ _;",
    "past": "process = *(1e9) : int : + ~ _ <: _, @(20) : -;",
    "control": 'process = *(1e9) : int : + ~ *(int(hslider("n", 3, -9, 9, 1)));',
}
OTHERS = {
    "clock": "process = +(0.1) ~ _ : int;",
    "clock of a slider": 'process = +(hslider("s", 0.1, 0, 1, 0.1)) ~ _ > 4;',
    "smoothed delay": 'process = @(hslider("d", 9, 0, 20, 1) * 0.01 : + ~ *(0.99) : min(20));',
    "smoothed threshold": "process = _ <= (hslider(\"t\", 0.5, 0, 1, 0.1) * 0.01 : + ~ *(0.99))'';",
    "a circle of delays": 's = hslider("s", 0.5, 0, 1, 0.1) * 0.1 : + ~ *(0.9);'
    "process = *((\\(x).(x') ~ _) + s : int);",
    "varying factor": "process(x) = x : + ~ *(abs(x)*0.5);",
    "second order of samples": "process(x) = x : (\\(y, x).(x + 0.5*x*y + 0.2*y')) ~ _;",
    "clipped": "process = *(0.3) : (+ ~ (*(0.9) : min(0.5)));",
}


def moves(module: ModuleOp) -> int:
    return sum(isinstance(op, vector.ShuffleOp) for op in module.walk())


@pytest.mark.parametrize("name", LINEAR)
def test_linear_recursions_run_in_vectors(name: str) -> None:
    """With four lanes a scan has two steps: two shuffles for each recurrence."""
    count = 2 if name in ("in a row", "of one input twice") else 1
    assert moves(split(LINEAR[name], 32, 1)[1]) == 2 * count


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not(name: str) -> None:
    assert moves(split(OTHERS[name], 32, 1)[1]) == 0


def test_chunks_that_vectors_do_not_fill_stay_as_they_are() -> None:
    assert moves(split(LINEAR["pole"], 30, 1)[1]) == 0
    assert moves(split(LINEAR["pole"], 1, 1)[1]) == 0


def test_the_loop_steps_by_vectors_and_carries_one_number() -> None:
    """y = 0.9 * y' + x: two scan steps, powers of 0.9 before the loop, one loop-carried scalar."""
    _, module = split(LINEAR["pole"], 32, 1)
    (loop,) = [
        op for op in module.walk() if isinstance(op, LoopOp) and op.kind.data is LoopKind.RECURSIVE
    ]
    loops = [op for op in loop.body.block.ops if isinstance(op, scf.ForOp)]
    (scan,) = [op for op in loops if op.iter_args]  # the other pads the last vector
    names = [op.name for op in scan.body.block.ops]
    double = ["vector.shuffle", "arith.mulf", "arith.addf"]
    carry = ["vector.extract", "arith.mulf", "arith.addf"]
    last = ["vector.broadcast", "arith.mulf", "arith.addf", "vector.store"]
    assert names == ["vector.load", *double, *double, *carry, *last, "scf.yield"]
    assert len(scan.iter_args) == 1
    before = scan.parent_op()
    powers = [
        op
        for op in module.walk()
        if isinstance(op, arith.MulfOp) and op.parent_op() not in (scan, before)
    ]
    assert len(powers) >= 3


@pytest.mark.parametrize(("size", "variant"), [(4, 0), (32, 1), (100, 0)])
@pytest.mark.parametrize("name", [*LINEAR, *OTHERS])
def test_they_sound_the_same(name: str, size: int, variant: int) -> None:
    module, loops = split({**LINEAR, **OTHERS}[name], size, variant)
    difference = compare(module, loops, CLOSE, size, frames=250)
    assert difference is None, difference


@pytest.mark.parametrize(("size", "variant"), [(4, 1), (32, 0), (100, 0)])
@pytest.mark.parametrize("name", INTEGERS)
def test_integers_are_the_same_to_the_bit(name: str, size: int, variant: int) -> None:
    module, loops = split(INTEGERS[name], size, variant)
    texts = 1 if variant or size >= 64 else 2  # of chunks; single frames are no vectors
    assert moves(loops) == 2 * texts
    difference = compare(module, loops, Policy(ulps=0, absolute=0.0), size, frames=250)
    assert difference is None, difference


def test_a_silent_recursion_of_a_huge_factor_stays_silent() -> None:
    source = 'a = hslider("a", 1e200, 0, 1e300, 1e7); process = max(0) : min(0) : + ~ *(a);'
    module, loops = split(source, 32, 0)
    assert moves(loops)
    assert compare(module, loops, CLOSE, 1, frames=200) is None


@pytest.mark.parametrize("lanes", [8, 16, 64])
def test_powers_of_a_factor_are_finite_for_any_number_of_lanes(lanes: int) -> None:
    source = 'process(x) = x : + ~ *(hslider("a", 9000, 0, 10000, 1));'
    late = np.zeros((1, 128), np.float32)
    late[0, 100] = 1.0
    samples = dspc.load(source, "interp", lanes=lanes)(late)
    assert not samples[0, :100].any()
    assert not np.isnan(samples).any()


@settings(max_examples=15, deadline=None)
@given(st.floats(-1, 1), st.floats(-0.99, 0.99), st.sampled_from([8, 32, 64]), st.integers(0, 99))
def test_random_coefficients_sound_the_same(
    first: float, second: float, size: int, seed: int
) -> None:
    """Coefficients that are constants, and controls that change between blocks."""
    source = (
        f'b = hslider("b", {second!r}, -1, 1, 0.001);'
        f"process = *(0.1) <: (+ ~ *({first!r})), (*(0.5) : + ~ *(b)) : + ;"
    )
    module, loops = split(source, size, seed % 2)
    difference = compare(module, loops, CLOSE, seed, frames=250)
    assert difference is None, difference
