"""The edges between loops."""

from __future__ import annotations

from collections.abc import Sequence

from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.partition.group import LoopGroup


def link(graph: Graph, groups: Sequence[LoopGroup]) -> None:
    """Compute each group's predecessors and successors."""
    at = {node.order: group for group in groups for node in group.nodes}
    for line in graph.plan.lines_in.get(None, ()):
        if not graph.is_copied(line):
            at[graph.writer(line.signal)].feeds_ring = True
    for group in groups:
        for node in group.nodes:
            for source in map(at.__getitem__, node.sources):
                group.before.add(source)
            for order, fits in node.line_edges.items():
                group.before.add(at[order])
                group.lined.add(at[order])
                if not fits:
                    group.unbound.add(at[order])
        group.before.discard(group)
        group.unbound.discard(group)
        group.lined.discard(group)
        for source in group.before:
            source.after.add(group)
