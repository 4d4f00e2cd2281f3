"""FIR filters are recognised, computed for several vectors at a time, and sound the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from splitting import split
from xdsl.dialects import scf, vector
from xdsl.dialects.builtin import ModuleOp, VectorType

from dspc.backends.interp.checks.compare import Policy, compare
from dspc.dialects.dsp_mem import BufferOp, Role
from dspc.dialects.dsp_par import LoopKind, LoopOp

CLOSE = Policy(ulps=1 << 20, absolute=1e-11)
FIR = "fir(n, c) = _ <: sum(i, n, @(i) * c(i)); c(i) = sin(i + 1.5);"
FIRS = {
    "64 taps": f"{FIR} process = fir(64, c);",
    "16 taps": f"{FIR} process = fir(16, c);",
    "a long one": f"{FIR} process = fir(200, c);",
    "late": f"{FIR} process = *(0.5) : @(7) : fir(20, c);",
    "one of 1": f"{FIR} process = fir(20, d) with {{ d(3) = 1; d(i) = c(i); }};",
    "slow": f'{FIR} a = hslider("a", 0.5, 0, 1, 0.1); process = fir(20, \\(i).(c(i) * (a + i)));',
    "of a sum": f"{FIR} process = + : *(0.1) <: fir(20, c), _;",
    "in a row": f"{FIR} process = fir(20, c) : *(0.01) : fir(30, c);",
    "delayed": f"{FIR} process = fir(20, c) <: _, mem, @(3), @(50) :> _;",
    "beside others": f"{FIR} process = _ <: fir(20, c) + abs;",
    "a meter": f'{FIR} process = fir(20, c) : hbargraph("m", -1, 1);',
    "of two": f"{FIR} process = fir(20, c), fir(24, c) : + : *(0.1);",
}
OTHERS = {
    "few taps": f"{FIR} process = fir(15, c);",
    "holes": f"{FIR} process = _ <: sum(i, 20, @(2 * i) * c(i));",
    "two signals": f"{FIR} process = _, _ <: sum(i, 10, (@(i), @(i)) : (*(c(i)), *(c(i))) : +);",
    "varying": f"{FIR} process = _ <: sum(i, 20, @(i) * abs(_) * c(i));",
    "integers": "process = int <: sum(i, 20, @(i) * (i + 1));",
    "of a recursion": f"{FIR} process = + ~ *(0.5) : fir(20, c);",
    "in a comb": f"{FIR} process = + ~ (@(60) : fir(16, c) : *(0.01));",
    "in feedback": f"{FIR} process = + ~ (fir(20, c) : *(0.01));",
}


def loops_over_taps(module: ModuleOp) -> list[scf.ForOp]:
    return [
        op
        for op in module.walk()
        if isinstance(op, scf.ForOp) and any(isinstance(v.type, VectorType) for v in op.iter_args)
    ]


@pytest.mark.parametrize("name", FIRS)
def test_firs_load_each_coefficient_once_for_many_frames(name: str) -> None:
    """In chunks of 32 frames and vectors of 4: eight accumulators, and a remainder loop."""
    count = 2 if name in ("in a row", "of two") else 1
    loops = loops_over_taps(split(FIRS[name], 32, 1)[1])
    assert [len(loop.iter_args) for loop in loops] == [8, 1] * count
    loads = [sum(isinstance(op, vector.LoadOp) for op in loop.body.block.ops) for loop in loops]
    assert loads == [8, 1] * count


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not(name: str) -> None:
    assert not loops_over_taps(split(OTHERS[name], 32, 1)[1])


def test_sums_are_no_more_than_a_chunk_has_vectors() -> None:
    (one,) = loops_over_taps(split(FIRS["64 taps"], 4, 1)[1])
    assert len(one.iter_args) == 1
    first, _ = loops_over_taps(split(FIRS["64 taps"], 12, 1)[1])
    assert len(first.iter_args) == 3
    assert not loops_over_taps(split(FIRS["64 taps"], 30, 1)[1])


@pytest.mark.parametrize(("name", "role"), [("64 taps", Role.DATA), ("slow", Role.SCRATCH)])
def test_coefficients_are_an_array(name: str, role: Role) -> None:
    _, module = split(FIRS[name], 32, 1)
    (taps,) = [op for op in module.walk() if isinstance(op, BufferOp) and "aps" in op.sym_name.data]
    assert taps.role.data is role


def test_the_loop_of_a_fir_is_free() -> None:
    """The copy of the past, the sums and their output are free loops."""
    _, module = split(FIRS["64 taps"], 32, 1)
    kinds = [op.kind.data for op in module.walk() if isinstance(op, LoopOp)]
    assert kinds == [LoopKind.FREE] * 3


@pytest.mark.parametrize(("size", "variant"), [(4, 0), (32, 1), (100, 0)])
@pytest.mark.parametrize("name", [*FIRS, *OTHERS])
def test_they_sound_the_same(name: str, size: int, variant: int) -> None:
    module, loops = split({**FIRS, **OTHERS}[name], size, variant)
    difference = compare(module, loops, CLOSE, size, frames=300)
    assert difference is None, difference


@settings(max_examples=15, deadline=None)
@given(st.integers(16, 80), st.integers(0, 40), st.sampled_from([8, 32, 64]), st.integers(0, 99))
def test_random_lengths_sound_the_same(taps: int, late: int, size: int, seed: int) -> None:
    source = f"{FIR} process = *(0.1) : @({late}) : fir({taps}, c);"
    module, loops = split(source, size, seed % 2)
    difference = compare(module, loops, CLOSE, seed, frames=250)
    assert difference is None, difference
