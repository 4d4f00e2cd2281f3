"""The `dsp_par` dialect: loops that communicate through buffers, and their parallel execution."""

from xdsl.ir import Dialect

from dspc.dialects.dsp_par.fork_join import ParallelOp, SectionOp, SectionsOp, SingleOp, TeamForOp
from dspc.dialects.dsp_par.lanes import (
    CompareOp,
    ConvertOp,
    LanePredicate,
    LanePredicateAttr,
    SelectOp,
)
from dspc.dialects.dsp_par.loops import LoopKind, LoopKindAttr, LoopOp, WindowOp, YieldOp
from dspc.dialects.dsp_par.tasks import GraphOp, TaskOp

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
        CompareOp,
        SelectOp,
        ConvertOp,
    ],
    [LoopKindAttr, LanePredicateAttr],
)

__all__ = [
    "CompareOp",
    "ConvertOp",
    "DspPar",
    "GraphOp",
    "LanePredicate",
    "LanePredicateAttr",
    "LoopKind",
    "LoopKindAttr",
    "LoopOp",
    "ParallelOp",
    "SectionOp",
    "SectionsOp",
    "SelectOp",
    "SingleOp",
    "TaskOp",
    "TeamForOp",
    "WindowOp",
    "YieldOp",
]
