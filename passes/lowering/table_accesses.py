"""Lowers table accesses; `fill.py` fills the tables that have a generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import tables
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.unit import counted
from dspc.passes.lowering.writer import Buffer, Writer

if TYPE_CHECKING:
    from dspc.passes.lowering.body import Body

INIT, SAMPLE = 1, 3


def is_written(table: SSAValue) -> bool:
    return any(isinstance(use.operation, tables.TableWriteOp) for use in table.uses)


def waveform(body: Body, op: Operation) -> None:
    """Class data; each instance of a program that writes the table has a copy."""
    assert isinstance(op, tables.WaveformOp)
    if op.table in body.storage:
        return
    unit, kind, size = body.unit, op.values.elt_type, len(op.values)
    name = unit.named(op.table.name_hint, "values", kind, "Wave")
    data = unit.buffer(name, kind, size, Lifetime.CLASS, Role.DATA, op.values)
    body.storage[op.table] = data
    if not is_written(op.table):
        return
    in_class = body.init.function is unit.class_init
    lifetime = Lifetime.CLASS if in_class else Lifetime.INSTANCE
    role = Role.STATE if body.is_kept else Role.CONSTANT
    name = unit.named(op.table.name_hint, "table", kind, "Table")
    own = body.storage[op.table] = unit.buffer(name, kind, size, lifetime, role)
    copy(body.init, data, own)


def copy(w: Writer, source: Buffer, target: Buffer) -> None:
    """Write a loop that copies all elements of one buffer to another."""
    assert source.size is not None
    block = Block(arg_types=[w.index(0).type])
    inner = Writer(w.function, [])
    inner.store(inner.load(source, block.args[0]), target, block.args[0])
    block.add_ops([*inner.ops, scf.YieldOp.create()])
    counted(w, w.index(source.size), block, [])


def table_read(body: Body, op: Operation) -> None:
    assert isinstance(op, tables.TableReadOp)
    table = body.plan.resolve(op.table)
    rate = body.rate_of([op.index], SAMPLE if table in body.written else INIT)
    w = body.writer(rate, op)
    buffer = body.storage[table]
    body.define(op.result, w.load(buffer, place(body, w, buffer, op.index, rate)), rate)


def table_write(body: Body, op: Operation) -> None:
    assert isinstance(op, tables.TableWriteOp)
    buffer = body.storage[op.written] = body.storage[body.plan.resolve(op.table)]
    body.written.add(op.written)
    w = body.writer(SAMPLE, op)
    value = body.operand(op.value, SAMPLE)
    w.store(value, buffer, place(body, w, buffer, op.index, SAMPLE))


def place(body: Body, w: Writer, buffer: Buffer, index: SSAValue, rate: int) -> SSAValue:
    """A table index, clamped to the table, as an `index` value."""
    assert buffer.size is not None
    value = body.operand(index, rate)
    if not body.facts.within(index, 0, buffer.size - 1):
        value = w.clamp_int(value, 0, buffer.size - 1)
    return w.to_index(value)
