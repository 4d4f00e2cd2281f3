"""`clip-lower`: replaces `clip.clip` by signals that dspc can lower to loops."""

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter

from dspc.dialects.dsp.arithmetic import ConstantOp, MulOp
from dspc_clip.dialect import ClipOp, constant


@dataclass(frozen=True)
class ClipLower(ModulePass):
    """Expands `clip.clip` to a minimum and a maximum; `drive` amplifies the signal before them."""

    name = "clip-lower"
    TAKES = ("signals",)
    drive: float = 1.0

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for clip in list(op.walk()):
            if isinstance(clip, ClipOp):
                amplified = self.amplified(clip) if self.drive != 1.0 else []
                Rewriter.replace_op(clip, [*amplified, *clip.decompose()])

    def amplified(self, clip: ClipOp) -> list[ConstantOp | MulOp]:
        """The ops that multiply the signal of an op, which reads their result afterwards."""
        kind = clip.result.type
        factor = constant(self.drive, kind.element)
        product = MulOp.create(operands=[factor.result, clip.signal], result_types=[kind])
        clip.operands[0] = product.result
        return [factor, product]
