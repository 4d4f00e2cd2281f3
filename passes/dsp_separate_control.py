"""`dsp-separate-control`: the control-rate part of a block becomes a function of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects import arith
from xdsl.dialects.builtin import (
    FloatAttr,
    IntegerAttr,
    IntegerType,
    MemRefType,
    ModuleOp,
    StringAttr,
    SymbolRefAttr,
    f32,
    f64,
)
from xdsl.dialects.func import CallOp, FuncOp, ReturnOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.passes import ModulePass
from xdsl.traits import ConstantLike, is_side_effect_free

from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp, Role, RoleAttr
from dspc.dialects.dsp_mem.spaces import Lifetime, LifetimeAttr

CONTROL = "control"
"""The function that computes the values at control rate."""


@dataclass(frozen=True)
class DspSeparateControl(ModulePass):
    """Moves what `compute` derives from controls alone into a function `control`.

    The host calls `control` after it has changed controls; `compute` then takes the results from
    scalars of the instance (`-ec`). An op is moved if all that it reads are constants, zones, and
    memory that `compute` does not write. Integer clamps stay in `compute`, where they prove indices
    in range. `instance_constants` sets the scalars to 0.
    """

    name = "dsp-separate-control"
    TAKES: ClassVar[tuple[str, ...]] = ("loops",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        functions = {one.sym_name.data: one for one in op.ops if isinstance(one, FuncOp)}
        if CONTROL not in functions and "compute" in functions:
            _Separation(op, functions).run()


class _Separation:
    def __init__(self, module: ModuleOp, functions: dict[str, FuncOp]) -> None:
        self._module = module
        self._constants = functions["instance_constants"]
        self._compute = functions["compute"]
        self._buffers = {op.sym_name.data: op for op in module.ops if isinstance(op, BufferOp)}
        self._written = _written(self._compute)
        self._moved: set[Operation] = set()
        self._values: set[SSAValue] = set()

    def run(self) -> None:
        block = self._compute.body.block
        for op in block.ops:
            if self._is_control(op):
                self._moved.add(op)
                self._values.update(op.results)
        remaining = [op for op in block.ops if op not in self._moved]
        slots = self._slots(remaining)
        self._declare(slots)
        self._write_control(slots)
        for value, name in slots.items():
            owner = value.owner
            assert isinstance(owner, Operation)
            get, load = _get(value, name)
            block.insert_ops_before([get, load], owner)
            load.res.name_hint = value.name_hint
            value.replace_all_uses_with(load.res)
        for op in reversed([one for one in block.ops if one in self._moved]):
            if not any(result.uses for result in op.results):
                block.erase_op(op)

    def _is_control(self, op: Operation) -> bool:
        """Whether an op of `compute`'s own block depends on controls only."""
        inner = set(op.walk())
        for one in inner:
            if not self._is_pure(one):
                return False
            for value in one.operands:
                owner = value.owner.parent_op() if isinstance(value.owner, Block) else value.owner
                if owner not in inner and value not in self._values:
                    return False
        return bool(op.results)

    def _is_pure(self, op: Operation) -> bool:
        if isinstance(op, LoadOp):
            slot = _slot(op.memref)
            return slot is not None and slot not in self._written
        if op.regions or isinstance(op, CallOp) or op.name == "scf.yield":
            return True
        return isinstance(op, GetOp) or (
            is_side_effect_free(op) and not op.name.startswith("dsp.soundfile")
        )

    def _slots(self, remaining: Iterable[Operation]) -> dict[SSAValue, str]:
        """The values that `compute` takes from memory, in their order, with the names of it."""
        waiting = [value for op in remaining for value in _taken(op)]
        seen: set[SSAValue] = set()
        wanted: set[SSAValue] = set()
        while waiting:
            value = waiting.pop()
            if value not in self._values or value in seen:
                continue
            seen.add(value)
            owner = value.owner
            assert isinstance(owner, Operation)
            if self._is_repeated(owner):
                waiting += _taken(owner)
            else:
                wanted.add(value)
        ordered = [v for op in self._compute.body.block.ops for v in op.results if v in wanted]
        names = {"i": _numbered("iSlow", self._buffers), "f": _numbered("fSlow", self._buffers)}
        return {v: next(names["i" if isinstance(v.type, IntegerType) else "f"]) for v in ordered}

    def _is_repeated(self, op: Operation) -> bool:
        """Whether `compute` computes an op itself, from what it takes from memory."""
        if isinstance(op, GetOp) or op.has_trait(ConstantLike):
            return True
        if isinstance(op, LoadOp):
            slot = _slot(op.memref)
            assert slot is not None
            return self._buffers[slot].role.data != Role.ZONE
        if isinstance(op, arith.MinSIOp | arith.MaxSIOp):
            owners = [value.owner for value in op.operands]
            return any(isinstance(one, Operation) and one.has_trait(ConstantLike) for one in owners)
        kinds = [result.type for result in op.results]
        return not all(kind in (f32, f64) or _is_stored_integer(kind) for kind in kinds)

    def _declare(self, slots: dict[SSAValue, str]) -> None:
        """The scalars of the instance, which are 0 before `control` is called."""
        first = next(op for op in self._module.ops if isinstance(op, FuncOp))
        end = self._constants.body.block.last_op
        assert end is not None
        for value, name in slots.items():
            buffer = BufferOp.create(
                properties={
                    "sym_name": StringAttr(name),
                    "type": MemRefType(value.type, []),
                    "lifetime": LifetimeAttr(Lifetime.INSTANCE),
                    "role": RoleAttr(Role.CONSTANT),
                }
            )
            self._module.body.block.insert_op_before(buffer, first)
            get, _ = _get(value, name)
            start = arith.ConstantOp(_zero(value.type))
            ops = [start, get, StoreOp.get(start.result, get.memref, [])]
            self._constants.body.block.insert_ops_before(ops, end)

    def _write_control(self, slots: dict[SSAValue, str]) -> None:
        """The function `control`, before `compute`."""
        block = Block()
        copies: dict[SSAValue, SSAValue] = {}
        for op in self._compute.body.block.ops:
            if op not in self._moved:
                continue
            block.add_op(op.clone(copies))
            for value in op.results:
                if value in slots:
                    get, _ = _get(value, slots[value])
                    block.add_ops([get, StoreOp.get(copies[value], get.memref, [])])
        for op in reversed(list(block.ops)):
            if not isinstance(op, StoreOp) and not any(result.uses for result in op.results):
                block.erase_op(op)
        block.add_op(ReturnOp())
        self._module.body.block.insert_op_before(
            FuncOp(CONTROL, ((), ()), Region(block)), self._compute
        )


def _written(function: FuncOp) -> set[str]:
    """The buffers that a function may write, by name."""
    used = (_slot(v) for op in function.walk() if not isinstance(op, LoadOp) for v in op.operands)
    return {slot for slot in used if slot is not None}


def _slot(memory: SSAValue) -> str | None:
    owner = memory.owner
    return slot_name(owner.buffer) if isinstance(owner, GetOp) else None


def _taken(op: Operation) -> Iterator[SSAValue]:
    """The operands of an op and of the ops in its regions."""
    for one in op.walk():
        yield from one.operands


def _get(value: SSAValue, name: str) -> tuple[GetOp, LoadOp]:
    memory = MemRefType(value.type, [])
    get = GetOp.create(properties={"buffer": SymbolRefAttr(name)}, result_types=[memory])
    return get, LoadOp.get(get.memref, [])


def _zero(kind: Attribute) -> IntegerAttr[IntegerType] | FloatAttr:
    if isinstance(kind, IntegerType):
        return IntegerAttr(0, kind)
    return FloatAttr(0.0, f32 if kind == f32 else f64)


def _is_stored_integer(kind: object) -> bool:
    return isinstance(kind, IntegerType) and kind.width.data in (32, 64)


def _numbered(stem: str, names: Iterable[str]) -> Iterator[str]:
    used = set(names)
    number = 0
    while True:
        if f"{stem}{number}" not in used:
            yield f"{stem}{number}"
        number += 1
