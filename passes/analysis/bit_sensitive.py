"""Bit-sensitive signals: a rounding error may flip a comparison or a truncation of them."""

from __future__ import annotations

from xdsl.dialects.builtin import i32
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.base import element

DISCONTINUOUS = (  # as functions of a floating-point operand
    arithmetic.IntOp,
    arithmetic.CompareOp,
    arithmetic.RemOp,
    arithmetic.FloorOp,
    arithmetic.CeilOp,
    arithmetic.RintOp,
    arithmetic.RoundOp,
)


def bit_sensitive_signals(body: Block) -> set[SSAValue]:
    """The backward slice of discontinuous floating-point ops, across delays and recursions.

    A gated region counts as one op, which reads all that its ops read.
    """
    sensitive: set[SSAValue] = set()
    work = [value for op in time.frame_ops(body) if _is_discontinuous(op) for value in _reads(op)]
    while work:
        value = work.pop()
        if value in sensitive:
            continue
        sensitive.add(value)
        work.extend(_sources(value))
    return sensitive


def _is_discontinuous(op: Operation) -> bool:
    return any(
        isinstance(inner, DISCONTINUOUS) and element(inner.operands[0]) != i32
        for inner in op.walk()
    )


def _reads(op: Operation) -> list[SSAValue]:
    return [operand for inner in op.walk() for operand in inner.operands]


def _sources(value: SSAValue) -> list[SSAValue]:
    """The values that a value is computed from, in this or an earlier frame."""
    owner = value.owner
    if isinstance(owner, Block):
        parent = owner.parent_op()
        is_result = isinstance(parent, time.Recursion)
        return [parent.yielded()[value.index]] if is_result else []  # pyright: ignore
    if isinstance(owner, time.Recursion):
        return [owner.yielded()[value.index]]  # pyright: ignore
    return _reads(owner)
