"""`dsp-rates`: gives each signal the slowest rate that it can have."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter

from dspc.dialects.dsp import arithmetic, interface, tables, time
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
    time.ControlOp: SAMPLE,
}
"""The slowest rate of an op's results, whatever its operands are; const unless listed."""
DECLARED = (interface.ForeignCallOp, interface.ForeignValueOp)


@dataclass(frozen=True)
class DspRates(ModulePass):
    """Narrows the rates of signals to what their operands need.

        %g : !dsp.signal<f32, block>                       %g : !dsp.signal<f32, block>
        %h = dsp.sin %g : ... -> signal<f32, sample>  -->  %h = ... -> signal<f32, block>

    Lowering then computes each value as seldom as it may. Delays and recursive groups change in
    every frame, since they start from 0.
    """

    name = "dsp-rates"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, interface.ProgramOp):
                for inner in program.body.walk():
                    narrow(inner)


def narrow(op: Operation) -> None:
    """Give an op's results their slowest legal rate; its operands have theirs."""
    rate = max([LEAST.get(type(op), CONST), *[rate_of(operand) for operand in op.operands]])
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
    """How often a value changes: a table's elements when it is written, a waveform's never."""
    kind = value.type
    if isinstance(kind, SignalType):
        return RATES.index(kind.rate.data)
    if isinstance(value.owner, tables.TableWriteOp):
        return SAMPLE
    return INIT if isinstance(value.owner, tables.TableOp) else CONST
