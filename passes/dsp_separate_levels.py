"""`dsp-separate-levels`: levels of `compute` communicate through memory only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.arith import IndexCastOp
from xdsl.dialects.builtin import IndexType, MemRefType, ModuleOp, StringAttr, SymbolRefAttr, i32
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp, Role, RoleAttr
from dspc.dialects.dsp_mem.spaces import Lifetime, LifetimeAttr
from dspc.dialects.dsp_par.levels import Kind, Level, Needs, levels
from dspc.dialects.places import located


@dataclass(frozen=True)
class DspSeparateLevels(ModulePass):
    """Spills SSA values that are live into a later level to memory, unless it can recompute them.

    Values are spilled that are expensive, or were loaded from memory that has been written since.
    Each level of a team's work, or of a task graph, can then be a separate kernel. Programs without
    levels are not modified.
    """

    name = "dsp-separate-levels"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for function in op.ops:
            if isinstance(function, FuncOp) and function.sym_name.data == "compute":
                _separate(op, function)
                return


def _separate(module: ModuleOp, compute: FuncOp) -> None:
    separated = levels(compute)
    if separated is None:
        return
    needs = Needs(compute)
    wanted: dict[tuple[Operation, SSAValue], Level] = {}
    for level in separated:
        for part in level.parts:
            for value in needs.of(level, part)[1]:
                wanted.setdefault((level.top, value), level)
    names: dict[SSAValue, str] = {}
    symbols = {op.sym_name.data for op in module.ops if isinstance(op, BufferOp)}
    for (_, value), level in wanted.items():
        if value not in names:
            names[value] = _fresh(symbols)
            _keep(compute, value, names[value])
        _take(level, value, names[value])


def _fresh(symbols: set[str]) -> str:
    number = 0
    while f"carried{number}" in symbols:
        number += 1
    symbols.add(f"carried{number}")
    return f"carried{number}"


def _memory(value: SSAValue) -> MemRefType:
    kind = i32 if isinstance(value.type, IndexType) else value.type
    return MemRefType(kind, [])


def _get(value: SSAValue, name: str) -> GetOp:
    return GetOp.create(properties={"buffer": SymbolRefAttr(name)}, result_types=[_memory(value)])


def _keep(compute: FuncOp, value: SSAValue, name: str) -> None:
    """Declare a buffer for a value, and store the value after its definition."""
    buffer = BufferOp.create(
        properties={
            "sym_name": StringAttr(name),
            "type": _memory(value),
            "lifetime": LifetimeAttr(Lifetime.BLOCK),
            "role": RoleAttr(Role.SCRATCH),
        }
    )
    block = _siblings(compute)
    block.insert_op_before(buffer, next(op for op in block.ops if isinstance(op, FuncOp)))
    owner = value.owner
    assert isinstance(owner, Operation)
    get = _get(value, name)
    new_ops: list[Operation] = [get]
    stored = value
    if isinstance(value.type, IndexType):
        cast = IndexCastOp(value, i32)
        new_ops.append(cast)
        stored = cast.result
    new_ops.append(StoreOp.get(stored, get.memref, []))
    _siblings(owner).insert_ops_after(new_ops, owner)


def _siblings(op: Operation) -> Block:
    assert op.parent is not None
    return op.parent


def _take(level: Level, value: SSAValue, name: str) -> None:
    """Load a value before a level, and redirect the uses inside the level."""
    get = _get(value, name)
    load = LoadOp.get(get.memref, [])
    new_ops: list[Operation] = [get, load]
    loaded: SSAValue = load.res
    if isinstance(value.type, IndexType):
        cast = IndexCastOp(loaded, IndexType())
        new_ops.append(cast)
        loaded = cast.result
    loaded.name_hint = value.name_hint
    _siblings(level.top).insert_ops_before(new_ops, level.top)
    tops = level.parts[0] if level.kind == Kind.SERIAL else (level.top,)
    inside = {op for top in tops for op in top.walk()}
    for use in list(value.uses):
        if use.operation in inside:
            use.operation.operands[use.index] = loaded
