"""Which loops are linear recurrences, and which filters of their past are computed with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xdsl.ir import SSAValue

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.recurrences import (
    MOST_ORDER,
    InputTerm,
    LinearRecurrence,
    PastTerm,
    linear_form,
)
from dspc.passes.analysis.frame_graph import Graph, Node

Readers = dict[SSAValue, set[int]]
"""The nodes that read each signal or its past."""
MOST_OUTPUTS = 3
"""The most signals that a loop of block state space computes besides the state."""


@dataclass(frozen=True)
class Linear:
    """A linear recurrence: the sum of its inputs and of terms of its past.

    `signal` is its result. The nodes numbered in `own` compute it; `taps` are further nodes of the
    loop, which add products of it and of its past with coefficients that are constant in a call.
    """

    signal: SSAValue
    inputs: tuple[InputTerm, ...]
    terms: tuple[PastTerm, ...]
    own: frozenset[int]
    taps: tuple[Node, ...] = ()

    @property
    def order(self) -> int:
        """The distance in frames of the oldest term."""
        return max(term.back for term in self.terms)

    def depth(self, graph: Graph) -> int:
        """The past frames of the signal that the loop reads."""
        reaches = [
            graph.fixed[v][1] for node in self.taps for v in node.operands if v in graph.fixed
        ]
        return max([self.order, *reaches])

    def form(self, graph: Graph) -> tuple[object, ...]:
        """The terms and filters but for the names of signals: equal for recurrences that differ in
        their inputs only, as in the channels of a filter bank."""
        places = {self.signal: 0}
        filters: list[tuple[object, ...]] = []
        for node in self.taps:
            assert node.op is not None
            operands: list[object] = [type(node.op)]
            for value in map(graph.plan.resolve, node.op.operands):
                is_past = value in graph.fixed
                operands.append(
                    ("past", graph.fixed[value][1]) if is_past else places.get(value, value)
                )
            filters.append(tuple(operands))
            (result,) = node.op.results
            places[result] = len(places)
        return self.terms, tuple(filters)


def linear_of(graph: Graph, nodes: Sequence[Node]) -> Linear | None:
    """The recurrence of a `dsp.linear` or `dsp.phase` whose ops are these nodes, of which some may
    be filters of its past; None for others.

    None as well where an input is neither constant in a call nor in a row before it runs.
    """
    parents = {node.op.parent_op() for node in nodes if node.op is not None}
    recurrences = [parent for parent in parents if isinstance(parent, LinearRecurrence)]
    if len(recurrences) != 1:
        return None
    form = linear_form(recurrences[0])
    own = frozenset(node.order for node in nodes if node.op in form.ops)
    inputs = tuple(InputTerm(graph.plan.resolve(v), sign) for v, sign in form.inputs)
    if len(own) != len(form.ops) or not all(
        _is_available(graph, term.value, nodes) for term in inputs
    ):
        return None
    terms = tuple(
        PastTerm(None if factor is None else graph.plan.resolve(factor), back, sign)
        for factor, back, sign in form.terms
    )
    (signal,) = form.sum.results
    taps = tuple(node for node in nodes if node.order not in own)
    linear = Linear(signal, inputs, terms, own, taps)
    if taps and (linear.order == 1 or filters_of(graph, {signal: 0}, taps).keys() != _orders(taps)):
        return None
    return linear


def _is_available(graph: Graph, value: SSAValue, nodes: Sequence[Node]) -> bool:
    """Whether the value is in a row before the recursion runs, or is constant in a call."""
    if value not in graph.sampled or value in graph.inputs:
        return True
    producer = graph.of.get(value)
    return producer is not None and all(node.order != producer for node in nodes)


def _orders(nodes: Sequence[Node]) -> set[int]:
    return {node.order for node in nodes}


def find_taps(
    graph: Graph, linear_ops: Sequence[Linear], plain: Collection[int]
) -> dict[int, list[Node]]:
    """The nodes, among those numbered in `plain`, that are to be computed with each recurrence (by
    its number): filters of its past, where few signals of them are read elsewhere."""
    signals = {one.signal: at for at, one in enumerate(linear_ops) if one.order > 1}
    taps: dict[int, list[Node]] = {at: [] for at in signals.values()}
    if not signals:
        return taps
    homes = filters_of(graph, signals, [node for node in graph.nodes if node.order in plain])
    for order, at in homes.items():
        taps[at].append(graph.nodes[order])
    readers = readers_of(graph)
    for at, nodes in taps.items():
        filtered = replace(linear_ops[at], taps=tuple(nodes))
        if len(outputs_of(graph, filtered, readers)) > MOST_OUTPUTS:
            taps[at] = []
    return taps


def outputs_of(graph: Graph, linear: Linear, readers: Readers) -> list[SSAValue]:
    """The signals of a recurrence, and of filters of its past, that others read."""
    results = (v for node in linear.taps if node.op is not None for v in node.op.results)
    inside = linear.own | _orders(linear.taps)
    signals = (linear.signal, *results)
    return [v for v in signals if v in graph.watched or readers.get(v, set()) - inside]


def readers_of(graph: Graph) -> Readers:
    """The nodes that read a signal or its past."""
    readers: dict[SSAValue, set[int]] = {}
    for node in graph.nodes:
        values = [graph.fixed[v][0].signal if v in graph.fixed else v for v in node.operands]
        if isinstance(node.op, time.DelayOp | time.PrefixOp):
            values.append(graph.plan.resolve(node.op.signal))
        for value in values:
            readers.setdefault(value, set()).add(node.order)
    return readers


def filters_of(
    graph: Graph, signals: Mapping[SSAValue, int], nodes: Iterable[Node]
) -> dict[int, int]:
    """The nodes that add products of one of the signals and of its past with coefficients that are
    constant in a call, each with the number of the signal."""
    of = dict(signals)
    homes: dict[int, int] = {}
    for node in nodes:
        op = node.op
        if not isinstance(op, arithmetic.AddOp | arithmetic.SubOp | arithmetic.MulOp):
            continue
        sampled = [value for value in node.operands if value in graph.sampled]
        if len(sampled) != (1 if isinstance(op, arithmetic.MulOp) else 2) or node.total is not None:
            continue
        sources = {_source(graph, value, signals, of) for value in sampled}
        home = sources.pop() if len(sources) == 1 else None
        if home is not None:
            homes[node.order] = of[op.result] = home
    return homes


def _source(
    graph: Graph, value: SSAValue, signals: Mapping[SSAValue, int], of: Mapping[SSAValue, int]
) -> int | None:
    """The number of the signal that a value derives from, as a filter of it or its past."""
    if value not in graph.fixed:
        return of.get(value)
    line, reach = graph.fixed[value]
    is_near = line.start is None and line.domain is None and reach <= MOST_ORDER
    return signals.get(line.signal) if is_near else None
