"""Propagation: block diagrams and input signals to output signals.

Each box is propagated once for the same inputs, groups around it and symbolic inputs, where the
latter two count only if the box depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from dspc.dialects.dsp.constants import to_int
from dspc.dialects.dsp.graph import ForeignFunction, ForeignSymbol
from dspc.frontends.faust import ast, faults
from dspc.frontends.faust.boxes import Box
from dspc.frontends.faust.foreign import refuse_foreign
from dspc.frontends.faust.labels import GroupPath
from dspc.frontends.faust.options import FrontendOptions
from dspc.frontends.faust.primitives import PRIMITIVES
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.frontends.faust.uitree import Interface
from dspc.frontends.faust.wires import WIDE, Given, Signals, Wires
from dspc.support.diagnostics import DspcError

NO_OPTIONS = FrontendOptions()
RANGED = ("hslider", "vslider", "nentry")

Key = tuple[Box, Given, "GroupPath | None", "Slots | None"]


class Slots:
    """The signals of symbolic inputs; equal chains are the same object."""

    __slots__ = ("inner", "parent", "signal", "slot")

    def __init__(self, slot: Box, signal: Sig, parent: Slots | None) -> None:
        self.slot = slot
        self.signal = signal
        self.parent = parent
        self.inner: dict[tuple[Box, Sig], Slots] = {}


class Propagator:
    """Propagates signals of one graph through boxes that are complete."""

    def __init__(
        self,
        graph: SignalGraph,
        interface: Interface | None = None,
        options: FrontendOptions = NO_OPTIONS,
    ) -> None:
        self.graph = graph
        self.interface = interface
        self.options = options
        self.memo: dict[Key, Signals] = {}
        self._outermost: dict[tuple[Box, Sig], Slots] = {}
        self._counters: dict[int, Sig] = {}

    def outputs(self, box: Box, inputs: Signals) -> Signals:
        """The output signals of a complete box."""
        path = None if self.interface is None else self.interface.root
        begun = self._begin(box, inputs, path, None)
        return begun if isinstance(begun, tuple) else self._run(begun)

    def _run(self, work: list[Any]) -> Signals:
        """Drive a task, given as [generator, key], on an explicit stack."""
        stack = [work]
        value: Any = None
        memo = self.memo
        while True:
            try:
                needed = stack[-1][0].send(value)
            except StopIteration as stop:
                value = stop.value
                key = stack.pop()[1]
                memo[key] = value
                box = key[0]
                if box.name is not None and len(value) == 1 and value[0].name is None:
                    value[0].name = box.name
                if not stack:
                    return value
                self.graph.span = stack[-1][1][0].span or self.graph.span
            else:
                stack.append(needed)
                value = None

    def _begin(self, box: Box, inputs: Given, path: GroupPath | None, slots: Slots | None) -> Any:
        """The outputs of a box (a tuple), or the task that computes them (a list for `_run`)."""
        kind = box.kind
        if type(inputs) is Wires and kind != "seq" and kind != "par":
            inputs = inputs.signals
        if kind == "wire":
            return inputs
        if kind == "cut":
            return ()
        key = (box, inputs, path if box.has_ui else None, slots if box.slots else None)
        known = self.memo.get(key)
        if known is not None:
            return known
        graph = self.graph
        leaf = _LEAVES.get(kind)
        if leaf is None:
            graph.span = box.span or graph.span
            return [_TASKS[kind](self, *key), key]
        # A primitive's or number's own place is that of its first use; the box around says more.
        if kind not in _EVERYWHERE:
            graph.span = box.span or graph.span
        try:
            known = leaf(self, *key)
        except DspcError as error:
            error.span = error.span or graph.span
            raise
        if box.name is not None and len(known) == 1 and known[0].name is None:
            known[0].name = box.name
        self.memo[key] = known
        return known

    # Compositions ------------------------------------------------------------------------------

    def _sequence(
        self, box: Box, signals: Signals, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        while box.kind == "seq":
            begun = self._begin(box.args[0], signals, path, slots)
            signals = (yield begun) if type(begun) is list else begun
            box = box.args[1]
        begun = self._begin(box, signals, path, slots)
        return (yield begun) if type(begun) is list else begun

    def _parallel(
        self, box: Box, signals: Given, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        outputs: list[Sig] = []
        waiting = [box]
        at = 0
        while waiting:
            part = waiting.pop()
            if part.kind == "par":
                waiting += (part.args[1], part.args[0])
                continue
            end = at + part.ins
            if isinstance(signals, tuple) and part.kind == "seq" and part.ins >= WIDE:
                signals = Wires(signals)
            inputs = signals[at:end] if isinstance(signals, tuple) else signals.part(at, end)
            begun = self._begin(part, inputs, path, slots)
            outputs += (yield begun) if type(begun) is list else begun
            at = end
        return tuple(outputs)

    def _split(
        self, box: Box, signals: Signals, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        left, right = box.args
        begun = self._begin(left, signals, path, slots)
        signals = (yield begun) if type(begun) is list else begun
        if signals:
            signals *= right.ins // len(signals)
        begun = self._begin(right, signals, path, slots)
        return (yield begun) if type(begun) is list else begun

    def _merge(
        self, box: Box, signals: Signals, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        left, right = box.args
        begun = self._begin(left, signals, path, slots)
        signals = (yield begun) if type(begun) is list else begun
        count = right.ins
        if count != len(signals):
            signals = tuple([self._sum(signals[at::count]) for at in range(count)])
        begun = self._begin(right, signals, path, slots)
        return (yield begun) if type(begun) is list else begun

    def _sum(self, signals: Signals) -> Sig:
        total = signals[0]
        for signal in signals[1:]:
            total = self.graph.make("add", (total, signal))
        return total

    def _recursion(
        self, box: Box, signals: Signals, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        graph = self.graph
        left, right = box.args
        feedbacks = tuple([graph.feedback() for _ in range(right.ins)])
        one_frame = graph.int(1)
        delayed = tuple([graph.make("delay", (f, one_frame)) for f in feedbacks])
        begun = self._begin(right, delayed, path, slots)
        back = (yield begun) if type(begun) is list else begun
        begun = self._begin(left, back + signals, path, slots)
        outputs = (yield begun) if type(begun) is list else begun
        graph.close(feedbacks, outputs)
        return outputs

    def _group(
        self, box: Box, signals: Signals, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        inner = None if path is None else path.inside(*box.value)
        begun = self._begin(box.args[0], signals, inner, slots)
        return (yield begun) if type(begun) is list else begun

    def _symbolic(
        self, box: Box, signals: Signals, path: GroupPath | None, slots: Slots | None
    ) -> Generator[Any, Any, Signals]:
        at = 0
        while box.kind == "symbolic":
            slot, box = box.args
            known = self._outermost if slots is None else slots.inner
            key = (slot, signals[at])
            inner = known.get(key)
            if inner is None:
                inner = known[key] = Slots(slot, signals[at], slots)
            slots = inner
            at += 1
        begun = self._begin(box, signals[at:], path, slots)
        return (yield begun) if type(begun) is list else begun

    # Leaves ------------------------------------------------------------------------------------

    def _number(self, box: Box, *_: Any) -> Signals:
        return (self.graph.number(box.value),)

    def _primitive(self, box: Box, signals: Signals, *_: Any) -> Signals:
        op = PRIMITIVES[box.value].op
        if op is not None:
            return (self.graph.make(op, signals),)
        return (_SPECIAL[box.value](self, *signals),)

    def _slot(self, box: Box, signals: Signals, path: GroupPath | None, slots: Any) -> Signals:
        while slots is not None:
            if slots.slot is box:
                return (slots.signal,)
            slots = slots.parent
        return (self.graph.make("slot", (), box),)

    def _waveform(self, box: Box, *_: Any) -> Signals:
        values, _ = box.value
        size = self.graph.int(len(values))
        table = self.graph.make("waveform", (), values)
        return size, self.graph.make("read_table", (table, self._counter(len(values))))

    def _counter(self, size: int) -> Sig:
        """0, 1, 2 ... modulo `size`."""
        counter = self._counters.get(size)
        if counter is None:
            graph = self.graph
            feedback = graph.feedback()
            counter = self._counters[size] = graph.make("delay", (feedback, graph.int(1)))
            following = graph.make("add", (counter, graph.int(1)))
            graph.define(feedback, graph.make("rem", (following, graph.int(size))))
        return counter

    def _widget(self, box: Box, signals: Signals, path: GroupPath | None, slots: Any) -> Signals:
        op = "bargraph" if signals else "widget"
        if self.interface is None or path is None:
            return (self.graph.make(op, signals, box),)
        widget = self.interface.widget(box, path, signals)
        signal = self.graph.make(op, signals, widget)
        if self.options.frozen and box.value[0] in RANGED:
            return (self.graph.real(widget.init),)
        if self.options.clamped and box.value[0] in RANGED:
            make, real = self.graph.make, self.graph.real
            below = make("min", (real(widget.max), signal))
            signal = make("max", (real(widget.min), below))
        return (signal,)

    def _soundfile(self, box: Box, signals: Signals, path: GroupPath | None, slots: Any) -> Signals:
        graph = self.graph
        value = box if self.interface is None or path is None else self.interface.widget(box, path)
        handle = graph.make("soundfile", (), value)
        part = graph.make("to_int", signals[:1])
        length = graph.make("sf_length", (handle, part))
        last = graph.make("sub", (length, graph.int(1)))
        index = graph.make("max", (graph.int(0), graph.make("min", (signals[1], last))))
        index = graph.make("to_int", (index,))
        channels = [
            graph.make("sf_read", (handle, part, index), channel) for channel in range(box.outs - 2)
        ]
        return length, graph.make("sf_rate", (handle, part)), *channels

    def _foreign_function(self, box: Box, signals: Signals, *_: Any) -> Signals:
        node: ast.ForeignPrototype = box.value
        if not self.options.foreign:
            refuse_foreign(node)
        names = (node.names[0], node.names[min(1, len(node.names) - 1)])
        kinds = tuple(["int" if kind == "int" else "float" for kind in node.arguments])
        value = ForeignFunction(names, node.result, kinds, node.include, node.library)  # pyright: ignore
        return (self.graph.make("foreign_call", signals, value),)

    def _foreign_value(self, box: Box, *_: Any) -> Signals:
        node: ast.ForeignValue = box.value
        if node.name in ("fSamplingFreq", "fSampleRate", "fSamplingRate"):
            return (self.graph.make("sample_rate"),)
        if node.name == "count":
            return (self.graph.make("block_size"),)
        if not self.options.foreign:
            refuse_foreign(node)
        rate = 1 if node.kind == "fconstant" else 2
        value = ForeignSymbol(node.name, node.type, rate, node.include)  # pyright: ignore
        return (self.graph.make("foreign_value", (), value),)

    def _route(self, box: Box, signals: Signals, *_: Any) -> Signals:
        ins, outs, pairs = box.value
        sources: list[list[Sig]] = [[] for _ in range(outs)]
        for source, target in pairs:
            if 1 <= source <= ins and 1 <= target <= outs:
                sources[target - 1].append(signals[source - 1])
        zero = self.graph.int(0)
        return tuple([self._sum(tuple(items)) if items else zero for items in sources])

    # Primitives that are more than one operator ----------------------------------------------

    def _mem(self, x: Sig) -> Sig:
        return self.graph.make("delay", (x, self.graph.int(1)))

    def _select3(self, selector: Sig, a: Sig, b: Sig, c: Sig) -> Sig:
        make, number = self.graph.make, self.graph.int
        rest = make("select2", (make("eq", (selector, number(1))), c, b))
        return make("select2", (make("eq", (selector, number(0))), rest, a))

    def _enable(self, x: Sig, gate: Sig) -> Sig:
        return self._control(self.graph.make("mul", (x, gate)), gate)

    def _control(self, x: Sig, gate: Sig) -> Sig:
        if not self.options.gated:
            return x
        if gate.op in ("int", "real"):
            return self.graph.int(0) if gate.value == 0 else x
        gate = self.graph.make("ne", (gate, self.graph.real(0.0)))
        return self.graph.make("control", (x, gate))

    def _table(self, size: Sig, init: Sig) -> Sig:
        """A table of `size` elements filled by `init`."""
        if size.op == "unknown":
            return size
        if size.op not in ("int", "real"):
            raise faults.table_size(size.op)
        count = to_int(size.value)  # pyright: ignore[reportArgumentType]
        if count <= 0:
            raise faults.table_empty(count)
        outside = self.graph.outside(init)
        if outside is not None:
            raise faults.table_contents(outside)
        return self.graph.make("table", (init,), count)

    def _read_only(self, size: Sig, init: Sig, index: Sig) -> Sig:
        waveform = waveform_of(init)
        if waveform is None or size.value != len(waveform.value):  # pyright: ignore
            waveform = self._table(size, init)
        return self.graph.make("read_table", (waveform, index))

    def _read_write(self, size: Sig, init: Sig, at: Sig, written: Sig, index: Sig) -> Sig:
        table = self.graph.make("write_table", (self._table(size, init), at, written))
        return self.graph.make("read_table", (table, index))


def waveform_of(signal: Sig) -> Sig | None:
    """The waveform that a waveform's own periodic signal reads."""
    if signal.op == "read_table" and signal.args[0].op == "waveform":
        index = signal.args[1]
        if index.op == "delay" and index.args[0].op == "feedback":
            return signal.args[0]
    return None


# pyright: reportPrivateUsage=false

_LEAVES: dict[str, Callable[..., Signals]] = {
    "int": Propagator._number,
    "real": Propagator._number,
    "prim": Propagator._primitive,
    "slot": Propagator._slot,
    "waveform": Propagator._waveform,
    "widget": Propagator._widget,
    "soundfile": Propagator._soundfile,
    "ffunction": Propagator._foreign_function,
    "fvalue": Propagator._foreign_value,
    "route": Propagator._route,
}
_EVERYWHERE = frozenset(("prim", "int", "real"))
_TASKS: dict[str, Callable[..., Generator[Any, Any, Signals]]] = {
    "seq": Propagator._sequence,
    "par": Propagator._parallel,
    "split": Propagator._split,
    "merge": Propagator._merge,
    "rec": Propagator._recursion,
    "group": Propagator._group,
    "symbolic": Propagator._symbolic,
}
_SPECIAL: dict[str, Callable[..., Sig]] = {
    "mem": Propagator._mem,
    "select3": Propagator._select3,
    "enable": Propagator._enable,
    "control": Propagator._control,
    "rdtable": Propagator._read_only,
    "rwtable": Propagator._read_write,
}
