"""`dsp-rates`: infers the slowest rate of each signal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.recurrences import LinearOp, PhaseOp
from dspc.dialects.dsp.types import RATES, SignalType, signal_type

CONST, INIT, BLOCK, SAMPLE = range(4)
LEAST: dict[type[Operation], int] = {
    interface.SampleRateOp: INIT,
    interface.BlockSizeOp: BLOCK,
    interface.ReadWidgetOp: BLOCK,
    tables.SoundfileLengthOp: BLOCK,
    tables.SoundfileRateOp: BLOCK,
    tables.SoundfileReadOp: BLOCK,
    time.DelayOp: SAMPLE,
    time.PrefixOp: SAMPLE,
    time.RecOp: SAMPLE,
    LinearOp: SAMPLE,
    PhaseOp: SAMPLE,
    time.ControlOp: SAMPLE,
}
"""A lower bound of the rate of an op's results, independent of its operands; const unless
listed."""
DECLARED = (interface.ForeignCallOp, interface.ForeignValueOp)


@dataclass(frozen=True)
class DspRates(ModulePass):
    """Narrows the rate of each signal to the fastest rate of its operands.

    Lowering then computes each value as rarely as possible. Delays and recursive groups stay at
    sample rate, since they start from 0.
    """

    name = "dsp-rates"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, interface.ProgramOp):
                for inner in program.body.walk():
                    narrow(inner)


def narrow(op: Operation) -> None:
    """Set the slowest legal rate of an op's results; its operands are narrowed already."""
    operands = op.operands[:1] if isinstance(op, time.AttachOp) else op.operands
    rate = max([LEAST.get(type(op), CONST), *[rate_of(operand) for operand in operands]])
    for result in op.results:
        kind = result.type
        if not isinstance(kind, SignalType):
            continue
        own = rate
        if isinstance(op, DECLARED):
            own = max(own, RATES.index(kind.rate.data))
        elif isinstance(op, arithmetic.ConstantOp):
            own = CONST
        if RATES[own] is not kind.rate.data:
            Rewriter.replace_value_with_new_type(result, signal_type(kind.element, RATES[own]))


def rate_of(value: SSAValue) -> int:
    """The rate of a value: sample for the elements of a written table, const for a waveform's."""
    kind = value.type
    if isinstance(kind, SignalType):
        return RATES.index(kind.rate.data)
    if isinstance(value.owner, tables.TableWriteOp):
        return SAMPLE
    return INIT if isinstance(value.owner, tables.TableOp) else CONST
