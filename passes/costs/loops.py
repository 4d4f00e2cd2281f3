"""Cost model: estimated cycles per frame of one loop over the frames, and of distributed loops.

The unit is a cycle of a current desktop processor with an optimising compiler; the model is meant
for the choice between the two only. One loop overlaps all operations of a frame: its cost is the
maximum of throughput bound and latency bound (critical path of the feedback). Distributed loops run
in sequence: free ones vectorised, recursive ones with their own bounds, and values pass through
rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.costs.latency import FAR, Reach, through
from dspc.passes.costs.packs import packed_steps
from dspc.passes.partition.group import CHEAP, LoopGroup

SIMPLE = 0.4
"""A scalar addition, multiplication or comparison, at full throughput."""
DEAR: dict[type[Operation], float] = {arithmetic.DivOp: 4.0, arithmetic.SqrtOp: 5.0}
"""Scalar operations of low throughput."""
FUNCTION = 18.0
"""A call of a mathematical function."""
READ = 1.0
"""A load from a table or a delay line at a varying index."""
VECTOR = 5.0
"""The speed-up of a free loop by vectorisation."""
TURN = 1.0
"""The overhead of a loop per frame: its counter, prologue and epilogue."""
ROW = 0.5
"""A load from a row or a store to one, in a recursive loop."""
SCAN = 0.7
"""A frame of a prefix scan."""
STEP = 0.35
"""The unit of `pack_costs`, in cycles."""


def one_loop_cycles(graph: Graph) -> float:
    """The cycles per frame of one loop."""
    busy = sum(map(scalar_cycles, graph.nodes)) + READ * _far_reads(graph, graph.nodes)
    chains = latency_bound(graph, graph.nodes)
    return max(busy, chains) + 0.25 * min(busy, chains) + TURN


def split_cycles(graph: Graph, groups: Sequence[LoopGroup]) -> float:
    """The cycles per frame of distributed loops."""
    home = {node.order: group for group in groups for node in group.nodes}
    exported = {
        source
        for group in groups
        for node in group.nodes
        for source in node.sources
        if home[source] is not group
    }
    return sum(_loop(graph, group, home, exported) for group in groups)


def _loop(graph: Graph, group: LoopGroup, home: dict[int, LoopGroup], exported: set[int]) -> float:
    rows = sum(node.order in exported for node in group.nodes)
    rows += len({s for n in group.nodes for s in n.sources if home[s] is not group})
    if group.pack is not None:
        return STEP * packed_steps(group.pack, graph.chunking.lanes) + TURN
    if group.linear is not None:
        return SCAN
    if group.fir is not None:
        return (SIMPLE * len(group.fir.coefficients) + TURN) / VECTOR
    reads = READ * _far_reads(graph, group.nodes)
    if not group.is_recursive:
        steps = sum(_in_vectors(graph, node) for node in group.nodes)
        return steps + (reads + ROW * rows + TURN) / VECTOR
    busy = sum(map(scalar_cycles, group.nodes)) + reads + ROW * rows
    chains = latency_bound(graph, group.nodes)
    return max(busy, chains) + 0.25 * min(busy, chains) + TURN


def scalar_cycles(node: Node) -> float:
    """The cycles of a node in scalar code."""
    op = node.op
    if op is None or type(op) in CHEAP:
        return SIMPLE
    if type(op) in DEAR:
        return DEAR[type(op)]
    if isinstance(op, time.ControlOp):
        return SIMPLE * sum(1 for _ in op.walk())
    is_function = isinstance(op, arithmetic.MathOp | arithmetic.MathBinaryOp)
    return FUNCTION if is_function else READ


def _in_vectors(graph: Graph, node: Node) -> float:
    """The cycles of a node in a free loop."""
    op, cost = node.op, scalar_cycles(node)
    is_gathered = isinstance(op, tables.TableReadOp)
    if isinstance(op, time.DelayOp) and op.amount is not None:
        # A distance that is constant in a call makes a contiguous load.
        is_gathered = graph.plan.resolve(op.amount) in graph.sampled
    return cost if is_gathered else cost / VECTOR


def _far_reads(graph: Graph, nodes: Iterable[Node]) -> int:
    """The number of operands of the nodes that are read from ring buffers."""
    return sum(
        signal in graph.fixed and graph.fixed[signal][0].is_ring
        for node in nodes
        for signal in node.operands
    )


def latency_bound(graph: Graph, nodes: Iterable[Node]) -> float:
    """The latency bound in cycles: the longest path from a past value to its successor."""
    groups = dict.fromkeys(
        parent
        for node in nodes
        if node.op is not None and isinstance(parent := node.op.parent_op(), time.RecOp)
    )
    return max((_group_latency(group) for group in groups), default=0.0)


def _group_latency(group: time.RecOp) -> float:
    times: dict[SSAValue, float] = {}
    through(group.body.block.ops, times, Reach({}, otherwise=FAR), far=FAR)
    return max((times.get(value, 0.0) for value in group.yielded()), default=0.0)
