"""Facts that a condition implies about the values it compares."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects import arith
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp_par.lanes import CompareOp
from dspc.passes.bounds.facts import INF, Fact, is_float, meet
from dspc.passes.bounds.floats import outward
from dspc.passes.bounds.integers import holds

Read = Callable[[SSAValue], Fact | None]
Known = dict[SSAValue, Fact]
MOST_TERMS = 16
"""Comparisons of one condition that are followed."""

OPPOSITE = {"lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "eq": "ne", "ne": "eq"}
MIRRORED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}


def predicate_of(op: Operation) -> tuple[str, bool] | None:
    """A comparison as `lt`, `le`, ... and whether it also holds for NaN; None for others."""
    if isinstance(op, CompareOp):
        return op.predicate.data.value, op.predicate.data.value == "ne"
    if isinstance(op, arith.CmpiOp):
        name = arith.CMPI_COMPARISON_OPERATIONS[op.predicate.value.data]
        if name in ("eq", "ne"):
            return name, False
        return (name[1:], False) if name[0] == "s" else None
    if isinstance(op, arith.CmpfOp):
        name = arith.CMPF_COMPARISON_OPERATIONS[op.predicate.value.data]
        if name[1:] in OPPOSITE:
            return name[1:], name[0] == "u"
    return None


def comparisons(condition: SSAValue, truth: bool) -> list[tuple[Operation, bool]]:
    """The comparisons that must all hold, or not hold, for a condition to have a truth value."""
    terms: list[tuple[Operation, bool]] = []
    work = [(condition, truth)]
    while work and len(terms) < MOST_TERMS:
        value, wanted = work.pop()
        op = value.owner
        if isinstance(op, arith.AndIOp | arith.OrIOp):
            if isinstance(op, arith.AndIOp) == wanted:
                work.extend((operand, wanted) for operand in op.operands)
        elif isinstance(op, Operation) and predicate_of(op) is not None:
            terms.append((op, wanted))
    return terms


def assumed(condition: SSAValue, truth: bool, read: Read) -> Known | None:
    """The facts that a condition adds; None if it cannot have this truth value."""
    known: Known = {}

    def refined(value: SSAValue) -> Fact | None:
        return known.get(value) or read(value)

    for op, wanted in comparisons(condition, truth):
        stated = predicate_of(op)
        assert stated is not None
        predicate, holds_for_nan = stated
        x, y = refined(op.operands[0]), refined(op.operands[1])
        if x is None or y is None:
            continue
        may_be_nan = x.nan or y.nan
        if not wanted:
            predicate, holds_for_nan = OPPOSITE[predicate], not holds_for_nan
        if may_be_nan and holds_for_nan:
            continue
        if holds(predicate, x, y) is False:
            return None
        for value, fact in _narrowed(op, predicate, x, y):
            if fact is None:
                return None
            known[value] = fact
    return known


def _narrowed(
    op: Operation, predicate: str, x: Fact, y: Fact
) -> list[tuple[SSAValue, Fact | None]]:
    lhs, rhs = op.operands
    floating = is_float(lhs.type)
    pairs: list[tuple[SSAValue, Fact | None]] = []
    for value, fact, other, name in ((lhs, x, y, predicate), (rhs, y, x, MIRRORED[predicate])):
        pairs.append((value, _limited(fact, name, other, value, floating)))
    return pairs


def _limited(fact: Fact, name: str, other: Fact, value: SSAValue, floating: bool) -> Fact | None:
    """The fact of `value` where it compares so with another, and neither is NaN."""
    low, high = -INF, INF
    if name in ("lt", "le", "eq"):
        high = other.high
    if name in ("gt", "ge", "eq"):
        low = other.low
    if name == "lt":
        high = -outward(Fact(-high, -high), value.type).high if floating else high - 1
    elif name == "gt":
        low = -outward(Fact(-low, -low), value.type).low if floating else low + 1
    elif name == "ne" and not floating and other.is_single:
        low = fact.low + 1 if fact.low == other.low else low
        high = fact.high - 1 if fact.high == other.high else high
    low, high = max(low, fact.low), min(high, fact.high)
    if low > high:
        return None
    return meet(fact._replace(nan=False), Fact(low, high)) if not floating else Fact(low, high)
