"""`dsp-order-sums`: puts sums and products in the order that has them computed soonest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp import arithmetic, interface, time
from dspc.dialects.dsp.types import Rate, SignalType
from dspc.passes.analysis.expected import expected
from dspc.passes.ordering.feedback import Rewriter
from dspc.passes.ordering.timing import EARLY, STEP, Feedback, Reach, depths, measure, through

LARGEST = 1500
"""Groups of more ops are left as they are: no one operation is what they wait for."""
ROUNDS = 2
"""How often a group is written: the second time it is known when the first would be ready."""
LOOKAHEAD = 200
"""How many operations a processor looks ahead, so that frames overlap."""
PER_CYCLE = 2.0
"""How many operations of a frame a processor begins in one cycle, at best."""


@dataclass(frozen=True)
class DspOrderSums(ModulePass):
    """Reorders sums and products, so that what comes late through feedback enters last.

    A frame of a recursion takes as long as its longest way from a past value to the next. Sums
    begin with what is ready first, products by what hangs on no feedback are gathered or
    distributed, and a quotient by such a value is a product with its reciprocal; where that takes
    more operations, it is done if the recursion, not their number, is what a frame waits for.

        %s = dsp.add %p, %x                       %s = dsp.add %x, %y
        %t = dsp.add %s, %y               -->     %t = dsp.add %p, %s
        (%p = dsp.mul %a, %past)

    Results move by some units in the last place. A sum's operand that comes last is its left one,
    if it is a product: C++ compilers join that product with the sum into one instruction.
    """

    name = "dsp-order-sums"
    REASSOCIATES: ClassVar[bool] = True

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if isinstance(program, interface.ProgramOp):
                order_feedback(program.body.block)


def order_feedback(body: Block) -> None:
    """Reorder the sums of each recursive group of a program."""
    groups = [op for op in body.walk() if isinstance(op, time.RecOp)]
    if not groups:
        return
    reach = Reach(_amounts(body, groups))
    frame = Frame(_work(body.walk()), depths(body, reach), reach)
    for group in groups:
        if len(group.body.block.ops) <= LARGEST:
            _order(group, frame)


def _amounts(body: Block, groups: Sequence[time.RecOp]) -> dict[SSAValue, float]:
    """The delays in feedback as long as they are at first, where no constant tells."""
    delays = (op for group in groups for op in group.walk() if isinstance(op, time.DelayOp))
    program = body.parent_op()
    if all(op.amount is None for op in delays) or not isinstance(program, interface.ProgramOp):
        return {}
    return expected((op for op in body.ops if _is_slow(op)), program)


def _is_slow(op: Operation) -> bool:
    """Whether an op gives one number that is the same in all frames of a call."""
    if len(op.results) != 1:
        return False
    kind = op.results[0].type
    return isinstance(kind, SignalType) and kind.rate.data is not Rate.SAMPLE


class Frame:
    """What a frame of the whole program takes."""

    def __init__(self, work: int, depths: dict[SSAValue, float], reach: Reach) -> None:
        self.work = work
        self.depths = depths
        self.reach = reach
        self.depth = max(depths.values(), default=0.0)

    def cycles(self, feedback: Feedback, more: int, deeper: float) -> float:
        """The cycles of a frame, if a group has this feedback, and more operations and depth.

        What takes most decides: feedback, or the number of operations, or their longest chain, of
        which as many frames run at once as the processor looks ahead; the others count a little.
        """
        work = self.work + more
        ahead = max(LOOKAHEAD / work, 1.0)
        parts = (feedback.period, work / PER_CYCLE, (self.depth + deeper) / ahead)
        return max(parts) + 0.1 * sum(parts)


def _work(ops: Iterable[Operation]) -> int:
    """The operations of each frame."""
    return sum(
        not isinstance(op, time.DelayOp | time.RecOp | time.YieldOp | time.AttachOp)
        and any(
            isinstance(result.type, SignalType) and result.type.rate.data is Rate.SAMPLE
            for result in op.results
        )
        for op in ops
    )


def _order(group: time.RecOp, frame: Frame) -> None:
    """Choose among the group as it is and reorderings of it the one that takes least time."""
    block = group.body.block
    ops = [op for op in block.ops if not isinstance(op, time.YieldOp)]
    if any(isinstance(op, time.RecOp) for op in ops) or not any(
        isinstance(op, arithmetic.AddOp | arithmetic.SubOp) for op in ops
    ):
        return
    yielded, arguments, reach = group.yielded(), block.args, frame.reach
    old = measure(ops, yielded, arguments, reach)
    if old.period == 0:
        return
    own, depth = _work(ops), max(_ready(frame, ops, yielded))
    least, period = frame.cycles(old, 0, 0.0), old.period
    best: tuple[Rewriter, Sequence[SSAValue]] | None = None
    for is_deep in (False, True):
        times = old.times
        for _ in range(ROUNDS):
            writer = Rewriter(times, is_deep, reach)
            values = writer.rewrite(ops, yielded)
            new = measure(writer.made, values, arguments, reach)
            deeper = max(_ready(frame, writer.made, values)) - depth
            spent = frame.cycles(new, _work(writer.made) - own, deeper)
            known, times = times, {v: new.times.get(writer.found(v), EARLY) for v in old.times}
            if spent < least - 0.01 or (best is None and spent <= least):
                _discard(best)
                best, least, period = (writer, values), spent, new.period
            else:
                _discard((writer, values))
            if times == known or period <= STEP:
                break  # it would be written the same way again, or feedback takes no less
        if period <= STEP:
            break
    if best is not None:
        _replace(group, ops, best)


def _ready(frame: Frame, ops: Sequence[Operation], yielded: Sequence[SSAValue]) -> list[float]:
    """When what a group yields is ready within a frame."""
    times = {
        operand: frame.depths[operand]
        for op in ops
        for operand in op.operands
        if operand in frame.depths
    }
    through(ops, times, frame.reach)
    return [times.get(value, 0.0) for value in yielded]


def _discard(made: tuple[Rewriter, Sequence[SSAValue]] | None) -> None:
    if made is not None:
        for op in reversed(made[0].made):
            op.erase(safe_erase=False)


def _replace(
    group: time.RecOp, ops: Sequence[Operation], made: tuple[Rewriter, Sequence[SSAValue]]
) -> None:
    writer, _ = made
    block = group.body.block
    last = block.last_op
    assert last is not None
    for old in ops:
        for result in old.results:
            for use in list(result.uses):
                if use.operation is last:
                    last.operands[use.index] = writer.whole(result)
    for old in reversed(ops):
        old.detach()
        old.erase(safe_erase=False)
    block.insert_ops_before(writer.made, last)
