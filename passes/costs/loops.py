"""Cost model: estimated cycles per frame of one loop over the frames, and of distributed loops.

The unit is a cycle of the processor with an optimising compiler; the model is meant for the choice
between the two only. One loop overlaps all operations of a frame: its cost is the
maximum of throughput bound and latency bound (critical path of the feedback). Distributed loops run
in sequence: free ones vectorised, recursive ones with their own bounds, and values pass through
rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.costs.cascades import cascade_cycles
from dspc.passes.costs.latency import FAR, Reach, period, waits
from dspc.passes.costs.operations import called_throughput, is_call, throughput
from dspc.passes.costs.packs import packed_cycles
from dspc.passes.partition.group import CHEAP, LoopGroup
from dspc.passes.partition.linear import Linear

SHARE_OF_LANES = 0.625
"""The speed-up of a free loop by vectorisation, relative to the lanes of f32."""
TURN = 1.0
"""The overhead of a loop per frame: its counter, prologue and epilogue."""
ROW = 0.5
"""A load from a row or a store to one, in a recursive loop."""
SPILL = 1.5
"""A loop-carried value without a register: its load and its store."""
CARRIED = 20
"""The loop-carried values that registers hold beside those of the computation."""
OVERLAPPED = 0.25
"""The part of the smaller bound of a serial loop that the larger does not hide."""
COMPUTED = (
    arithmetic.DivOp, arithmetic.RemOp, arithmetic.SqrtOp, arithmetic.MathOp,
    arithmetic.MathBinaryOp, interface.ForeignCallOp,
)  # fmt: skip
"""Operations of more than two cycles."""
SCAN = 0.7
"""A frame of a prefix scan."""
STATE = 4.0
"""The scalar operations of block state space for a vector of frames besides the transition:
conversion of the state, and the loops."""


def one_loop_cycles(graph: Graph) -> float:
    """The cycles per frame of one loop."""
    return serial_cycles(graph, graph.nodes)


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
    processor = graph.chunking.processor
    speed_up = _speed_up(processor)
    rows = sum(node.order in exported for node in group.nodes)
    rows += len({s for n in group.nodes for s in n.sources if home[s] is not group})
    if group.pack is not None:
        return packed_cycles(group.pack, processor) + TURN
    if group.linear is not None:
        return linear_cycles(graph, group.linear)
    if group.cascade is not None:
        return cascade_cycles(graph, group.cascade)
    if group.fir is not None:
        return (processor.throughput("add") * len(group.fir.coefficients) + TURN) / speed_up
    if not group.is_recursive:
        if not all(map(_is_vectorised, group.nodes)):
            return _scalar(graph, group.nodes) + ROW * rows + TURN
        steps = sum(_in_vectors(graph, node) for node in group.nodes)
        reads = processor.throughput("gather") * _far_reads(graph, group.nodes)
        return steps + (reads + ROW * rows + TURN) / speed_up
    return serial_cycles(graph, group.nodes, ROW * rows)


def serial_cycles(graph: Graph, nodes: Sequence[Node], moves: float = 0.0) -> float:
    """The cycles per frame of a serial loop of nodes, which also moves values for `moves` cycles:
    the larger of its throughput bound and its latency bound, and part of the smaller."""
    has_calls = any(is_call(node.op) for node in nodes)
    spilled = _spilled(graph, nodes, has_calls)
    busy = _scalar(graph, nodes) + moves + SPILL * spilled
    chains = latency_bound(graph, nodes)
    if has_calls and spilled and chains:
        chains += graph.chunking.processor.latency("load")
    return max(busy, chains) + OVERLAPPED * min(busy, chains) + TURN


def linear_cycles(graph: Graph, linear: Linear) -> float:
    """The cycles of a prefix scan, or of block state space: bound by throughput, or by the latency
    of the transition."""
    if linear.order == 1:
        return SCAN
    processor, lanes = graph.chunking.processor, graph.chunking.lanes
    depth = linear.depth(graph)
    responses = 2 if linear.taps else 1
    vectors = lanes + responses * (lanes + depth)
    scalars = STATE + depth * depth
    busy = processor.vector * vectors + processor.throughput("add") * scalars
    chain = processor.latency("add") * depth
    return max(busy, chain) / lanes + ROW


def _speed_up(processor: ProcessorModel) -> float:
    return max(SHARE_OF_LANES * processor.lanes(32), 1.0)


def _scalar(graph: Graph, nodes: Sequence[Node]) -> float:
    """The cycles of nodes in scalar code, with their reads of ring buffers."""
    processor = graph.chunking.processor
    busy = sum(scalar_cycles(node, processor) - _fused(node, processor) for node in nodes)
    busy += sum(
        called_throughput(node.op, processor) - throughput(node.op, processor)
        for node in nodes
        if node.op is not None and is_call(node.op)
    )
    return busy + processor.throughput("gather") * _far_reads(graph, nodes)


def _spilled(graph: Graph, nodes: Sequence[Node], has_calls: bool) -> int:
    """The number of loop-carried values without a register: a called function leaves few."""
    carried = 0
    for node in nodes:
        signals = node.op.results if node.op is not None else [node.signal]
        for signal in signals:
            lines = graph.plan.lines_of.get(signal, ()) if signal is not None else ()
            carried += sum(line.registers for line in lines if line.domain is None)
    kept = graph.chunking.processor.preserved_registers if has_calls else CARRIED
    return max(carried - kept, 0)


def scalar_cycles(node: Node, processor: ProcessorModel) -> float:
    """The cycles of a node in scalar code, if all functions are as fast as `exp`."""
    op = node.op
    if op is None:
        return processor.throughput("add")
    if isinstance(op, COMPUTED) or type(op) in CHEAP:
        return throughput(op, processor)
    if isinstance(op, time.ControlOp):
        return processor.throughput("add") * sum(1 for _ in op.walk())
    return processor.throughput("gather")


def _fused(node: Node, processor: ProcessorModel) -> float:
    """The cycles of a product that a sum takes in, as a multiply-add."""
    op = node.op
    is_fused = op is not None and len(waits(op)) > len(op.operands)
    return processor.throughput("mul") if is_fused else 0.0


def _is_vectorised(node: Node) -> bool:
    """Whether a node in a free loop is computed in vectors: not where it may call a function that
    has no vectors."""
    return not isinstance(node.op, arithmetic.FmodOp | interface.ForeignCallOp)


def _in_vectors(graph: Graph, node: Node) -> float:
    """The cycles of a node in a free loop."""
    op, processor = node.op, graph.chunking.processor
    cost = scalar_cycles(node, processor) - _fused(node, processor)
    is_gathered = isinstance(op, tables.TableReadOp)
    if isinstance(op, time.DelayOp) and op.amount is not None:
        # A distance that is constant in a call makes a contiguous load.
        is_gathered = graph.plan.resolve(op.amount) in graph.sampled
    return cost if is_gathered else cost / _speed_up(processor)


def _far_reads(graph: Graph, nodes: Iterable[Node]) -> int:
    """The number of operands of the nodes that are read from ring buffers."""
    return sum(
        signal in graph.fixed and graph.fixed[signal][0].is_ring
        for node in nodes
        for signal in node.operands
    )


def latency_bound(graph: Graph, nodes: Iterable[Node]) -> float:
    """The latency bound in cycles: that of the slowest of the nodes' recursions."""
    groups = dict.fromkeys(
        parent
        for node in nodes
        if node.op is not None and isinstance(parent := node.op.parent_op(), time.Recursion)
    )
    reach = Reach({}, FAR, graph.chunking.processor)
    return max((period(group, reach) for group in groups), default=0.0)
