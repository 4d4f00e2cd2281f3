"""Finds linear recurrences of first order: `y = a * y' + x`, where `a` is constant in a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import i32
from xdsl.ir import SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import element
from dspc.passes.analysis.frame_graph import Graph, Node


@dataclass(frozen=True)
class Linear:
    """`y = input + factor * y'`, or `input - factor * y'` if `is_minus`; a factor of None is 1."""

    signal: SSAValue
    factor: SSAValue | None
    is_minus: bool
    input: SSAValue


def find_linear(graph: Graph, nodes: Sequence[Node]) -> Linear | None:
    """The linear recurrence of first order that the nodes compute, or None."""
    last = nodes[-1].op
    if len(nodes) > 2 or not isinstance(last, arithmetic.AddOp | arithmetic.SubOp):
        return None
    signal = last.result
    is_minus = isinstance(last, arithmetic.SubOp)
    lhs, rhs = map(graph.plan.resolve, last.operands)
    product = nodes[0].op if len(nodes) == 2 else None
    if product is not None and not _is_private(graph, nodes[0], nodes[1]):
        return None
    for past, given in ((rhs, lhs),) if is_minus else ((lhs, rhs), (rhs, lhs)):
        factor = None
        if product is not None:
            if past is not product.results[0] or not isinstance(product, arithmetic.MulOp):
                continue
            multiplier = _factor(graph, product, signal)
            if multiplier is None:
                continue
            factor = multiplier
        elif not _is_past(graph, past, signal):
            continue
        if _must_be_exact(graph, signal, factor, given):
            return None
        if _is_available(graph, given, nodes):
            return Linear(signal, factor, is_minus, given)
    return None


def _must_be_exact(
    graph: Graph, signal: SSAValue, factor: SSAValue | None, given: SSAValue
) -> bool:
    """Whether a floating-point recurrence must not be reassociated.

    With an input that is constant in a call it is a phase or counter, or a smoothed control that
    converges to a value at which programs compare or truncate it. Reassociated, it would reach that
    value a frame earlier or later, or never, depending on the block size.
    """
    if given in graph.sampled or element(given) == i32:
        return False
    return factor is None or signal in graph.bit_sensitive


def _is_private(graph: Graph, product: Node, last: Node) -> bool:
    """Whether the sum is the only use of the product."""
    assert product.op is not None
    (value,) = product.op.results[:1]
    if value in graph.plan.lines_of or value in graph.meters or value not in last.operands:
        return False
    return graph.readers[product.order] == 1 and last.operands.count(value) == 1


def _factor(graph: Graph, product: arithmetic.MulOp, signal: SSAValue) -> SSAValue | None:
    lhs, rhs = map(graph.plan.resolve, product.operands)
    for factor, past in ((lhs, rhs), (rhs, lhs)):
        if factor not in graph.sampled and _is_past(graph, past, signal):
            return factor
    return None


def _is_past(graph: Graph, value: SSAValue, signal: SSAValue) -> bool:
    """Whether a value is the signal one frame ago."""
    fixed = graph.fixed.get(value)
    if fixed is None:
        return False
    line, reach = fixed
    return reach == 1 and line.signal is signal and line.start is None


def _is_available(graph: Graph, value: SSAValue, nodes: Sequence[Node]) -> bool:
    """Whether the value is in a row before the recursion runs, or is constant in a call."""
    if value not in graph.sampled or value in graph.inputs:
        return True
    producer = graph.of.get(value)
    return producer is not None and all(node.order != producer for node in nodes)
