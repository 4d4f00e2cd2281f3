"""`clip-lower`: replaces `clip.clip` by signals that dspc can lower to loops."""

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import FloatAttr, ModuleOp
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter

from dspc.dialects.dsp.arithmetic import ConstantOp, MaxOp, MinOp, MulOp
from dspc.dialects.dsp.types import signal_type
from dspc_clip.dialect import ClipOp


@dataclass(frozen=True)
class ClipLower(ModulePass):
    """Expands `clip.clip` to a minimum and a maximum; `drive` amplifies the signal before them."""

    name = "clip-lower"
    TAKES = ("signals",)
    drive: float = 1.0

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for clip in list(op.walk()):
            if isinstance(clip, ClipOp):
                self.expand(clip)

    def expand(self, clip: ClipOp) -> None:
        kind, limit = clip.result.type, clip.limit.value.data
        made = []

        def number(value: float):
            attribute = FloatAttr(value, kind.element)
            made.append(
                ConstantOp.create(
                    result_types=[signal_type(kind.element, "const")],
                    properties={"value": attribute},
                )
            )
            return made[-1].result

        def binary(op, left, right):
            made.append(op.create(operands=[left, right], result_types=[kind]))
            return made[-1].result

        signal = clip.signal
        if self.drive != 1.0:
            signal = binary(MulOp, number(self.drive), signal)
        signal = binary(MinOp, number(limit), signal)
        binary(MaxOp, number(-limit), signal)
        Rewriter.replace_op(clip, made)
