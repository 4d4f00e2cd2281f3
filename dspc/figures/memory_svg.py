"""The memory map as SVG: a bar for each space, with its buffers by offset and live range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dspc.figures.memory_map import per_frame
from dspc.support.texts import xml_text

if TYPE_CHECKING:
    from dspc.figures.memory_map import MappedBuffer, MemoryMap

WIDTH, LEFT, RIGHT = 1120, 40, 40
BAR = 64
ROW = 18
COLUMNS = 3
LISTED = 30
"""The number of allocations listed under a bar, largest first."""

COLORS = {
    "class": "#7b6ca8",
    "instance": "#2f7f9d",
    "block": "#d9892b",
    "block (copy)": "#e3b23c",
    "block (windows)": "#f0d58c",
}
LABELS = {"block (copy)": "copy for a block", "block (windows)": "windows of a block"}
INK, FAINT, EMPTY, LINE = "#22303a", "#6b7a86", "#eef2f5", "#ffffff"


def map_svg(placement: MemoryMap) -> str:
    """The SVG document. A bar shows the used part of a space, its caption the share."""
    body: list[str] = [*_heading(placement)]
    top = 112
    for space, pieces in placement.spaces.items():
        capacity, used = placement.housed.problem.capacity[space], placement.answer.peak[space]
        body += _space_heading(space, used, capacity, top)
        top += 30
        if pieces:
            body += _bar(pieces, used, top)
            top += BAR + 14
            lines, height = _list(pieces, placement.housed.block, top)
            body += lines
            top += height
        top += 34
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" '
        f'viewBox="0 0 {WIDTH} {top}" font-family="Helvetica, Arial, sans-serif">'
    )
    return "\n".join([frame, f'<rect width="{WIDTH}" height="{top}" fill="white"/>', *body]) + (
        "\n</svg>\n"
    )


def text(x: float, y: float, content: str, size: int = 12, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" {more}>{xml_text(content)}</text>'


def kibibytes(size: int) -> str:
    """A size in bytes, with a binary prefix."""
    for unit, scale in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= scale:
            return f"{size / scale:.4g} {unit}"
    return f"{size} B"


def _heading(placement: MemoryMap) -> list[str]:
    caption = (
        f"--heap {placement.housed.heap}: {placement.answer.cost:,} cycles of memory access "
        f"in a block of {placement.housed.block} frames (estimated)"
    )
    parts = [
        text(LEFT, 42, placement.machine.title, 22, f'font-weight="bold" fill="{INK}"'),
        text(LEFT, 66, caption, 13, f'fill="{FAINT}"'),
    ]
    x = LEFT
    for lifetime, color in COLORS.items():
        label = LABELS.get(lifetime, lifetime)
        parts.append(f'<rect x="{x}" y="80" width="12" height="12" rx="2" fill="{color}"/>')
        parts.append(text(x + 18, 90, label, 12, f'fill="{FAINT}"'))
        x += 40 + 7 * len(label)
    return parts


def _space_heading(space: str, used: int, capacity: int, top: int) -> list[str]:
    share = f"{used / capacity:.1%}" if used else "empty"
    amount = f"{kibibytes(used)} of {kibibytes(capacity)}"
    x = WIDTH - RIGHT - 160
    filled = max(160 * used / capacity, 2 if used else 0)
    return [
        text(LEFT, top + 18, space, 17, f'font-weight="bold" fill="{INK}"'),
        text(LEFT + 70, top + 18, amount, 13, f'fill="{FAINT}"'),
        text(x - 10, top + 18, share, 13, f'fill="{FAINT}" text-anchor="end"'),
        f'<rect x="{x}" y="{top + 7}" width="160" height="12" rx="3" fill="{EMPTY}"/>',
        f'<rect x="{x}" y="{top + 7}" width="{filled:.1f}" height="12" rx="3" fill="{INK}"/>',
    ]


def _bar(pieces: list[MappedBuffer], used: int, top: int) -> list[str]:
    """The used bytes from left to right; scratch that shares bytes is stacked by live range."""
    scale = (WIDTH - LEFT - RIGHT) / max(used, 1)
    moments = [piece.live for piece in pieces if piece.live is not None]
    first = min((live[0] for live in moments), default=0)
    last = max((live[1] for live in moments), default=1)
    parts = [
        f'<rect x="{LEFT}" y="{top}" width="{WIDTH - LEFT - RIGHT}" height="{BAR}" rx="4" '
        f'fill="{EMPTY}"/>'
    ]
    for piece in pieces:
        x, width = LEFT + piece.offset * scale, piece.size * scale
        y, height = float(top), float(BAR)
        if piece.live is not None:
            y += BAR * (piece.live[0] - first) / (last - first)
            height = BAR * (piece.live[1] - piece.live[0]) / (last - first)
        color = COLORS[piece.lifetime]
        title = f"{piece.name}: {piece.size} bytes at {piece.offset}, {piece.lifetime}"
        if piece.access.source:
            title += f", from {piece.access.source}"
        edge = f' stroke="{LINE}" stroke-width="1"' if width > 3 else ""
        parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" '
            f'fill="{color}"{edge}><title>{xml_text(title)}</title></rect>'
        )
        if width > 6.2 * len(piece.name) + 6 and height > 16:
            style = f'fill="{INK if piece.is_copy else "white"}" text-anchor="middle"'
            parts.append(text(x + width / 2, y + height / 2 + 4, piece.name, 11, style))
    return parts


def _list(pieces: list[MappedBuffer], block: int, top: int) -> tuple[list[str], int]:
    """The largest allocations in columns, and the height of the list."""
    shown = sorted(pieces, key=lambda piece: (-piece.size, piece.offset))[:LISTED]
    rows = -(-len(shown) // COLUMNS)
    column = (WIDTH - LEFT - RIGHT) / COLUMNS
    parts: list[str] = []
    for index, piece in enumerate(shown):
        x, y = LEFT + column * (index // rows), top + ROW * (index % rows)
        color = COLORS[piece.lifetime]
        reads, writes = per_frame([piece.access], block)
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="9" height="9" rx="2" fill="{color}"/>')
        parts.append(text(x + 15, y + 9, _short(piece.name), 11, f'fill="{INK}"'))
        work = "staged" if piece.is_idle else f"r {reads}  w {writes}"
        figures = f"{kibibytes(piece.size)}   {work}"
        style = f'fill="{FAINT}" text-anchor="end" xml:space="preserve"'
        parts.append(text(x + column - 24, y + 9, figures, 11, style))
    height = rows * ROW
    if len(pieces) > len(shown):
        rest = sum(piece.size for piece in pieces) - sum(piece.size for piece in shown)
        more = f"and {len(pieces) - len(shown)} more, {kibibytes(rest)} in all"
        parts.append(text(LEFT, top + height + 10, more, 11, f'fill="{FAINT}"'))
        height += ROW
    note = "r, w: reads and writes in a frame"
    style = f'fill="{FAINT}" text-anchor="end"'
    parts.append(text(WIDTH - RIGHT - 24, top + height + 8, note, 10, style))
    return parts, height + 10


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
