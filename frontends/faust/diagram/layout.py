"""The layout of compositions, bottom-up from the sizes of their parts."""

from __future__ import annotations

from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.diagram.leaves import leaf, slot_entry
from dspc.frontends.faust.diagram.nested_files import Folding, title_of
from dspc.frontends.faust.diagram.shapes import (
    LETTER,
    PAD,
    STEP,
    Frame,
    Mark,
    Shape,
    Wire,
    block,
    clipped,
    is_inverter,
)
from dspc.frontends.faust.labels import parse_label

_COLUMN = 8.0
_CHAINS = ("seq", "par")


def layout(root: Box, folding: Folding) -> tuple[Shape, list[Box]]:
    """The picture of one folded box, and the boxes folded within it."""
    inner: dict[Box, None] = {}
    bodies: set[Box] = set()
    """Of functions: the frame is around the inputs that they name as well."""
    done: list[Shape] = []
    waiting: list[tuple[Box, int]] = [(root, -1)]
    while waiting:
        box, parts = waiting.pop()
        if parts >= 0:
            shapes = done[len(done) - parts :]
            del done[len(done) - parts :]
            shape = _composed(box, shapes)
            is_framed = box is not root and box not in bodies and _is_definition(box)
            done.append(_defined(box, shape) if is_framed else shape)
        elif box is not root and box in folding.files:
            inner[box] = None
            file = folding.files[box]
            done.append(block([clipped(folding.titles[box])], "fold", box.ins, box.outs, file))
        elif is_inverter(box):
            done.append(block(["−1"], "inverter", 1, 1))
        elif box.args:
            items = _parts(box, root, folding)
            if box.kind == "symbolic":
                bodies.update(items)
            waiting.append((box, len(items)))
            waiting += ((part, -1) for part in reversed(items))
        else:
            done.append(leaf(box))
    return done[0], list(inner)


def _parts(box: Box, root: Box, folding: Folding) -> list[Box]:
    """A box's parts; chains of one composition are laid out at once."""
    if box.kind == "symbolic":
        while box.kind == "symbolic" and (box is root or box not in folding.files):
            root = box = box.args[1]
        return [box]
    if box.kind not in _CHAINS:
        return list(box.args)
    result: list[Box] = []
    waiting = [*box.args[::-1]]
    while waiting:
        part = waiting.pop()
        plain = part.kind == box.kind and part not in folding.files and not is_inverter(part)
        plain = plain and part.name is None
        if plain:
            waiting += part.args[::-1]
        else:
            result.append(part)
    return result


def _is_definition(box: Box) -> bool:
    """Whether a box has a name and parts, and so a frame where it is drawn in its place."""
    if box.kind == "group" or title_of(box) is None:
        return False
    return box.kind == "symbolic" or any(part.kind != "wire" for part in box.args)


def _composed(box: Box, shapes: list[Shape]) -> Shape:
    if box.kind == "seq":
        return _sequence(shapes)
    if box.kind == "par":
        return _parallel(shapes)
    if box.kind == "rec":
        return _recursion(*shapes)
    if box.kind == "group":
        return _group(box, shapes[0])
    if box.kind == "symbolic":
        return _symbolic(box, shapes[0])
    return _fan(*shapes)


def _sequence(shapes: list[Shape]) -> Shape:
    height = max(shape.height for shape in shapes)
    whole = Shape(0, height, [], [])
    x = 0.0
    before: list[float] = []
    for shape in shapes:
        y = (height - shape.height) / 2
        ins = [y + port for port in shape.ins]
        if x:
            x = _join(whole, x, before, ins)
        else:
            whole.ins = ins
        whole.parts.append((shape, x, y, False))
        x += shape.width
        before = [y + port for port in shape.outs]
    whole.width = x
    whole.outs = before
    return whole


def _join(whole: Shape, x: float, left: list[float], right: list[float]) -> float:
    """Wires from ports at `x` to as many others, bent without crossings; the x of the others."""
    runs: list[list[int]] = []
    sign = 0
    for at, (a, b) in enumerate(zip(left, right, strict=True)):
        now = (b > a + 0.01) - (b < a - 0.01)
        if now and now == sign:
            runs[-1].append(at)
        elif now:
            runs.append([at])
        sign = now
    widest = max(map(len, runs), default=0)
    column = min(_COLUMN, 240.0 / max(widest, 1))
    gap = (widest + 1) * column if widest else 0.0
    columns: dict[int, float] = {}
    for run in runs:
        down = right[run[0]] > left[run[0]]
        ordered = run[::-1] if down else run
        columns.update((at, x + column * (1 + place)) for place, at in enumerate(ordered))
    for at, (a, b) in enumerate(zip(left, right, strict=True)):
        if at in columns:
            bend = columns[at]
            whole.wires.append(Wire([(x, a), (bend, a), (bend, b), (x + gap, b)]))
        elif gap:
            whole.wires.append(Wire([(x, a), (x + gap, b)]))
    return x + gap


def _parallel(shapes: list[Shape]) -> Shape:
    width = max(shape.width for shape in shapes)
    whole = Shape(width, 0, [], [])
    y = 0.0
    for shape in shapes:
        x = (width - shape.width) / 2
        whole.parts.append((shape, x, y, False))
        ins = [y + port for port in shape.ins]
        outs = [y + port for port in shape.outs]
        if x:
            whole.wires += (Wire([(0, port), (x, port)]) for port in ins)
            whole.wires += (Wire([(x + shape.width, port), (width, port)]) for port in outs)
        whole.ins += ins
        whole.outs += outs
        y += shape.height + (PAD / 2 if shape.frames or shape.parts else 0)
    whole.height = y
    return whole


def _fan(left: Shape, right: Shape) -> Shape:
    """A split or a merge: each port of the one side goes to every n-th of the other."""
    height = max(left.height, right.height)
    up, down = (height - left.height) / 2, (height - right.height) / 2
    outs = [up + port for port in left.outs]
    ins = [down + port for port in right.ins]
    gap = min(max(height / 4, 28.0), 130.0) if outs and ins else PAD
    far = left.width + gap
    whole = Shape(far + right.width, height, [up + y for y in left.ins], [])
    whole.outs = [down + port for port in right.outs]
    whole.parts += ((left, 0, up, False), (right, far, down, False))
    if outs and ins:
        count = max(len(outs), len(ins))
        for at in range(count):
            a, b = outs[at % len(outs)], ins[at % len(ins)]
            whole.wires.append(Wire([(left.width, a), (far, b)], curved=True))
        if len(ins) > len(outs):
            whole.marks += (Mark(left.width, y, "dot") for y in outs)
    return whole


def _recursion(main: Shape, back: Shape) -> Shape:
    """`main` below; `back`, turned, above: from the outputs of `main` to its first inputs."""
    taps, feeds = len(back.ins), len(back.outs)
    column = min(STEP * 0.75, 240.0 / max(taps, feeds, 1))
    width = max(main.width, back.width)
    left, right = column * (feeds + 1), column * (taps + 1)
    whole = Shape(left + width + right, back.height + PAD + main.height, [], [])
    top = back.height + PAD
    x, back_x = left + (width - main.width) / 2, left + (width - back.width) / 2
    whole.parts += ((main, x, top, False), (back, back_x, 0, True))
    end = x + main.width
    for at, port in enumerate(main.outs):
        y = top + port
        whole.outs.append(y)
        whole.wires.append(Wire([(end, y), (whole.width, y)]))
        if at < taps:
            bend = left + width + column * (at + 1)
            above = back.height - back.ins[at]
            points = [(bend, y), (bend, above), (back_x + back.width, above)]
            whole.wires.append(Wire(points))
            whole.marks += (Mark(bend, y, "dot"), Mark(bend, top - 1, "delay"))
    for at, port in enumerate(main.ins):
        y = top + port
        if at < feeds:
            bend = left - column * (at + 1)
            above = back.height - back.outs[at]
            whole.wires.append(Wire([(back_x, above), (bend, above), (bend, y), (x, y)]))
        else:
            whole.ins.append(y)
            whole.wires.append(Wire([(0, y), (x, y)]))
    return whole


def _group(box: Box, inner: Shape) -> Shape:
    kind, label = box.value
    title = clipped(parse_label(label)[0], 40)
    return _framed(inner, "group", f"{title} ({kind})" if title else kind)


def _defined(box: Box, inner: Shape) -> Shape:
    return _framed(inner, "definition", clipped(title_of(box) or "", 40))


def _framed(inner: Shape, kind: str, text: str) -> Shape:
    """A shape in a frame with a title, to whose sides its wires go."""
    width = max(inner.width + 2 * PAD, len(text) * LETTER + 3 * PAD)
    x, y = (width - inner.width) / 2, 24.0
    whole = Shape(width, inner.height + y + PAD, [], [], [(inner, x, y, False)])
    whole.ins = [y + port for port in inner.ins]
    whole.outs = [y + port for port in inner.outs]
    whole.frames.append(Frame(4, 4, width - 8, whole.height - 8, kind, [text], at_top=True))
    whole.wires += (Wire([(0, port), (x, port)]) for port in whole.ins)
    whole.wires += (Wire([(x + inner.width, port), (width, port)]) for port in whole.outs)
    return whole


def _symbolic(box: Box, inner: Shape) -> Shape:
    """The symbolic inputs above the body, which reads them by their names."""
    entries: list[Shape] = []
    missing = box.ins - len(inner.ins)
    while len(entries) < missing:
        slot, box = box.args
        entries.append(slot_entry(slot))
    width = max([inner.width, *(entry.width for entry in entries)])
    whole = Shape(width, 0, [], [])
    y = 0.0
    for entry in entries:
        whole.parts.append((entry, 0, y, False))
        whole.ins += [y + port for port in entry.ins]
        y += entry.height
    y += PAD / 2
    x = (width - inner.width) / 2
    whole.parts.append((inner, x, y, False))
    whole.height = y + inner.height
    whole.outs = [y + port for port in inner.outs]
    whole.ins += [y + port for port in inner.ins]
    if x:
        whole.wires += (Wire([(0, y + port), (x, y + port)]) for port in inner.ins)
        whole.wires += (Wire([(x + inner.width, p), (width, p)]) for p in whole.outs)
    return whole
