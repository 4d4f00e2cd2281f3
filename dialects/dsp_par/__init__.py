"""The `dsp_par` dialect: loops that communicate by buffers, and who may run them at once."""

from dspc.dialects.dsp_par.loops import LoopKind, LoopKindAttr, LoopOp, WindowOp, YieldOp
from xdsl.ir import Dialect

DspPar = Dialect("dsp_par", [LoopOp, WindowOp, YieldOp], [LoopKindAttr])

__all__ = ["DspPar", "LoopKind", "LoopKindAttr", "LoopOp", "WindowOp", "YieldOp"]
