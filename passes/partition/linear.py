"""Which loops are linear recurrences of first order: `y = a * y' + x`, `a` constant in a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.ir import SSAValue

from dspc.dialects.dsp.recurrences import LinearRecurrence, linear_form
from dspc.passes.analysis.frame_graph import Graph, Node


@dataclass(frozen=True)
class Linear:
    """`y = input + factor * y'`, or `input - factor * y'` if `is_minus`; a factor of None is 1."""

    signal: SSAValue
    factor: SSAValue | None
    is_minus: bool
    input: SSAValue


def linear_of(graph: Graph, nodes: Sequence[Node]) -> Linear | None:
    """The recurrence of a `dsp.linear` or `dsp.phase` whose ops are these nodes, or None.

    None as well where its input is neither constant in a call nor in a row before it runs.
    """
    last = nodes[-1].op
    parent = None if last is None else last.parent_op()
    if not isinstance(parent, LinearRecurrence):
        return None
    form = linear_form(parent)
    given = graph.plan.resolve(form.input)
    if {node.op for node in nodes} != {form.sum, form.product} - {None}:
        return None
    if not _is_available(graph, given, nodes):
        return None
    factor = None if form.factor is None else graph.plan.resolve(form.factor)
    return Linear(form.sum.result, factor, form.is_minus, given)


def _is_available(graph: Graph, value: SSAValue, nodes: Sequence[Node]) -> bool:
    """Whether the value is in a row before the recursion runs, or is constant in a call."""
    if value not in graph.sampled or value in graph.inputs:
        return True
    producer = graph.of.get(value)
    return producer is not None and all(node.order != producer for node in nodes)
