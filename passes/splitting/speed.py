"""About how long a frame takes as one loop over the frames, and as many loops over chunks.

Both in cycles of a desktop processor of our time, with the compiler's best flags: enough to tell
which of the two is worth having. One loop overlaps all that a frame does, so it takes as long as
its operations or as its slowest feedback, whichever is more. Many loops run one after the other:
free ones as vectors, recursive ones each at its own pace, and values go by way of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.passes.ordering.timing import FAR, Reach, through
from dspc.passes.splitting.costs import packed_steps
from dspc.passes.splitting.graph import Graph, Node
from dspc.passes.splitting.group import CHEAP, Group

SIMPLE = 0.4
"""A sum, a product, a comparison: beside others, in a loop that is not made of vectors."""
DEAR: dict[type[Operation], float] = {arithmetic.DivOp: 4.0, arithmetic.SqrtOp: 5.0}
"""What keeps the processor busy longer, alone and, four times as many, in vectors."""
FUNCTION = 18.0
"""A call of a mathematical function; in vectors, as many take its time as of other steps."""
READ = 1.0
"""A number from a table or a delay line, at a place that varies."""
VECTOR = 5.0
"""How many frames of a free loop take the time of one."""
TURN = 1.0
"""What each loop takes for a frame, besides its steps: its counter, its first and last frames."""
ROW = 0.5
"""Writing a number to a row, or reading it, in a recursive loop."""
SCAN = 0.7
"""One frame of a linear recursion that runs as vectors over time."""
STEP = 0.35
"""What `costs` counts in."""


def one_loop_cycles(graph: Graph) -> float:
    """The time of a frame, in one loop."""
    busy = sum(map(alone, graph.nodes)) + READ * _far_reads(graph, graph.nodes)
    chains = feedback(graph, graph.nodes)
    return max(busy, chains) + 0.25 * min(busy, chains) + TURN


def split_cycles(graph: Graph, groups: Sequence[Group]) -> float:
    """The time of a frame, in loops over chunks."""
    home = {node.order: group for group in groups for node in group.nodes}
    left = {
        source
        for group in groups
        for node in group.nodes
        for source in node.sources
        if home[source] is not group
    }
    return sum(_loop(graph, group, home, left) for group in groups)


def _loop(graph: Graph, group: Group, home: dict[int, Group], left: set[int]) -> float:
    rows = sum(node.order in left for node in group.nodes)
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
    busy = sum(map(alone, group.nodes)) + reads + ROW * rows
    chains = feedback(graph, group.nodes)
    return max(busy, chains) + 0.25 * min(busy, chains) + TURN


def alone(node: Node) -> float:
    """The time of a node on one number."""
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
    """The time of a node in a free loop."""
    op, cost = node.op, alone(node)
    is_gathered = isinstance(op, tables.TableReadOp)
    if isinstance(op, time.DelayOp) and op.amount is not None:
        # What lies the same way back in all frames of a call is read as it lies.
        is_gathered = graph.plan.resolve(op.amount) in graph.sampled
    return cost if is_gathered else cost / VECTOR


def _far_reads(graph: Graph, nodes: Iterable[Node]) -> int:
    """How many numbers some nodes take from delay lines that registers can't hold."""
    return sum(
        signal in graph.fixed and graph.fixed[signal][0].is_ring
        for node in nodes
        for signal in node.operands
    )


def feedback(graph: Graph, nodes: Iterable[Node]) -> float:
    """The longest way, in cycles, from a past that some nodes take to the value that follows it."""
    groups = dict.fromkeys(
        parent
        for node in nodes
        if node.op is not None and isinstance(parent := node.op.parent_op(), time.RecOp)
    )
    return max((_chain(group) for group in groups), default=0.0)


def _chain(group: time.RecOp) -> float:
    times: dict[SSAValue, float] = {}
    through(group.body.block.ops, times, Reach({}, otherwise=FAR), far=FAR)
    return max((times.get(value, 0.0) for value in group.yielded()), default=0.0)
