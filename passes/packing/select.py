"""Selection of packs: those that are convex in the dependence graph and profitable."""

from __future__ import annotations

from collections.abc import Sequence

from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.costs.packs import gain
from dspc.passes.packing.colouring import Shapes
from dspc.passes.packing.grow import LEAST_LANES, Component, Packer
from dspc.passes.packing.pack import Pack
from dspc.passes.packing.reaches import is_in_bounds
from dspc.passes.packing.split_for_threads import divided
from dspc.passes.packing.units import without_cycles
from dspc.passes.packing.uses import find_uses

MOST_TURNS = 20
"""The most times that a pack is reduced before it is dropped."""


def select_packs(graph: Graph, lanes: int, is_apart: bool) -> list[Pack]:
    """The profitable packs, in vectors of at most `lanes` elements, by decreasing gain.

    With `is_apart`, they are divided for several threads where that pays.
    """
    if lanes < 2 or len(graph.recursive) < LEAST_LANES:
        return []
    shapes = Shapes(graph)
    shapes.refine()
    packs: list[tuple[float, int, Pack]] = []
    for pack in Packer(graph, shapes).find():
        if not _make_convex(graph, pack):
            continue
        _widen(pack, lanes)
        find_uses(graph, shapes, pack)
        value = gain(pack, graph.chunking.processor)
        if value > 0 and is_in_bounds(pack):
            packs.append((-value, len(packs), pack))
    best = [pack for _, _, pack in sorted(packs, key=lambda entry: entry[:2])]
    if is_apart:
        best = _divide(graph, shapes, best, lanes)
    for pack in best:
        pack.gain = gain(pack, graph.chunking.processor)
    return without_cycles(graph, best)


def _widen(pack: Pack, most: int) -> None:
    """Choose the vector width: the least power of two that holds all lanes, at most `most`."""
    pack.width = min(most, 1 << (pack.lanes - 1).bit_length())


def _divide(graph: Graph, shapes: Shapes, packs: Sequence[Pack], lanes: int) -> list[Pack]:
    """The packs, divided for several threads where that pays."""
    result: list[Pack] = []
    for pack in packs:
        parts = divided(pack, graph.chunking.size, graph.chunking.processor)
        if len(parts) > 1:
            for part in parts:
                _widen(part, lanes)
                find_uses(graph, shapes, part)
        result.extend(parts)
    return result


def _make_convex(graph: Graph, pack: Pack) -> bool:
    """Remove positions that depend on the pack through nodes outside of it.

    False where no recursion is left.
    """
    components = graph.components
    home = {order: number for number, members in enumerate(components) for order in members}
    for _ in range(MOST_TURNS):
        bad = _positions_after(graph, pack, components, home)
        if not bad:
            return any(row[0].order in graph.recursive for row in pack.positions)
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
                    needs_pack = needs_pack or pack.has(source)
        inside = pack.has(members[0])
        if needs_after or (needs_pack and not inside):
            after.add(number)
        if needs_after and inside:
            bad.update(pack.at[order][0] for order in members if order in pack.at)
    return bad
