"""The nodes of one loop during loop fusion, and the fusion of two loops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic
from dspc.passes.analysis.frame_graph import Node
from dspc.passes.packing.pack import Pack
from dspc.passes.partition.cascade import Cascade
from dspc.passes.partition.fir import Fir
from dspc.passes.partition.linear import Linear
from dspc.support.graphs import topological_order

MOST_ABSORBED = 8
"""The most cheap free operations that are fused into a recursive loop."""
MOST_RECURSIVE = 160
"""The most operations of a recursive loop that results from fusion."""

CHEAP: frozenset[type[Operation]] = frozenset((
    arithmetic.AddOp, arithmetic.SubOp, arithmetic.MulOp, arithmetic.AndOp, arithmetic.OrOp,
    arithmetic.XorOp, arithmetic.ShlOp, arithmetic.ShrOp, arithmetic.MinOp, arithmetic.MaxOp,
    arithmetic.AbsOp, arithmetic.CompareOp, arithmetic.Select2Op, arithmetic.IntOp,
    arithmetic.FloatOp, arithmetic.FloorOp,
))  # fmt: skip
"""Operations of one or two cycles, which fit into the latency of a recursive loop."""


class LoopGroup:
    """The nodes of one loop, in program order."""

    __slots__ = (
        "after",
        "before",
        "cascade",
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
        cascade: Cascade | None = None,
    ) -> None:
        self.nodes = nodes
        self.is_recursive = is_recursive
        self.pack = pack
        """The pack, if the nodes run as SIMD lanes; the loop then holds nothing else."""
        self.linear = linear
        """The linear recurrence, if it runs as a prefix scan; the loop then holds nothing else."""
        self.fir = fir
        """The FIR filter, if it runs as one; the loop then holds nothing else."""
        self.cascade = cascade
        """The cascade, if its sections run as SIMD lanes; the loop then holds nothing else."""
        self.feeds_ring = False
        """Whether it writes a ring buffer."""
        self.before: set[LoopGroup] = set()
        self.after: set[LoopGroup] = set()
        self.unbound: set[LoopGroup] = set()
        """Predecessors that it cannot be fused with: it reads their delay lines from memory."""
        self.lined: set[LoopGroup] = set()
        """Predecessors whose delay lines it reads."""

    @property
    def order(self) -> int:
        return self.nodes[0].order

    @property
    def is_unfusable(self) -> bool:
        """Whether it has a lowering of its own (pack, scan, FIR filter, cascade), which excludes
        fusion."""
        forms = (self.pack, self.linear, self.fir, self.cascade)
        return any(form is not None for form in forms)

    def is_light(self) -> bool:
        """Whether it is free and so cheap that it fits into the latency of a recursive loop."""
        if (
            self.is_recursive
            or self.is_unfusable
            or self.feeds_ring
            or len(self.nodes) > MOST_ABSORBED
        ):
            return False
        return all(node.op is None or type(node.op) in CHEAP for node in self.nodes)


def merge(group: LoopGroup, other: LoopGroup) -> None:
    """Fuse the other group into this one, which keeps its kind."""
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
        for edges in (target.unbound, target.lined):
            if other in edges:
                edges.discard(other)
                edges.add(group)
    group.feeds_ring |= other.feeds_ring
    group.unbound |= other.unbound
    group.lined |= other.lined
    for unwanted in (group, other):
        for edges in (group.before, group.after, group.unbound, group.lined):
            edges.discard(unwanted)


def in_order(groups: Iterable[LoopGroup]) -> list[LoopGroup]:
    """The groups in topological order; ties are in program order."""
    return topological_order(
        groups,
        lambda group: group.before,
        lambda group: group.after,
        lambda group: group.order,
    )


def beside_outputs(groups: Sequence[LoopGroup], is_apart: bool) -> list[LoopGroup]:
    """The loops that may run after another loop has written an output."""
    writers = [g for g in groups if any(node.output is not None for node in g.nodes)]
    if not is_apart:
        first = groups.index(writers[0]) if writers else len(groups)
        return list(groups[first + 1 :])
    place = {group: at for at, group in enumerate(groups)}
    earlier: dict[LoopGroup, int] = {}
    for group in groups:
        earlier[group] = 0
        for source in group.before:
            earlier[group] |= earlier[source] | 1 << place[source]
    return [
        group
        for at, group in enumerate(groups)
        if any(other is not group and not earlier[other] >> at & 1 for other in writers)
    ]
