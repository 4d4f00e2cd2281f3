"""A `dsp.program` as Python: one loop over frames, with the ops in program order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import filterfalse

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Block, BlockArgument, Operation

from dspc.backends.interp.definition.memory import Line, Table
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.definition.semantics import number
from dspc.backends.interp.generated.generate import Close, Emitter, Handler
from dspc.backends.interp.instance_memory import Key, SignalMemory, is_own_output
from dspc.dialects.dsp import interface, partition, tables, time


def _skip(op: Operation) -> None:
    """A declaration: it has no meaning of its own."""


CONSTANT_OPS = frozenset(("dsp.constant", "dsp.sample_rate", "dsp.block_size", "dsp.read_widget"))
"""Ops without operands whose results are the same in all frames of a block."""
TRIMMED = 1024
"""Frames between two trims of delay lines."""


class SignalEmitter(Emitter):
    """Prints `make(rate, cells, zones)`, which returns two functions.

    `fill()` runs the generators of tables; `compute(count, inputs)` returns the rows of outputs.
    """

    def __init__(self, program: interface.ProgramOp, memory: SignalMemory) -> None:
        super().__init__()
        self.cells: dict[Key, str] = {key: f"s{at}" for at, key in enumerate(memory.cells)}
        self.lines_of: dict[Key, Line] = {
            key: cell for key, cell in memory.cells.items() if isinstance(cell, Line)
        }
        self.sizes: dict[Key, int] = {
            key: len(cell.values) for key, cell in memory.cells.items() if isinstance(cell, Table)
        }
        """The number of elements of tables."""
        self._last: dict[str, int] = {}
        """The name of a table's elements -> the index of the last one."""
        self.zones = {name: f"z{at}" for at, name in enumerate(memory.zones)}
        self.sounds = memory.sounds
        self.handlers.update(self._handlers())
        self.generators: list[tables.TableOp] = []
        self._hoisted: set[Operation] = set()
        """The ops that are printed before the loop over frames."""
        self.line("def make(rate, cells, zones):")
        self.indent = 1
        self._unpack(list(self.cells.values()), "cells")
        self._unpack(list(self.zones.values()), "zones")
        for key in self.lines_of:
            self.line(f"{self._past(key)} = {self.cells[key]}.past")
        for key in self.sizes:
            self.line(f"{self._row(key)} = {self.cells[key]}.values")
        self._compute(program)
        self._fill()
        self.line("return fill, compute")

    def _handlers(self) -> dict[str, Handler]:
        return {
            "dsp.delay": self._delay,
            "dsp.prefix": self._prefix,
            "dsp.rec": self._rec,
            "dsp.linear": self._rec,
            "dsp.phase": self._rec,
            "dsp.control": self._control,
            "dsp.table": self._table,
            "dsp.waveform": self._table,
            "dsp.table_read": self._table_read,
            "dsp.table_write": self._table_write,
            "dsp.read_widget": self._read_widget,
            "dsp.bargraph": self._bargraph,
            "dsp.sample_rate": lambda op: self.assign(op, "rate"),
            "dsp.block_size": lambda op: self.assign(op, "count"),
            **sound_handlers(self, self.sounds),
            **dict.fromkeys([op.name for op in partition.OPERATIONS], _skip),
        }

    def _unpack(self, names: Sequence[str], source: str) -> None:
        if names:
            self.line(f"{', '.join(names)}, = {source}")

    def _compute(self, program: interface.ProgramOp) -> None:
        block = program.body.block
        rows = [f"in{at}" for at in range(len(block.args))]
        results = [f"out{at}" for at in range(len(program.outputs()))]
        self.line("def compute(count, inputs):")
        self.indent += 1
        self._unpack(rows, "inputs")
        for result in results:
            self.line(f"{result} = [None] * count")
        self._hoist(block)
        self.line("for t in range(count):")
        self.indent += 1
        self.line("pass")
        for argument, row in zip(block.args, rows, strict=True):
            self.line(f"{self.define(argument)} = {row}[t]")

        def close(end: Operation) -> None:
            for result, value in zip(results, self.uses(end.operands), strict=True):
                self.line(f"{result}[t] = {value}", end)
            self.end_frame()
            self._trim()
            self.indent -= 1
            self.line(f"return [{', '.join(results)}]")
            self.indent -= 1

        self.enter(block, close)
        self.run()

    def _hoist(self, block: Block) -> None:
        """Print the ops of a block's frames, gated regions excepted, that no frame changes.

        This is derived from operands, not from the rates of types, which passes compute.
        """
        for op in time.frame_ops(block):
            if self._is_constant(op):
                self.write_op(op)
                self._hoisted.add(op)

    def _is_constant(self, op: Operation) -> bool:
        """Whether an op has the same result in all frames of a block."""
        if op.name in CONSTANT_OPS:
            return True
        is_pure = op.name not in self.handlers and len(op.results) == 1 and len(op.operands) > 0
        return is_pure and all(value.owner in self._hoisted for value in op.operands)

    def enter(self, block: Block, close: Close) -> None:
        """As that of all emitters, without the ops that are printed before the loop."""
        super().enter(block, close)
        hoisted = self._hoisted
        self._open[-1] = filterfalse(hoisted.__contains__, block.ops), close

    def end_frame(self) -> None:
        """Print the code after the outputs of a frame; for observers."""

    def _trim(self) -> None:
        """From time to time, drop values that no delay line can return again."""
        names = [self.cells[key] for key, line in self.lines_of.items() if line.depth is not None]
        if names:
            self.line(f"if t % {TRIMMED} == {TRIMMED - 1}:")
            self.line(f" {'; '.join(f'{name}.trim()' for name in names)}")

    def _fill(self) -> None:
        """Generators nested in a generator are printed after it and called before it."""
        calls: list[str] = []
        while self.generators:
            op = self.generators.pop()
            name = f"fill_{self.cells[op]}"
            calls.append(f"{name}()")
            self.line(f"def {name}():", op)
            self.indent += 1
            row = f"{self.cells[op]}.values"
            self.line(f"count = len({row})")
            self._hoist(op.generator.block)
            self.line("for t in range(count):")
            self.indent += 1

            def close(end: Operation, row: str = row) -> None:
                (value,) = self.uses(end.operands)
                self.line(f"{row}[t] = {value}", end)
                self.indent -= 2

            self.enter(op.generator.block, close)
            self.run()
        self.line("def fill():")
        for call in ["pass", *reversed(calls)]:
            self.line(f" {call}")

    def _past(self, key: Key) -> str:
        """The values of a delay line, latest last: as a list, since calls take most of the time."""
        return f"p{self.cells[key][1:]}"

    def _before(self, key: Key, frames: str) -> str:
        """The value `frames` (at least 1) before the one to come."""
        past, zero = self._past(key), self.bind_constant(self.lines_of[key].zero)
        return f"{past}[-{frames}] if {frames} <= len({past}) else {zero}"

    def _delay(self, op: Operation) -> None:
        assert isinstance(op, time.DelayOp)
        # The last values of a recursion are one frame old.
        is_own = is_own_output(op.signal)
        offset = op.offset.value.data + (not is_own)
        frames = str(offset)
        if op.amount is not None:
            maximum = None if op.max is None else op.max.value.data
            (amount,) = self.uses([op.amount])
            frames = "n"
            if maximum is None:
                self.line(f"n = {offset} + {amount} if {amount} > {1 - offset} else 1", op)
            else:
                least = 0 if op.assumed is None else max(0, 1 - op.offset.value.data)
                above = f"{amount} if {amount} < {maximum} else {maximum}"
                self.line(f"n = {offset} + ({least} if {amount} < {least} else {above})", op)
        if not is_own:
            self._push(op)
        self.assign(op, self._before(self._line_of(op), frames))

    def _line_of(self, op: time.DelayOp | time.PrefixOp) -> Key:
        """The delay line that an op reads: its own, or that of a recursion."""
        if not is_own_output(op.signal):
            return op
        assert isinstance(op.signal, BlockArgument)
        return op.signal

    def _push(self, op: time.DelayOp | time.PrefixOp) -> None:
        (value,) = self.uses([op.signal])
        self.line(f"{self._past(op)}.append({value})", op)

    def _prefix(self, op: Operation) -> None:
        assert isinstance(op, time.PrefixOp)
        (first,) = self.uses([op.first])
        past = self._past(self._line_of(op))
        self.assign(op, f"{past}[-1] if {past} else {first}")
        if not is_own_output(op.signal):
            self._push(op)

    def _rec(self, op: Operation) -> None:
        assert isinstance(op, time.Recursion)

        def close(end: Operation) -> None:
            values = self.uses(end.operands)
            for argument, result, value in zip(op.body.block.args, op.results, values, strict=True):
                self.line(f"{self._past(argument)}.append({value})", end)
                self.names[result] = value

        self.enter(op.body.block, close)

    def _control(self, op: Operation) -> None:
        assert isinstance(op, time.ControlOp)
        (gate,) = self.uses([op.gate])
        self.line(f"if {gate} != 0:", op)
        self.indent += 1

        def close(end: Operation) -> None:
            values = "".join(f"{value}, " for value in self.uses(end.operands))
            self.line(f"{self.cells[op]}.values = ({values})", end)
            self.indent -= 1
            self._unpack(self.define_all(op.results), f"{self.cells[op]}.values")

        self.enter(op.body.block, close)

    def _row(self, key: Key) -> str:
        """The elements of a table."""
        return f"q{self.cells[key][1:]}"

    def _table(self, op: Operation) -> None:
        row = self.names[op.results[0]] = self._row(op)
        self._last[row] = self.sizes[op] - 1
        if isinstance(op, tables.TableOp):
            self.generators.append(op)

    def _element(self, table: str, index: str) -> str:
        """An element of a table, whose index is clamped."""
        last = self._last[table]
        return f"{table}[0 if {index} < 0 else {index} if {index} < {last} else {last}]"

    def _table_read(self, op: Operation) -> None:
        self.assign(op, self._element(*self.uses(op.operands)))

    def _table_write(self, op: Operation) -> None:
        table, index, value = self.uses(op.operands)
        self.line(f"{self._element(table, index)} = {value}", op)
        self.names[op.results[0]] = table

    def _read_widget(self, op: Operation) -> None:
        assert isinstance(op, interface.ReadWidgetOp)
        self.assign(op, f"{self.zones[tables.slot_name(op.widget)]}[0]")

    def _bargraph(self, op: Operation) -> None:
        assert isinstance(op, interface.BargraphOp)
        (signal,) = self.uses([op.signal])
        self.line(f"{self.zones[tables.slot_name(op.widget)]}[0] = {signal}", op)
        self.names[op.result] = signal


def sound_handlers(emitter: Emitter, sounds: Mapping[str, object]) -> dict[str, Handler]:
    """Handlers of the sound file ops, which both levels share."""

    def slot(op: Operation) -> None:
        assert isinstance(op, tables.SoundfileOp)
        emitter.names[op.handle] = emitter.bind(sounds[tables.slot_name(op.slot)])

    def fact(method: str) -> Handler:
        def handler(op: Operation) -> None:
            handle, part = emitter.uses(op.operands)
            element = element_name(op.results[0].type)
            emitter.assign(op, f"{emitter.bind(number)}({handle}.{method}({part}), {element!r})")

        return handler

    def read(op: Operation) -> None:
        channel = op.properties["channel"]
        assert isinstance(channel, IntegerAttr)
        handle, part, index = emitter.uses(op.operands)
        emitter.assign(op, f"{handle}.read({channel.value.data}, {part}, {index})")

    return {
        "dsp.soundfile": slot,
        "dsp.soundfile_length": fact("length"),
        "dsp.soundfile_rate": fact("rate"),
        "dsp.soundfile_read": read,
    }
