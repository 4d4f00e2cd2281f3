"""The transfer function of each op on signals: from its operands' intervals to its own."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.passes.analysis import interval_bits as bits
from dspc.passes.analysis import interval_functions as functions
from dspc.passes.analysis import interval_math as im
from dspc.passes.analysis.interval_functions import Rule, monotone
from dspc.passes.analysis.interval_math import INT_MAX, Interval

EXACT = frozenset(
    {
        arithmetic.MinOp, arithmetic.MaxOp, arithmetic.AbsOp, arithmetic.Select2Op,
        arithmetic.FloorOp, arithmetic.CeilOp, arithmetic.RintOp, arithmetic.RoundOp,
        arithmetic.FmodOp, arithmetic.RemainderOp, time.AttachOp, interface.BargraphOp,
    }
)  # fmt: skip
"""Floating-point ops that do not round."""

SAFETY: dict[type[Operation], Rule] = {
    arithmetic.AddOp: im.add,
    arithmetic.SubOp: im.sub,
    arithmetic.MulOp: im.mul,
    arithmetic.DivOp: im.div,
    arithmetic.RemOp: functions.rem,
    arithmetic.AndOp: bits.bit_and,
    arithmetic.OrOp: bits.bit_or,
    arithmetic.XorOp: bits.bit_xor,
    arithmetic.ShlOp: bits.shift_left,
    arithmetic.ShrOp: bits.shift_right,
    arithmetic.MinOp: im.minimum,
    arithmetic.MaxOp: im.maximum,
    arithmetic.AbsOp: im.absolute,
    arithmetic.FloatOp: lambda x: x,
    arithmetic.SinOp: functions.sine,
    arithmetic.CosOp: functions.cosine,
    arithmetic.TanOp: functions.tangent,
    arithmetic.AsinOp: monotone(math.asin, -1.0, 1.0),
    arithmetic.AcosOp: functions.falling(math.acos, -1.0, 1.0),
    arithmetic.AtanOp: monotone(math.atan),
    arithmetic.Atan2Op: functions.angle,
    arithmetic.SinhOp: monotone(math.sinh),
    arithmetic.CoshOp: functions.cosh,
    arithmetic.TanhOp: monotone(math.tanh),
    arithmetic.AsinhOp: monotone(math.asinh),
    arithmetic.AcoshOp: monotone(math.acosh, 1.0),
    arithmetic.AtanhOp: monotone(math.atanh, -1.0, 1.0),
    arithmetic.ExpOp: monotone(math.exp),
    arithmetic.Exp10Op: monotone(lambda x: 10.0**x),
    arithmetic.LogOp: monotone(math.log, 0.0),
    arithmetic.Log10Op: monotone(math.log10, 0.0),
    arithmetic.SqrtOp: monotone(math.sqrt, 0.0),
    arithmetic.FloorOp: functions.whole(math.floor),
    arithmetic.CeilOp: functions.whole(math.ceil),
    arithmetic.RintOp: functions.whole(round),
    arithmetic.RoundOp: functions.whole(im.away),
    arithmetic.PowOp: functions.power,
    arithmetic.FmodOp: functions.fmod,
    arithmetic.RemainderOp: functions.remainder,
    time.AttachOp: lambda x, y: x,
    interface.BargraphOp: lambda x: x,
    tables.SoundfileLengthOp: lambda handle, part: Interval(0, INT_MAX),
    tables.SoundfileRateOp: lambda handle, part: Interval(0, INT_MAX),
}
"""Sound rules: integers wrap, a zero may be -0.0."""

SIZING: dict[type[Operation], Rule] = {
    **SAFETY,
    arithmetic.DivOp: im.div_within,
    arithmetic.Atan2Op: functions.angle_within,
    arithmetic.ShlOp: bits.shift_left_within,
}
"""Rules over the integers and reals, where overflow is assumed not to occur."""

_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "lt": operator.lt, "le": operator.le, "gt": operator.gt,
    "ge": operator.ge, "eq": operator.eq, "ne": operator.ne,
}  # fmt: skip
_OPPOSITES = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}


def decided(predicate: str, x: Interval, y: Interval) -> Interval:
    """The result of a comparison: 0, 1 or either. With a NaN all but `ne` are 0."""
    nan = x.nan or y.nan
    always = _always(predicate, x, y) and (not nan or predicate == "ne")
    never = _always(_OPPOSITES[predicate], x, y) and (not nan or predicate != "ne")
    return Interval(int(always), int(not never))


def _always(predicate: str, x: Interval, y: Interval) -> bool:
    """Whether the predicate holds for all pairs of values of two intervals."""
    if predicate == "eq":
        return x.lo == x.hi == y.lo == y.hi
    if predicate == "ne":
        return x.hi < y.lo or y.hi < x.lo
    holds = _HOLDS[predicate]
    return holds(x.hi, y.lo) if predicate in ("lt", "le") else holds(x.lo, y.hi)
