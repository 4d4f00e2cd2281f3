"""The dialect `clip`, with one op on signals."""

from xdsl.dialects.builtin import FloatAttr
from xdsl.ir import Dialect, Operation
from xdsl.irdl import irdl_op_definition, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.arithmetic import ConstantOp, MaxOp, MinOp
from dspc.dialects.dsp.composed import ComposedOp
from dspc.dialects.dsp.types import signal_type


@irdl_op_definition
class ClipOp(ComposedOp):
    """A signal limited to -limit .. limit: `clip.clip %x {limit = 0.5 : f32}`."""

    name = "clip.clip"
    limit = prop_def(FloatAttr)
    signal = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        if self.limit.value.data <= 0:
            raise VerifyException("the limit is more than 0")
        if self.signal.type != self.result.type:
            raise VerifyException("clipping does not change the type of a signal")

    def decompose(self) -> list[Operation]:
        """max(-limit, min(limit, signal)): what the op means."""
        kind = self.result.type
        limit = self.limit.value.data
        high, low = constant(limit, kind.element), constant(-limit, kind.element)
        lower = MinOp.create(operands=[high.result, self.signal], result_types=[kind])
        upper = MaxOp.create(operands=[low.result, lower.result], result_types=[kind])
        return [high, low, lower, upper]


def constant(value, element) -> ConstantOp:
    """The op of a constant signal."""
    return ConstantOp.create(
        result_types=[signal_type(element, "const")],
        properties={"value": FloatAttr(value, element)},
    )


CLIP = Dialect("clip", [ClipOp])
