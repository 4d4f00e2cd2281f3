"""The indivisible units of loops: packs, sums over their lanes, and recursions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.ir import SSAValue

from dspc.passes.analysis.frame_graph import Graph, Node, Total
from dspc.passes.packing.colouring import Sum
from dspc.passes.packing.pack import Pack, pack_fault, signal_of
from dspc.support.graphs import strong_components


def without_cycles(graph: Graph, packs: Sequence[Pack]) -> list[Pack]:
    """The packs that depend on no other that depends on them.

    Of packs that depend on each other, the least profitable is dropped.
    """
    remaining = list(packs)
    while True:
        clash = _clash(list(_ordered(graph, _units(graph, remaining))))
        if clash is None:
            return remaining
        worst = max((number for number in clash if number < len(remaining)), default=None)
        assert worst is not None, "components that need each other are one"
        del remaining[worst]


def units_of(graph: Graph, packs: Sequence[Pack]) -> list[tuple[list[Node], Pack | None]]:
    """The indivisible units (components, packs, sums) in topological order, each with its pack.

    Raises DspcError E0307 for packs that depend on each other.
    """
    unit = _units(graph, packs)
    ordered = list(_ordered(graph, unit))
    clash = _clash(ordered)
    if clash is not None:
        names = [f"@{packs[number].name}" for number in clash if number < len(packs)]
        first = packs[min(clash)].positions[0][0].op
        message = f"{', '.join(names)} depends on what depends on it in the same frame"
        raise pack_fault(message, first)
    _make_totals(graph, packs)
    return _unit_nodes(graph, unit, ordered, packs)


def _units(graph: Graph, packs: Sequence[Pack]) -> dict[int, int]:
    """The number of each node's unit; those of packs are the first ones."""
    unit: dict[int, int] = {}
    for number, pack in enumerate(packs):
        unit.update(dict.fromkeys(pack.members, number))
    for total in {s: None for pack in packs for s in pack.terms}:
        number = len(packs) + total.root
        unit.update(dict.fromkeys(total.members, number))
    base = len(packs) + len(graph.nodes)
    for number, members in enumerate(graph.components):
        for order in members:
            unit.setdefault(order, base + number)
    return unit


def _clash(ordered: Sequence[list[int]]) -> list[int] | None:
    return next((group for group in ordered if len(group) > 1), None)


def _ordered(graph: Graph, unit: dict[int, int]) -> Iterator[list[int]]:
    """The strongly connected components of the units, in topological order."""
    names = list(dict.fromkeys(unit[node.order] for node in graph.nodes))
    number = {name: at for at, name in enumerate(names)}
    needs: list[dict[int, None]] = [{} for _ in names]
    for node in graph.nodes:
        own = number[unit[node.order]]
        for source in (*node.sources, *node.line_edges):
            other = number[unit[source]]
            if other != own:
                needs[own][other] = None
    for group in strong_components(range(len(names)), needs.__getitem__):
        yield [names[at] for at in group]


def _make_totals(graph: Graph, packs: Sequence[Pack]) -> None:
    """Make the root of each sum add the sums over lanes and the remaining terms."""
    totals: dict[Sum, list[Pack]] = {}
    for number, pack in enumerate(packs):
        pack.number = number
        for total in pack.terms:
            totals.setdefault(total, []).append(pack)
    for total, contributors in totals.items():
        inside: set[SSAValue] = set()
        for pack in contributors:
            for position, lanes in pack.terms[total]:
                inside.update(signal_of(pack.positions[position][lane]) for lane in lanes)
        root = graph.nodes[total.root]
        members = [graph.nodes[order] for order in total.members]
        own = set(total.members)
        root.sources = {s for node in members for s in node.sources if s not in own}
        root.line_edges = {s: fits for node in members for s, fits in node.line_edges.items()}
        root.operands = [signal for signal in total.terms if signal not in inside]
        root.total = Total(total.root, tuple(pack.number for pack in contributors))


def _unit_nodes(
    graph: Graph, unit: dict[int, int], ordered: Sequence[list[int]], packs: Sequence[Pack]
) -> list[tuple[list[Node], Pack | None]]:
    members: dict[int, list[Node]] = {}
    inner = {
        order for pack in packs for total in pack.terms for order in total.members
        if order != total.root
    }  # fmt: skip
    for node in graph.nodes:
        if node.order not in inner:
            members.setdefault(unit[node.order], []).append(node)
    return [(members[name], packs[name] if name < len(packs) else None) for (name,) in ordered]
