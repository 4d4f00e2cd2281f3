"""Constant folding of boxes: propagation in which all signals but literals are unknown."""

from __future__ import annotations

from dspc.frontends.faust.boxes import Box, BoxFactory
from dspc.frontends.faust.folding import to_int
from dspc.frontends.faust.propagate import Propagator
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.support.diagnostics import DspcError, Span

_MAY_BE_KNOWN = frozenset(("mul", "div", "select2", "delay"))


class ConstantGraph(SignalGraph):
    """A graph whose signals are literals or the one unknown signal."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown = Sig("unknown", (), None, -1)

    def make(self, op: str, args: tuple[Sig, ...] = (), value: object = None) -> Sig:
        if self.unknown in args and op not in _MAY_BE_KNOWN:
            return self.unknown
        return super().make(op, args, value)

    def feedback(self) -> Sig:
        return self.unknown

    def define(self, feedback: Sig, body: Sig) -> None:
        """None: the value of a recursion is unknown."""

    def _intern(self, key: object, op: str, args: tuple[Sig, ...], value: object) -> Sig:
        if op == "int" or op == "real":
            return super()._intern(key, op, args, value)
        return self.unknown


class Constants:
    """Computes the literals that boxes denote."""

    def __init__(self, boxes: BoxFactory) -> None:
        self.boxes = boxes
        self.graph = ConstantGraph()
        self.propagator = Propagator(self.graph)

    def number(self, box: Box) -> Box | None:
        """The literal that a complete box stands for, if it is one."""
        if box.kind == "int" or box.kind == "real":
            return box
        if box.ins or box.outs != 1:
            return None
        return self._box(self.propagator.outputs(box, ())[0])

    def numbers(self, box: Box) -> list[Box | None]:
        """The value of each output of a complete box without inputs."""
        return [self._box(signal) for signal in self.propagator.outputs(box, ())]

    def fold(self, op: str, operands: tuple[Box, ...], span: Span) -> Box | None:
        """The result of an operator on numbers; None if that is left for run time."""
        try:
            return self._box(self.graph.make(op, tuple(map(self._signal, operands))))
        except DspcError as error:
            error.span = error.span or span
            raise

    def fold_primitive(self, box: Box, operands: tuple[Box, ...], span: Span) -> Box | None:
        """The result of a primitive on numbers; None if there are too many or few, or no number."""
        if len(operands) != box.ins:
            return None
        signals = tuple(map(self._signal, operands))
        try:
            return self._box(self.propagator.outputs(box, signals)[0])
        except DspcError as error:
            error.span = span
            raise

    @staticmethod
    def to_int(box: Box) -> int:
        return to_int(box.value)

    def _signal(self, box: Box) -> Sig:
        return self.graph.number(box.value)

    def _box(self, signal: Sig) -> Box | None:
        if signal.op == "int":
            return self.boxes.int(signal.value)  # pyright: ignore[reportArgumentType]
        if signal.op == "real":
            return self.boxes.real(signal.value)  # pyright: ignore[reportArgumentType]
        return None
