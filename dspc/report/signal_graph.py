"""The signals of a program as a graph: nodes in layers, edges, and the places of both."""

from __future__ import annotations

from typing import Any

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dspc.dialects.dsp.interface import ProgramOp
from dspc.figures.signal_graph import label_of, rate_of, signal_ops, source_of
from dspc.report.links import Links

_SWEEPS = 4


def signal_nodes(module: ModuleOp, links: Links) -> dict[str, Any] | None:
    """The graph of a module of signals; None for one that has none.

    A node has a label, a rate, its layer and its place in it; an edge is a pair of nodes.
    """
    program = next((op for op in module.ops if isinstance(op, ProgramOp)), None)
    if program is None:
        return None
    number = {op: at for at, op in enumerate(signal_ops(program))}
    edges: list[tuple[int, int]] = []
    for op in number:
        edges += _edges(op, number)
    nodes = [_node(op, at, links) for op, at in number.items()]
    last = program.body.block.last_op
    for at, value in enumerate(last.operands if last is not None else ()):
        source = source_of(value)
        if source is not None and source in number:
            edges.append((number[source], len(nodes)))
        nodes.append({"label": f"output {at}", "rate": "output", "keys": f"s{len(nodes)}"})
    layers = _layers(len(nodes), edges)
    for node, (layer, row) in zip(nodes, _rows(layers, edges), strict=True):
        node["at"] = [layer, row]
    return {"nodes": nodes, "edges": edges}


def _edges(op: Operation, number: dict[Operation, int]) -> list[tuple[int, int]]:
    values = list(op.operands)
    for region in op.regions:
        last = region.block.last_op
        values += last.operands if last is not None else ()
    sources = (source_of(value) for value in values)
    return [
        (number[source], number[op])
        for source in sources
        if source is not None and source in number
    ]


def _node(op: Operation, at: int, links: Links) -> dict[str, Any]:
    place = links.place_of(op)
    name = op.results[0].name_hint if op.results else None
    if name and place:
        links.name(name, place)
    return {
        "label": label_of(op),
        "rate": rate_of(op),
        "keys": f"{place or ''} s{at}".strip(),
    }


def _layers(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """The longest path to each node, without the edges that close cycles (found depth first).

    A node that nothing leads to stands one layer before the first that uses it.
    """
    after: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        after[source].append(target)
    order, back = _depth_first(after)
    layers = [0] * count
    for node in order:
        for target in after[node]:
            if (node, target) not in back:
                layers[target] = max(layers[target], layers[node] + 1)
    begun = {target for _, target in edges}
    for node, targets in enumerate(after):
        if node not in begun and targets:
            layers[node] = max(0, min(layers[target] for target in targets) - 1)
    return layers


def _depth_first(after: list[list[int]]) -> tuple[list[int], set[tuple[int, int]]]:
    """A topological order of the nodes, and the edges to a node on the path to their source."""
    state = [0] * len(after)
    order: list[int] = []
    back: set[tuple[int, int]] = set()
    for root in range(len(after)):
        if state[root]:
            continue
        state[root] = 1
        path = [(root, iter(after[root]))]
        while path:
            node, targets = path[-1]
            for target in targets:
                if state[target] == 1:
                    back.add((node, target))
                elif not state[target]:
                    state[target] = 1
                    path.append((target, iter(after[target])))
                    break
            else:
                state[node] = 2
                order.append(node)
                path.pop()
    return order[::-1], back


def _rows(layers: list[int], edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Layer and place in it of each node: sorted by the mean place of neighbours (barycentres)."""
    members: dict[int, list[int]] = {}
    for node, layer in enumerate(layers):
        members.setdefault(layer, []).append(node)
    place = {node: at for nodes in members.values() for at, node in enumerate(nodes)}
    before: list[list[int]] = [[] for _ in layers]
    after: list[list[int]] = [[] for _ in layers]
    for source, target in edges:
        before[target].append(source)
        after[source].append(target)
    for sweep in range(_SWEEPS):
        near = after if sweep % 2 else before
        for layer in sorted(members, reverse=sweep % 2 == 1):
            nodes = members[layer]
            mean = {
                node: sum(place[neighbour] for neighbour in near[node]) / len(near[node])
                if near[node]
                else place[node]
                for node in nodes
            }
            nodes.sort(key=lambda node: mean[node])
            place.update((node, at) for at, node in enumerate(nodes))
    return [(layers[node], place[node]) for node in range(len(layers))]
