"""The dialect `clip`, with one op on signals."""

from xdsl.dialects.builtin import FloatAttr
from xdsl.ir import Dialect
from xdsl.irdl import irdl_op_definition, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.base import SignalOp


@irdl_op_definition
class ClipOp(SignalOp):
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


CLIP = Dialect("clip", [ClipOp])
