"""Which signals decide: their last bit may turn a comparison, or where they are truncated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects.builtin import i32
from xdsl.ir import SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import element

if TYPE_CHECKING:
    from dspc.passes.splitting.graph import Graph, Node

STEPS = (
    arithmetic.IntOp,
    arithmetic.CompareOp,
    arithmetic.RemOp,
    arithmetic.FloorOp,
    arithmetic.CeilOp,
    arithmetic.RintOp,
    arithmetic.RoundOp,
)


def deciding_signals(graph: Graph) -> set[SSAValue]:
    """The signals on which steps of floats hang, by way of any ops, delays and recursions."""
    found: set[SSAValue] = set()
    work = [signal for node in graph.nodes if _has_step(node) for signal in _taken(graph, node)]
    while work:
        signal = work.pop()
        if signal in found:
            continue
        found.add(signal)
        producer = graph.of.get(signal)
        if signal in graph.fixed:
            work.append(graph.fixed[signal][0].signal)
        elif producer is not None:
            work.extend(_taken(graph, graph.nodes[producer]))
    return found


def _has_step(node: Node) -> bool:
    return node.op is not None and any(
        isinstance(op, STEPS) and element(op.operands[0]) != i32 for op in node.op.walk()
    )


def _taken(graph: Graph, node: Node) -> list[SSAValue]:
    """The signals that a node takes, of this frame or an earlier one."""
    assert node.op is not None
    taken = [operand for op in node.op.walk() for operand in op.operands]
    return [graph.plan.resolve(operand) for operand in taken]
