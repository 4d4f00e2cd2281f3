"""The decision between one loop over the frames and loop distribution over chunks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.costs.loops import one_loop_cycles, split_cycles
from dspc.passes.costs.packs import gain
from dspc.passes.partition.group import LoopGroup

WORTH = 0.85
"""Loops are distributed if the estimate is below this share of that of one loop."""
LEAST_SAVED = 16.0
LEAST_SHARE = 0.25
"""A program consists mostly of banks if packs save at least this many operations in a frame, and
this share of its nodes."""


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
        lanes, processor = self.graph.chunking.lanes, self.graph.chunking.processor
        return sum(gain(group.pack, lanes, processor) for group in self.groups if group.pack)

    @property
    def is_faster(self) -> bool:
        return self.many < WORTH * self.one

    @cached_property
    def one(self) -> float:
        """The estimated cycles per frame of one loop."""
        return one_loop_cycles(self.graph)

    @cached_property
    def many(self) -> float:
        """The estimated cycles per frame of the distributed loops."""
        return split_cycles(self.graph, self.groups)
