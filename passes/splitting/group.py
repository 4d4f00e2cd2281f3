"""The nodes of one loop while loops are being chosen, and how two of them become one."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic
from dspc.dialects.graphs import topological_order
from dspc.passes.splitting.fir import Fir
from dspc.passes.splitting.graph import Node
from dspc.passes.splitting.linear import Linear
from dspc.passes.splitting.packs import Pack

MOST_ABSORBED = 8
"""The most cheap free steps that join a recursive loop."""
MOST_RECURSIVE = 160
"""The most steps of a recursive loop that was joined of several."""

CHEAP: frozenset[type[Operation]] = frozenset((
    arithmetic.AddOp, arithmetic.SubOp, arithmetic.MulOp, arithmetic.AndOp, arithmetic.OrOp,
    arithmetic.XorOp, arithmetic.ShlOp, arithmetic.ShrOp, arithmetic.MinOp, arithmetic.MaxOp,
    arithmetic.AbsOp, arithmetic.CompareOp, arithmetic.Select2Op, arithmetic.IntOp,
    arithmetic.FloatOp, arithmetic.FloorOp,
))  # fmt: skip
"""Steps of a cycle or two, which a recursive loop computes while it waits."""


class Group:
    """The nodes of one loop, in program order."""

    __slots__ = (
        "after",
        "before",
        "feeds_ring",
        "fir",
        "is_recursive",
        "linear",
        "lined",
        "nodes",
        "pack",
        "unbound",
    )  # fmt: skip

    def __init__(
        self,
        nodes: list[Node],
        is_recursive: bool,
        pack: Pack | None = None,
        linear: Linear | None = None,
        fir: Fir | None = None,
    ) -> None:
        self.nodes = nodes
        self.is_recursive = is_recursive
        self.pack = pack
        """How the nodes run in lanes, if they do; then nothing else is in the loop."""
        self.linear = linear
        """The recursion that it is, if it runs as vectors over time; then it is nothing else."""
        self.fir = fir
        """The FIR filter that it is, if its sums run as vectors; then it is nothing else."""
        self.feeds_ring = False
        """Whether it writes the past of a signal that is delayed for long."""
        self.before: set[Group] = set()
        self.after: set[Group] = set()
        self.unbound: set[Group] = set()
        """Loops before this one that it can't join: it reads their past by way of memory."""
        self.lined: set[Group] = set()
        """Loops before this one whose past it reads."""

    @property
    def order(self) -> int:
        return self.nodes[0].order

    @property
    def is_alone(self) -> bool:
        """Whether nothing may join it: what it is is written in a way of its own."""
        return any(way is not None for way in (self.pack, self.linear, self.fir))

    def is_light(self) -> bool:
        """Whether it is so little that a recursive loop computes it in passing."""
        if self.is_recursive or self.is_alone or self.feeds_ring or len(self.nodes) > MOST_ABSORBED:
            return False
        return all(node.op is None or type(node.op) in CHEAP for node in self.nodes)


def merge(group: Group, other: Group) -> None:
    """Put the other group's nodes into this one; what it is, it stays."""
    group.nodes = sorted([*group.nodes, *other.nodes], key=lambda node: node.order)
    for source in other.before:
        source.after.discard(other)
        if source is not group:
            source.after.add(group)
            group.before.add(source)
    for target in other.after:
        target.before.discard(other)
        if target is not group:
            target.before.add(group)
            group.after.add(target)
        for ties in (target.unbound, target.lined):
            if other in ties:
                ties.discard(other)
                ties.add(group)
    group.feeds_ring |= other.feeds_ring
    group.unbound |= other.unbound
    group.lined |= other.lined
    for unwanted in (group, other):
        for ties in (group.before, group.after, group.unbound, group.lined):
            ties.discard(unwanted)


def in_order(groups: Iterable[Group]) -> list[Group]:
    """The groups, each after those that it depends on; otherwise in program order."""
    return topological_order(
        groups,
        lambda group: group.before,
        lambda group: group.after,
        lambda group: group.order,
    )
