"""Equal recursions are one: value numbering of a signal graph with cycles.

Hash consing merges equal signals as they are built, but each recursion has feedbacks of its own.
Strongly connected components are numbered in topological order; a component is encoded by a
depth-first traversal from its oldest feedback, in which members stand by their position in the
traversal. Components of equal encodings are merged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.support.graphs import strong_components

Successors = Callable[[Sig], Sequence[Sig]]


def merge_equal(graph: SignalGraph, outputs: Sequence[Sig]) -> list[Sig]:
    """The outputs of a graph without equal recursions; signals change in place."""
    definitions = graph.definitions
    if len(definitions) < 2:
        return list(outputs)

    def successors(node: Sig) -> Sequence[Sig]:
        return (definitions[node],) if node.op == "feedback" else node.args

    first: dict[Sig, Sig] = {}
    known: dict[object, list[Sig]] = {}
    for component in strong_components(outputs, successors):
        order = _traversal(component, successors)
        representatives = known.setdefault(_encoded(order, successors, first), order)
        first.update(zip(order, representatives, strict=True))
    if all(node is representative for node, representative in first.items()):
        return list(outputs)
    for node in dict.fromkeys(first.values()):
        if node.op == "feedback":
            definitions[node] = first[definitions[node]]
        else:
            node.args = tuple([first[arg] for arg in node.args])
    return [first[output] for output in outputs]


def _traversal(component: Collection[Sig], successors: Successors) -> list[Sig]:
    """The members in depth-first order from the oldest feedback."""
    if len(component) == 1:
        return list(component)
    members = set(component)
    work = [min((node for node in component if node.op == "feedback"), key=lambda node: node.id)]
    order: dict[Sig, None] = {}
    while work:
        node = work.pop()
        if node in members and node not in order:
            order[node] = None
            work.extend(reversed(successors(node)))
    return list(order)


def _encoded(order: Sequence[Sig], successors: Successors, first: Mapping[Sig, Sig]) -> object:
    """A key of a component; components with equal keys are equal."""
    (*_, last) = order
    if not last.args and last.op != "feedback":
        return last
    position = {node: at for at, node in enumerate(order)}
    return tuple(
        [
            (
                node.op,
                None if node.op == "feedback" else node.value,
                *[position.get(each, first.get(each)) for each in successors(node)],
            )
            for node in order
        ]
    )
