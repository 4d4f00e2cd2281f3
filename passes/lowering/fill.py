"""Tables: where their contents lie, and the loops that fill them before the program runs."""

from __future__ import annotations

from xdsl.ir import SSAValue

from dspc.dialects.dsp import tables
from dspc.dialects.dsp.types import TableType
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.arithmetic import Facts
from dspc.passes.lowering.body import Body
from dspc.passes.lowering.memory import is_written
from dspc.passes.lowering.plan import Plan
from dspc.passes.lowering.unit import Unit
from dspc.passes.lowering.writer import Buffer


def fill_tables(unit: Unit, plan: Plan, facts: Facts) -> dict[SSAValue, Buffer]:
    """Write the filling of all generated tables; gives the buffer of each table."""
    storage: dict[SSAValue, Buffer] = {}
    found = [(op, is_written(op.table)) for op in plan.tables]
    plans: dict[tables.TableOp, Plan] = {}
    # Tables within generators come after the tables they help to fill; the loop below goes back.
    for op, is_owned in found:
        own = plans[op] = Plan(op.generator.block)
        found.extend((table, is_owned) for table in own.tables)
    for op, is_owned in reversed(found):
        storage[op.table] = fill_table(unit, op, is_owned, plans[op], storage, facts)
    return storage


def fill_table(
    unit: Unit,
    op: tables.TableOp,
    is_owned: bool,
    plan: Plan,
    storage: dict[SSAValue, Buffer],
    facts: Facts,
) -> Buffer:
    """A table only read belongs to the class, unless it helps to fill one of the instance."""
    type = op.table.type
    assert isinstance(type, TableType)
    function = unit.instance_constants if is_owned else unit.class_init
    lifetime = Lifetime.INSTANCE if is_owned else Lifetime.CLASS
    # A generator may write a table of its own; in a class's that is over once it has run.
    role = Role.STATE if is_owned and is_written(op.table) else Role.CONSTANT
    name = unit.named(op.table.name_hint, "table", type.element, "Table")
    buffer = unit.buffer(name, type.element, type.size.data, lifetime, role)
    body = Body(unit, plan, function, storage, facts, None)
    (value,) = body.lower(op.generator.block)
    body.state.scope.writer.store(value, buffer, body.state.loop.args[0])
    body.finish(body.before.index(type.size.data))
    return buffer
