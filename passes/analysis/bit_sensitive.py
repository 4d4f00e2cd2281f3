"""Bit-sensitive signals: a rounding error may flip a comparison or a truncation of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects.builtin import i32
from xdsl.ir import SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import element

if TYPE_CHECKING:
    from dspc.passes.analysis.frame_graph import Graph, Node

DISCONTINUOUS = (  # as functions of a floating-point operand
    arithmetic.IntOp,
    arithmetic.CompareOp,
    arithmetic.RemOp,
    arithmetic.FloorOp,
    arithmetic.CeilOp,
    arithmetic.RintOp,
    arithmetic.RoundOp,
)


def bit_sensitive_signals(graph: Graph) -> set[SSAValue]:
    """The backward slice of discontinuous floating-point ops, across delays and recursions."""
    sensitive: set[SSAValue] = set()
    work = [
        signal
        for node in graph.nodes
        if _is_discontinuous(node)
        for signal in _signals_read(graph, node)
    ]
    while work:
        signal = work.pop()
        if signal in sensitive:
            continue
        sensitive.add(signal)
        producer = graph.of.get(signal)
        if signal in graph.fixed:
            work.append(graph.fixed[signal][0].signal)
        elif producer is not None:
            work.extend(_signals_read(graph, graph.nodes[producer]))
    return sensitive


def _is_discontinuous(node: Node) -> bool:
    return node.op is not None and any(
        isinstance(op, DISCONTINUOUS) and element(op.operands[0]) != i32 for op in node.op.walk()
    )


def _signals_read(graph: Graph, node: Node) -> list[SSAValue]:
    """The resolved signals that a node reads, of this or an earlier frame."""
    assert node.op is not None
    operands = [operand for op in node.op.walk() for operand in op.operands]
    return [graph.plan.resolve(operand) for operand in operands]
