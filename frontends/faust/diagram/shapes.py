"""Laid-out boxes: sizes, ports and graphics, in local coordinates."""

from __future__ import annotations

from dataclasses import dataclass, field

from dspc.frontends.faust.boxes import Box

STEP = 16.0
"""Between two wires."""
PAD = 10.0
"""Between boxes, and around the text of one."""
LETTER = 7.0
"""The width of a letter at the size used."""

Point = tuple[float, float]


@dataclass(slots=True)
class Wire:
    """A line through some points; `curved` ones have two. `arrow` is at the end."""

    points: list[Point]
    curved: bool = False
    arrow: bool = False


@dataclass(slots=True)
class Frame:
    """A rectangle with lines of text; `kind` names its style, `link` is a file."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    lines: list[str] = field(default_factory=list[str])
    link: str | None = None
    title: str = ""
    at_top: bool = False


@dataclass(slots=True)
class Mark:
    """A small sign: `dot` where a wire forks, `delay` on a feedback, `end` of a cut wire."""

    x: float
    y: float
    kind: str


@dataclass(slots=True)
class Shape:
    """A box's picture. Ports are heights: inputs at the left edge, outputs at the right one.

    `parts` are placed shapes; those with True are turned by 180 degrees, as feedback is.
    """

    width: float
    height: float
    ins: list[float]
    outs: list[float]
    parts: list[tuple[Shape, float, float, bool]] = field(
        default_factory=list["tuple[Shape, float, float, bool]"]
    )
    wires: list[Wire] = field(default_factory=list[Wire])
    frames: list[Frame] = field(default_factory=list[Frame])
    marks: list[Mark] = field(default_factory=list[Mark])


def ports(count: int, height: float, step: float = STEP) -> list[float]:
    """Heights of `count` ports around the middle."""
    first = (height - (count - 1) * step) / 2
    return [first + step * at for at in range(count)]


def block(lines: list[str], kind: str, ins: int, outs: int, link: str | None = None) -> Shape:
    """A rectangle with text, its inputs at the left and its outputs at the right."""
    width = max(24.0, max(map(len, lines)) * LETTER + 2 * PAD)
    height = max(11.0 + 15 * len(lines), max(ins, outs) * STEP + 6) + 6
    left = PAD + 4 if ins else PAD / 2
    right = PAD if outs else PAD / 2
    shape = Shape(left + width + right, height, ports(ins, height), ports(outs, height))
    shape.frames.append(Frame(left, 3, width, height - 6, kind, lines, link))
    shape.wires += (Wire([(0, y), (left, y)], arrow=True) for y in shape.ins)
    shape.wires += (Wire([(left + width, y), (shape.width, y)]) for y in shape.outs)
    return shape


def clipped(text: str, longest: int = 28) -> str:
    """The text, or its beginning and an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def number_text(value: float) -> str:
    """The text of a number in a diagram."""
    return str(value) if isinstance(value, int) else f"{value:.7g}"


def is_inverter(box: Box) -> bool:
    """Whether a box is a way to say `*(-1)`."""
    if box.kind != "seq" or box.args[0].kind != "par" or box.args[1].kind != "prim":
        return False
    left, right = box.args[0].args
    factors = (left.kind, left.value, right.kind, right.value)
    if box.args[1].value == "-":
        return factors[0] in ("int", "real") and left.value == 0 and right.kind == "wire"
    numbers = [part.value for part in (left, right) if part.kind in ("int", "real")]
    wires = [part for part in (left, right) if part.kind == "wire"]
    return box.args[1].value == "*" and numbers == [-1] and len(wires) == 1
