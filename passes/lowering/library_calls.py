"""Calls of C functions that the upstream dialects lack; `fmod` by subtraction in most frames.

`fmod(x, y)` is `x` where `|x| < |y|`, and `|x| - |y|` with the sign of `x` where `|x| < 2|y|`: the
difference is exact (P. H. Sterbenz, Floating-Point Computation, 1974, theorem 4.3.1). The C
library, whose `fmod` is a loop over the bits of the quotient or a division of integers, computes
the rest. A phase or delay that is wrapped in a recursion rarely needs it. NaN fails both
comparisons, and so does a divisor of 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import arith, math, scf
from xdsl.dialects.builtin import Float32Type
from xdsl.ir import Block, Operation, Region, SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.passes.lowering.arithmetic import LIBRARY_CALLS
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import FLOAT_FLAGS, Writer


def library_call(
    unit: LoweringUnit, w: Writer, op: Operation, args: Sequence[SSAValue], in_loop: bool
) -> SSAValue:
    """The result of the function of an op; `in_loop` is whether it is computed in each frame."""
    if in_loop and isinstance(op, arithmetic.FmodOp):
        return _remainder(unit, w, op, args)
    return _call(unit, w, op, args)


def _call(unit: LoweringUnit, w: Writer, op: Operation, args: Sequence[SSAValue]) -> SSAValue:
    kind = args[0].type
    name = LIBRARY_CALLS[type(op)] + ("f" if isinstance(kind, Float32Type) else "")
    return unit.call(w, name, args, kind)


def _remainder(unit: LoweringUnit, w: Writer, op: Operation, args: Sequence[SSAValue]) -> SSAValue:
    """`fmod`, identical for all operands to the call, which is made for quotients of 2 and more."""
    x, y = args
    kind = x.type
    size, limit = (w.emit(math.AbsFOp, (value,), kind, FLOAT_FLAGS) for value in args)
    twice = w.emit(arith.AddfOp, (limit, limit), kind, FLOAT_FLAGS)
    near, far = Writer(w.function, []), Writer(w.function, [])
    near.location = far.location = w.location
    rest = near.emit(arith.SubfOp, (size, limit), kind, FLOAT_FLAGS)
    rest = near.emit(math.CopySignOp, (rest, x), kind, FLOAT_FLAGS)
    rest = near.select(near.compare_float("lt", size, limit), x, rest)
    is_near = w.compare_float("lt", size, twice)
    regions: list[Region] = []
    for branch, value in ((near, rest), (far, _call(unit, far, op, (x, y)))):
        block = Block()
        block.add_ops([*branch.ops, scf.YieldOp.create(operands=[value])])
        regions.append(Region(block))
    chosen = scf.IfOp.create(
        operands=[is_near], result_types=[kind], regions=regions, location=w.location
    )
    w.ops.append(chosen)
    return chosen.results[0]
