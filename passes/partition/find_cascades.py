"""Finds cascades among the recurrences of a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xdsl.ir import SSAValue

from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.costs.cascades import cascade_cycles, skew_of
from dspc.passes.costs.loops import linear_cycles
from dspc.passes.partition.cascade import Cascade, cascade_of, is_section
from dspc.passes.partition.group import LoopGroup, in_order
from dspc.passes.partition.linear import Linear, Readers, outputs_of, readers_of
from dspc.passes.partition.link import link

LEAST_SECTIONS = 3


def with_cascades(graph: Graph, clusters: list[LoopGroup]) -> list[LoopGroup]:
    """The clusters, in topological order before and after, with those made into one that are faster
    as sections of a cascade."""
    if sum(cluster.linear is not None for cluster in clusters) < LEAST_SECTIONS:
        return clusters
    readers = readers_of(graph)
    sections = {
        at: cluster.linear
        for at, cluster in enumerate(clusters)
        if cluster.linear is not None and is_section(graph, cluster.linear, readers)
    }
    cascades: list[LoopGroup] = []
    inside: set[int] = set()
    for members in _independent(graph, clusters, sections, readers):
        cascade = _worth(graph, [sections[at] for at in members], readers)
        if cascade is not None:
            nodes = [node for at in members for node in clusters[at].nodes]
            nodes.sort(key=lambda node: node.order)
            cascades.append(LoopGroup(nodes, True, cascade=cascade))
            inside.update(members)
    if not cascades:
        return clusters
    rest = [cluster for at, cluster in enumerate(clusters) if at not in inside]
    link(graph, [*rest, *cascades])
    return in_order([*rest, *cascades])


def _worth(graph: Graph, linear_ops: Sequence[Linear], readers: Readers) -> Cascade | None:
    """The cascade of some recurrences, if it takes less time than these in loops of their own."""
    if len(linear_ops) < LEAST_SECTIONS:
        return None
    depth = max(linear.depth(graph) for linear in linear_ops)
    skew = skew_of(graph.chunking.processor, depth)
    cascade = cascade_of(graph, linear_ops, skew, readers)
    apart = sum(linear_cycles(graph, linear) for linear in linear_ops)
    return cascade if cascade is not None and cascade_cycles(graph, cascade) < apart else None


def _independent(
    graph: Graph, clusters: Sequence[LoopGroup], sections: Mapping[int, Linear], readers: Readers
) -> Iterator[list[int]]:
    """Sections for at most the lanes of one vector, by the numbers of their clusters: trees whose
    first sections have equally many sections before them, so that no path leads out of these trees
    and back."""
    at_output: dict[SSAValue, int] = {}
    children: dict[int, list[int]] = {}
    roots: list[int] = []
    for at, linear in sections.items():
        (output,) = outputs_of(graph, linear, readers)
        source = at_output.get(linear.inputs[0].value)
        at_output[output] = at
        if source is None:
            roots.append(at)
        else:
            children.setdefault(source, []).append(at)
    levels = _levels(clusters, sections)
    rows: dict[tuple[int, object], list[int]] = {}
    for root in roots:
        kind = sections[root].signal.type
        rows.setdefault((levels[root], kind), []).extend(_preorder(root, children))
    lanes = graph.chunking.lanes
    for row in rows.values():
        yield from (row[start : start + lanes] for start in range(0, len(row), lanes))


def _preorder(root: int, children: Mapping[int, Sequence[int]]) -> Iterator[int]:
    work = [root]
    while work:
        at = work.pop()
        yield at
        work.extend(reversed(children.get(at, ())))


def _levels(clusters: Sequence[LoopGroup], sections: Mapping[int, Linear]) -> list[int]:
    """The most sections on a path to each cluster."""
    home = {node.order: at for at, cluster in enumerate(clusters) for node in cluster.nodes}
    levels: list[int] = []
    for at, cluster in enumerate(clusters):
        sources = {
            home[source] for node in cluster.nodes for source in (*node.sources, *node.line_edges)
        }
        levels.append(max((levels[s] + (s in sections) for s in sources if s != at), default=0))
    return levels
