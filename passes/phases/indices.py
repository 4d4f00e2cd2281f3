"""Table indices from the integer of a phase."""

from __future__ import annotations

import math

from xdsl.dialects.builtin import FloatAttr
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.passes.phases.fixed_point import BITS, FixedPointBuilder


def take_indices(phase: SSAValue, value: SSAValue) -> None:
    """Replace each `int(2^k * y)` by the highest k bits of a phase, whose value in turns is y.

    Both are rounded to BITS bits, small values of y less coarsely. A product that is read otherwise
    as well, as by an interpolation between elements of a table, stays.
    """
    for use in list(value.uses):
        product = use.operation
        if not isinstance(product, arithmetic.MulOp):
            continue
        bits = _power_of_two(product.operands[1 - use.index])
        if bits is None:
            continue
        readers = [one.operation for one in product.result.uses]
        if all(isinstance(reader, arithmetic.IntOp) for reader in readers):
            for reader in readers:
                _replace(reader, phase, bits)
        _erase_unused(product)
    _erase_unused(value.owner)


def _power_of_two(value: SSAValue) -> int | None:
    """The k of a constant 2^k of 1 to BITS bits."""
    op = value.owner
    if not isinstance(op, arithmetic.ConstantOp) or not isinstance(op.value, FloatAttr):
        return None
    fraction, exponent = math.frexp(op.value.value.data)
    return exponent - 1 if fraction == 0.5 and 1 <= exponent - 1 <= BITS else None


def _replace(reader: Operation, phase: SSAValue, bits: int) -> None:
    builder = FixedPointBuilder()
    index = builder.highest(phase, bits)
    index.name_hint = reader.results[0].name_hint
    block = reader.parent
    assert block is not None
    for op in builder.ops:
        op.location = reader.location
    block.insert_ops_before(builder.ops, reader)
    reader.results[0].replace_all_uses_with(index)
    reader.detach()
    reader.erase()


def _erase_unused(last: object) -> None:
    """Erase an op without uses, and those that only it used."""
    work = [last]
    while work:
        op = work.pop()
        if not isinstance(op, Operation) or op.parent is None:
            continue
        if not any(result.uses for result in op.results):
            work.extend(operand.owner for operand in op.operands)
            op.detach()
            op.erase()
