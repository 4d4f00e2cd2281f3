"""Code of full chunks has none for frames after the last whole vector; matrices are shared."""

from __future__ import annotations

import pytest
from splitting import split
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import Policy, compare
from dspc.dialects.dsp_mem import BufferOp
from dspc.dialects.dsp_par import LoopOp

HEAD = 'import("filters.lib"); '
BIQUAD = HEAD + "process = tf2(0.5, 0.3, 0.2, -1.2, 0.55);"
ONE_POLE = "process = abs : (+ ~ *(0.5)) : sin;"
SLIDERS = HEAD + 'a = hslider("a", 0.3, -1, 1, 0.01); b = hslider("b", -0.5, -0.9, 0.9, 0.01);'
CLOSE = Policy(ulps=1 << 20, absolute=1e-11)


def frame_loops(module: ModuleOp) -> list[list[scf.ForOp]]:
    """The loops over frames: those of the full chunks, and those of the other frames."""
    parts: dict[object, list[scf.ForOp]] = {}
    for op in module.walk():
        if isinstance(op, LoopOp):
            inside = [inner for inner in op.body.walk() if isinstance(inner, scf.ForOp)]
            parts.setdefault(op.parent_op(), []).extend(inside)
    return list(parts.values())


def bounds(loop: scf.ForOp) -> tuple[object, ...]:
    ends = (loop.lb.owner, loop.ub.owner)
    return tuple(end.value for end in ends if isinstance(end, arith.ConstantOp))


@pytest.mark.parametrize("source", [BIQUAD, ONE_POLE])
def test_full_chunks_have_no_loops_over_no_frames(source: str) -> None:
    full, rest = frame_loops(split(source, 32, 0)[1])
    assert len(full) < len(rest)
    for loop in full:
        known = bounds(loop)
        assert len(known) == 2
        assert known[0] != known[1]
    assert any(len(bounds(loop)) < 2 for loop in rest)


def test_full_chunks_that_are_no_whole_vectors_keep_their_last_frames() -> None:
    full, rest = frame_loops(split(ONE_POLE, 31, 0)[1])
    assert len(full) == len(rest)


@pytest.mark.parametrize("size", [3, 31, 32])
@pytest.mark.parametrize("source", [BIQUAD, ONE_POLE])
def test_full_chunks_sound_as_the_program(source: str, size: int) -> None:
    before, after = split(source, size, 0)
    assert compare(before, after, CLOSE) is None


def responses(source: str) -> list[BufferOp]:
    module = split(source, 32, 0)[1]
    buffers = [op for op in module.body.ops if isinstance(op, BufferOp)]
    return [op for op in buffers if "response" in op.sym_name.data]


SHARED = {
    "constants": (HEAD + "process = par(i, 2, tf2(0.5, 0.3, 0.2, -1.2, 0.55));", 1),
    "sliders": (SLIDERS + "process = par(i, 2, tf2(a, 1-b, b*a, a, b));", 1),
    "other poles": (SLIDERS + "process = tf2(a, 1-b, b*a, a, b), tf2(a, 1-b, b*a, b, a);", 2),
    "other zeros": (SLIDERS + "process = tf2(a, 1-b, b*a, a, b), tf2(a, 1+b, b*a, a, b);", 2),
    "another past": (SLIDERS + "f(x) = x : (\\(y).(+(a*y) : +(b*y'))) ~ _;"
                     "g(x) = x : (\\(y).(+(a*y) : -(b*y'))) ~ _; process = f, g;", 2),
    "another signal read": (SLIDERS + "f = (\\(y).(+(a*y) : +(b*y'))) ~ _;"
                            "process = f, (f <: 0.5*_ + mem);", 2),
}  # fmt: skip


@pytest.mark.parametrize("name", SHARED)
def test_recurrences_of_one_form_share_their_matrices(name: str) -> None:
    source, count = SHARED[name]
    assert len(responses(source)) == count
    before, after = split(source, 32, 0)
    assert compare(before, after, CLOSE) is None
