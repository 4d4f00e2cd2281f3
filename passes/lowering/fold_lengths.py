"""Folds expressions of the length of a chunk, where code is for one length only.

Loops are written for chunks of any length: after the whole vectors of a chunk come its last frames,
and padding to a whole vector. A full chunk mostly has neither.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.dialects import arith, scf
from xdsl.ir import Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.passes.lowering.writer import INDEX, Writer

FOLDS: dict[type[Operation], Callable[[int, int], int]] = {
    arith.AddiOp: lambda a, b: a + b,
    arith.SubiOp: lambda a, b: a - b,
    arith.MuliOp: lambda a, b: a * b,
    arith.RemSIOp: lambda a, b: a % b,
}
"""The result for operands that are not negative, the second of a remainder not 0."""


def fold_length(w: Writer, length: SSAValue) -> None:
    """Fold the arithmetic on a constant length, and erase loops that run over no frames.

    `w` writes to the function that the users of `length` will be part of.
    """
    waiting = [use.operation for use in length.uses]
    while waiting:
        op = waiting.pop()
        if op.parent is None:
            continue  # erased, as one that uses a constant twice
        known = [_constant(operand) for operand in op.operands]
        fold = FOLDS.get(type(op))
        if fold is not None:
            a, b = known
            if a is None or b is None or (type(op) is arith.RemSIOp and b == 0):
                continue
            value = fold(a, b)
            if value < 0:
                continue
            result = w.index(value)
            waiting += [use.operation for use in op.results[0].uses]
            _replace(op, [result])
        elif isinstance(op, scf.ForOp):
            low, high = known[:2]
            if low is not None and high is not None and low >= high:
                _replace(op, op.iter_args)


def _constant(value: SSAValue) -> int | None:
    """A constant of type `index` that is not negative."""
    number = const_evaluate_operand(value) if value.type == INDEX else None
    return number if number is not None and number >= 0 else None


def _replace(op: Operation, values: Sequence[SSAValue]) -> None:
    for result, value in zip(op.results, values, strict=True):
        result.replace_all_uses_with(value)
    op.detach()
    op.erase()
