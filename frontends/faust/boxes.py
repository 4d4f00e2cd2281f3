"""Block diagrams, the result of evaluation, hash-consed.

A box that is complete knows its arity. A box with a function, a pattern matcher or an environment
somewhere inside is open: its arity is known once `symbolic` boxes have taken the functions' place.
A composition whose arities do not meet is ill-typed; that is a fault only if the box is used, for
patterns may take it apart first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from dspc.frontends.faust import faults
from dspc.frontends.faust.box_states import BAD, COMPLETE, OPEN, PATTERN
from dspc.frontends.faust.primitives import PRIMITIVES

if TYPE_CHECKING:
    from dspc.support.diagnostics import Span

Kind = Literal[
    "int", "real", "wire", "cut", "prim", "seq", "par", "split", "merge", "rec", "slot",
    "symbolic", "widget", "group", "soundfile", "waveform", "ffunction", "fvalue", "route",
    "environment", "suspended", "closure", "matcher", "variable",
]  # fmt: skip


MAX_WIRES = 1 << 22

COMPOSITIONS: dict[str, Kind] = {":": "seq", ",": "par", "<:": "split", ":>": "merge", "~": "rec"}
SIGNS: dict[str, str] = {kind: sign for sign, kind in COMPOSITIONS.items()}

_NO_SLOTS: frozenset[Box] = frozenset()


class Box:
    """A block diagram: `kind` of `args`, with `value` for its non-box operand.

    `ins` and `outs` are its arity where `state` is COMPLETE, `slots` the symbolic inputs it reads
    from outside, `has_ui` is whether it depends on the groups around it. `number` caches what
    the box folds to, `resolved` the complete form of an open box.
    """

    __slots__ = (
        "args", "has_ui", "ins", "kind", "name", "number", "outs", "resolved", "slots", "span",
        "spans", "state", "title", "value",
    )  # fmt: skip

    def __init__(self, kind: str, args: tuple[Box, ...], value: Any) -> None:
        self.kind = kind
        self.args = args
        self.value = value
        self.ins = 0
        self.outs = 1
        self.state = COMPLETE
        self.slots = _NO_SLOTS
        self.has_ui = False
        self.name: str | None = None
        self.title: str | None = None
        """The label of a partial application in diagrams: name and arguments, as in `late(100)`."""
        self.span: Span | None = None
        self.spans: tuple[Span, Span] | None = None
        """Where the two parts of an ill-typed composition were written."""
        self.number: Box | None = None
        self.resolved: Box | None = None

    def __repr__(self) -> str:
        if self.kind in ("int", "real", "prim"):
            return str(self.value)
        return f"{self.kind}({', '.join(map(repr, self.args))})"


class BoxFactory:
    """Makes boxes; equal structures are the same box."""

    def __init__(self) -> None:
        self._boxes: dict[object, Box] = {}
        self._slots = 0
        self.wire = self._leaf("wire", None, 1, 1)
        self.cut = self._leaf("cut", None, 1, 0)
        self.nothing = self._leaf("route", (0, 0, ()), 0, 0)

    def __len__(self) -> int:
        return len(self._boxes)

    def int(self, value: int) -> Box:
        return self._boxes.get(("int", value)) or self._leaf("int", value, 0, 1)

    def real(self, value: float) -> Box:
        # repr distinguishes 0.0 from -0.0; NaN equals itself.
        key = ("real", repr(value))
        box = self._boxes.get(key)
        if box is None:
            box = self._boxes[key] = Box("real", (), value)
        return box

    def number(self, value: float) -> Box:
        return self.int(value) if isinstance(value, int) else self.real(value)

    def primitive(self, name: str) -> Box:
        box = self._boxes.get(("prim", name))
        if box is not None:
            return box
        if name == "_":
            return self.wire
        if name == "!":
            return self.cut
        return self._leaf("prim", name, PRIMITIVES[name].inputs, 1)

    def slot(self) -> Box:
        """A new symbolic input."""
        self._slots += 1
        box = self._leaf("slot", self._slots, 0, 1)
        box.slots = frozenset((box,))
        return box

    def leaf(self, kind: Kind, value: Any, ins: int, outs: int) -> Box:
        """A box without parts; its `value` must be hashable."""
        return self._boxes.get((kind, value)) or self._leaf(kind, value, ins, outs)

    def interface(self, kind: Kind, value: Any, ins: int, outs: int) -> Box:
        """A widget or soundfile."""
        box = self.leaf(kind, value, ins, outs)
        box.has_ui = True
        return box

    def foreign(self, kind: Kind, declaration: tuple[str, ...], node: Any, ins: int) -> Box:
        """A foreign function or value: one box for all places that write the same declaration."""
        key = (kind, declaration)
        box = self._boxes.get(key)
        if box is None:
            box = self._boxes[key] = Box(kind, (), node)
            box.ins = ins
        return box

    def function(self, kind: Kind, value: Any) -> Box:
        """A closure, pattern matcher, environment or suspended component."""
        box = self.leaf(kind, value, 0, 0)
        box.state = OPEN
        return box

    def variable(self, name: str) -> Box:
        """A variable of a pattern."""
        box = self.leaf("variable", name, 0, 1)
        box.state = PATTERN
        return box

    def group(self, kind: str, label: str, body: Box) -> Box:
        key = ("group", kind, label, body)
        box = self._boxes.get(key)
        if box is None:
            box = self._boxes[key] = Box("group", (body,), (kind, label))
            box.ins, box.outs, box.state = body.ins, body.outs, body.state
            box.slots, box.has_ui = body.slots, body.has_ui
        return box

    def symbolic(self, slot: Box, body: Box) -> Box:
        """A box whose first input is the slot, inside."""
        key = ("symbolic", slot, body)
        box = self._boxes.get(key)
        if box is None:
            box = self._boxes[key] = Box("symbolic", (slot, body), None)
            box.ins, box.outs, box.state = body.ins + 1, body.outs, body.state
            box.slots = body.slots - slot.slots
            box.has_ui = body.has_ui
        return box

    def compose(self, kind: str, left: Box, right: Box) -> Box:
        """One of the five compositions."""
        key = (kind, left, right)
        box = self._boxes.get(key)
        if box is not None:
            return box
        box = self._boxes[key] = Box(kind, (left, right), None)
        a, b = left.slots, right.slots
        box.slots = a if a is b or not b else b if not a else a if b <= a else a | b
        box.has_ui = left.has_ui or right.has_ui
        state = left.state if left.state > right.state else right.state
        if state == COMPLETE:
            arity = _ARITIES[kind](left.ins, left.outs, right.ins, right.outs)
            if arity is None:
                state = BAD
            else:
                box.ins, box.outs = arity
                if box.ins > MAX_WIRES or box.outs > MAX_WIRES:
                    raise faults.too_wide(box)
        box.state = state
        return box

    def parallel(self, boxes: list[Box]) -> Box:
        """Some boxes side by side; none of them give a box without inputs and outputs."""
        if not boxes:
            return self.nothing
        result = boxes[-1]
        for box in reversed(boxes[:-1]):
            result = self.compose("par", box, result)
        return result

    def wires(self, count: int) -> Box:
        return self.parallel([self.wire] * count)

    def _leaf(self, kind: str, value: Any, ins: int, outs: int) -> Box:
        box = self._boxes[kind, value] = Box(kind, (), value)
        box.ins, box.outs = ins, outs
        return box


Arity = tuple[int, int] | None


def _seq(i: int, o: int, n: int, m: int) -> Arity:
    return (i, m) if o == n else None


def _split(i: int, o: int, n: int, m: int) -> Arity:
    return (i, m) if o and n and n % o == 0 else None


def _merge(i: int, o: int, n: int, m: int) -> Arity:
    return (i, m) if o and n and o % n == 0 else None


def _rec(i: int, o: int, n: int, m: int) -> Arity:
    return (i - m, o) if n <= o and m <= i else None


_ARITIES = {
    "seq": _seq,
    "par": lambda i, o, n, m: (i + n, o + m),
    "split": _split,
    "merge": _merge,
    "rec": _rec,
}
