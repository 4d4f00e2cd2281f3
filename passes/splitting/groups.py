"""Which nodes make one loop: recursions first, then as few loops as keep the free ones free.

Free loops become vector code, so what is free is kept apart from what is recursive, unless it is so
little that storing it to a buffer and loading it again would cost more than computing it in the
shadow of a recursion's latency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.passes.splitting.choosing import choose_packs, units_of
from dspc.passes.splitting.fir import Fir, find_firs, gather
from dspc.passes.splitting.graph import Graph, Node
from dspc.passes.splitting.linear import Linear, find_linear
from dspc.passes.splitting.packs import Pack

MOST_ABSORBED = 8
"""The most cheap free steps that join a recursive loop."""
MOST_RECURSIVE = 160
"""The most steps of a recursive loop that was joined of several."""
MOST_BESIDE = 32
"""The most steps of a loop of recursions that do not depend on each other."""
LEAST_SCANNED = 4
"""From so many lanes on, linear recursions run as vectors over time."""
MOST_MERGED = 600
"""Programs of more loops than this are left as they are, to spend no time on joining."""

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


def make_groups(graph: Graph) -> list[Group]:
    """The program's loops in an order in which they can run."""
    clusters = _clusters(graph)
    if graph.chunking.apart:
        from dspc.passes.splitting.apart import join_apart

        _link(graph, clusters)
        return in_order(join_apart(clusters, graph.chunking.size))
    groups = _fuse(graph, clusters)
    _link(graph, groups)
    if len(groups) <= MOST_MERGED:
        groups = _join(groups)
    return in_order(_join_beside(groups))


def _clusters(graph: Graph) -> list[Group]:
    """The nodes that no loop can have without the others: recursions, packs; each other alone."""
    edges = [(*node.sources, *node.line_edges) for node in graph.nodes]
    components = list(_components(len(edges), lambda node: iter(edges[node])))
    recursive = {
        order for members in components if _is_recursive(graph, members) for order in members
    }
    packs = choose_packs(graph, components, recursive)
    chunking = graph.chunking
    in_vectors = chunking.lanes >= LEAST_SCANNED and chunking.size % chunking.lanes == 0
    units = units_of(graph, components, packs, _components)
    firs = _firs(graph, units, recursive) if in_vectors and not chunking.apart else {}
    found: list[Group] = []
    for nodes, pack in units:
        fir = firs.get(nodes[0].order)
        if fir is not None:
            if fir.root is nodes[0]:
                found.append(Group([gather(graph, fir)], is_recursive=False, fir=fir))
            continue
        is_recursive = nodes[0].order in recursive
        linear = find_linear(graph, nodes) if in_vectors and is_recursive and not pack else None
        found.append(Group(nodes, is_recursive or pack is not None, pack, linear))
    return found


def _firs(
    graph: Graph, units: Sequence[tuple[list[Node], Pack | None]], recursive: set[int]
) -> dict[int, Fir]:
    """The FIR filters by each of their nodes, all of which stand alone so far."""
    plain = {
        nodes[0].order
        for nodes, pack in units
        if pack is None and len(nodes) == 1 and nodes[0].total is None
    }
    return {order: fir for fir in find_firs(graph, plain - recursive) for order in fir.members}


def _components(count: int, edges_of: Callable[[int], Iterator[int]]) -> Iterator[list[int]]:
    """Strongly connected components, each after those that it depends on (Tarjan, iterative)."""
    index, low = [-1] * count, [0] * count
    on_stack = [False] * count
    stack: list[int] = []
    found = 0
    for root in range(count):
        if index[root] >= 0:
            continue
        work = [(root, edges_of(root))]
        index[root] = low[root] = found
        found += 1
        stack.append(root)
        on_stack[root] = True
        while work:
            node, edges = work[-1]
            for target in edges:
                if index[target] < 0:
                    index[target] = low[target] = found
                    found += 1
                    stack.append(target)
                    on_stack[target] = True
                    work.append((target, edges_of(target)))
                    break
                if on_stack[target]:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = _place(stack, node)
                    members = stack[at:]
                    del stack[at:]
                    for member in members:
                        on_stack[member] = False
                    yield members


def _place(stack: list[int], node: int) -> int:
    """Where a node is in the stack, looked for from its end: components are mostly small."""
    at = len(stack) - 1
    while stack[at] != node:
        at -= 1
    return at


def _is_recursive(graph: Graph, members: Sequence[int]) -> bool:
    first = graph.nodes[members[0]]
    return (
        len(members) > 1
        or first.order in first.line_edges
        or isinstance(first.op, time.ControlOp | time.PrefixOp | tables.TableWriteOp)
    )


def _fuse(graph: Graph, clusters: list[Group]) -> list[Group]:
    """Join clusters of one kind that hang together, where no loop of the other kind lies between.

    A cluster's level counts the changes of kind, and the readings of a past, on the longest way
    to it; so what is joined has nothing else between its parts.
    """
    at: dict[int, int] = {}
    kinds = [number if c.is_alone else -1 - c.is_recursive for number, c in enumerate(clusters)]
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
        Group(
            sorted(nodes, key=lambda node: node.order),
            clusters[number].is_recursive,
            clusters[number].pack,
            clusters[number].linear,
            clusters[number].fir,
        )
        for number, nodes in joined.items()
    ]


def _link(graph: Graph, groups: list[Group]) -> None:
    """Give each group its neighbours."""
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


def _join(groups: list[Group]) -> list[Group]:
    """Join recursive loops to the light ones around them, and to each other."""
    alive = set(groups)
    waiting = [
        group
        for group in sorted(groups, key=lambda g: g.order)
        if group.is_recursive and not group.is_alone
    ]
    while waiting:
        group = waiting.pop()
        if group not in alive:
            continue
        neighbours = sorted(group.before | group.after, key=lambda g: g.order)
        for other in neighbours:
            if _may_join(group, other):
                merge(group, other)
                alive.discard(other)
                waiting.append(group)
                break
    return list(alive)


def _join_beside(groups: Sequence[Group]) -> list[Group]:
    """Join small recursive loops that do not depend on each other: each waits while others work.

    Loops with as many loops before them on the longest way are independent.
    """
    levels: dict[Group, int] = {}
    open_at: dict[int, Group] = {}
    kept: list[Group] = []
    for group in in_order(groups):
        level = levels[group] = 1 + max((levels[other] for other in group.before), default=0)
        if not group.is_recursive or group.is_alone or len(group.nodes) > MOST_BESIDE:
            kept.append(group)
            continue
        host = open_at.get(level)
        if host is None or len(host.nodes) + len(group.nodes) > MOST_BESIDE:
            kept.append(group)
            open_at[level] = group
        else:
            merge(host, group)
    return kept


def _may_join(group: Group, other: Group) -> bool:
    if len(group.nodes) + len(other.nodes) > MOST_RECURSIVE:
        return False
    if other.is_alone or not (other.is_recursive or other.is_light()):
        return False
    if other in group.unbound or group in other.unbound:
        return False
    first, last = (group, other) if other in group.after else (other, group)
    return not _is_between(first, last)


def _is_between(first: Group, last: Group) -> bool:
    """Whether a third group must run after one and before the other."""
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
    """The groups so that each follows those it needs; in program order as far as that goes."""
    left = {group: len(group.before) for group in groups}
    ready = [(group.order, group) for group, count in left.items() if not count]
    heapify(ready)
    result: list[Group] = []
    while ready:
        _, group = heappop(ready)
        result.append(group)
        for target in group.after:
            left[target] -= 1
            if not left[target]:
                heappush(ready, (target.order, target))
    return result
