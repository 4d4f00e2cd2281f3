"""The graph of loops or tasks as a picture: a column for each level, an arrow for each wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dspc.dialects.texts import xml_text
from dspc.memory_svg import FAINT, INK, text
from dspc.task_graph import COLORS, KINDS, Node

WIDTH_OF_LETTER = 6.9
LEAST_WIDTH, BOX, GAP, BETWEEN, BEND = 130.0, 46.0, 16.0, 90.0, 10.0
MARGIN, TOP = 40.0, 118.0
SWEEPS = 8
"""How often the columns are put in order, to and fro."""


@dataclass(eq=False)
class Place:
    """A box, or a point where an arrow passes a level, without a node; x and y are its middle."""

    level: int
    node: Node | None = None
    x: float = 0.0
    y: float = 0.0
    before: list[Place] = field(default_factory=list["Place"])
    after: list[Place] = field(default_factory=list["Place"])

    @property
    def height(self) -> float:
        return BEND if self.node is None else BOX


def graph_svg(nodes: Sequence[Node], title: str, subtitle: str) -> str:
    """The whole picture."""
    columns, places = _placed(nodes)
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
        *_arrows(places, dict(enumerate(widths))),
        *(line for place in places for line in _box(place, widths[place.level])),
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


# Where everything goes


def _placed(nodes: Sequence[Node]) -> tuple[list[list[Place]], list[Place]]:
    """Columns of boxes and points in a good order, and all boxes and points."""
    level: dict[int, int] = {}
    for node in nodes:
        level[node.number] = max((level[other] + 1 for other in node.before), default=0)
    boxes = {node.number: Place(level[node.number], node) for node in nodes}
    places = list(boxes.values())
    for node in nodes:
        for other in node.before:
            last = boxes[other]
            for between in range(level[other] + 1, level[node.number]):
                point = Place(between)
                places.append(point)
                _tie(last, point)
                last = point
            _tie(last, boxes[node.number])
    columns: list[list[Place]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for place in places:
        columns[place.level].append(place)
    _order(columns)
    return columns, places


def _tie(first: Place, then: Place) -> None:
    first.after.append(then)
    then.before.append(first)


def _order(columns: list[list[Place]]) -> None:
    """Sort each column by the middle of what its places are tied to, so that few arrows cross."""
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        row = {place: float(at) for column in columns for at, place in enumerate(column)}
        for column in columns if forward else reversed(columns):
            middle: dict[Place, float] = {}
            for place in column:
                ties = place.before if forward else place.after
                middle[place] = sum(row[tie] for tie in ties) / len(ties) if ties else row[place]
            column.sort(key=middle.__getitem__)
            row.update((place, float(at)) for at, place in enumerate(column))


def _width(column: Sequence[Place]) -> float:
    letters = (
        max(len(place.node.title) * 1.12, len(place.node.described))
        for place in column
        if place.node
    )
    return max(LEAST_WIDTH, 24 + WIDTH_OF_LETTER * max(letters, default=0))


def _height(column: Sequence[Place]) -> float:
    return sum(place.height for place in column) + GAP * (len(column) - 1)


def _set_across(columns: Sequence[Sequence[Place]], widths: Sequence[float]) -> None:
    left = MARGIN
    for column, width in zip(columns, widths, strict=True):
        for place in column:
            place.x = left + width / 2
        left += width + BETWEEN


def _set_down(columns: Sequence[Sequence[Place]], bottom: float) -> None:
    """Give each place its height in its column; the columns stand around one middle."""
    middle = (TOP + bottom) / 2
    for column in columns:
        y = middle - _height(column) / 2
        for place in column:
            place.y = y + place.height / 2
            y += place.height + GAP
    _straighten(columns, bottom)


def _straighten(columns: Sequence[Sequence[Place]], bottom: float) -> None:
    """Move places towards what they are tied to, as far as their neighbours leave room."""
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            for at, place in enumerate(column):
                ties = [*place.before, *place.after]
                if not ties:
                    continue
                low, high = TOP + place.height / 2, bottom - place.height / 2
                if at:
                    above = column[at - 1]
                    low = above.y + (above.height + place.height) / 2 + GAP
                if at + 1 < len(column):
                    below = column[at + 1]
                    high = below.y - (below.height + place.height) / 2 - GAP
                wanted = sum(tie.y for tie in ties) / len(ties)
                place.y = max(low, min(high, wanted)) if low <= high else place.y


# What is drawn


def _headings(columns: Sequence[Sequence[Place]]) -> list[str]:
    style = f'font-weight="bold" fill="{FAINT}" text-anchor="middle"'
    return [text(column[0].x, TOP - 18, f"S{at}", 12, style) for at, column in enumerate(columns)]


def _box(place: Place, width: float) -> list[str]:
    node = place.node
    if node is None:
        return []
    fill, edge = COLORS[node.kind]
    told = "\n".join((KINDS[node.kind], node.described, node.touches))
    left, top = place.x - width / 2, place.y - BOX / 2
    return [
        f"<g><title>{xml_text(told)}</title>",
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{BOX}" rx="7" '
        f'fill="{fill}" stroke="{edge}" stroke-width="1.4"/>',
        text(left + 12, top + 20, node.title, 13, f'font-weight="bold" fill="{INK}"'),
        text(left + 12, top + 36, node.described, 11, f'fill="{FAINT}"'),
        "</g>",
    ]


def _arrows(places: Sequence[Place], widths: dict[int, float]) -> list[str]:
    """One line for each dependence, through the points on its way."""
    lines: list[str] = []
    for place in places:
        if place.node is None:
            continue
        for follower in place.after:
            way = [place, follower]
            while way[-1].node is None:
                way.append(way[-1].after[0])
            lines.append(_line(way, widths))
    return lines


def _line(way: Sequence[Place], widths: dict[int, float]) -> str:
    x, y = way[0].x + widths[way[0].level] / 2, way[0].y
    path = [f"M{x:.1f},{y:.1f}"]
    for place in way[1:]:
        half = widths[place.level] / 2
        reach = place.x - half
        bend = (reach - x) / 2
        end = reach - 2 if place.node is not None else reach
        path.append(
            f"C{x + bend:.1f},{y:.1f} {end - bend:.1f},{place.y:.1f} {end:.1f},{place.y:.1f}"
        )
        x, y = place.x + half, place.y
        if place.node is None:
            path.append(f"L{x:.1f},{y:.1f}")
    return (
        f'<path d="{" ".join(path)}" fill="none" stroke="{FAINT}" stroke-width="1.2" '
        'marker-end="url(#arrow)"/>'
    )


def _legend(nodes: Sequence[Node], y: float) -> list[str]:
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
