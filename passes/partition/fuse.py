"""Loop distribution and fusion: strongly connected components first, then typed loop fusion.

Free loops are vectorised, so free and recursive nodes are not fused, unless the free ones are so
few that storing them to a row and loading them again would cost more than computing them within
the latency of a recursion. (K. Kennedy and K. S. McKinley, Maximizing loop parallelism and
improving data locality via loop fusion and distribution, LCPC 1993.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.costs.loops import serial_cycles
from dspc.passes.packing.units import units_of
from dspc.passes.packing.written import read_packs
from dspc.passes.partition.find_cascades import with_cascades
from dspc.passes.partition.fir import gather
from dspc.passes.partition.fuse_for_threads import fuse_for_threads
from dspc.passes.partition.group import MOST_RECURSIVE, LoopGroup, in_order, merge
from dspc.passes.partition.linear import find_taps, linear_of
from dspc.passes.partition.link import link
from dspc.passes.partition.written_firs import read_firs, runs_in_vectors

MOST_BESIDE = 32
"""The most operations of a loop of independent recursions that are not compared."""
WORTH = 0.8
"""Larger independent recursions share a loop if the estimate is below this part of those apart."""
MOST_STATE_SPACE = 32
"""The most loops of block state space: a bound of the compile time."""
MOST_MERGED = 600
"""Programs of more loops are not fused further: a bound of the compile time."""


def make_groups(graph: Graph, is_apart: bool = False) -> list[LoopGroup]:
    """The program's loops in topological order; with `is_apart`, those that can run at the same
    time are not fused."""
    clusters = _clusters(graph)
    if is_apart:
        link(graph, clusters)
        return in_order(fuse_for_threads(clusters, graph.chunking.size, graph.chunking.processor))
    groups = _fuse(graph, clusters)
    link(graph, groups)
    if len(groups) <= MOST_MERGED:
        groups = _absorb(groups)
    return in_order(_fuse_independent(graph, groups))


def _clusters(graph: Graph) -> list[LoopGroup]:
    """The indivisible units of fusion: recursions, packs, FIR filters, and single nodes."""
    in_vectors = runs_in_vectors(graph)
    units = units_of(graph, read_packs(graph))
    firs = {order: fir for fir in read_firs(graph) for order in fir.members}
    clusters: list[LoopGroup] = []
    for nodes, pack in units:
        fir = firs.get(nodes[0].order)
        if fir is not None:
            if fir.root is nodes[0]:
                clusters.append(LoopGroup([gather(graph, fir)], is_recursive=False, fir=fir))
            continue
        is_recursive = nodes[0].order in graph.recursive
        linear = linear_of(graph, nodes) if in_vectors and is_recursive and not pack else None
        clusters.append(LoopGroup(nodes, is_recursive or pack is not None, pack, linear))
    return _bounded(with_cascades(graph, _with_taps(graph, clusters)))


def _bounded(clusters: list[LoopGroup]) -> list[LoopGroup]:
    """The clusters, of which at most MOST_STATE_SPACE are block state space."""
    most = MOST_STATE_SPACE
    for cluster in clusters:
        if cluster.linear is not None and cluster.linear.order > 1:
            most -= 1
            if most < 0:
                cluster.linear = None
    return clusters


def _with_taps(graph: Graph, clusters: list[LoopGroup]) -> list[LoopGroup]:
    """The clusters, in which filters of the past of a linear recurrence are part of its own."""
    recurrences = [cluster for cluster in clusters if cluster.linear is not None]
    linear_ops = [cluster.linear for cluster in recurrences if cluster.linear is not None]
    plain = {
        cluster.order
        for cluster in clusters
        if len(cluster.nodes) == 1 and not cluster.is_recursive and not cluster.is_unfusable
    }
    absorbed: set[int] = set()
    for at, nodes in find_taps(graph, linear_ops, plain).items():
        recurrences[at].nodes = sorted(
            [*recurrences[at].nodes, *nodes], key=lambda node: node.order
        )
        recurrences[at].linear = replace(linear_ops[at], taps=tuple(nodes))
        absorbed.update(node.order for node in nodes)
    return [c for c in clusters if c.is_unfusable or c.order not in absorbed]


def _fuse(graph: Graph, clusters: list[LoopGroup]) -> list[LoopGroup]:
    """Fuse connected clusters of one kind that no path through another kind connects.

    A cluster's level is the greatest number of changes of kind and reads of delay lines on a path
    to it: adjacent clusters of one kind and level are fused (union-find), which closes no cycle.
    """
    at: dict[int, int] = {}
    kinds = [number if c.is_unfusable else -1 - c.is_recursive for number, c in enumerate(clusters)]
    levels: list[int] = []
    leader = list(range(len(clusters)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for number, cluster in enumerate(clusters):
        at.update((node.order, number) for node in cluster.nodes)
        level = 0
        plain: set[int] = set()
        for node in cluster.nodes:
            for source in map(at.__getitem__, node.sources):
                if source != number:
                    same = kinds[source] == kinds[number]
                    level = max(level, levels[source] + (not same))
                    if same:
                        plain.add(source)
            for source in map(at.__getitem__, node.line_edges):
                if source != number:
                    level = max(level, levels[source] + 1)
        levels.append(level)
        for source in plain:
            if levels[source] == level:
                leader[find(source)] = find(number)
    joined: dict[int, list[Node]] = {}
    for number, cluster in enumerate(clusters):
        joined.setdefault(find(number), []).extend(cluster.nodes)
    return [
        LoopGroup(
            sorted(nodes, key=lambda node: node.order),
            clusters[number].is_recursive,
            clusters[number].pack,
            clusters[number].linear,
            clusters[number].fir,
            clusters[number].cascade,
        )
        for number, nodes in joined.items()
    ]


def _absorb(groups: list[LoopGroup]) -> list[LoopGroup]:
    """Fuse recursive loops with adjacent light ones and with each other."""
    alive = set(groups)
    waiting = [
        group
        for group in sorted(groups, key=lambda g: g.order)
        if group.is_recursive and not group.is_unfusable
    ]
    while waiting:
        group = waiting.pop()
        if group not in alive:
            continue
        neighbours = sorted(group.before | group.after, key=lambda g: g.order)
        for other in neighbours:
            if _may_fuse(group, other):
                merge(group, other)
                alive.discard(other)
                waiting.append(group)
                break
    return list(alive)


def _fuse_independent(graph: Graph, groups: Sequence[LoopGroup]) -> list[LoopGroup]:
    """Fuse independent recursive loops, so that their latencies overlap.

    Loops of one level of the loop DAG (longest path from a source) are independent.
    """
    levels: dict[LoopGroup, int] = {}
    open_at: dict[tuple[int, bool], LoopGroup] = {}
    result: list[LoopGroup] = []
    for group in in_order(groups):
        level = levels[group] = 1 + max((levels[other] for other in group.before), default=0)
        if not group.is_recursive or group.is_unfusable or len(group.nodes) > MOST_RECURSIVE:
            result.append(group)
            continue
        place = level, len(group.nodes) <= MOST_BESIDE
        host = open_at.get(place)
        if host is None or not _overlap(graph, host, group):
            result.append(group)
            open_at[place] = group
        else:
            merge(host, group)
    return result


def _overlap(graph: Graph, group: LoopGroup, other: LoopGroup) -> bool:
    """Whether two independent recursive loops take less time as one: they are small, or one waits
    for its feedback while the other could run."""
    count = len(group.nodes) + len(other.nodes)
    if min(len(group.nodes), len(other.nodes)) <= MOST_BESIDE or count > MOST_RECURSIVE:
        return count <= MOST_BESIDE
    apart = serial_cycles(graph, group.nodes) + serial_cycles(graph, other.nodes)
    return serial_cycles(graph, [*group.nodes, *other.nodes]) < WORTH * apart


def _may_fuse(group: LoopGroup, other: LoopGroup) -> bool:
    if len(group.nodes) + len(other.nodes) > MOST_RECURSIVE:
        return False
    if other.is_unfusable or not (other.is_recursive or other.is_light()):
        return False
    if other in group.unbound or group in other.unbound:
        return False
    first, last = (group, other) if other in group.after else (other, group)
    return not _has_indirect_path(first, last)


def _has_indirect_path(first: LoopGroup, last: LoopGroup) -> bool:
    """Whether a path from one to the other leads through a third group."""
    work = [group for group in first.after if group is not last]
    seen = set(work)
    while work:
        for group in work.pop().after:
            if group is last:
                return True
            if group not in seen:
                seen.add(group)
                work.append(group)
    return False
