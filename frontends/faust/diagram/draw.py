"""Printing of shapes as SVG: a self-contained file for each folded box, linked both ways."""

from __future__ import annotations

from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.diagram.layout import layout
from dspc.frontends.faust.diagram.nested_files import FOLD_FROM, FOLD_OVER, Folding, fold
from dspc.frontends.faust.diagram.shapes import Frame, Mark, Shape, Wire
from dspc.support.texts import xml_text

_MARGIN = 24.0
_TITLE = 34.0
_GROUNDS = ("group", "definition", "route")

_STYLE = """
svg{background:#fff;font-family:"DejaVu Sans","Segoe UI",Helvetica,Arial,sans-serif;font-size:12px}
path{fill:none;stroke:#4a5568;stroke-width:1.2;stroke-linejoin:round}
rect{stroke:#8794a6;stroke-width:1}
text{fill:#1a202c;text-anchor:middle}
.sub{fill:#5a6675;font-size:10px}
.page{fill:#fff;stroke:none}
.title{font-size:15px;font-weight:bold;text-anchor:start}
.number{fill:#fdebd0;stroke:#d8a860}
.prim{fill:#e3ecf8;stroke:#7d9cc6}
.delay{fill:#d5f0ea;stroke:#58a898}
.table{fill:#eee5f8;stroke:#9c82c4}
.slot{fill:#f0f1c8;stroke:#a9ab50}
.widget{fill:#dff2d8;stroke:#78b060}
.foreign{fill:#ece7e1;stroke:#a08f7a}
.route{fill:#f7f9fb}
.inverter{fill:#fbdada;stroke:#cc7a7a}
.fold{fill:#cfe0fb;stroke:#3f6fb5;stroke-width:1.6}
.group{fill:none;stroke:#78b060;stroke-dasharray:5 4}
.definition{fill:none;stroke:#8794a6;stroke-dasharray:2 3}
.label{fill:#4c7a38;text-anchor:start;font-size:11px}
.defined{fill:#5a6675}
.dot{fill:#4a5568}
.port{fill:#fff;stroke:#4a5568}
a:hover rect{stroke-width:2.6}
""".strip()

_ARROW = (
    '<marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto"><polygon points="0,0.8 8,4 0,7.2" fill="#4a5568"/></marker>'
)


def draw(
    root: Box,
    name: str,
    fold_from: int = FOLD_FROM,
    fold_over: int = FOLD_OVER,
    scaled: bool = False,
) -> dict[str, str]:
    """The SVG files of a complete box, by name; `process.svg` is first.

    With `scaled`, they are as large as the page that shows them.
    """
    folding = fold(root, fold_from, fold_over)
    parents: dict[Box, Box] = {}
    files: dict[str, str] = {}
    waiting = [root]
    while waiting:
        box = waiting.pop()
        if folding.files[box] in files:
            continue
        shape, inner = layout(box, folding)
        for part in inner:
            parents.setdefault(part, box)
        files[folding.files[box]] = _page(box, shape, folding, parents.get(box), name, scaled)
        waiting += reversed(inner)
    return files


def _page(
    box: Box, shape: Shape, folding: Folding, parent: Box | None, name: str, scaled: bool
) -> str:
    title = folding.titles[box] if parent is not None else name
    back = "" if parent is None else f"‹ {folding.titles[parent]}   "
    width = max(shape.width, len(back + title) * 9.5) + 2 * _MARGIN
    height = shape.height + _TITLE + _MARGIN
    across, down = ("100%", "100%") if scaled else (f"{width:.0f}", f"{height:.0f}")
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{across}" height="{down}" viewBox="0 0 {width:.0f} {height:.0f}">',
        f"<title>{xml_text(title)}</title>",
        f"<style>{_STYLE}</style>",
        f"<defs>{_ARROW}</defs>",
        f'<rect class="page" x="0" y="0" width="{width:.0f}" height="{height:.0f}"/>',
    ]
    heading = f'<text class="title" x="{_MARGIN:.0f}" y="22">{xml_text(back + title)}</text>'
    if parent is not None:
        heading = _linked(heading, folding.files[parent])
    out.append(heading)
    left = (width - shape.width) / 2
    out += _contents(shape, left, _TITLE)
    for x, heights in ((left, shape.ins), (left + shape.width, shape.outs)):
        out += (f'<circle class="port" cx="{x:.1f}" cy="{_TITLE + y:.1f}" r="3"/>' for y in heights)
    return "\n".join([*out, "</svg>"]) + "\n"


def _contents(shape: Shape, left: float, top: float) -> list[str]:
    """The SVG elements of a shape and its parts: backgrounds, wires, then foregrounds."""
    grounds: list[str] = []
    wires: list[str] = []
    rest: list[str] = []
    waiting: list[tuple[Shape, float, float, bool]] = [(shape, left, top, False)]
    while waiting:
        shape, x, y, turned = waiting.pop()
        place = _Place(shape, x, y, turned)
        wires += map(place.wire, shape.wires)
        for frame in shape.frames:
            (grounds if frame.kind in _GROUNDS else rest).append(place.frame(frame))
        rest += map(place.mark, shape.marks)
        for part, a, b, turns in shape.parts:
            if turned:
                a, b = shape.width - a - part.width, shape.height - b - part.height
            waiting.append((part, x + a, y + b, turned is not turns))
    return grounds + wires + rest


class _Place:
    """The position of a shape, and whether it is rotated by 180 degrees."""

    __slots__ = ("shape", "turned", "x", "y")

    def __init__(self, shape: Shape, x: float, y: float, turned: bool) -> None:
        self.shape = shape
        self.x = x
        self.y = y
        self.turned = turned

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turned:
            x, y = self.shape.width - x, self.shape.height - y
        return self.x + x, self.y + y

    def wire(self, wire: Wire) -> str:
        points = [self.point(*point) for point in wire.points]
        arrow = ' marker-end="url(#arrow)"' if wire.arrow else ""
        if wire.curved:
            (a, b), (c, d) = points
            half = (a + c) / 2
            path = f"M{a:.1f},{b:.1f}C{half:.1f},{b:.1f} {half:.1f},{d:.1f} {c:.1f},{d:.1f}"
        else:
            path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
        return f'<path d="{path}"{arrow}/>'

    def frame(self, frame: Frame) -> str:
        x, y = self.point(frame.x, frame.y)
        if self.turned:
            x, y = x - frame.width, y - frame.height
        radius = 8 if frame.kind in ("group", "definition", "inverter") else 4
        out = (
            f'<rect class="{frame.kind}" x="{x:.1f}" y="{y:.1f}" width="{frame.width:.1f}" '
            f'height="{frame.height:.1f}" rx="{radius}"/>'
        )
        if frame.at_top:
            label = xml_text(frame.lines[0])
            style = "label" if frame.kind == "group" else "label defined"
            return f'{out}<text class="{style}" x="{x + 8:.1f}" y="{y + 14:.1f}">{label}</text>'
        middle = x + frame.width / 2
        base = y + frame.height / 2 + 4.3 - 7 * (len(frame.lines) - 1)
        for at, line in enumerate(frame.lines):
            sub = ' class="sub"' if at else ""
            out += f'<text{sub} x="{middle:.1f}" y="{base + 14 * at:.1f}">{xml_text(line)}</text>'
        return _linked(out, frame.link) if frame.link else out

    def mark(self, mark: Mark) -> str:
        x, y = self.point(mark.x, mark.y)
        if mark.kind == "delay":
            return f'<rect class="delay" x="{x - 3:.1f}" y="{y - 4:.1f}" width="6" height="6"/>'
        if mark.kind == "end":
            return f'<path d="M{x:.1f},{y - 4:.1f}L{x:.1f},{y + 4:.1f}"/>'
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2.4"/>'


def _linked(content: str, file: str) -> str:
    return f'<a href="{file}" xlink:href="{file}">{content}</a>'
