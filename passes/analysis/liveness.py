"""Liveness of signals: the ops that must be computed, and those needed for the last frame only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from dspc.dialects.dsp import interface, time

ROOTS = (interface.BargraphOp, interface.ForeignCallOp)
"""Ops with effects visible to the host: live even where only a `dsp.attach` uses them."""
ASKED = (interface.LowestOp, interface.HighestOp)
"""Ops whose results are compile-time constants: their operands are not live."""


class Liveness:
    """The live values and ops. A value that is only attached is live for its meters and calls."""

    def __init__(self, body: Block, ops: Iterable[Operation]) -> None:
        self.ops: set[Operation] = set()
        self.values: set[SSAValue] = set()
        self._body = body
        end = body.last_op
        work: list[SSAValue] = list(end.operands) if end is not None else []
        for op in ops:
            if isinstance(op, ROOTS):
                work.extend(self._enter(op))
        while work:
            value = work.pop()
            if value not in self.values:
                self.values.add(value)
                work.extend(self._needs(value))

    def _needs(self, value: SSAValue) -> Iterator[SSAValue]:
        """The operands that a live value depends on."""
        if isinstance(value, BlockArgument):
            group = value.block.parent_op()
            if isinstance(group, time.Recursion):
                yield group.yielded()[value.index]
                yield from self._enter(group)
            return
        assert isinstance(value, OpResult)
        op = value.op
        if isinstance(op, time.Recursion | time.ControlOp):
            yield op.yielded()[value.index]
        yield from self._enter(op)

    def _enter(self, op: Operation) -> Iterator[SSAValue]:
        """Mark an op and its parents live; yields the values that they read."""
        current: Operation | None = op
        while current is not None and current not in self.ops:
            self.ops.add(current)
            if isinstance(current, time.AttachOp):
                yield current.operands[0]
            elif not isinstance(current, ASKED):
                yield from current.operands
            current = None if current.parent is self._body else current.parent_op()
