"""Comparing two modules: what differs is found, what may differ is let through."""

from __future__ import annotations

import math

import numpy as np
import pytest
from interp_programs import lowered, program
from test_machine import SLIDER
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import Policy, block_sizes, compare, stimulus
from dspc.backends.interp.errors import InterpreterError


def scaled(factor: float, offset: int = 0) -> ModuleOp:
    return program(
        f"%c = dsp.constant {{value = {factor!r} : f64}} : () -> !S\n"
        "%y = dsp.mul %in0, %c : (!S, !S) -> !S\n"
        f"%d = dsp.delay %y {{offset = {offset} : i64}} : (!S) -> !S\n"
        "dsp.yield %y, %d : (!S, !S) -> ()"
    )


def test_equal_programs_do_not_differ() -> None:
    assert compare(scaled(0.5, 3), scaled(0.5, 3)) is None


def test_the_first_difference_is_reported() -> None:
    mismatch = compare(scaled(0.5, 2), scaled(0.5, 3))
    assert mismatch is not None
    assert (mismatch.frame, mismatch.output, mismatch.first, mismatch.second) == (2, 1, 0.5, 0.0)
    assert mismatch.difference == 0.5


def test_a_policy_lets_small_differences_through() -> None:
    near = math.nextafter(0.3, 1.0)
    assert compare(scaled(0.3), scaled(near)) is not None
    assert compare(scaled(0.3), scaled(near), Policy(ulps=2)) is None
    assert compare(scaled(0.3), scaled(0.3 + 1e-7), Policy(ulps=2)) is not None
    assert compare(scaled(0.3), scaled(0.3 + 1e-7), Policy(absolute=1e-6)) is None


def test_differences_in_controls_and_meters_are_detected() -> None:
    def metered(op: str) -> ModuleOp:
        return program(
            "%g = dsp.read_widget {widget = @g} : () -> !B\n"
            "%h = dsp.constant {value = 0.5 : f64} : () -> !B\n"
            f"%z = dsp.{op} %g, %h : (!B, !B) -> !B\n"
            "%m = dsp.bargraph %z {widget = @m} : (!B) -> !B\n"
            "dsp.yield %in0 : (!S) -> ()",
            ui=SLIDER,
        )

    # At the slider's initial value of 0.5, min and max are equal.
    mismatch = compare(metered("min"), metered("max"))
    assert mismatch is not None
    assert mismatch.output == "/a_b/meter"
    assert mismatch.controls["g"] != 0.5


def test_levels_may_differ() -> None:
    loops = lowered(
        """%zero = arith.constant 0 : index
        %one = arith.constant 1 : index
        %two = arith.constant 2.0 : f64
        scf.for %i = %zero to %count step %one {
          %x = memref.load %in0[%i] : memref<?xf64>
          %y = arith.mulf %x, %two : f64
          memref.store %y, %out0[%i] : memref<?xf64>
          scf.yield
        }"""
    )
    signals = program("%y = dsp.add %in0, %in0 : (!S, !S) -> !S\ndsp.yield %y : (!S) -> ()")
    assert compare(signals, loops) is None


def test_programs_of_another_shape_are_refused() -> None:
    with pytest.raises(InterpreterError, match="different inputs"):
        compare(scaled(1.0), program("dsp.yield %in0 : (!S) -> ()"))


def test_blocks_cover_all_frames_and_inputs_hold_all_signals() -> None:
    sizes = list(block_sizes(1000, np.random.default_rng(3)))
    assert sum(sizes) == 1000
    assert {1, 7, 64} <= set(sizes)
    rows = stimulus(2, 400, np.random.default_rng(3))
    assert rows[0, 0] == 1.0
    assert not rows[0, 1:100].any()
    assert rows[0, 100:200].all()
    assert not rows[0, 300:].any()
    assert rows[1, 0] != 1.0
