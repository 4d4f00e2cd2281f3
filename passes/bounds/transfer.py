"""The fact of an op's result from the facts of its operands."""

from __future__ import annotations

import math as maths
from collections.abc import Sequence

from xdsl.dialects import arith, math, scf, vector
from xdsl.dialects.builtin import (
    DenseIntOrFPElementsAttr,
    FloatAttr,
    IntegerAttr,
    MemRefType,
)
from xdsl.dialects.func import CallOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp_par.lanes import ConvertOp
from dspc.dialects.dsp_par.lanes import SelectOp as LaneSelectOp
from dspc.passes.bounds import floats, integers
from dspc.passes.bounds.assumptions import Known, Read, assumed, predicate_of
from dspc.passes.bounds.facts import (
    ANY_FLOAT,
    Fact,
    fits,
    is_float,
    join,
    meet,
    number,
    top,
    whole,
    width_of,
    wrapped,
)

DEPTH = 5
"""Ops between a select and a value that its condition compares."""

_SAME = (vector.BroadcastOp, vector.ExtractOp, vector.ShuffleOp, vector.InsertOp)
_SELECTS = (arith.SelectOp, LaneSelectOp)
_WHOLE = (arith.IndexCastOp, arith.ExtSIOp, arith.TruncIOp)


def constant(op: arith.ConstantOp) -> Fact:
    """The fact of a constant."""
    value = op.value
    if isinstance(value, IntegerAttr):
        return number(value.value.data & 1 if width_of(op.result.type) == 1 else value.value.data)
    if isinstance(value, FloatAttr):
        data = value.value.data
        return Fact(data, data) if data == data else ANY_FLOAT
    if isinstance(value, DenseIntOrFPElementsAttr):
        return hull(_numbers(value), is_float(op.result.type))
    return top(op.result.type)


def _numbers(value: DenseIntOrFPElementsAttr) -> list[float]:
    return [number for number in value.get_values() if not isinstance(number, tuple)]


def hull(values: Sequence[float], floating: bool) -> Fact:
    """The fact of some numbers."""
    if floating:
        numbers = [float(v) for v in values if v == v]
        if not numbers:
            return ANY_FLOAT
        return Fact(min(numbers), max(numbers), len(numbers) < len(values))
    return whole(int(min(values)), int(max(values)))


def result_of(op: Operation, read: Read, depth: int = DEPTH) -> Fact | None:
    """The fact of the only result of an op without regions; None if it is not reached."""
    if isinstance(op, arith.ConstantOp):
        return constant(op)
    if isinstance(op, _SELECTS):
        return _select(op, read, depth)
    facts = [read(operand) for operand in op.operands]
    known = [fact for fact in facts if fact is not None]
    if len(known) < len(facts):
        return None
    type_ = op.results[0].type
    if isinstance(op, _SAME):
        values = [f for f, v in zip(known, op.operands, strict=True) if _is_source(op, v)]
        return join(values[0], values[-1])
    if predicate_of(op) is not None:
        return _compared(op, known)
    if is_float(type_):
        return _floating(op, known)
    return _integer(op, known)


def _is_source(op: Operation, operand: SSAValue) -> bool:
    """Whether an operand of a vector op gives elements: others are positions."""
    return is_float(operand.type) == is_float(op.results[0].type) and (
        width_of(operand.type) == width_of(op.results[0].type)
    )


def _compared(op: Operation, known: list[Fact]) -> Fact:
    stated = predicate_of(op)
    assert stated is not None
    x, y = known
    if x.nan or y.nan:
        return Fact(0, 1)
    decided = integers.holds(stated[0], x, y)
    return Fact(0, 1) if decided is None else number(int(decided))


def _integer(op: Operation, known: list[Fact]) -> Fact:
    type_ = op.results[0].type
    rule = integers.RULES.get(type(op))
    if rule is not None:
        if width_of(type_) == 1:
            return Fact(0, 1)
        if isinstance(op, arith.SubiOp) and (special := _difference(op, known)) is not None:
            return special
        return wrapped(rule(known[0], known[1]), type_)
    if isinstance(op, _WHOLE):
        return wrapped(known[0], type_)
    if isinstance(op, arith.ExtUIOp):
        return known[0] if known[0].low >= 0 else top(type_)
    if isinstance(op, arith.FPToSIOp | ConvertOp):
        x = known[0]
        if not is_float(op.operands[0].type):
            return x
        limits = top(type_)
        if x.nan or x.low <= limits.low - 1 or x.high >= limits.high + 1:
            return limits
        return whole(maths.trunc(x.low), maths.trunc(x.high))
    return top(type_)


def _difference(op: arith.SubiOp, known: list[Fact]) -> Fact | None:
    """Of a loop's end and its counter, which is at least 1; or `x - x rem c` of an x >= 0, the
    multiple of c at or below x."""
    left = op.rhs.owner
    loop = left.parent_op() if isinstance(left, Block) else None
    if isinstance(loop, scf.ForOp) and op.lhs is loop.ub and op.rhs is loop.body.block.args[0]:
        exact = integers.sub(known[0], known[1])
        return meet(exact, Fact(1, exact.high)) if fits(exact, op.result.type) else None
    if not isinstance(left, arith.RemSIOp) or left.lhs is not op.lhs or known[0].low < 0:
        return None
    divisor = left.rhs.owner
    by = constant(divisor) if isinstance(divisor, arith.ConstantOp) else None
    if by is None or by.low < 1:
        return None
    return whole(known[0].low // by.rest * by.rest, known[0].high, by.rest)


def _floating(op: Operation, known: list[Fact]) -> Fact:
    type_ = op.results[0].type
    function = floats.FUNCTIONS.get(type(op))
    if function is not None:
        return function(known[0], type_)
    if isinstance(op, arith.SIToFPOp | ConvertOp | arith.UIToFPOp):
        x = known[0]
        exact = max(abs(x.low), abs(x.high)) <= 1 << 24
        fact = Fact(float(x.low), float(x.high))
        return fact if exact else floats.outward(fact, type_)
    if isinstance(op, arith.ExtFOp):
        return known[0]
    if isinstance(op, arith.SubfOp) and _is_fraction(op, known[0]):
        return Fact(0.0, 1.0 if known[0].low < 0 else floats.below_one(type_), known[0].nan)
    if isinstance(op, CallOp):
        called = floats.CALLS.get(op.callee.string_value()) if len(known) == 2 else None
        return ANY_FLOAT if called is None else called(known[0], known[1])
    rule = floats.RULES.get(type(op))
    if rule is None:
        return ANY_FLOAT
    exact = rule(known[0], known[1])
    if isinstance(op, arith.MulfOp) and op.lhs is op.rhs:
        exact = exact._replace(low=max(exact.low, 0.0))
    if isinstance(op, arith.MulfOp) and floats.is_exact_product(known[0], known[1], exact):
        return exact
    return floats.outward(exact, type_)


def _is_fraction(op: arith.SubfOp, x: Fact) -> bool:
    """`x - floor(x)` of a finite x: exact and below 1 for x >= 0; else it may be rounded to 1."""
    low = op.rhs.owner
    is_floor = isinstance(low, math.FloorOp) and low.operand is op.lhs
    return is_floor and x.low > -maths.inf and x.high < maths.inf


def _select(op: Operation, read: Read, depth: int) -> Fact | None:
    condition, yes, no = op.operands
    fact_of_condition = read(condition)
    if fact_of_condition is None:
        return None
    chosen: list[Fact] = []
    for value, truth in ((yes, True), (no, False)):
        if fact_of_condition.step == 0 and bool(fact_of_condition.rest) != truth:
            continue
        known = assumed(condition, truth, read)
        fact = None if known is None else under(value, known, read, depth)
        if fact is not None:
            chosen.append(fact)
    return join(chosen[0], chosen[-1]) if chosen else None


def under(value: SSAValue, known: Known, read: Read, depth: int = DEPTH) -> Fact | None:
    """The fact of a value where others have the facts of `known`.

    Values at most `depth` ops away from these are computed anew.
    """
    plain = read(value)
    assumption = known.get(value)
    if assumption is not None:
        return assumption if plain is None else meet(plain, assumption)
    op = value.owner
    if not known or depth == 0 or not isinstance(op, Operation) or op.regions or not op.operands:
        return plain
    if plain is None or any(is_memory(operand) for operand in op.operands):
        return plain
    again = result_of(op, lambda operand: under(operand, known, read, depth - 1), depth - 1)
    return None if again is None else meet(plain, again)


def is_memory(value: SSAValue) -> bool:
    return isinstance(value.type, MemRefType)
