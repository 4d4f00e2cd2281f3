"""Tables: their buffers, and the loops that fill them before the program runs."""

from __future__ import annotations

from xdsl.ir import SSAValue

from dspc.dialects.dsp import tables
from dspc.dialects.dsp.types import TableType
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.analysis.delay_lines import Plan
from dspc.passes.lowering.arithmetic import SignalFacts
from dspc.passes.lowering.body import Body
from dspc.passes.lowering.table_accesses import is_written
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import Buffer


def fill_tables(unit: LoweringUnit, plan: Plan, facts: SignalFacts) -> dict[SSAValue, Buffer]:
    """Write the loops that fill all generated tables; returns the buffer of each table."""
    storage: dict[SSAValue, Buffer] = {}
    pending = [(op, is_written(op.table)) for op in plan.tables]
    plans: dict[tables.TableOp, Plan] = {}
    # Tables within generators follow the tables that need them; the loop below runs in reverse.
    for op, is_owned in pending:
        own = plans[op] = Plan(op.generator.block)
        pending.extend((table, is_owned) for table in own.tables)
    for op, is_owned in reversed(pending):
        storage[op.table] = fill_table(unit, op, is_owned, plans[op], storage, facts)
    return storage


def fill_table(
    unit: LoweringUnit,
    op: tables.TableOp,
    is_owned: bool,
    plan: Plan,
    storage: dict[SSAValue, Buffer],
    facts: SignalFacts,
) -> Buffer:
    """A read-only table has class lifetime, unless an instance table's generator reads it."""
    type = op.table.type
    assert isinstance(type, TableType)
    function = unit.instance_constants if is_owned else unit.class_init
    lifetime = Lifetime.INSTANCE if is_owned else Lifetime.CLASS
    # A generator may write a table of its own; a class table is constant after it has run.
    role = Role.STATE if is_owned and is_written(op.table) else Role.CONSTANT
    name = unit.named(op.table.name_hint, "table", type.element, "Table")
    buffer = unit.buffer(name, type.element, type.size.data, lifetime, role)
    body = Body(unit, plan, function, storage, facts, None)
    (value,) = body.lower(op.generator.block)
    body.state.scope.writer.store(value, buffer, body.state.loop.args[0])
    body.finish(body.before.index(type.size.data))
    return buffer
