"""Selection of packs: those that are convex in the dependence graph and profitable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.ir import SSAValue

from dspc.dialects.graphs import strong_components
from dspc.passes.analysis.frame_graph import Graph, Node, Total
from dspc.passes.costs.packs import gain
from dspc.passes.packing.colouring import Shapes, Sum
from dspc.passes.packing.grow import LEAST_LANES, Component, Pack, Packer, signal_of
from dspc.passes.packing.reaches import is_in_bounds
from dspc.passes.packing.split_for_threads import divided

MOST_TURNS = 20
"""The most times that a pack is reduced before it is dropped."""


def select_packs(graph: Graph, components: Sequence[Component], recursive: set[int]) -> list[Pack]:
    """The profitable packs, by decreasing gain."""
    lanes = graph.chunking.lanes
    if lanes < 2 or len(recursive) < LEAST_LANES:
        return []
    shapes = Shapes(graph, recursive)
    shapes.refine()
    packs: list[tuple[float, int, Pack]] = []
    for pack in Packer(graph, shapes, components).find():
        if not _make_convex(graph, pack, components, recursive):
            continue
        _find_uses(graph, shapes, pack)
        value = gain(pack, lanes, graph.chunking.processor)
        if value > 0 and is_in_bounds(pack, lanes):
            packs.append((-value, len(packs), pack))
    best = [pack for _, _, pack in sorted(packs, key=lambda entry: entry[:2])]
    return _divide(graph, shapes, best) if graph.chunking.apart else best


def _divide(graph: Graph, shapes: Shapes, packs: Sequence[Pack]) -> list[Pack]:
    """The packs, divided for several threads where that pays."""
    result: list[Pack] = []
    for pack in packs:
        parts = divided(pack, graph.chunking.lanes, graph.chunking.size, graph.chunking.processor)
        if len(parts) > 1:
            for part in parts:
                _find_uses(graph, shapes, part)
        result.extend(parts)
    return result


def _make_convex(
    graph: Graph, pack: Pack, components: Sequence[Component], recursive: set[int]
) -> bool:
    """Remove positions that depend on the pack through nodes outside of it.

    False where no recursion is left.
    """
    home = {order: number for number, members in enumerate(components) for order in members}
    for _ in range(MOST_TURNS):
        bad = _positions_after(graph, pack, components, home)
        if not bad:
            return any(row[0].order in recursive for row in pack.positions)
        pack.keep([at for at in range(len(pack.positions)) if at not in bad])
    return False


def _positions_after(
    graph: Graph, pack: Pack, components: Sequence[Component], home: dict[int, int]
) -> set[int]:
    """The positions that depend on an outside component which depends on the pack."""
    after: set[int] = set()
    bad: set[int] = set()
    for number, members in enumerate(components):
        needs_after = needs_pack = False
        for order in members:
            node = graph.nodes[order]
            for source in (*node.sources, *node.line_edges):
                other = home[source]
                if other != number:
                    needs_after = needs_after or other in after
                    needs_pack = needs_pack or source in pack.at
        inside = members[0] in pack.at
        if needs_after or (needs_pack and not inside):
            after.add(number)
        if needs_after and inside:
            bad.update(pack.at[order][0] for order in members)
    return bad


def _find_uses(graph: Graph, shapes: Shapes, pack: Pack) -> None:
    """Collect the sums that lanes are terms of, and the lanes that other nodes read (exports)."""
    for position, row in enumerate(pack.positions):
        sums: dict[Sum, list[int]] = {}
        out: set[int] = set()
        for lane, node in enumerate(row):
            for user, place in shapes.users[node.order]:
                if user in pack.at:
                    continue
                total = shapes.sums.get(user)
                if total is None or shapes.operands[user][place].kind != "now":
                    out.add(lane)
                else:
                    sums.setdefault(total, []).append(lane)
            if signal_of(node) in graph.watched or signal_of(node) in graph.lined:
                out.add(lane)
        for total, terms in sums.items():
            if len(terms) < LEAST_LANES or len(set(terms)) != len(terms):
                out.update(terms)
            else:
                pack.terms.setdefault(total, []).append((position, terms))
        pack.exports.extend((position, lane) for lane in sorted(out))


def units_of(
    graph: Graph, components: Sequence[Component], packs: list[Pack]
) -> list[tuple[list[Node], Pack | None]]:
    """The indivisible units (components, packs, sums) in topological order, each with its pack.

    Of packs that depend on each other, the least profitable is dropped.
    """
    while True:
        unit: dict[int, int] = {}
        for number, pack in enumerate(packs):
            unit.update(dict.fromkeys(pack.at, number))
        for total in {s: None for pack in packs for s in pack.terms}:
            number = len(packs) + total.root
            unit.update(dict.fromkeys(total.members, number))
        base = len(packs) + len(graph.nodes)
        for number, members in enumerate(components):
            for order in members:
                unit.setdefault(order, base + number)
        ordered = list(_ordered(graph, unit))
        clash = next((group for group in ordered if len(group) > 1), None)
        if clash is None:
            break
        worst = max((number for number in clash if number < len(packs)), default=None)
        assert worst is not None, "components that need each other are one"
        del packs[worst]
    _make_totals(graph, packs)
    return _unit_nodes(graph, unit, ordered, packs)


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
    graph: Graph, unit: dict[int, int], ordered: list[list[int]], packs: Sequence[Pack]
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
