"""`clip-recognize`: finds limiters written as a minimum and a maximum."""

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import FloatAttr, ModuleOp
from xdsl.ir import SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter

from dspc.dialects.dsp.arithmetic import ConstantOp, MaxOp, MinOp
from dspc.support.counters import count
from dspc_clip.dialect import ClipOp


@dataclass(frozen=True)
class ClipRecognize(ModulePass):
    """Replaces `max(-a, min(a, x))`, for a constant a > 0, by `clip.clip`."""

    name = "clip-recognize"
    TAKES = ("signals",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for upper in list(op.walk()):
            if isinstance(upper, MaxOp) and isinstance(upper.rhs.owner, MinOp):
                lower = upper.rhs.owner
                low, high = constant(upper.lhs), constant(lower.lhs)
                is_symmetric = low is not None and high is not None and low == -high < 0
                if is_symmetric and lower.rhs.type == upper.result.type:
                    kind = upper.result.type
                    made = ClipOp.create(
                        operands=[lower.rhs],
                        result_types=[kind],
                        properties={"limit": FloatAttr(high, kind.element)},
                    )
                    made.result.name_hint = upper.result.name_hint
                    Rewriter.replace_op(upper, made)
                    count("limiters")


def constant(value: SSAValue) -> float | None:
    """The number that a signal is, if it is a constant of floating point."""
    owner = value.owner
    if isinstance(owner, ConstantOp) and isinstance(owner.value, FloatAttr):
        return owner.value.value.data
    return None
