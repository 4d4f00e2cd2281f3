"""Recognises ring buffers of `compute` of which a block accesses windows only.

A ring is a buffer that the loop over frames writes at its position, one element per iteration, and
reads at the position minus a loop-invariant amount. Indices are masked in rings of a power of two;
in exact rings, positions and indices wrap (passes/lowering/ring_indices.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects import arith, func, memref, scf
from xdsl.dialects.builtin import MemRefType, ModuleOp
from xdsl.ir import Block, BlockArgument, Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem import GetOp
from dspc.dialects.regions import is_outside
from dspc.passes.lowering.ring_indices import period_of

_LESS = arith.CMPI_COMPARISON_OPERATIONS.index("slt")


@dataclass(slots=True)
class Ring:
    """A ring of `size` elements. `amounts` are the distinct distances of its reads."""

    loop: scf.ForOp
    position: BlockArgument
    size: int
    store: memref.StoreOp
    reads: list[tuple[memref.LoadOp, SSAValue]] = field(
        default_factory=list[tuple[memref.LoadOp, SSAValue]]
    )

    @property
    def amounts(self) -> list[SSAValue]:
        return list(dict.fromkeys(amount for _, amount in self.reads))

    @property
    def may_read_old(self) -> bool:
        """Whether a read may see the element that the same iteration overwrites later."""
        before: set[Operation] = set()
        block = self.loop.body.block
        for op in block.ops:
            if op is self.store:
                break
            before.add(op)
        return any(
            not _is_near_never(amount, self.size)
            and block.find_ancestor_op_in_block(load) in before
            for load, amount in self.reads
        )


def rings(module: ModuleOp) -> dict[str, Ring]:
    """The rings of a lowered module's `compute`, by buffer name."""
    function = compute_of(module)
    loop = _frame_loop(function) if function is not None else None
    if function is None or loop is None:
        return {}
    rows: dict[str, list[SSAValue]] = {}
    for op in function.body.block.ops:
        if isinstance(op, GetOp):
            rows.setdefault(op.buffer.string_value(), []).append(op.memref)
    nested = [op for op in function.walk() if isinstance(op, GetOp)]
    hidden = {op.buffer.string_value() for op in nested if op.parent_block() != function.body.block}
    by_name: dict[str, Ring] = {}
    for name, values in rows.items():
        ring = _ring(values, loop) if name not in hidden else None
        if ring is not None:
            by_name[name] = ring
    return by_name


def compute_of(module: ModuleOp) -> func.FuncOp | None:
    """The definition of `compute`, or None."""
    for op in module.body.block.ops:
        if isinstance(op, func.FuncOp) and op.sym_name.data == "compute" and op.body.blocks:
            return op
    return None


def _frame_loop(function: func.FuncOp) -> scf.ForOp | None:
    """The only loop over all frames, from 0 in steps of 1, or None."""
    count = function.body.block.args[0] if function.body.block.args else None
    loops = [
        op
        for op in function.body.block.ops
        if isinstance(op, scf.ForOp)
        and op.ub is count
        and const_evaluate_operand(op.lb) == 0
        and const_evaluate_operand(op.step) == 1
    ]
    return loops[0] if len(loops) == 1 else None


def _ring(rows: list[SSAValue], loop: scf.ForOp) -> Ring | None:
    type = rows[0].type
    assert isinstance(type, MemRefType)
    shape = type.get_shape()
    if len(shape) != 1:
        return None
    uses = [use.operation for row in rows for use in row.uses]
    stores = [op for op in uses if isinstance(op, memref.StoreOp)]
    loads = [op for op in uses if isinstance(op, memref.LoadOp)]
    if len(stores) != 1 or len(loads) + 1 != len(uses) or stores[0].value in rows:
        return None
    if stores[0].parent_block() != loop.body.block:
        return None
    position = _position(stores[0].indices[0], loop, shape[0])
    if position is None:
        return None
    ring = Ring(loop, position, shape[0], stores[0])
    for load in loads:
        amount = _amount(load, ring)
        if amount is None:
            return None
        ring.reads.append((load, amount))
    return ring


def _position(index: SSAValue, loop: scf.ForOp, size: int) -> BlockArgument | None:
    """The loop-carried counter of which an index is the remainder modulo the ring size."""
    moment = _moment(index, size)
    if not isinstance(moment, BlockArgument) or moment.block is not loop.body.block:
        return None
    if moment.index == 0:
        return None
    end = loop.body.block.last_op
    assert end is not None
    following = end.operands[moment.index - 1].owner
    if period_of(size):
        following = _wrapped(following, size)
    if not isinstance(following, arith.AddiOp):
        return None
    sides = (following.lhs, following.rhs)
    steps = [const_evaluate_operand(side) for side in sides if side is not moment]
    return moment if moment in sides and steps == [1] else None


def _amount(load: memref.LoadOp, ring: Ring) -> SSAValue | None:
    """The loop-invariant distance of a read in frames; None where it varies."""
    if not ring.loop.is_ancestor(load):
        return None
    moment = _moment(load.indices[0], ring.size)
    difference = None if moment is None else moment.owner
    if period_of(ring.size) and difference is not None:
        difference = _wrapped(difference, ring.size)
    if not isinstance(difference, arith.SubiOp):
        return None
    if difference.lhs is not ring.position or not is_outside(difference.rhs, ring.loop):
        return None
    return difference.rhs


def _moment(index: SSAValue, size: int) -> SSAValue | None:
    """The moment behind an index: an index of an exact ring, or the operand of a mask."""
    cast = index.owner
    if period_of(size):
        return cast.input if isinstance(cast, arith.IndexCastOp) else None
    mask = cast.input.owner if isinstance(cast, arith.IndexCastOp) else None
    if not isinstance(mask, arith.AndIOp):
        return None
    for value, other in ((mask.lhs, mask.rhs), (mask.rhs, mask.lhs)):
        if const_evaluate_operand(other) == size - 1:
            return value
    return None


def _wrapped(op: Operation | Block, size: int) -> Operation | None:
    """The sum or difference that a select wraps in an exact ring."""
    test = op.cond.owner if isinstance(op, arith.SelectOp) else None
    if not isinstance(op, arith.SelectOp) or not isinstance(test, arith.CmpiOp):
        return None
    if test.predicate.value.data != _LESS:
        return None
    moved, limit = test.lhs, const_evaluate_operand(test.rhs)
    whole, kind = (op.rhs, arith.SubiOp) if limit == size else (op.lhs, arith.AddiOp)
    unwrapped = op.lhs if limit == size else op.rhs
    back = whole.owner
    is_brought_back = (
        isinstance(back, kind) and back.lhs is moved and const_evaluate_operand(back.rhs) == size
    )
    owner = moved.owner
    if limit not in (0, size) or unwrapped is not moved or not is_brought_back:
        return None
    return owner if isinstance(owner, Operation) else None


def _is_near_never(amount: SSAValue, size: int) -> bool:
    """Whether an amount is provably no multiple of the ring size."""
    known = const_evaluate_operand(amount)
    return known is not None and known % size != 0
