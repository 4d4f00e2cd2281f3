"""The memory of an instance of a signal or loop module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, ModuleOp
from xdsl.ir import Block, BlockArgument, Operation, SSAValue

from dspc.backends.interp.definition.memory import (
    Held,
    Line,
    Row,
    Soundfiles,
    SoundPart,
    Sounds,
    Table,
    poison,
)
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.definition.semantics import number
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.zones import ZoneRow, Zones
from dspc.dialects.dsp import interface, tables, time
from dspc.dialects.dsp.recurrences import LinearOp, PhaseOp
from dspc.dialects.dsp.types import TableType, array_values
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp_mem import BufferOp, Role
from dspc.dialects.dsp_mem.buffers import Lifetime

Cell = Line | Held | Table
Key = Operation | BlockArgument
"""The owner of a cell: an op, or a region argument of a `dsp.rec`."""


def all_ops(block: Block) -> Iterator[Operation]:
    """The ops of a block and of all nested regions."""
    work = [block]
    while work:
        for op in work.pop().ops:
            yield op
            work.extend(inner for region in op.regions for inner in region.blocks)


class SignalMemory:
    """Delay lines, held values, tables and widget values of a `dsp.program`."""

    def __init__(
        self, program: interface.ProgramOp, widgets: dict[str, UiWidget], soundfiles: Soundfiles
    ) -> None:
        precision = element_name(program.precision)
        self.zones = {name: [number(w.init, precision)] for name, w in widgets.items()}
        self.cells: dict[Key, Cell] = {}
        ops = list(all_ops(program.body.block))
        for op in ops:
            make = _MAKERS.get(type(op))
            if make is not None:
                self.cells.update(make(op))
        self.sounds = find_sounds(ops, precision, widgets, soundfiles)

    def copy(self) -> SignalMemory:
        twin = object.__new__(SignalMemory)
        twin.zones = {name: zone.copy() for name, zone in self.zones.items()}
        twin.cells = {key: cell.copy() for key, cell in self.cells.items()}
        twin.sounds = self.sounds
        return twin

    def clear(self) -> None:
        for cell in self.cells.values():
            cell.clear()

    def starts_as(self, other: SignalMemory) -> bool:
        """Whether both are equal after `clear`, but for the contents of generated tables."""
        pairs = zip(self.cells.values(), other.cells.values(), strict=False)
        return len(self.cells) == len(other.cells) and all(_start_alike(*pair) for pair in pairs)

    def values(self) -> Any:
        """The contents, without references to the program."""
        return self.zones, list(self.cells.values())

    def take(self, values: Any) -> None:
        """Take over what `values` returned, of the same program."""
        self.zones, cells = values
        self.cells = dict(zip(self.cells, cells, strict=True))


def _start_alike(one: Cell, other: Cell) -> bool:
    if isinstance(one, Table) and isinstance(other, Table):
        starts = [np.array(table.first) for table in (one, other)]
        return starts[0].dtype == starts[1].dtype and starts[0].tobytes() == starts[1].tobytes()
    if isinstance(one, Line) and isinstance(other, Line):
        return (one.depth, repr(one.zero)) == (other.depth, repr(other.zero))
    return (
        isinstance(one, Held) and isinstance(other, Held) and repr(one.zeros) == repr(other.zeros)
    )


def find_sounds(
    ops: list[Operation], precision: str, widgets: dict[str, UiWidget], soundfiles: Soundfiles
) -> dict[str, Sounds]:
    """The sounds of each slot that a program reads."""
    slots: dict[str, Sounds] = {}
    for op in ops:
        if isinstance(op, tables.SoundfileOp):
            name = tables.slot_name(op.slot)
            label = widgets[name].label if name in widgets else name
            parts = soundfiles.get(name, soundfiles.get(label, ()))
            slots[name] = Sounds([SoundPart(*part) for part in parts], precision)
    return slots


def _zero(value: SSAValue) -> object:
    return number(0, element_name(value.type))


def line_depth(op: Operation) -> int | None:
    """The maximum delay of a reader of a delay line, in frames; None if unbounded."""
    if not isinstance(op, time.DelayOp):
        return 1
    if op.amount is None:
        return op.offset.value.data
    return None if op.max is None else op.offset.value.data + op.max.value.data


def _delay(op: Operation) -> dict[Key, Cell]:
    assert isinstance(op, time.DelayOp | time.PrefixOp)
    if is_own_output(op.signal):
        return {}
    return {op: Line(_zero(op.signal), line_depth(op))}


def is_own_output(value: SSAValue) -> bool:
    """Whether a value is a region argument of a `dsp.rec`: its result in earlier frames."""
    return isinstance(value, BlockArgument) and isinstance(value.block.parent_op(), time.Recursion)


def _rec(op: Operation) -> dict[Key, Cell]:
    assert isinstance(op, time.Recursion)
    lines: dict[Key, Cell] = {}
    for argument in op.body.block.args:
        depths = [line_depth(use.operation) for use in argument.uses]
        known = [depth for depth in depths if depth is not None]
        depth = None if len(known) < len(depths) else max(known, default=0)
        lines[argument] = Line(_zero(argument), depth)
    return lines


def _control(op: Operation) -> dict[Key, Cell]:
    return {op: Held(tuple(_zero(result) for result in op.results))}


def _table(op: Operation) -> dict[Key, Cell]:
    assert isinstance(op, tables.TableOp)
    type = op.table.type
    assert isinstance(type, TableType)
    return {op: Table([poison(element_name(type.element))] * type.size.data)}


def _waveform(op: Operation) -> dict[Key, Cell]:
    assert isinstance(op, tables.WaveformOp)
    element = element_name(op.values.elt_type)
    return {op: Table([number(value, element) for value in array_values(op.values)])}


_MAKERS: dict[type[Operation], Callable[[Operation], dict[Key, Cell]]] = {
    time.DelayOp: _delay,
    time.PrefixOp: _delay,
    time.RecOp: _rec,
    LinearOp: _rec,
    PhaseOp: _rec,
    time.ControlOp: _control,
    tables.TableOp: _table,
    tables.WaveformOp: _waveform,
}


class LoopMemory:
    """The buffers of a lowered module, poisoned until its functions initialise them."""

    requests = 0
    heaps: Any = None
    """The heaps of placed memory (`PlacedHeaps`), else None."""
    is_shared = False
    """Whether some rows are shared with another voice."""

    def __init__(
        self, module: ModuleOp, widgets: dict[str, UiWidget], soundfiles: Soundfiles
    ) -> None:
        self._source = (module, widgets, soundfiles)
        self.rows: dict[str, Any] = {}
        """Lists, or allocations of placed memory."""
        self.zones: dict[str, Any] = {}
        self.scratch: list[tuple[str, Any]] = []
        ops = list(all_ops(module.body.block))
        precision = "f32"
        buffers = [op for op in ops if isinstance(op, BufferOp)]
        self.packed = Zones(buffers)
        for op in self._in_order(buffers):
            self._declare(op, widgets)
        for op in ops:
            if isinstance(op, interface.LoweredOp):
                precision = element_name(op.precision)
        for name in widgets.keys() - self.zones.keys():
            # The host may set a widget without a buffer, whose value is not read.
            self.zones[name] = [number(widgets[name].init, precision)]
        self.sounds = find_sounds(ops, precision, widgets, soundfiles)

    def _in_order(self, buffers: list[BufferOp]) -> list[BufferOp]:
        """The order of allocation."""
        return buffers

    def _row(self, op: BufferOp, values: list[Any]) -> Any:
        """The memory of a buffer with these initial values."""
        return values

    def _declare(self, op: BufferOp, widgets: dict[str, UiWidget]) -> None:
        name = op.sym_name.data
        if name in self.rows:
            raise InterpreterError(f"two buffers are called {name}", op)
        values, packed = first_values(op, widgets), self.packed.row(op)
        if packed is not None and (op.values is not None or op.init is not None):
            packed[:] = values
        row = self.rows[name] = self._row(op, values) if packed is None else packed
        if op.role.data == Role.ZONE:
            self.zones[name] = row
        elif packed is not None and op.lifetime.data == Lifetime.CLASS:
            # Poison would overwrite state that lies there once tables are filled.
            return
        elif op.lifetime.data == Lifetime.BLOCK or op.role.data == Role.SCRATCH:
            self.scratch.append((element_name(op.type.element_type), row))

    def copy(self) -> LoopMemory:
        twin = object.__new__(LoopMemory)
        twin._source = self._source
        twin.packed = self.packed.copy()
        twin.rows = {
            name: twin.packed.moved(row) if isinstance(row, ZoneRow) else row.copy()
            for name, row in self.rows.items()
        }
        twin.zones = {name: twin.rows.get(name, row.copy()) for name, row in self.zones.items()}
        names = {id(row): name for name, row in self.rows.items()}
        twin.scratch = [(kind, twin.rows[names[id(row)]]) for kind, row in self.scratch]
        twin.sounds = self.sounds
        return twin

    def values(self) -> Any:
        """The contents, without references to the program.

        DspcError E0008 for memory that is placed or shared by voices.
        """
        if self.heaps is not None or self.is_shared:
            kind = "shared" if self.is_shared else "placed"
            message = f"the interpreter cannot save the state of {kind} memory"
            raise InterpreterError(message, None, "E0008")
        packed = {name: list(row) for name, row in self.rows.items() if isinstance(row, ZoneRow)}
        return self.rows | packed, self.zones

    def take(self, values: Any) -> None:
        """Take over what `values` returned, of the same program."""
        rows, zones = values
        for own, saved in ((self.rows, rows), (self.zones, zones)):
            for name, row in own.items():
                row[:] = saved[name]

    def begin_kernel(self) -> None:
        """Poison the scratch buffers, so that reads of uninitialised scratch show."""
        for element, row in self.scratch:
            row[:] = [poison(element)] * len(row)

    def end_kernel(self) -> None:
        """Called after each function; no effect on plain rows."""

    def release(self) -> None:
        """Free all memory; no effect on plain rows."""


def first_values(op: BufferOp, widgets: dict[str, UiWidget]) -> Row:
    """The contents of a buffer before any function of the module runs."""
    element = element_name(op.type.element_type)
    row: Row = [poison(element)] * (*op.type.get_shape(), 1)[0]
    if op.values is not None:
        return [number(value, element) for value in array_values(op.values)]
    if isinstance(op.init, IntegerAttr | FloatAttr):
        row = [number(op.init.value.data, element)] * len(row)
    if op.role.data == Role.ZONE and op.sym_name.data in widgets:
        row[0] = number(widgets[op.sym_name.data].init, element)
    return row
