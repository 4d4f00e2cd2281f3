"""The loop DAG or task graph as SVG: a column for each level, an arrow for each dependence.

A layered drawing after Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical
system structures" (IEEE Transactions on Systems, Man, and Cybernetics, 1981): layers by longest
path, dummy points where an edge crosses a layer, barycentre sweeps against crossings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dspc.figures.memory_svg import FAINT, INK, text
from dspc.figures.task_graph import COLORS, KINDS, GraphNode
from dspc.support.texts import xml_text

WIDTH_OF_LETTER = 6.9
LEAST_WIDTH, BOX, GAP, BETWEEN, BEND = 130.0, 46.0, 16.0, 90.0, 10.0
MARGIN, TOP = 40.0, 118.0
SWEEPS = 8
"""The number of barycentre sweeps, forward and backward in turn."""


@dataclass(eq=False)
class Vertex:
    """A box, or (without a node) a point where an edge crosses a level; x and y are its centre."""

    level: int
    node: GraphNode | None = None
    x: float = 0.0
    y: float = 0.0
    before: list[Vertex] = field(default_factory=list["Vertex"])
    after: list[Vertex] = field(default_factory=list["Vertex"])

    @property
    def height(self) -> float:
        return BEND if self.node is None else BOX


def graph_svg(nodes: Sequence[GraphNode], title: str, subtitle: str) -> str:
    """The SVG document."""
    columns, vertices = _layered(nodes)
    widths = [_width(column) for column in columns]
    _set_across(columns, widths)
    height = TOP + max((_height(column) for column in columns), default=0.0) + 84
    _set_down(columns, height - 84)
    width = MARGIN * 2 + sum(widths) + BETWEEN * max(len(columns) - 1, 0)
    width = max(width, 640.0, MARGIN * 2 + 11.5 * len(title))
    body = [
        text(MARGIN, 44, title, 22, f'font-weight="bold" fill="{INK}"'),
        text(MARGIN, 68, subtitle, 13, f'fill="{FAINT}"'),
        *_headings(columns),
        *_arrows(vertices, dict(enumerate(widths))),
        *(line for vertex in vertices for line in _box(vertex, widths[vertex.level])),
        *_legend(nodes, height - 34),
    ]
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="Helvetica, Arial, sans-serif">'
    )
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path d="M0,0.8 L7.5,4 L0,7.2 Z" fill="{FAINT}"/>'
        "</marker></defs>"
    )
    page = f'<rect width="{width:.0f}" height="{height:.0f}" fill="white"/>'
    return "\n".join([frame, arrow, page, *body, "</svg>", ""])


# Layout


def _layered(nodes: Sequence[GraphNode]) -> tuple[list[list[Vertex]], list[Vertex]]:
    """The columns, ordered with few crossings, and all vertices."""
    level: dict[int, int] = {}
    for node in nodes:
        level[node.number] = max((level[predecessor] + 1 for predecessor in node.before), default=0)
    boxes = {node.number: Vertex(level[node.number], node) for node in nodes}
    vertices = list(boxes.values())
    for node in nodes:
        for predecessor in node.before:
            last = boxes[predecessor]
            for between in range(level[predecessor] + 1, level[node.number]):
                point = Vertex(between)
                vertices.append(point)
                _connect(last, point)
                last = point
            _connect(last, boxes[node.number])
    columns: list[list[Vertex]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for vertex in vertices:
        columns[vertex.level].append(vertex)
    _order(columns)
    return columns, vertices


def _connect(first: Vertex, then: Vertex) -> None:
    first.after.append(then)
    then.before.append(first)


def _order(columns: list[list[Vertex]]) -> None:
    """Sort each column by the barycentres of the neighbours in the column before or after."""
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        row = {vertex: float(at) for column in columns for at, vertex in enumerate(column)}
        for column in columns if forward else reversed(columns):
            middle: dict[Vertex, float] = {}
            for vertex in column:
                neighbours = vertex.before if forward else vertex.after
                count = len(neighbours)
                middle[vertex] = sum(row[n] for n in neighbours) / count if count else row[vertex]
            column.sort(key=middle.__getitem__)
            row.update((vertex, float(at)) for at, vertex in enumerate(column))


def _width(column: Sequence[Vertex]) -> float:
    letters = (
        max(len(vertex.node.title) * 1.12, len(vertex.node.described))
        for vertex in column
        if vertex.node
    )
    return max(LEAST_WIDTH, 24 + WIDTH_OF_LETTER * max(letters, default=0))


def _height(column: Sequence[Vertex]) -> float:
    return sum(vertex.height for vertex in column) + GAP * (len(column) - 1)


def _set_across(columns: Sequence[Sequence[Vertex]], widths: Sequence[float]) -> None:
    left = MARGIN
    for column, width in zip(columns, widths, strict=True):
        for vertex in column:
            vertex.x = left + width / 2
        left += width + BETWEEN


def _set_down(columns: Sequence[Sequence[Vertex]], bottom: float) -> None:
    """Set the y of each vertex; the columns are centred vertically."""
    middle = (TOP + bottom) / 2
    for column in columns:
        y = middle - _height(column) / 2
        for vertex in column:
            vertex.y = y + vertex.height / 2
            y += vertex.height + GAP
    _straighten(columns, bottom)


def _straighten(columns: Sequence[Sequence[Vertex]], bottom: float) -> None:
    """Move vertices towards their neighbours, as far as the column leaves room."""
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            for at, vertex in enumerate(column):
                neighbours = [*vertex.before, *vertex.after]
                if not neighbours:
                    continue
                low, high = TOP + vertex.height / 2, bottom - vertex.height / 2
                if at:
                    above = column[at - 1]
                    low = above.y + (above.height + vertex.height) / 2 + GAP
                if at + 1 < len(column):
                    below = column[at + 1]
                    high = below.y - (below.height + vertex.height) / 2 - GAP
                wanted = sum(neighbour.y for neighbour in neighbours) / len(neighbours)
                vertex.y = max(low, min(high, wanted)) if low <= high else vertex.y


# Drawing


def _headings(columns: Sequence[Sequence[Vertex]]) -> list[str]:
    style = f'font-weight="bold" fill="{FAINT}" text-anchor="middle"'
    return [text(column[0].x, TOP - 18, f"S{at}", 12, style) for at, column in enumerate(columns)]


def _box(vertex: Vertex, width: float) -> list[str]:
    node = vertex.node
    if node is None:
        return []
    fill, edge = COLORS[node.kind]
    tooltip = "\n".join((KINDS[node.kind], node.described, node.touches))
    left, top = vertex.x - width / 2, vertex.y - BOX / 2
    return [
        f"<g><title>{xml_text(tooltip)}</title>",
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{BOX}" rx="7" '
        f'fill="{fill}" stroke="{edge}" stroke-width="1.4"/>',
        text(left + 12, top + 20, node.title, 13, f'font-weight="bold" fill="{INK}"'),
        text(left + 12, top + 36, node.described, 11, f'fill="{FAINT}"'),
        "</g>",
    ]


def _arrows(vertices: Sequence[Vertex], widths: dict[int, float]) -> list[str]:
    """One path for each dependence, through the points of the levels that it crosses."""
    lines: list[str] = []
    for vertex in vertices:
        if vertex.node is None:
            continue
        for follower in vertex.after:
            way = [vertex, follower]
            while way[-1].node is None:
                way.append(way[-1].after[0])
            lines.append(_line(way, widths))
    return lines


def _line(way: Sequence[Vertex], widths: dict[int, float]) -> str:
    x, y = way[0].x + widths[way[0].level] / 2, way[0].y
    path = [f"M{x:.1f},{y:.1f}"]
    for vertex in way[1:]:
        half = widths[vertex.level] / 2
        reach = vertex.x - half
        bend = (reach - x) / 2
        end = reach - 2 if vertex.node is not None else reach
        path.append(
            f"C{x + bend:.1f},{y:.1f} {end - bend:.1f},{vertex.y:.1f} {end:.1f},{vertex.y:.1f}"
        )
        x, y = vertex.x + half, vertex.y
        if vertex.node is None:
            path.append(f"L{x:.1f},{y:.1f}")
    return (
        f'<path d="{" ".join(path)}" fill="none" stroke="{FAINT}" stroke-width="1.2" '
        'marker-end="url(#arrow)"/>'
    )


def _legend(nodes: Sequence[GraphNode], y: float) -> list[str]:
    parts: list[str] = []
    x = MARGIN
    for kind in dict.fromkeys(node.kind for node in nodes):
        fill, edge = COLORS[kind]
        parts.append(
            f'<rect x="{x:.1f}" y="{y - 10:.1f}" width="14" height="14" rx="3" fill="{fill}" '
            f'stroke="{edge}"/>'
        )
        parts.append(text(x + 22, y + 1, KINDS[kind], 12, f'fill="{FAINT}"'))
        x += 48 + 6.2 * len(KINDS[kind])
    return parts
