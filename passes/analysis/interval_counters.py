"""Counters in the generators of tables: they run as many frames as the table has elements.

A member of a recursion that adds an integer of `a` to `b` to its own past is `n a` to `n b` after
`n` frames, by induction over the frames; nothing that widens finds this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.dialects.dsp.types import SignalType, is_int
from dspc.passes.analysis.interval_math import INT_MAX, INT_MIN, Interval


def frames_of(group: time.RecOp) -> int | None:
    """How many frames a group runs at most; None where there is no end."""
    current = group.parent_op()
    while current is not None:
        if isinstance(current, tables.TableOp):
            return current.table.type.size.data
        current = current.parent_op()
    return None


def limits(
    group: time.RecOp, frames: int, table: Mapping[SSAValue, Interval]
) -> dict[int, Interval]:
    """What the members of a group that are counters stay within, by their index."""
    found: dict[int, Interval] = {}
    for index, value in enumerate(group.yielded()):
        type_ = value.type
        if not isinstance(type_, SignalType) or not is_int(type_.element):
            continue
        for past, step in _addends(value.owner):
            if _is_past(past, group.body.block.args[index]) and step in table:
                by = table[step]
                found[index] = Interval(min(0, by.lo * frames), max(0, by.hi * frames))
    return {
        index: limit
        for index, limit in found.items()
        if limit.lo >= INT_MIN and limit.hi <= INT_MAX
    }


def _addends(op: object) -> Iterator[tuple[SSAValue, SSAValue]]:
    if isinstance(op, arithmetic.AddOp):
        yield op.lhs, op.rhs
        yield op.rhs, op.lhs


def _is_past(value: SSAValue, argument: SSAValue) -> bool:
    """Whether a value is an argument's past."""
    op = value.owner
    return isinstance(op, Operation) and isinstance(op, time.DelayOp) and op.signal is argument
