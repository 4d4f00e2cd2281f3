"""Access patterns: how the index of an access changes over the iterations of its loops."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType
from xdsl.ir import Block, BlockArgument, Operation, SSAValue


class Pattern(Enum):
    FIXED = "the same place each time"
    WALK = "place after place"
    SCATTERED = "any place"


_STEPS = (
    *(arith.AddiOp, arith.SubiOp, arith.MuliOp, arith.AndIOp, arith.OrIOp, arith.SelectOp),
    *(arith.RemSIOp, arith.RemUIOp, arith.MinSIOp, arith.MaxSIOp),
    *(arith.IndexCastOp, arith.ExtSIOp, arith.TruncIOp),
)
"""Ops of an index expression that preserve unit stride."""


def pattern_of(op: Operation) -> Pattern:
    """The pattern of a load or a store: a counter minus any amount is sequential.

    A varying distance is assumed to change slowly, as in echoes and flangers; an index without a
    counter, such as that of a table, is scattered.
    """
    if "gather" in op.name or "scatter" in op.name:
        return Pattern.SCATTERED
    patterns = {
        _origin(value)
        for place in op.operands
        if isinstance(place.type, IndexType)
        for value in _sources(place)
    }
    for pattern in (Pattern.WALK, Pattern.SCATTERED):
        if pattern in patterns:
            return pattern
    return Pattern.FIXED


def _sources(place: SSAValue) -> Iterator[SSAValue]:
    """The values that an index is computed from."""
    work, seen = [place], {place}
    while work:
        value = work.pop()
        owner = value.owner
        if not isinstance(owner, _STEPS):
            yield value
            continue
        for operand in owner.operands:
            if operand not in seen:
                seen.add(operand)
                work.append(operand)


def _origin(value: SSAValue) -> Pattern:
    """The pattern of indices computed from a single value."""
    owner = value.owner
    if isinstance(value, BlockArgument):
        return Pattern.WALK if _is_counter(value) else _unless_outside(value.block)
    if isinstance(owner, arith.ConstantOp) or not isinstance(owner, Operation):
        return Pattern.FIXED
    return _unless_outside(owner.parent_block())


def _unless_outside(block: Block | None) -> Pattern:
    """FIXED for values defined outside of all loops."""
    parent = block.parent_op() if block is not None else None
    while parent is not None:
        if isinstance(parent, scf.ForOp):
            return Pattern.SCATTERED
        parent = parent.parent_op()
    return Pattern.FIXED


def _is_counter(value: BlockArgument) -> bool:
    """Whether it is an induction variable: the loop counter, or an iteration argument that depends
    on itself only."""
    loop = value.block.parent_op()
    if not isinstance(loop, scf.ForOp):
        return False
    if value.index == 0:
        return True
    end = value.block.last_op
    return end is not None and value in _sources(end.operands[value.index - 1])
