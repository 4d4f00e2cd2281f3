"""The interval rule of each op: sound for all samples of its operands, and tight."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.context import Context

from dspc.dialects.dsp import arithmetic as a
from dspc.dialects.dsp.constants import wrap32
from dspc.dialects.dsp.time import DelayOp
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.passes.analysis import interval_bits as bits
from dspc.passes.analysis.interval_math import Interval, away
from dspc.passes.analysis.interval_rules import SAFETY, SIZING, decided
from dspc.pipelines.standard import LOOP_PASSES, load_pass
from dspc.support.diagnostics import DspcError, Source

Numbers = tuple[float, float]


@st.composite
def intervals(draw: st.DrawFn, lo: float = -30.0, hi: float = 30.0) -> Numbers:
    return tuple(sorted((draw(st.floats(lo, hi)), draw(st.floats(lo, hi)))))  # type: ignore[return-value]


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, int]:
    """Ranges of integers, short or long."""
    ends = st.integers(-2147483648, 2147483647) | st.integers(-40, 40)
    first = draw(ends)
    second = draw(ends | st.integers(0, 9).map(lambda n: min(first + n, 2147483647)))
    return min(first, second), max(first, second)


MONOTONE = [
    (a.AtanOp, math.atan, -30, 30), (a.SinhOp, math.sinh, -30, 30), (a.TanhOp, math.tanh, -3, 3),
    (a.AsinhOp, math.asinh, -30, 30), (a.AcoshOp, math.acosh, 1, 30), (a.ExpOp, math.exp, -30, 30),
    (a.AtanhOp, math.atanh, -0.9, 0.9), (a.AsinOp, math.asin, -1, 1), (a.AcosOp, math.acos, -1, 1),
    (a.Exp10Op, lambda x: 10.0**x, -30, 30), (a.LogOp, math.log, 1e-9, 30),
    (a.Log10Op, math.log10, 1e-9, 30), (a.SqrtOp, math.sqrt, 0, 30), (a.RoundOp, away, -30, 30),
    (a.FloorOp, math.floor, -30, 30), (a.CeilOp, math.ceil, -30, 30), (a.RintOp, round, -30, 30),
]  # fmt: skip


@pytest.mark.parametrize(("op", "function", "lo", "hi"), MONOTONE)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_monotone_functions_attain_both_ends(
    data: st.DataObject, op: type, function: Callable[[float], float], lo: float, hi: float
) -> None:
    x = data.draw(intervals(lo, hi))
    interval = SAFETY[op](Interval(*x))
    assert (interval.lo, interval.hi, interval.nan) == (*sorted(map(function, x)), False)


ANY_SHAPE: list[tuple[type, Callable[..., float]]] = [
    (a.SinOp, math.sin), (a.CosOp, math.cos), (a.TanOp, math.tan), (a.CoshOp, math.cosh),
    (a.AbsOp, abs), (a.Atan2Op, math.atan2), (a.FmodOp, math.fmod),
    (a.RemainderOp, math.remainder), (a.PowOp, math.pow), (a.MinOp, min), (a.MaxOp, max),
    (a.AddOp, operator.add), (a.SubOp, operator.sub), (a.MulOp, operator.mul),
    (a.DivOp, operator.truediv),
]  # fmt: skip
STEPS = 24


def samples(x: Numbers) -> list[float]:
    return [x[0] + (x[1] - x[0]) * i / STEPS for i in range(STEPS)] + [x[1]]


@pytest.mark.parametrize("rules", [SAFETY, SIZING])
@pytest.mark.parametrize(("op", "function"), ANY_SHAPE)
@settings(max_examples=40, deadline=None)
@given(
    x=intervals(), y=intervals() | intervals(0.5, 2) | st.sampled_from([(2, 2), (3, 3), (-1, -1)])
)
def test_no_sample_lies_outside(
    rules: dict, op: type, function: Callable[..., float], x: Numbers, y: Numbers
) -> None:
    is_unary = op in (a.SinOp, a.CosOp, a.TanOp, a.CoshOp, a.AbsOp)
    interval = rules[op](Interval(*x)) if is_unary else rules[op](Interval(*x), Interval(*y))
    for one in samples(x):
        for other in [0.0] if is_unary else samples(y):
            try:
                value = function(one) if is_unary else function(one, other)
            except (ValueError, ZeroDivisionError, OverflowError):
                continue  # NaN or infinity: `nan` and unbounded intervals are tested elsewhere
            slack = 1e-9 * (1 + abs(value))
            assert interval.lo - slack <= value <= interval.hi + slack, (interval, one, other)


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        (a.SinOp, [(0, 1)], (0, math.sin(1))),
        (a.SinOp, [(1, 2)], (math.sin(1), 1)),
        (a.CosOp, [(-1, 1)], (math.cos(1), 1)),
        (a.TanOp, [(-1, 1)], (math.tan(-1), math.tan(1))),
        (a.Atan2Op, [(1, 2), (-1, 1)], (math.pi / 4, 3 * math.pi / 4)),
        (a.Atan2Op, [(-1, 1), (1, 2)], (-math.pi / 4, math.pi / 4)),
        (a.PowOp, [(-2, 3), (2, 2)], (0, 9)),
        (a.PowOp, [(-2, 3), (3, 3)], (-8, 27)),
        (a.PowOp, [(0.5, 4), (-1, 2)], (0.25, 16)),
        (a.FmodOp, [(0.25, 0.75), (1, 2)], (0.25, 0.75)),
        (a.FmodOp, [(9.25, 9.75), (2, 2)], (1.25, 1.75)),
        (a.FmodOp, [(-9, 0), (2, 2)], (-math.nextafter(2, 0), 0)),
        (a.RemainderOp, [(9.25, 9.75), (4, 4)], (1.25, 1.75)),
        (a.RemOp, [(-5, 30), (8, 8)], (-5, 7)),
        (a.RemOp, [(17, 20), (8, 8)], (1, 4)),
        (a.ShlOp, [(1, 1), (3, 9)], (8, 512)),
        (a.ShlOp, [(1, 1), (31, 31)], (-2147483648, -2147483648)),
        (a.ShrOp, [(-8, 64), (34, 35)], (-2, 16)),
    ],
)
def test_ends_that_are_known(op: type, operands: list[Numbers], expected: Numbers) -> None:
    interval = SAFETY[op](*[Interval(*x) for x in operands])
    assert (interval.lo, interval.hi) == pytest.approx(expected)
    assert not interval.nan


BITS = [(bits.bit_and, operator.and_), (bits.bit_or, operator.or_), (bits.bit_xor, operator.xor)]


@pytest.mark.parametrize(("rule", "function"), BITS)
def test_bits_of_small_ranges_are_as_tight_as_can_be(
    rule: Callable[..., Interval], function: Callable[[int, int], int]
) -> None:
    small = [(lo, hi) for lo in range(-6, 7) for hi in range(lo, 7)]
    for x in small:
        for y in small:
            all_ = [function(p, q) for p in range(x[0], x[1] + 1) for q in range(y[0], y[1] + 1)]
            assert rule(Interval(*x), Interval(*y))[:2] == (min(all_), max(all_))


INTEGERS: list[tuple[Callable[..., Interval], Callable[[int, int], int]]] = [
    *BITS,
    (bits.shift_left, lambda p, q: wrap32(p << (q % 32))),
    (bits.shift_right, lambda p, q: p >> (q % 32)),
    (SAFETY[a.RemOp], lambda p, q: int(math.fmod(p, q)) if q else 0),
    (lambda x, y: bits.wrapped(Interval(x.lo + y.lo, x.hi + y.hi)), lambda p, q: wrap32(p + q)),
]


@pytest.mark.parametrize(("rule", "function"), INTEGERS)
@settings(max_examples=60, deadline=None)
@given(x=ranges(), y=ranges())
def test_no_integer_lies_outside(
    rule: Callable[..., Interval], function: Callable[[int, int], int],
    x: tuple[int, int], y: tuple[int, int],
) -> None:  # fmt: skip
    interval = rule(Interval(*x), Interval(*y))
    for p in sorted({int(n) for n in samples(x)}):
        for q in sorted({int(n) for n in samples(y)}):
            assert interval.lo <= function(p, q) <= interval.hi, (interval, p, q)


def test_comparisons_of_ranges_apart_are_decided() -> None:
    low, high = Interval(0, 1), Interval(2, 3)
    assert [decided(p, low, high)[:2] for p in ("lt", "ge", "eq", "ne")] == [
        (1, 1), (0, 0), (0, 0), (1, 1),
    ]  # fmt: skip
    assert decided("le", low, Interval(1, 3)) == Interval(1, 1)
    assert decided("lt", low, Interval(1, 3)) == Interval(0, 1)
    unknown = low._replace(nan=True)
    assert decided("lt", unknown, high) == Interval(0, 1)
    assert decided("gt", unknown, high) == Interval(0, 0)
    assert decided("ne", unknown, high) == Interval(1, 1)


def bound(amount: str) -> int | str:
    """The `max` of a delay by an amount, or the error message."""
    text = f'import("stdfaust.lib"); n = nentry("n", 3, 0, 9, 1);\nprocess(x) = x@({amount});\n'
    module = compile_source(Source("p.dsp", text), FrontendOptions())
    try:
        for name in LOOP_PASSES[: LOOP_PASSES.index("dsp-size-delays") + 1]:
            load_pass(name)().apply(Context(), module)
    except DspcError as error:
        return f"{error.code}: {error.message}"
    (maximum,) = [op.max for op in module.walk() if isinstance(op, DelayOp) and op.max is not None]
    return maximum.value.data


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("rdtable(waveform { 1, 5, 9, 100 }, int(n) % 3)", 9),
        ("1 << int(ba.tabulate(1, log, 1024, 10, 20000, x).val)", 512),
        ("rdtable(8, (+(1) ~ _) - 1, int(n))", 7),
        ("select2(n > 9, n, 1000)", 9),
        ("select2(n >= 0, 1000, n)", 9),
        ("(int(n) * 8) & 12", 12),
        ("int(n) | 4", 13),
        ("int(n) xor 15", 15),
        ("int(atan2(abs(x), x) * 100)", 314),
        ("int(fmod(n * 100, 8))", 7),
        ("int(ma.SR * n)", 9 * 192000),
        ("min(20, 1 / abs(x))", 20),
        ("int(ma.SR * n * 10000)", "E0303: this delay is too large: up to 17 280 000 000 frames"),
        ("(+(1) ~ _)", "E0303: this delay has no upper bound"),
        ("n - 4", "E0304: a delay of -4 to 5 frames is negative"),
    ],
)
def test_nothing_is_allocated_that_cannot_be_reached(amount: str, expected: int | str) -> None:
    assert bound(amount) == expected
