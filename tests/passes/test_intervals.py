"""Intervals that justify the removal of guards are sound: no computed value lies outside of them.

Random programs of all arithmetic ops, on inputs of every kind, run by the interpreter.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xdsl.dialects.builtin import (
    ArrayAttr,
    FloatAttr,
    IntegerAttr,
    ModuleOp,
    StringAttr,
    f32,
    f64,
    i32,
    i64,
)  # fmt: skip
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dspc.backends.interp.instance import InterpInstance
from dspc.dialects.dsp import arithmetic, interface, time
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.types import Rate, SignalType, signal_type
from dspc.passes.analysis import interval_math as im
from dspc.passes.analysis.intervals import Intervals

FRAMES = 64
FLOAT1 = [
    *(op for name, op in arithmetic.MATH_OPS.items()),
    arithmetic.AbsOp,
]  # fmt: skip
FLOAT2 = [
    arithmetic.AddOp, arithmetic.SubOp, arithmetic.MulOp, arithmetic.DivOp, arithmetic.MinOp,
    arithmetic.MaxOp, *arithmetic.MATH2_OPS.values(),
]  # fmt: skip
INT2 = [
    arithmetic.AddOp, arithmetic.SubOp, arithmetic.MulOp, arithmetic.MinOp, arithmetic.MaxOp,
    arithmetic.RemOp, arithmetic.AndOp, arithmetic.OrOp, arithmetic.XorOp, arithmetic.ShlOp,
    arithmetic.ShrOp,
]  # fmt: skip
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.0**31, -(2.0**31) - 1, 1e-45, 5e-324, 1e-38,
           3.4e38, 3.5e38, 1.7e308, math.inf, -math.inf, math.nan, 0.49999999999999994, 88.8,
           709.8, 16777217.0, 255.99999999999997]  # fmt: skip
SPECIAL_INTS = [0, 1, -1, 2, 31, 32, 255, 65535, -2147483648, 2147483647, 16777217]
floats = st.sampled_from(SPECIAL) | st.floats() | st.floats(-4, 4)
ints = st.sampled_from(SPECIAL_INTS) | st.integers(-2147483648, 2147483647) | st.integers(-9, 9)
# fmt: off
KINDS = ["float1", "float2", "int2", "constant", "int constant", "int", "float", "compare",
         "select", "clamp", "int clamp", "abs", "fraction", "square", "delay", "prefix", "bound"]
# fmt: on


@dataclass
class Program:
    """A program under construction, and its signals so far."""

    precision: Attribute
    block: Block
    floats: list[SSAValue]
    ints: list[SSAValue]
    order: list[SSAValue]

    def emit(
        self, kind: type[Operation], args: list[SSAValue], element: Attribute | None = None,
        **properties: Attribute,
    ) -> None:  # fmt: skip
        type_ = signal_type(element or self.precision, Rate.SAMPLE)
        op = kind.create(operands=args, result_types=[type_], properties=properties)
        self.block.add_op(op)
        (self.ints if element == i32 else self.floats).append(op.results[0])
        self.order.append(op.results[0])


def attribute(value: float, precision: Attribute) -> FloatAttr:
    return FloatAttr(im.single(value) if precision == f32 else value, precision)


def add_op(p: Program, kind: str, draw: st.DrawFn) -> None:
    # Recent signals are used more often, which makes deep trees.
    def pick(values: list[SSAValue]) -> SSAValue:
        recent = st.sampled_from(values[-3:])
        return draw(recent | st.sampled_from(values))

    x, y = pick(p.floats), pick(p.floats)
    n, m = pick(p.ints), pick(p.ints)
    match kind:
        case "float1":
            p.emit(draw(st.sampled_from(FLOAT1)), [x])
        case "float2":
            p.emit(draw(st.sampled_from(FLOAT2)), [x, y])
        case "int2":
            p.emit(draw(st.sampled_from(INT2)), [n, m], i32)
        case "constant":
            p.emit(arithmetic.ConstantOp, [], value=attribute(draw(floats), p.precision))
        case "int constant":
            p.emit(arithmetic.ConstantOp, [], i32, value=IntegerAttr(draw(ints), i32))
        case "int":
            p.emit(arithmetic.IntOp, [x], i32)
        case "float":
            p.emit(arithmetic.FloatOp, [n])
        case "compare":
            predicate = arithmetic.PREDICATES[draw(st.sampled_from(sorted(arithmetic.PREDICATES)))]
            p.emit(arithmetic.CompareOp, [x, y], i32, predicate=predicate)
        case "select":
            p.emit(arithmetic.Select2Op, [n, x, y])
        case "clamp" | "int clamp":
            is_whole = kind != "clamp"
            bounds = {
                name: FloatAttr(draw(floats.filter(lambda v: v == v and abs(v) < 1e30)), f64)
                for name in ("min", "max")
            }
            element = i32 if is_whole else None
            p.emit(interface.AssertBoundsOp, [n if is_whole else x], element, **bounds)
        case "abs":
            p.emit(arithmetic.AbsOp, [n], i32)
        case "fraction":
            p.emit(arithmetic.FloorOp, [x])
            p.emit(arithmetic.SubOp, [x, p.floats[-1]])
        case "square":
            p.emit(arithmetic.MulOp, [x, x])
        case "delay":
            p.emit(time.DelayOp, [x], offset=IntegerAttr(draw(st.integers(0, 3)), i64))
        case "prefix":
            p.emit(time.PrefixOp, [x, y])
        case _:
            low, high = sorted(abs(draw(floats.filter(lambda v: v == v))) for _ in range(2))
            p.emit(arithmetic.ConstantOp, [], value=attribute(low, p.precision))
            p.emit(arithmetic.MaxOp, [p.floats[-1], x])
            p.emit(arithmetic.ConstantOp, [], value=attribute(high, p.precision))
            p.emit(arithmetic.MinOp, [p.floats[-1], p.floats[-2]])


class Made:
    """A straight-line program, and the signals that it outputs; its repr is its text."""

    def __init__(self, module: ModuleOp, values: list[SSAValue]) -> None:
        self.module = module
        self.values = values

    def __repr__(self) -> str:
        return str(self.module)


@st.composite
def programs(draw: st.DrawFn) -> Made:
    precision = draw(st.sampled_from([f32, f64]))
    sample = signal_type(precision, Rate.SAMPLE)
    block = Block(arg_types=[sample, sample])
    p = Program(precision, block, list(block.args), [], [])
    p.emit(arithmetic.ConstantOp, [], i32, value=IntegerAttr(draw(ints), i32))
    p.emit(arithmetic.IntOp, [block.args[0]], i32)
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=14)):
        add_op(p, kind, draw)
    return Made(finished(p), p.order)


def finished(p: Program) -> ModuleOp:
    """The module whose outputs are all signals, integers as a high and a low half."""
    outputs: list[SSAValue] = []
    for value in list(p.order):
        type_ = value.type
        assert isinstance(type_, SignalType)
        if type_.element != i32:
            outputs += [value, value]
            continue
        for kind, number in ((arithmetic.ShrOp, 16), (arithmetic.AndOp, 0xFFFF)):
            p.emit(arithmetic.ConstantOp, [], i32, value=IntegerAttr(number, i32))
            p.emit(kind, [value, p.ints[-1]], i32)
            p.emit(arithmetic.FloatOp, [p.ints[-1]])
            outputs.append(p.floats[-1])
    del p.order[len(outputs) // 2 :]
    p.block.add_op(time.YieldOp.create(operands=outputs))
    program = ProgramOp.create(
        properties={
            "sym_name": StringAttr("p"), "precision": p.precision, "metadata": ArrayAttr([]),
        },
        regions=[Region(Block()), Region(p.block)],
    )  # fmt: skip
    return ModuleOp([program])


def outside(interval: im.Interval, values: np.ndarray) -> list[float]:
    return [
        float(v)
        for v in values
        if not (interval.nan if v != v else interval.lo <= v <= interval.hi)
    ]


def assert_sound(module: ModuleOp, values: list[SSAValue], inputs: np.ndarray) -> None:
    (program,) = module.body.block.ops
    assert isinstance(program, ProgramOp)
    intervals = Intervals(program, is_sound=True)
    rows = InterpInstance(module).compute(inputs).astype(np.float64)
    for at, value in enumerate(values):
        type_ = value.type
        assert isinstance(type_, SignalType)
        high, low = rows[2 * at], rows[2 * at + 1]
        interval = intervals.of(value)
        actual = high * 65536 + low if type_.element == i32 else high
        assert outside(interval, actual) == [], f"{interval} of {value.owner}\n{module}"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs(), st.integers(0, 2**32))
def test_intervals_hold_every_value(made: Made, seed: int) -> None:
    assert_sound(made.module, made.values, stimulus(seed))


@pytest.mark.fuzz
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs(), st.integers(0, 2**32))
def test_more_intervals_hold_every_value(made: Made, seed: int) -> None:
    assert_sound(made.module, made.values, stimulus(seed))


def stimulus(seed: int) -> np.ndarray:
    """Two rows: pairs of special values, then numbers of all magnitudes."""
    random = np.random.default_rng(seed)
    special = random.choice(SPECIAL, (2, FRAMES))
    wide = random.uniform(-1, 1, (2, FRAMES)) * 10.0 ** random.uniform(-50, 50, (2, FRAMES))
    small = random.uniform(-3, 3, (2, FRAMES))
    pick = random.integers(0, 3, (2, FRAMES))
    return np.choose(pick, [special, wide, small])


def test_infinities_of_opposite_signs_give_no_number() -> None:
    half = im.Interval(0.0, math.inf)
    assert im.sub(half, half).nan
    assert not im.add(half, half).nan


def test_rounding_keeps_signs_and_knows_the_ends_of_single_precision() -> None:
    assert im.rounded(im.Interval(0.0, 1.0)).lo == 0
    assert im.rounded(im.Interval(1e-45, 1.0)).lo == 0
    assert im.rounded(im.Interval(0.0, 3.5e38)).hi == math.inf
    assert im.rounded(im.Interval(1.0, math.inf)).lo <= 1.0
    assert im.rounded(im.Interval(math.inf, math.inf)).lo < math.inf


def test_halves_round_away_from_zero() -> None:
    assert [im.away(x) for x in (-0.5, 0.5, -1.5, 0.49999999999999994)] == [-1, 1, -2, 0]


def test_the_fraction_of_a_double_may_be_closer_to_1_than_that_of_a_float() -> None:
    largest = struct.unpack("d", struct.pack("Q", 0x3FEFFFFFFFFFFFFF))[0]
    block = Block(arg_types=[signal_type(f64, Rate.SAMPLE)])
    p = Program(f64, block, list(block.args), [], [])
    p.emit(arithmetic.AbsOp, [block.args[0]])
    p.emit(arithmetic.FloorOp, [p.floats[-1]])
    p.emit(arithmetic.SubOp, p.floats[-2:])
    assert_sound(finished(p), p.order, np.array([[largest, 1.0]]))
