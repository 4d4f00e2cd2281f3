"""Loops that copy rows or clear them, found so that they become one operation on memory.

LLVM finds them too (loop idiom recognition), but only after other passes have analysed and
transformed each of these loops, which are half of those of a reverb.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects import arith, memref
from xdsl.dialects.builtin import FloatAttr, IntegerAttr
from xdsl.dialects.scf import ForOp
from xdsl.ir import SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_par import LoopKind, LoopOp


@dataclass(frozen=True, slots=True)
class RowLoop:
    """A loop that stores one element in each iteration: of a row at the same index, or zero."""

    target: SSAValue
    source: SSAValue | None
    is_free: bool
    """Whether its iterations may run in any order."""


def row_loop(loop: ForOp) -> RowLoop | None:
    """The copies and clears of a loop over consecutive elements that does nothing else."""
    if loop.iter_args or const_evaluate_operand(loop.step) != 1:
        return None
    index = loop.body.block.args[0]
    ops = [op for op in loop.body.block.ops if not isinstance(op, arith.ConstantOp)][:-1]
    store = ops[-1] if ops else None
    if not isinstance(store, memref.StoreOp) or not _is_at(store.indices, index):
        return None
    parent = loop.parent_op()
    is_free = isinstance(parent, LoopOp) and parent.kind.data == LoopKind.FREE
    if len(ops) == 1:
        is_zero = _is_zero(store.value.owner)
        return RowLoop(store.memref, None, is_free) if is_zero else None
    load = ops[0]
    if len(ops) > 2 or not isinstance(load, memref.LoadOp) or store.value is not load.res:
        return None
    return RowLoop(store.memref, load.memref, is_free) if _is_at(load.indices, index) else None


def runs_once(loop: ForOp) -> bool:
    """Whether the bounds of a loop are constants with one iteration."""
    low, high, step = (const_evaluate_operand(bound) for bound in (loop.lb, loop.ub, loop.step))
    return low is not None and high is not None and step is not None and low < high <= low + step


def _is_at(indices: Sequence[SSAValue], index: SSAValue) -> bool:
    return tuple(indices) == (index,)


def _is_zero(op: object) -> bool:
    """Whether an op is a constant all of whose bits are zero."""
    if not isinstance(op, arith.ConstantOp):
        return False
    if isinstance(op.value, FloatAttr):
        number = op.value.value.data
        return number == 0 and math.copysign(1, number) > 0
    return isinstance(op.value, IntegerAttr) and op.value.value.data == 0
