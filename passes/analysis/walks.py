"""How an access moves through its row from turn to turn of the loops around it."""

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
"""Ops that make a place from a counter and leave neighbours in time neighbours in place."""


def pattern_of(op: Operation) -> Pattern:
    """The pattern of a load or a store: a counter less whatever amount is a walk.

    A distance that changes with the frame is taken to change slowly, as those of echoes and
    flangers do; a place that no counter is in, such as that of a table, may be any.
    """
    if "gather" in op.name or "scatter" in op.name:
        return Pattern.SCATTERED
    found = {
        _origin(value)
        for place in op.operands
        if isinstance(place.type, IndexType)
        for value in _sources(place)
    }
    for pattern in (Pattern.WALK, Pattern.SCATTERED):
        if pattern in found:
            return pattern
    return Pattern.FIXED


def _sources(place: SSAValue) -> Iterator[SSAValue]:
    """What a place is computed from."""
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
    """The pattern of places that are computed from one value alone."""
    owner = value.owner
    if isinstance(value, BlockArgument):
        return Pattern.WALK if _is_counter(value) else _unless_outside(value.block)
    if isinstance(owner, arith.ConstantOp) or not isinstance(owner, Operation):
        return Pattern.FIXED
    return _unless_outside(owner.parent_block())


def _unless_outside(block: Block | None) -> Pattern:
    """What is made outside of all loops is the same in each turn."""
    parent = block.parent_op() if block is not None else None
    while parent is not None:
        if isinstance(parent, scf.ForOp):
            return Pattern.SCATTERED
        parent = parent.parent_op()
    return Pattern.FIXED


def _is_counter(value: BlockArgument) -> bool:
    """Whether a loop counts it up: its own number, or one carried that depends on itself alone."""
    loop = value.block.parent_op()
    if not isinstance(loop, scf.ForOp):
        return False
    if value.index == 0:
        return True
    end = value.block.last_op
    return end is not None and value in _sources(end.operands[value.index - 1])
