"""Signals before typing, the result of propagation.

A signal is a node of a hash-consed graph; its operators are the language's, without casts and
without element types, which only the whole program determines (a recursion is integer if all of it
is). Operators whose operands are all literals are folded here, because the evaluator needs the
numbers (`par` counts, patterns, widget ranges); everything else waits for the typed graph.

Operators and their `value`:

    int, real           the number
    input               index of the input
    add sub mul div rem and or xor shl shr lt le gt ge eq ne        two operands
    pow min max fmod remainder atan2                                two operands
    abs sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp10 log log10 sqrt
    floor ceil rint round to_int to_float                           one operand
    delay               operands (x, amount)
    prefix              operands (first, x)
    select2             operands (selector, a, b)
    feedback            a unique number: the output of a recursion, defined once it closes
    waveform            tuple of numbers; a table, not a signal
    table               operands (generator); value: size; a table filled by the generator
    write_table         operands (table, index, written); a table
    read_table          operands (table, index)
    attach              operands (x, y)
    control             operands (x, gate): x held while gate is 0
    widget              a UiWidget: button, checkbox, sliders, number entry
    bargraph            operand x; value: a UiWidget
    soundfile           a UiWidget; a handle
    sf_length sf_rate   operands (handle, part)
    sf_read             operands (handle, part, index); value: channel
    sample_rate         none (`fconstant(int fSamplingFreq, ...)`)
    block_size          none (`fvariable(int count, ...)`)
    foreign_value       a ForeignValue
    foreign_call        operands; value: a ForeignFunction
    assert_bounds       operands (low, high, x)
    lowest highest      one operand
"""

from __future__ import annotations

from typing import Any

from dspc.dialects.dsp.ui import UiWidget
from dspc.frontends.faust.folding import FOLDERS, to_int, wrap32
from dspc.support.diagnostics import Span


class Sig:
    """A signal (or table, or handle): `op` applied to `args`, and `value`, its other operand.

    Signals compare by identity; equal structure is the same object within one `SignalGraph`.
    """

    __slots__ = ("args", "id", "name", "op", "span", "value")

    def __init__(self, op: str, args: tuple[Sig, ...], value: Any, id: int) -> None:
        self.op = op
        self.args = args
        self.value = value
        self.id = id
        self.span: Span | None = None
        self.name: str | None = None

    def __repr__(self) -> str:
        inner = ", ".join(f"#{arg.id}" for arg in self.args)
        return f"#{self.id}={self.op}({inner})" + (
            f"[{self.value}]" if self.value is not None else ""
        )


class SignalGraph:
    """Builds signals, each structure once. `definitions` has the signal of each closed feedback,
    `recursions` the feedbacks of the `~` that it belongs to, where that has several.
    """

    def __init__(self) -> None:
        self._nodes: dict[object, Sig] = {}
        self._count = 0
        self.definitions: dict[Sig, Sig] = {}
        self.recursions: dict[Sig, tuple[Sig, ...]] = {}
        self._alone: set[Sig] = set()
        self.span: Span | None = None
        """The source location of new nodes, set by propagation."""

    def int(self, value: int) -> Sig:
        return self._intern(("int", value), "int", (), wrap32(value))

    def real(self, value: float) -> Sig:
        # The type distinguishes 1.0 from 1, repr -0.0 from 0.0; NaN equals itself.
        return self._intern(("real", repr(value)), "real", (), value)

    def number(self, value: float | int) -> Sig:
        return self.int(value) if isinstance(value, int) else self.real(value)

    def make(self, op: str, args: tuple[Sig, ...] = (), value: object = None) -> Sig:
        """The signal of this structure, folded if all operands are literals.

        Raises DspcError E0230 for a division or remainder by a literal zero.
        """
        folder = FOLDERS.get(op)
        if folder is not None and all(arg.op in ("int", "real") for arg in args):
            folded = folder(*(arg.value for arg in args))
            if folded is not None:
                return self.number(folded)
        if op in ("mul", "div", "delay") and args[0].value == 0 and args[0].op in ("int", "real"):
            return args[0]
        if op == "mul" and args[1].value == 0 and args[1].op in ("int", "real"):
            return args[1]
        if op == "and" and any(arg.op == "int" and arg.value == 0 for arg in args):
            return self.int(0)
        if op == "select2" and args[1] is args[2]:
            return args[1]
        if op == "select2" and args[0].op in ("int", "real"):
            return args[1] if to_int(args[0].value) == 0 else args[2]
        if op == "delay" and args[1].op in ("int", "real"):
            summed = self._summed_delay(*args)
            if summed is not None:
                return summed
        return self._intern((op, *(arg.id for arg in args), value), op, args, value)

    def _summed_delay(self, x: Sig, amount: Sig) -> Sig | None:
        """Two fixed delays of which one is negative are the one by their sum, if that is not."""
        frames = to_int(amount.value)
        if frames == 0:
            return x
        if x.op == "mul" and x.args[0].op in ("int", "real"):
            inner = self._summed_delay(x.args[1], amount)
            return None if inner is None else self.make("mul", (x.args[0], inner))
        if x.op != "delay" or x.args[1].op not in ("int", "real"):
            return None
        first = to_int(x.args[1].value)
        total = first + frames
        # The output of a recursion in the same frame is not known: its delay has to stay.
        least = 1 if x.args[0].op == "feedback" else 0
        if min(first, frames) >= 0 or total < least:
            return None
        return self.make("delay", (x.args[0], self.int(total)))

    def feedback(self) -> Sig:
        """A new output of a recursion that is still open; read it through a delay only."""
        return self._intern(object(), "feedback", (), self._count)

    def define(self, feedback: Sig, body: Sig) -> None:
        self.definitions[feedback] = body

    def close(self, feedbacks: tuple[Sig, ...], outputs: tuple[Sig, ...]) -> None:
        """End a recursion: its first outputs are those of its feedbacks."""
        for feedback, output in zip(feedbacks, outputs, strict=False):
            self.define(feedback, output)
            if len(feedbacks) > 1:
                self.recursions[feedback] = feedbacks

    def outside(self, signal: Sig) -> Sig | None:
        """A run-time value that a signal depends on, so that it is no constant: an input, a
        widget, or the output of a recursion around it."""
        if signal in self._alone:
            return None
        seen: set[Sig] = set()
        waiting = [signal]
        while waiting:
            node = waiting.pop()
            if node in seen or node in self._alone:
                continue
            seen.add(node)
            body = self.definitions.get(node)
            is_open = node.op == "feedback" and body is None
            if is_open or node.op == "input" or isinstance(node.value, UiWidget):
                return node
            waiting += node.args if body is None else (body,)
        self._alone |= seen
        return None

    def _intern(self, key: object, op: str, args: tuple[Sig, ...], value: object) -> Sig:
        node = self._nodes.get(key)
        if node is None:
            node = Sig(op, args, value, self._count)
            node.span = self.span
            self._count += 1
            self._nodes[key] = node
        return node
