"""The decision between one loop over the frames and loop distribution over chunks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from xdsl.dialects.builtin import StringAttr, UnitAttr

from dspc.dialects.dsp import interface, time
from dspc.dialects.dsp.partition import DecisionOp, chunk_of
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.costs.loops import one_loop_cycles, split_cycles
from dspc.passes.partition.group import LoopGroup

LEAST_SAVED = 16.0
LEAST_SHARE = 0.25
"""A program consists mostly of banks if packs save at least this many operations in a frame, and
this share of its nodes."""


MOST_SPLIT = 20_000
"""Programs of more ops are distributed only if they consist mostly of banks: it bounds the compile
time of the C++ compiler."""
LEAST_ALIKE = 3
"""The fewest recursions of one size that may be a bank."""
LOOPS = ("many", "best", "banks")
"""Forms of a program: many loops, the faster of both, or many only for its banks."""


@dataclass(frozen=True)
class SplitDecision:
    """The estimates for the loops `groups` of a program's graph, and the decision.

    With `is_bank_only`, loops are distributed only in programs that consist mostly of banks of
    recursions of one shape; with `most_loops`, only into that many.
    """

    graph: Graph
    groups: list[LoopGroup]
    is_bank_only: bool
    most_loops: int | None = None

    @property
    def is_split(self) -> bool:
        if self.most_loops is not None and len(self.groups) > self.most_loops:
            return False
        return self.is_bank or (not self.is_bank_only and self.is_faster)

    @property
    def is_bank(self) -> bool:
        return self.saved >= max(LEAST_SAVED, LEAST_SHARE * len(self.graph.nodes))

    @cached_property
    def saved(self) -> float:
        """The operations per frame that packs save."""
        return sum(group.pack.gain for group in self.groups if group.pack)

    @property
    def is_faster(self) -> bool:
        return self.many < self.one

    @cached_property
    def one(self) -> float:
        """The estimated cycles per frame of one loop."""
        return one_loop_cycles(self.graph)

    @cached_property
    def many(self) -> float:
        """The estimated cycles per frame of the distributed loops."""
        return split_cycles(self.graph, self.groups)


def is_bank_only(program: interface.ProgramOp, loops: str) -> bool:
    """Whether a program becomes many loops only for its banks."""
    count = sum(not isinstance(op, DecisionOp) for op in program.body.block.ops)
    return loops == "banks" or count > MOST_SPLIT


def may_be_split(program: interface.ProgramOp, loops: str) -> bool:
    """Whether a program may become many loops at all: a cheap filter."""
    if loops == "many" or not is_bank_only(program, loops):
        return True
    sizes = Counter(
        len(op.body.block.ops) for op in program.body.block.ops if isinstance(op, time.Recursion)
    )
    return any(count >= LEAST_ALIKE for count in sizes.values())


def decide(program: interface.ProgramOp, decision: SplitDecision) -> None:
    """Mark the chunk of a program as one loop over all frames, or not, with the reason."""
    chunk = chunk_of(program.body.block)
    assert chunk is not None
    chunk.properties.pop("is_one_loop", None)
    if not decision.is_split:
        chunk.properties["is_one_loop"] = UnitAttr()
    chunk.properties["reason"] = StringAttr(_reason(decision))


def _reason(decision: SplitDecision) -> str:
    if decision.is_split and decision.is_bank:
        return f"packs save {decision.saved:.0f} ops a frame"
    if decision.most_loops is not None and len(decision.groups) > decision.most_loops:
        return f"{len(decision.groups)} loops are more than {decision.most_loops}"
    if decision.is_bank_only:
        return "only packs split the loop"
    why = f"one takes about {decision.one:.0f} cycles a frame, these {decision.many:.0f}"
    return why if decision.is_split else f"{why}, which is no less"
