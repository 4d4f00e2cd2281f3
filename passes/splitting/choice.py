"""Whether a program had better be one loop over the frames, or many over chunks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dspc.passes.splitting.costs import gain
from dspc.passes.splitting.graph import Graph
from dspc.passes.splitting.group import Group
from dspc.passes.splitting.speed import one_loop_cycles, split_cycles

WORTH = 0.85
"""Many loops are taken if they need no more than this share of the time of one."""
LEAST_SAVED = 16.0
LEAST_SHARE = 0.25
"""A program is mostly banks if packing saves that many steps, and that share of its nodes."""


@dataclass(frozen=True)
class Choice:
    """What speaks for many loops: `groups`, one for each, of a program's graph.

    `is_bank_only` asks for them only in programs that are mostly banks of recursions of one shape.
    """

    graph: Graph
    groups: list[Group]
    is_bank_only: bool

    @property
    def is_split(self) -> bool:
        return self.is_bank or (not self.is_bank_only and self.is_faster)

    @property
    def is_bank(self) -> bool:
        return self.saved >= max(LEAST_SAVED, LEAST_SHARE * len(self.graph.nodes))

    @cached_property
    def saved(self) -> float:
        """The steps a frame that packing saves."""
        lanes = self.graph.chunking.lanes
        return sum(gain(group.pack, lanes) for group in self.groups if group.pack)

    @property
    def is_faster(self) -> bool:
        return self.many < WORTH * self.one

    @cached_property
    def one(self) -> float:
        """The estimated cycles of a frame in one loop."""
        return one_loop_cycles(self.graph)

    @cached_property
    def many(self) -> float:
        """The estimated cycles of a frame in loops over chunks."""
        return split_cycles(self.graph, self.groups)
