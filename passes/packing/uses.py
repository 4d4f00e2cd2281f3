"""Readers of the lanes of a pack: sums over lanes, and single nodes."""

from __future__ import annotations

from collections.abc import Sequence

from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.packing.colouring import Shapes, Sum
from dspc.passes.packing.grow import LEAST_LANES
from dspc.passes.packing.pack import Pack, signal_of

Asked = dict[int, set[tuple[str, int]]]
"""The sums over lanes, by the root node of a sum: names of packs and positions."""


def find_uses(graph: Graph, shapes: Shapes, pack: Pack, asked: Asked | None = None) -> None:
    """Find the sums over lanes, and the lanes that other nodes read (exports).

    A sum is one over the lanes of a position if enough of them are its terms, each once; `asked`
    are the sums over lanes that have been decided, by their roots.
    """
    pack.terms.clear()
    pack.exports.clear()
    for position, row in enumerate(pack.positions):
        sums: dict[Sum, list[int]] = {}
        out: set[int] = set()
        for lane, node in enumerate(row):
            for user, place in shapes.users[node.order]:
                if pack.has(user):
                    continue
                total = shapes.sums.get(user)
                if total is None or shapes.operands[user][place].kind != "now":
                    out.add(lane)
                else:
                    sums.setdefault(total, []).append(lane)
            if signal_of(node) in graph.watched or signal_of(node) in graph.lined:
                out.add(lane)
        for total, terms in sums.items():
            if len(set(terms)) != len(terms) or not _is_sum(pack, position, total, terms, asked):
                out.update(terms)
            else:
                pack.terms.setdefault(total, []).append((position, terms))
        pack.exports.extend((position, lane) for lane in sorted(out))


def _is_sum(
    pack: Pack, position: int, total: Sum, terms: Sequence[int], asked: Asked | None
) -> bool:
    if asked is None:
        return len(terms) >= LEAST_LANES
    return (pack.name, position) in asked.get(total.root, ())
