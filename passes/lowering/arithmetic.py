"""The lowering of each arithmetic op on signals to scalars, or to vectors (`lanes.py`).

A lowering takes the writer, the op, its lowered operands and facts proven about values. It returns
the result, defined for all operands: undefined behaviour of C is guarded unless proven impossible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import Protocol

from xdsl.dialects import arith, math
from xdsl.dialects.builtin import f32, i1, i32
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface
from dspc.dialects.dsp_par.lanes import lane_type
from dspc.passes.lowering.writer import (
    FLOAT_FLAGS,
    INT_FLAGS,
    Writer,
    float_attribute,
)

INT_MIN, INT_MAX = -2147483648, 2147483647


class SignalFacts(Protocol):
    """Sound facts about the values of signals, for all inputs and controls."""

    def within(self, value: SSAValue, low: float, high: float) -> bool:
        """Whether the signal is within [low, high] and never NaN."""
        ...

    def ends(self, value: SSAValue) -> tuple[float, float]:
        """The interval of the signal by Faust's rules, for `lowest` and `highest`."""
        ...


Lowering = Callable[[Writer, Operation, Sequence[SSAValue], SignalFacts], SSAValue]


def _both(on_ints: type[Operation], on_floats: type[Operation]) -> Lowering:
    def lower(w: Writer, _: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
        if lane_type(args[0].type) == i32:
            return w.emit(on_ints, args, i32, INT_FLAGS)
        return w.emit(on_floats, args, args[0].type, FLOAT_FLAGS)

    return lower


def _ints(op_type: type[Operation]) -> Lowering:
    return lambda w, op, args, facts: w.emit(op_type, args, i32)


def _floats(op_type: type[Operation]) -> Lowering:
    return lambda w, op, args, facts: w.emit(op_type, args, args[0].type, FLOAT_FLAGS)


def _shift(op_type: type[Operation], properties: dict[str, Attribute] | None = None) -> Lowering:
    def lower(w: Writer, op: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
        value, amount = args
        if not facts.within(op.operands[1], 0, 31):
            amount = w.and_int(amount, w.int(31))
        return w.emit(op_type, (value, amount), i32, properties)

    return lower


def _rem(w: Writer, op: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    """A divisor of 0 or -1 is replaced by 1: the result is 0."""
    value, divisor = args
    of = op.operands[1]
    if not (facts.within(of, 1, 2**31) or facts.within(of, INT_MIN, -2)):
        bad = w.compare_int("eq", divisor, w.int(0))
        if not facts.within(of, 0, 2**31):
            minus_one = w.compare_int("eq", divisor, w.int(-1))
            bad = w.emit(arith.OrIOp, (bad, minus_one), i1)
        divisor = w.select(bad, w.int(1), divisor)
    return w.emit(arith.RemSIOp, (value, divisor), i32)


def _min(w: Writer, _: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    lhs, rhs = args
    if lane_type(lhs.type) == i32:
        return w.emit(arith.MinSIOp, args, i32)
    return w.select(w.compare_float("lt", rhs, lhs), rhs, lhs)


def _max(w: Writer, _: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    lhs, rhs = args
    if lane_type(lhs.type) == i32:
        return w.emit(arith.MaxSIOp, args, i32)
    return w.select(w.compare_float("lt", lhs, rhs), rhs, lhs)


def _abs(w: Writer, _: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    (value,) = args
    if lane_type(value.type) != i32:
        return w.emit(math.AbsFOp, args, value.type, FLOAT_FLAGS)
    is_negative = w.compare_int("lt", value, w.int(0))
    return w.select(is_negative, w.sub_int(w.int(0), value), value)


def _compare(w: Writer, op: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    assert isinstance(op, arithmetic.CompareOp)
    predicate = op.predicate.data.value
    compare = w.compare_int if lane_type(args[0].type) == i32 else w.compare_float
    bit = compare(predicate, *args)
    result = w.emit(arith.ExtUIOp, (bit,), i32)
    w.function.bits[result] = bit
    return result


def _select2(w: Writer, _: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    selector, first, second = args
    bit = w.function.bits.get(selector)
    if bit is None:
        return w.select(w.compare_int("eq", selector, w.int(0)), first, second)
    return w.select(bit, second, first)


def _int(w: Writer, op: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    """Values outside of 32 bits, and NaN, are replaced by -2147483648 before the conversion."""
    (value,) = args
    element = lane_type(value.type)
    if not facts.within(op.operands[0], INT_MIN, 2147483520.0 if element == f32 else 2147483647.0):
        low = float_attribute(float(INT_MIN), element)
        high = w.constant(float_attribute(2147483648.0, element))
        if element == f32:
            above = w.compare_float("ge", value, w.constant(low))
        else:
            below_range = w.constant(float_attribute(-2147483649.0, element))
            above = w.compare_float("gt", value, below_range)
        below = w.compare_float("lt", value, high)
        fits = w.emit(arith.AndIOp, (above, below), i1)
        value = w.select(fits, value, w.constant(low))
    return w.emit(arith.FPToSIOp, (value,), i32)


def _float(w: Writer, op: Operation, args: Sequence[SSAValue], facts: SignalFacts) -> SSAValue:
    return w.emit(arith.SIToFPOp, args, _element(op))


def _assert_bounds(
    w: Writer, op: Operation, args: Sequence[SSAValue], facts: SignalFacts
) -> SSAValue:
    assert isinstance(op, interface.AssertBoundsOp)
    (value,) = args
    low, high = op.min.value.data, op.max.value.data
    if facts.within(op.signal, low, high):
        return value
    element = lane_type(value.type)
    if element == i32:
        # Clamp to 32 bits first: infinities have no integer bound.
        least = ceil(min(max(low, INT_MIN), INT_MAX))
        return w.clamp_int(value, least, floor(min(max(high, INT_MIN), INT_MAX)))
    low_value = w.constant(float_attribute(low, element))
    high_value = w.constant(float_attribute(high, element))
    value = w.select(w.compare_float("lt", value, low_value), low_value, value)
    return w.select(w.compare_float("gt", value, high_value), high_value, value)


def _element(op: Operation) -> Attribute:
    from dspc.dialects.dsp.base import element

    return element(op.results[0])


ARITHMETIC: dict[type[Operation], Lowering] = {
    arithmetic.AddOp: _both(arith.AddiOp, arith.AddfOp),
    arithmetic.SubOp: _both(arith.SubiOp, arith.SubfOp),
    arithmetic.MulOp: _both(arith.MuliOp, arith.MulfOp),
    arithmetic.DivOp: _floats(arith.DivfOp),
    arithmetic.RemOp: _rem,
    arithmetic.AndOp: _ints(arith.AndIOp),
    arithmetic.OrOp: _ints(arith.OrIOp),
    arithmetic.XorOp: _ints(arith.XOrIOp),
    arithmetic.ShlOp: _shift(arith.ShLIOp, INT_FLAGS),
    arithmetic.ShrOp: _shift(arith.ShRSIOp),
    arithmetic.MinOp: _min,
    arithmetic.MaxOp: _max,
    arithmetic.AbsOp: _abs,
    arithmetic.CompareOp: _compare,
    arithmetic.Select2Op: _select2,
    arithmetic.IntOp: _int,
    arithmetic.FloatOp: _float,
    interface.AssertBoundsOp: _assert_bounds,
    arithmetic.SinOp: _floats(math.SinOp),
    arithmetic.CosOp: _floats(math.CosOp),
    arithmetic.TanOp: _floats(math.TanOp),
    arithmetic.AsinOp: _floats(math.AsinOp),
    arithmetic.AcosOp: _floats(math.AcosOp),
    arithmetic.AtanOp: _floats(math.AtanOp),
    arithmetic.SinhOp: _floats(math.SinhOp),
    arithmetic.CoshOp: _floats(math.CoshOp),
    arithmetic.TanhOp: _floats(math.TanhOp),
    arithmetic.AsinhOp: _floats(math.AsinhOp),
    arithmetic.AcoshOp: _floats(math.AcoshOp),
    arithmetic.AtanhOp: _floats(math.AtanhOp),
    arithmetic.ExpOp: _floats(math.ExpOp),
    arithmetic.LogOp: _floats(math.LogOp),
    arithmetic.Log10Op: _floats(math.Log10Op),
    arithmetic.SqrtOp: _floats(math.SqrtOp),
    arithmetic.FloorOp: _floats(math.FloorOp),
    arithmetic.CeilOp: _floats(math.CeilOp),
    arithmetic.RintOp: _floats(math.RoundEvenOp),
    arithmetic.RoundOp: _floats(math.RoundOp),
    arithmetic.PowOp: _floats(math.PowFOp),
    arithmetic.Atan2Op: _floats(math.Atan2Op),
}
LIBRARY_CALLS: dict[type[Operation], str] = {
    arithmetic.FmodOp: "fmod",
    arithmetic.RemainderOp: "remainder",
    arithmetic.Exp10Op: "exp10",
}
"""C library functions that the upstream dialects lack: the name of the double version."""
