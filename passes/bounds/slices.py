"""The backward slice of all accesses to memory, through memory, which the checker reads."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects import memref, scf, vector
from xdsl.dialects.builtin import MemRefType, ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp
from dspc.dialects.dsp_mem.heaps import CopyOp
from dspc.dialects.dsp_par.loops import WindowOp

Cell = object
"""One memory: the symbol of a buffer, an op that allocates, or an argument of a function."""


def cell_of(row: SSAValue) -> Cell:
    """The memory behind a memref and its windows."""
    while isinstance(row.owner, WindowOp):
        row = row.owner.source
    if isinstance(row.owner, GetOp):
        return row.owner.buffer.string_value()
    return row.owner if isinstance(row.owner, Operation) else row


class Slice:
    """The ops on which `roots` depend, in program order, and the memory that they read."""

    def __init__(self, module: ModuleOp, roots: Iterable[SSAValue]) -> None:
        self.cells: set[Cell] = set()
        self.values: set[SSAValue] = set()
        self.buffers = {op.sym_name.data: op for op in module.ops if isinstance(op, BufferOp)}
        self.functions = [op for op in module.ops if isinstance(op, FuncOp) and op.body.blocks]
        self._all = [op for function in self.functions for op in function.body.walk()]
        self._stored: dict[Cell, list[SSAValue]] = {}
        self._copied: dict[Cell, list[Cell]] = {}
        for op in self._all:
            self._note(op)
        self._follow(list(roots))
        self.ops = [op for op in self._all if self._is_needed(op)]

    def _note(self, op: Operation) -> None:
        if isinstance(op, memref.StoreOp):
            self._stored.setdefault(cell_of(op.memref), []).append(op.value)
        elif isinstance(op, vector.StoreOp):
            self._stored.setdefault(cell_of(op.base), []).append(op.vector)
        elif isinstance(op, CopyOp):
            self._copied.setdefault(cell_of(op.target), []).append(cell_of(op.source))

    def _follow(self, work: list[SSAValue]) -> None:
        while work:
            value = work.pop()
            if value in self.values or isinstance(value.type, MemRefType):
                continue
            self.values.add(value)
            owner = value.owner
            work.extend(behind(value))
            if isinstance(owner, memref.LoadOp | vector.LoadOp):
                row = owner.memref if isinstance(owner, memref.LoadOp) else owner.base
                work.extend(self._behind_cell(cell_of(row)))

    def stored(self, cell: Cell) -> list[SSAValue]:
        """The values stored in a memory."""
        return self._stored.get(cell, [])

    def _behind_cell(self, first: Cell) -> list[SSAValue]:
        """The values stored in a memory and in those copied to it."""
        values: list[SSAValue] = []
        work = [first]
        while work:
            cell = work.pop()
            if cell not in self.cells:
                self.cells.add(cell)
                values.extend(self._stored.get(cell, ()))
                work.extend(self._copied.get(cell, ()))
        return values

    def _is_needed(self, op: Operation) -> bool:
        if isinstance(op, memref.StoreOp):
            return cell_of(op.memref) in self.cells
        if isinstance(op, vector.StoreOp):
            return cell_of(op.base) in self.cells
        if isinstance(op, CopyOp):
            return cell_of(op.target) in self.cells
        if isinstance(op, scf.YieldOp):
            parent = op.parent_op()
            return parent is not None and self._is_needed(parent)
        if isinstance(op, scf.ForOp):
            args = op.body.block.args
            return any(value in self.values for value in (*args, *op.results))
        return any(result in self.values for result in op.results)


def behind(value: SSAValue) -> list[SSAValue]:
    """The values that a value is computed from, but for those in memory."""
    owner = value.owner
    if isinstance(owner, Block):
        return _behind_argument(value, owner)
    return _behind_result(value, owner) if owner.regions else list(owner.operands)


def _behind_argument(value: SSAValue, block: Block) -> list[SSAValue]:
    loop = block.parent_op()
    if not isinstance(loop, scf.ForOp):
        return []
    number = block.args.index(value)  # pyright: ignore[reportArgumentType]
    bounds = [loop.lb, loop.ub, loop.step]
    return bounds if number == 0 else [*bounds, *_carried(loop, number - 1)]


def _carried(loop: scf.ForOp, number: int) -> list[SSAValue]:
    end = loop.body.block.last_op
    assert end is not None
    return [loop.iter_args[number], end.operands[number]]


def _behind_result(value: SSAValue, op: Operation) -> list[SSAValue]:
    number = list(op.results).index(value)  # pyright: ignore[reportArgumentType]
    if isinstance(op, scf.ForOp):
        return [op.lb, op.ub, op.step, op.body.block.args[number + 1], *_carried(op, number)]
    if isinstance(op, scf.IfOp):
        ends = [region.block.last_op for region in op.regions if region.blocks]
        return [op.cond, *[end.operands[number] for end in ends if end is not None]]
    return list(op.operands)
