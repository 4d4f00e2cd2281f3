"""Spilled states and constants: loads and stores in the body of a loop."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp, YieldOp
from xdsl.ir import Operation, SSAValue

from dspc.passes.registers.homes import CarriedElement
from dspc.passes.registers.pressure import Ranges


def rewrite(loop: ForOp, ranges: Ranges, spilled: Sequence[CarriedElement | LoadOp]) -> None:
    """Access spilled values in memory, in the body of the loop."""
    if not spilled:
        return
    block = loop.body.block
    ops = list(block.ops)
    states = [one for one in spilled if isinstance(one, CarriedElement)]
    stores: list[tuple[Operation, StoreOp]] = []
    loads: dict[SSAValue, LoadOp] = {}
    for one in states:
        argument = ranges.arguments[one.number]
        load = _reload(one.load, argument.name_hint)
        block.insert_op_before(load, ops[ranges.loaded(one)])
        loads[argument] = load
    for one in states:
        value = ranges.yielded[one.number]
        if value in loads:
            value = loads[value].res
        at = ops[ranges.stored(one)]
        stores.append((at, StoreOp.get(value, one.load.memref, list(one.load.indices))))
    for at, store in stores:
        block.insert_op_before(store, at)
    for argument, load in loads.items():
        argument.replace_all_uses_with(load.res)
    for one in spilled:
        if isinstance(one, LoadOp):
            _load_at_uses(one, [ops[at] for at in ranges.uses[one.res]])
    _carry_others(loop, {one.number for one in states})
    for one in states:
        _erase(one.load)


def _reload(load: LoadOp, hint: str | None) -> LoadOp:
    again = LoadOp.get(load.memref, list(load.indices))
    again.res.name_hint = hint
    return again


def _load_at_uses(load: LoadOp, users: Sequence[Operation]) -> None:
    """Load a constant before each op of the body that uses it."""
    for user in users:
        again = _reload(load, load.res.name_hint)
        around = user.parent
        assert around is not None
        around.insert_op_before(again, user)
        for op in user.walk():
            for at, operand in enumerate(op.operands):
                if operand is load.res:
                    op.operands[at] = again.res
    if not load.res.uses:
        _erase(load)


def _carry_others(loop: ForOp, spilled: set[int]) -> None:
    """Replace a loop by one that carries all but the spilled states."""
    count = len(loop.iter_args)
    kept = [number for number in range(count) if number not in spilled]
    block = loop.body.block
    end = block.last_op
    assert end is not None
    yielded = [end.operands[number] for number in kept]
    block.erase_op(end)
    block.add_op(YieldOp(*yielded))
    for number in sorted(spilled, reverse=True):
        block.erase_arg(block.args[1 + number])
    region = loop.detach_region(loop.body)
    starts = [loop.iter_args[number] for number in kept]
    new = ForOp(loop.lb, loop.ub, loop.step, starts, region)
    new.attributes = dict(loop.attributes)
    around = loop.parent
    assert around is not None
    around.insert_op_before(new, loop)
    for number, result in zip(kept, new.results, strict=True):
        result.name_hint = loop.results[number].name_hint
        loop.results[number].replace_all_uses_with(result)
    for number in spilled:
        for use in list(loop.results[number].uses):
            _erase(use.operation)
    around.erase_op(loop)


def _erase(op: Operation) -> None:
    if op.parent is not None:
        op.parent.erase_op(op)
