"""Numbers cut to 32 bits, in loops that no compiler turns into vectors.

A number beyond 32 bits is replaced by -2147483648 first, in IR. x86 processors convert it to that,
so there one instruction does it all; only vectors need the comparisons.
"""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.dialects.builtin import Float32Type, Float64Type, FloatAttr
from xdsl.dialects.scf import ForOp
from xdsl.ir import Operation, SSAValue

TO_INT = "dspc_to_int"
"""The helper, of wrapping.hpp."""
LOW, HIGH = -2147483648.0, 2147483648.0
ABOVE = {("oge", LOW), ("ogt", LOW - 1.0)}
"""How the lower bound is compared: no single-precision number lies between the two."""


def is_guard(op: Operation) -> bool:
    """Whether a select replaces what 32 bits can't hold, to be converted in a loop of scalars."""
    if not isinstance(op, arith.SelectOp) or not isinstance(op.cond.owner, arith.AndIOp):
        return False
    if not isinstance(op.lhs.type, Float32Type | Float64Type) or _constant(op.rhs) != LOW:
        return False
    above, below = (operand.owner for operand in op.cond.owner.operands)
    return (
        _compared(above, op.lhs) in ABOVE
        and _compared(below, op.lhs) == ("olt", HIGH)
        and all(isinstance(use.operation, arith.FPToSIOp) for use in op.result.uses)
        and _is_serial(op)
    )


def _compared(op: Operation | object, value: SSAValue) -> tuple[str, float | None] | None:
    """How a value is compared, and with what constant."""
    if not isinstance(op, arith.CmpfOp) or op.lhs is not value:
        return None
    return arith.CMPF_COMPARISON_OPERATIONS[op.predicate.value.data], _constant(op.rhs)


def _constant(value: SSAValue) -> float | None:
    op = value.owner
    if isinstance(op, arith.ConstantOp) and isinstance(op.value, FloatAttr):
        return op.value.value.data
    return None


def _is_serial(op: Operation) -> bool:
    """Whether no loop is around an op, or one that carries floating-point numbers from one turn to
    the next."""
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, ForOp):
        parent = parent.parent_op()
    return parent is None or any(
        isinstance(arg.type, Float32Type | Float64Type) for arg in parent.iter_args
    )
