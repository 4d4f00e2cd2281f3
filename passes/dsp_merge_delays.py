"""`dsp-merge-delays`: a delay of a recursion's own delayed result becomes one delay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.ir import BlockArgument, Operation, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp import time
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.types import Rate, signal_type

MOST_REGISTERS = 8
"""Delay lines of up to this many frames need no ring buffer."""


@dataclass(frozen=True)
class DspMergeDelays(ModulePass):
    """Reads a recursion's result that is a fixed delay from the line of the delayed signal.

    In `y = x@n` with `x = f(y@m)`, as in combs and allpass filters, `y@m` becomes `x@(n+m)`: one
    delay line, not a line and a past of `y`, and a dependence at a distance of `n+m` frames that
    the loop over a chunk need not carry. Values are identical, zeros before time 0 included. The
    delay of `m` may vary, that of `n` is fixed; no frame of a control region is skipped in between.
    A line that fits a ring of a power of two is not lengthened beyond it.

    `dsp-split-recursions` then removes results that nothing reads.
    """

    name = "dsp-merge-delays"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, ProgramOp):
                for group in [one for one in program.walk() if isinstance(one, time.RecOp)]:
                    merge_delays(group)


def merge_delays(group: time.RecOp) -> None:
    """Merge the delays of one group; it is replaced where it needs another result."""
    block = group.body.block
    own: dict[SSAValue, BlockArgument] = {}
    """The argument that stands for a value that the group yields."""
    for argument, value in zip(block.args, group.yielded(), strict=True):
        own.setdefault(value, argument)
    added: list[SSAValue] = []
    for argument, value in list(zip(block.args, group.yielded(), strict=True)):
        inner = value.owner
        if not isinstance(inner, time.DelayOp) or inner.amount is not None:
            continue
        frames = inner.offset.value.data
        for reader in list(_readers(group, argument)):
            if not frames or inner.parent is not block or not _fits(reader, frames):
                continue
            source = inner.signal
            owner = source.owner
            if isinstance(owner, Operation) and owner.parent is block:
                if source not in own:
                    kind = signal_type(element(source), Rate.SAMPLE)
                    own[source] = block.insert_arg(kind, len(block.args))
                    own[source].name_hint = source.name_hint
                    added.append(source)
                source = own[source]
            reader.operands[0] = source
            total = frames + reader.offset.value.data
            reader.offset = IntegerAttr(total, i64)
    if added:
        _extend(group, added)


def _readers(group: time.RecOp, argument: BlockArgument) -> Iterator[time.DelayOp]:
    """The delays of a result inside its group that run in all of the group's frames."""
    for use in argument.uses:
        reader = use.operation
        if isinstance(reader, time.DelayOp) and use.index == 0:
            parent = reader.parent_op()
            while isinstance(parent, time.RecOp) and parent is not group:
                parent = parent.parent_op()
            if parent is group:
                yield reader


def _fits(reader: time.DelayOp, frames: int) -> bool:
    """Whether the longer line needs no ring of twice the size."""
    total = frames + reader.offset.value.data
    if reader.max is not None:
        total += reader.max.value.data
    if total >= 1 << 31:
        return False
    return total <= MOST_REGISTERS or total.bit_length() == frames.bit_length()


def _extend(group: time.RecOp, added: list[SSAValue]) -> None:
    """Replace a group by one that yields further values, whose arguments it has already."""
    block = group.body.block
    last = block.last_op
    assert isinstance(last, time.YieldOp)
    last.operands = [*last.operands, *added]
    larger = time.RecOp.create(
        result_types=[argument.type for argument in block.args],
        attributes=dict(group.attributes),
        regions=[group.detach_region(group.body)],
        location=group.location,
    )
    parent = group.parent
    assert parent is not None
    parent.insert_op_before(larger, group)
    for old, new in zip(group.projections, larger.projections, strict=False):
        old.replace_all_uses_with(new)
    group.detach()
    group.erase()
