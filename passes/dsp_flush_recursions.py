"""`dsp-flush-recursions`: flushes subnormal values of recursions to zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp, f32, f64, i32
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp import time
from dspc.dialects.dsp.arithmetic import (
    AbsOp,
    CompareOp,
    ConstantOp,
    Predicate,
    PredicateAttr,
    Select2Op,
)
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.types import Rate, signal_type
from dspc.dialects.places import located
from dspc.passes.lowering.writer import float_attribute

LEAST_SINGLE, LEAST_DOUBLE = 2.0**-126, 2.0**-1022
"""The least positive normal numbers of IEEE 754 binary32 and binary64."""


@dataclass(frozen=True)
class DspFlushRecursions(ModulePass):
    """Replaces subnormal values that recursions yield by 0: many processors handle them slowly.

    `mode` is that of Faust's `-ftz`: 1 also flushes the least normal number and NaN, 2 does not.
    """

    name = "dsp-flush-recursions"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    FLUSHES: ClassVar[bool] = True
    mode: int = 1

    def __post_init__(self) -> None:
        if self.mode not in (1, 2):
            raise ValueError("mode is 1 or 2")

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for inner in list(op.walk()):
            if isinstance(inner, time.Recursion):
                flush(inner, self.mode)


def flush(group: time.Recursion, mode: int) -> None:
    """Flush the subnormal values among those that a group yields."""
    block = group.body.block
    end = block.last_op
    assert end is not None
    for index, value in enumerate(end.operands):
        if element(value) not in (f32, f64):
            continue
        ops = _flushed(value, mode)
        block.insert_ops_before(ops, end)
        end.operands[index] = ops[-1].results[0]


def _flushed(value: SSAValue, mode: int) -> list[Operation]:
    """The ops that flush a value; the last one's result is the flushed value."""
    kind = element(value)
    sample, choice = signal_type(kind, Rate.SAMPLE), signal_type(i32, Rate.SAMPLE)
    constant = signal_type(kind, Rate.CONST)
    numbers = [
        ConstantOp.create(
            result_types=[constant], properties={"value": float_attribute(number, kind)}
        )
        for number in (LEAST_SINGLE if kind == f32 else LEAST_DOUBLE, 0.0)
    ]
    least, zero = (op.results[0] for op in numbers)
    size = AbsOp.create(operands=[value], result_types=[sample])
    predicate = Predicate.GT if mode == 1 else Predicate.LT
    test = CompareOp.create(
        operands=[size.results[0], least],
        result_types=[choice],
        properties={"predicate": PredicateAttr(predicate)},
    )
    branches = (zero, value) if mode == 1 else (value, zero)
    chosen = Select2Op.create(operands=[test.results[0], *branches], result_types=[sample])
    return [*numbers, size, test, chosen]
