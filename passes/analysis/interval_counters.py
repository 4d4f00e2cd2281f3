"""Counters in table generators, which run as many frames as the table has elements.

A member of a recursion that adds an integer within [a, b] to its own past is within [n a, n b]
after n frames, by induction. Widening loses this bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.dialects.dsp.types import SignalType, is_int
from dspc.passes.analysis.interval_math import INT_MAX, INT_MIN, Interval


def frames_of(group: time.Recursion) -> int | None:
    """The most frames that a group runs; None if unbounded."""
    current = group.parent_op()
    while current is not None:
        if isinstance(current, tables.TableOp):
            return current.table.type.size.data
        current = current.parent_op()
    return None


def limits(
    group: time.Recursion, frames: int, table: Mapping[SSAValue, Interval]
) -> dict[int, Interval]:
    """The intervals of those members of a group that are counters, by index."""
    bounds: dict[int, Interval] = {}
    for index, value in enumerate(group.yielded()):
        type_ = value.type
        if not isinstance(type_, SignalType) or not is_int(type_.element):
            continue
        for past, step in _addends(value.owner):
            if _is_past(past, group.body.block.args[index]) and step in table:
                by = table[step]
                bounds[index] = Interval(min(0, by.lo * frames), max(0, by.hi * frames))
    return {
        index: limit
        for index, limit in bounds.items()
        if limit.lo >= INT_MIN and limit.hi <= INT_MAX
    }


def _addends(op: object) -> Iterator[tuple[SSAValue, SSAValue]]:
    if isinstance(op, arithmetic.AddOp):
        yield op.lhs, op.rhs
        yield op.rhs, op.lhs


def _is_past(value: SSAValue, argument: SSAValue) -> bool:
    """Whether a value is a delay of an argument."""
    op = value.owner
    return isinstance(op, Operation) and isinstance(op, time.DelayOp) and op.signal is argument
