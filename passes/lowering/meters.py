"""Sinking: ops that only meters need are computed after the loop, for the last frame of a block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface, time
from dspc.dialects.dsp.types import Rate, SignalType
from dspc.passes.analysis.delay_lines import Plan, walk
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.lowering.arithmetic import ARITHMETIC, LIBRARY_CALLS
from dspc.passes.lowering.state import DomainScope, Slot, write_if
from dspc.passes.lowering.writer import Writer

if TYPE_CHECKING:
    from dspc.passes.lowering.body import Body

SAMPLE = 3


def find_sunk(plan: Plan, body: Block) -> list[Operation]:
    """The pure ops whose results only meters need, and these meters, in program order.

    Empty where that would add more loop-carried values than it removes ops.
    """
    placed = walk(body)
    ops = [pair for pair in placed if pair[0] in plan.live or isinstance(pair[0], time.YieldOp)]
    users: dict[SSAValue, list[Operation]] = {}
    for op, _ in ops:
        if not isinstance(op, time.Recursion | time.AttachOp) and not _ends_group(op):
            for operand in op.operands:
                users.setdefault(plan.resolve(operand), []).append(op)
    meters = [(op, domain) for op, domain in ops if isinstance(op, interface.BargraphOp)]
    count = Counter(op.widget.string_value() for op, _ in meters)
    shown = {op for op, domain in meters if domain is None and count[op.widget.string_value()] == 1}
    pure: set[Operation] = set()
    for op, domain in reversed(ops):
        if domain is None and _is_pure(op):
            readers = users.get(op.results[0], ())
            if all(user in pure or user in shown for user in readers):
                pure.add(op)
    sunk = [op for op, _ in ops if op in pure or (op in shown and _shows(plan, op, pure))]
    return sunk if 0 < len(leaves(plan, sunk)) <= len(pure) else []


def _ends_group(op: Operation) -> bool:
    """Whether an op is the yield of a recursive group, which only names signals."""
    return isinstance(op, time.YieldOp) and isinstance(op.parent_op(), time.Recursion)


def _is_pure(op: Operation) -> bool:
    if type(op) not in ARITHMETIC and type(op) not in LIBRARY_CALLS:
        return False
    kind = op.results[0].type
    return isinstance(kind, SignalType) and kind.rate.data is Rate.SAMPLE


def _shows(plan: Plan, op: Operation, pure: set[Operation]) -> bool:
    return isinstance(op, interface.BargraphOp) and plan.resolve(op.signal).owner in pure


def leaves(plan: Plan, sunk: list[Operation]) -> list[SSAValue]:
    """The values of the last frame that the sunk ops read."""
    sunk_results = {result for op in sunk for result in op.results}
    read = dict.fromkeys(plan.resolve(operand) for op in sunk for operand in op.operands)
    return [
        value
        for value in read
        if value not in sunk_results
        and isinstance(value.type, SignalType)
        and value.type.rate.data is Rate.SAMPLE
        and not isinstance(value.owner, arithmetic.ConstantOp)
    ]


def unconnected_graph(body: Block, plan: Plan) -> Graph:
    """The dependence graph of a body without the ops that are sunk, and without edges."""
    sunk = find_sunk(plan, body)
    return Graph(body, plan, sunk, leaves(plan, sunk))


class Meters:
    """Lowers the sunk ops of a body."""

    def __init__(self, body: Body, block: Block) -> None:
        self.body = body
        self.ops = find_sunk(body.plan, block)
        body.plan.live.difference_update(self.ops)
        self._carried: list[tuple[SSAValue, Slot]] = []

    def carry(self) -> None:
        """Make the loop return the values that the sunk ops read; call after writing its body."""
        state = self.body.state
        by_next = {slot.next: slot for slot in state.slots}
        for leaf in leaves(self.body.plan, self.ops):
            value = self.body.operand(leaf, SAMPLE)
            slot = by_next.get(value)
            if slot is None:
                slot = state.carried(leaf.name_hint, value.type)
                state.assign(slot, value)
            self._carried.append((leaf, slot))

    def write(self, w: Writer, count: SSAValue, ends: dict[Slot, SSAValue]) -> None:
        """Write the sunk ops after the loop; meters keep their values in a block of 0 frames."""
        if self.ops:
            values = {leaf: ends[slot] for leaf, slot in self._carried}
            write_sunk(self.body, self.ops, w, count, lambda _: values)


def write_sunk(
    body: Body,
    ops: list[Operation],
    w: Writer,
    count: SSAValue,
    values_of: Callable[[Writer], dict[SSAValue, SSAValue]],
) -> None:
    """Write the sunk ops, for the values of the last frame that `values_of` writes or knows.

    Meters keep their values in a block of 0 frames.
    """
    inner = Writer(w.function, [])
    body.values.update(values_of(inner))
    body.state.scopes.append(DomainScope(None, inner, None))
    for op in ops:
        if isinstance(op, interface.BargraphOp):
            zone = body.zones[op.widget.string_value()]
            inner.store(body.operand(op.signal, SAMPLE), zone)
        else:
            body.op(op)
    body.state.scopes.pop()
    has_frames = w.compare_int("gt", w.to_int(count), w.int(0))
    write_if(w, has_frames, [*inner.ops, scf.YieldOp.create()])
