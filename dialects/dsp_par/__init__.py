"""The `dsp_par` dialect: loops that communicate by buffers, and who may run them at once."""

from dspc.dialects.dsp_par.fork_join import ParallelOp, SectionOp, SectionsOp, SingleOp, TeamForOp
from dspc.dialects.dsp_par.loops import LoopKind, LoopKindAttr, LoopOp, WindowOp, YieldOp
from dspc.dialects.dsp_par.tasks import GraphOp, TaskOp
from xdsl.ir import Dialect

DspPar = Dialect(
    "dsp_par",
    [
        LoopOp,
        WindowOp,
        YieldOp,
        ParallelOp,
        SectionsOp,
        SectionOp,
        TeamForOp,
        SingleOp,
        GraphOp,
        TaskOp,
    ],
    [LoopKindAttr],
)

__all__ = [
    "DspPar",
    "GraphOp",
    "LoopKind",
    "LoopKindAttr",
    "LoopOp",
    "ParallelOp",
    "SectionOp",
    "SectionsOp",
    "SingleOp",
    "TaskOp",
    "TeamForOp",
    "WindowOp",
    "YieldOp",
]
