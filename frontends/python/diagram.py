"""Block diagrams as Python values, composed with operators as in Faust.

A diagram has inputs and outputs, and nothing else happens until it is compiled. The boxes are
those of the Faust front end, so a program written here is simplified, checked and compiled just as
the same program in Faust; equal diagrams are the same box.
"""

from __future__ import annotations

from dspc.frontends.faust.boxes import COMPLETE, SIGNS, Box
from dspc.frontends.faust.environment import Environment
from dspc.frontends.faust.evaluator import Evaluator
from dspc.frontends.faust.loader import Loader
from dspc.frontends.faust.parser import parse, parse_expression
from dspc.frontends.faust.primitives import INFIX, PRIMITIVES
from dspc.support.diagnostics import DspcError, Source

Number = int | float

_evaluator = Evaluator(Loader("single"))
_boxes = _evaluator.boxes


class Diagram:
    """A block diagram of `ins` inputs and `outs` outputs.

    - `a >> b`: a's outputs into b's inputs (Faust's `a : b`);
    - `a | b`: side by side (`a, b`);
    - `a.split(b)`, `a.merge(b)`: `a <: b` and `a :> b`;
    - `a >> ~b`: a with its outputs fed back through b, one frame late (`a ~ b`);
    - `+ - * / % ** << & ^`, comparisons `< <= > >=`: of two diagrams of one output each;
    - `d(x, y)`: x and y into the first inputs of d, as application in Faust.

    Numbers stand for constant signals. Raises DspcError E0220 where arities do not meet.
    """

    __slots__ = ("box",)
    __hash__ = object.__hash__

    def __init__(self, box: Box) -> None:
        self.box = box

    @property
    def ins(self) -> int:
        return self.box.ins

    @property
    def outs(self) -> int:
        return self.box.outs

    def __repr__(self) -> str:
        return f"<diagram {self.ins} -> {self.outs}>"

    def __rshift__(self, other: Diagram | Feedback) -> Diagram:
        if isinstance(other, Feedback):
            return _compose("rec", self, other.diagram)
        return _compose("seq", self, other)

    def __or__(self, other: Diagram | Number) -> Diagram:
        return _compose("par", self, diagram(other))

    def __ror__(self, other: Number) -> Diagram:
        return _compose("par", diagram(other), self)

    def __invert__(self) -> Feedback:
        return Feedback(self)

    def split(self, other: Diagram) -> Diagram:
        """Faust's `self <: other`: outputs repeated over the other's inputs."""
        return _compose("split", self, other)

    def merge(self, other: Diagram) -> Diagram:
        """Faust's `self :> other`: outputs summed into the other's inputs."""
        return _compose("merge", self, other)

    def delay(self, frames: Diagram | Number) -> Diagram:
        """This signal some frames ago: `self @ frames`."""
        return infix("@", self, frames)

    def __call__(self, *arguments: Diagram | Number) -> Diagram:
        """This diagram with diagrams into its first inputs, wires into the others."""
        bundle = _boxes.parallel([diagram(argument).box for argument in arguments])
        missing = self.ins - bundle.outs
        if missing < 0:
            raise DspcError("E0220", f"{bundle.outs} arguments for {self.ins} inputs")
        padded = [bundle, *([_boxes.wire] * missing)]
        return _compose("seq", Diagram(_boxes.parallel(padded)), self)

    def __add__(self, other: Diagram | Number) -> Diagram:
        return infix("+", self, other)

    def __radd__(self, other: Number) -> Diagram:
        return infix("+", other, self)

    def __sub__(self, other: Diagram | Number) -> Diagram:
        return infix("-", self, other)

    def __rsub__(self, other: Number) -> Diagram:
        return infix("-", other, self)

    def __mul__(self, other: Diagram | Number) -> Diagram:
        return infix("*", self, other)

    def __rmul__(self, other: Number) -> Diagram:
        return infix("*", other, self)

    def __truediv__(self, other: Diagram | Number) -> Diagram:
        return infix("/", self, other)

    def __rtruediv__(self, other: Number) -> Diagram:
        return infix("/", other, self)

    def __mod__(self, other: Diagram | Number) -> Diagram:
        return infix("%", self, other)

    def __rmod__(self, other: Number) -> Diagram:
        return infix("%", other, self)

    def __pow__(self, other: Diagram | Number) -> Diagram:
        return infix("^", self, other)

    def __rpow__(self, other: Number) -> Diagram:
        return infix("^", other, self)

    def __and__(self, other: Diagram | Number) -> Diagram:
        return infix("&", self, other)

    def __xor__(self, other: Diagram | Number) -> Diagram:
        return infix("xor", self, other)

    def __lshift__(self, other: Diagram | Number) -> Diagram:
        return infix("<<", self, other)

    def __lt__(self, other: Diagram | Number) -> Diagram:
        return infix("<", self, other)

    def __le__(self, other: Diagram | Number) -> Diagram:
        return infix("<=", self, other)

    def __gt__(self, other: Diagram | Number) -> Diagram:
        return infix(">", self, other)

    def __ge__(self, other: Diagram | Number) -> Diagram:
        return infix(">=", self, other)

    def __neg__(self) -> Diagram:
        return infix("-", 0, self)


class Feedback:
    """`~b`: the feedback of a recursion, the right operand of `>>`."""

    __slots__ = ("diagram",)

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram


def diagram(value: Diagram | Number) -> Diagram:
    """A diagram as it is, a number as a constant signal."""
    return value if isinstance(value, Diagram) else Diagram(_boxes.number(value))


def primitive(name: str) -> Diagram:
    """A primitive of the language by its Faust name: `sin`, `+`, `rdtable`, ..."""
    if name not in PRIMITIVES:
        raise DspcError("E0201", f"unknown primitive {name}")
    return Diagram(_boxes.primitive(name))


def infix(operator: str, left: Diagram | Number, right: Diagram | Number) -> Diagram:
    """`left operator right`, with Faust's operators."""
    assert operator in INFIX
    return _compose("seq", diagram(left) | right, Diagram(_boxes.primitive(operator)))


def widget(kind: str, label: str, *numbers: float) -> Diagram:
    """A control or a meter, with its range as Faust orders it."""
    inputs = int(kind.endswith("bargraph"))
    value = (kind, label, *[float(number) for number in numbers])
    return Diagram(_boxes.interface("widget", value, inputs, 1))


def group(kind: str, label: str, inside: Diagram) -> Diagram:
    """A box of the user interface around the widgets inside a diagram."""
    return Diagram(_boxes.group(kind, label, inside.box))


def waveform(*values: Number) -> Diagram:
    """Two outputs: the number of values, and the values one after another, for ever."""
    all_ints = all(isinstance(value, int) for value in values)
    numbers = values if all_ints else tuple(float(value) for value in values)
    return Diagram(_boxes.leaf("waveform", (numbers, all_ints), 0, 2))


def faust(code: str) -> Diagram:
    """A Faust expression as a diagram, with the standard library at hand: `fi.lowpass(3, 800)`."""
    source = Source("<faust>", code)
    statements = parse(Source("<imports>", 'import("stdfaust.lib");'), "single")
    environment: Environment = _evaluator.file_environment(statements, "<imports>")
    return Diagram(_evaluator.evaluate(parse_expression(source), environment))


def _compose(kind: str, left: Diagram, right: Diagram) -> Diagram:
    box = _boxes.compose(kind, left.box, right.box)
    if box.state != COMPLETE:
        sign = SIGNS[kind]
        raise DspcError("E0220", f"{left!r} and {right!r} do not fit together with `{sign}`")
    return Diagram(box)


wire = Diagram(_boxes.wire)
"""One signal passed on: Faust's `_`."""
cut = Diagram(_boxes.cut)
"""One signal dropped: Faust's `!`."""
