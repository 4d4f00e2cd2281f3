"""The values of a function in local variables, and accesses to memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xdsl.dialects import memref, vector
from xdsl.ir import Operation, SSAValue

from dspc.backends.wasm.code import Push, WasmCode
from dspc.backends.wasm.instructions import BYTES
from dspc.backends.wasm.layout import WasmLayout
from dspc.backends.wasm.types import wasm_type
from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_par import WindowOp
from dspc.dialects.dsp_par.lanes import lanes_of

HOST = "host"
"""The memory of inputs and outputs: a host may pass one array as both."""
STATE: Push = ("local.get", 0)
"""The instance is the first parameter of each function that has one."""


@dataclass(frozen=True, slots=True)
class WasmRow:
    """Memory as a memref value: element type, and address as `base` (None: 0) plus `offset`."""

    kind: str
    base: Push | None
    offset: int
    tag: str
    """The memory that it is in, a buffer's symbol or HOST."""


class WasmValues:
    """The function that pushes each value, and the address of each memref."""

    def __init__(self, layout: WasmLayout, code: WasmCode) -> None:
        self.code = code
        self.values: dict[SSAValue, list[Push]] = {}
        """The functions that push the lanes of a value."""
        self.rows: dict[SSAValue, WasmRow] = {}
        self.layout = layout
        self._held: dict[SSAValue, list[int]] = {}
        """The variables of the values that are used later."""

    def take(self, operands: Iterable[SSAValue]) -> list[list[Push]]:
        return [self.values[operand] for operand in operands]

    def push_of(self, value: SSAValue) -> Push:
        """The function that pushes a scalar."""
        (push,) = self.values[value]
        return push

    def define(self, value: SSAValue, pushes: list[Push]) -> None:
        """A value is in variables that were taken for it, or is constants."""
        self.values[value] = pushes
        numbers = [push[1] for push in pushes if push[0] == "local.get"]
        self._hold(value, [number for number in numbers if isinstance(number, int)])

    def _hold(self, value: SSAValue, numbers: list[int]) -> None:
        """Variables hold a value until its last use."""
        uses = value.uses.get_length()
        for number in numbers:
            self.code.mark_once(number, uses == 1)
            if not uses:
                self.code.release(number)
        if uses:
            self._held[value] = numbers

    def rename(self, value: SSAValue, pushes: list[Push]) -> None:
        """A value has the lanes of others, in their variables."""
        for push in pushes:
            if push[0] == "local.get":
                assert isinstance(push[1], int)
                self.code.hold(push[1])
        self.define(value, pushes)

    def release(self, values: Iterable[SSAValue]) -> None:
        """No op uses these values any more."""
        for value in values:
            for number in self._held.pop(value, ()):
                self.code.release(number)

    # Memory

    def get(self, op: Operation) -> None:
        assert isinstance(op, GetOp)
        self.rows[op.memref] = self.row(slot_name(op.buffer))

    def row(self, symbol: str) -> WasmRow:
        place = self.layout.places[symbol]
        return WasmRow(place.kind, None if place.is_fixed else STATE, place.offset, symbol)

    def _push_address(self, row: WasmRow, index: Push | None) -> int:
        """Push the address of an element; the offset still to be added, in bytes."""
        size = BYTES[row.kind]
        if index is not None and index[0] == "i32.const":
            assert isinstance(index[1], int)
            if index[1] >= 0:
                self.code.get(row.base or ("i32.const", 0))
                return row.offset + size * index[1]
        if index is None:
            self.code.get(row.base or ("i32.const", 0))
            return row.offset
        self.code.take(index)
        if size > 1:
            self.code.emit("i32.const", size.bit_length() - 1)
            self.code.emit("i32.shl")
        if row.base is not None:
            self.code.get(row.base)
            self.code.emit("i32.add")
        return row.offset

    def address(self, row: WasmRow, index: Push | None) -> None:
        """Push the whole address of an element."""
        offset = self._push_address(row, index)
        if offset:
            self.code.emit("i32.const", offset)
            self.code.emit("i32.add")

    def _index(self, indices: Iterable[SSAValue]) -> Push | None:
        return next((self.push_of(index) for index in indices), None)

    def load(self, op: Operation) -> None:
        assert isinstance(op, memref.LoadOp)
        row = self.rows[op.memref]
        offset = self._push_address(row, self._index(op.indices))
        self.code.emit("i32.load8_u" if row.kind == "i8" else f"{row.kind}.load", offset)
        self.define(op.res, [self.code.store(wasm_type(op.res.type))])

    def store(self, op: Operation) -> None:
        assert isinstance(op, memref.StoreOp)
        row = self.rows[op.memref]
        offset = self._push_address(row, self._index(op.indices))
        self.code.get(self.push_of(op.value))
        self._emit_store(row, offset)

    def _emit_store(self, row: WasmRow, offset: int) -> None:
        self.code.emit("i32.store8" if row.kind == "i8" else f"{row.kind}.store", offset)

    def load_lanes(self, op: Operation) -> None:
        assert isinstance(op, vector.LoadOp)
        row, base = self._row_at(op.base, op.indices)
        pushes: list[Push] = []
        for lane in range(lanes_of(op.result.type)):
            self.code.get(base)
            load = "i32.load8_u" if row.kind == "i8" else f"{row.kind}.load"
            self.code.emit(load, row.offset + lane * BYTES[row.kind])
            pushes.append(self.code.store(wasm_type(op.result.type)))
        self._release_push(base)
        self.define(op.result, pushes)

    def store_lanes(self, op: Operation) -> None:
        assert isinstance(op, vector.StoreOp)
        row, base = self._row_at(op.base, op.indices)
        for lane, push in enumerate(self.values[op.vector]):
            self.code.get(base, push)
            self._emit_store(row, row.offset + lane * BYTES[row.kind])
        self._release_push(base)

    def _row_at(self, memory: SSAValue, indices: Iterable[SSAValue]) -> tuple[WasmRow, Push]:
        """The row that begins at an element, whose base is in a variable of its own."""
        row = self.rows[memory]
        offset = self._push_address(row, self._index(indices))
        base = self.code.store("i32")
        return WasmRow(row.kind, base, offset, row.tag), base

    def _release_push(self, push: Push) -> None:
        assert isinstance(push[1], int)
        self.code.release(push[1])

    def window(self, op: Operation) -> None:
        """The whole address is one number: indices of windows may be negative."""
        assert isinstance(op, WindowOp)
        row = self.rows[op.source]
        self.address(row, self.push_of(op.start))
        base = self.code.store("i32")
        self.rows[op.result] = WasmRow(row.kind, base, 0, row.tag)
        assert isinstance(base[1], int)
        self._hold(op.result, [base[1]])
