"""`dsp-order-sums`: reassociates sums and products to shorten the critical path of recursions."""

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
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.dsp_mem.processor_model import DEFAULT, ProcessorModel
from dspc.dialects.places import located
from dspc.passes.analysis.expected import expected
from dspc.passes.costs.latency import EARLY, FeedbackTiming, Reach, depths, measure, through
from dspc.passes.ordering.feedback import Rewriter

LARGEST = 1500
"""Groups of more ops are left unchanged: throughput, not latency, bounds them."""
ROUNDS = 2
"""Rewrites of a group: the second one uses the ready times of the first."""


@dataclass(frozen=True)
class DspOrderSums(ModulePass):
    """Reassociates sums and products so that operands on the feedback path enter last.

    The latency bound of a recursion is the longest path from a past value to the next one. Sums
    are reassociated by the ready times of their terms, products by factors off the feedback path
    are gathered or distributed, and a quotient by such a factor becomes a product with its
    reciprocal; where that takes more operations, it is done only if the frame is latency-bound.

    Results differ by some units in the last place. The latest operand of a sum is its left one if
    it is a product: C++ compilers contract that product with the sum (fused multiply-add).
    Latencies are those of the processor of `machine`.
    """

    name = "dsp-order-sums"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    REASSOCIATES: ClassVar[bool] = True
    machine: str | None = None

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        processor = processor_named(self.machine)
        for program in op.body.block.ops:
            if isinstance(program, interface.ProgramOp):
                order_feedback(program.body.block, processor)


def order_feedback(body: Block, processor: ProcessorModel = DEFAULT) -> None:
    """Reassociate the sums of each recursive group of a program."""
    groups = [op for op in body.walk() if isinstance(op, time.Recursion)]
    if not groups:
        return
    reach = Reach(_amounts(body, groups), processor=processor)
    frame = FrameCost(_work(body.walk()), depths(body, reach), reach)
    for group in groups:
        if len(group.body.block.ops) <= LARGEST:
            _order(group, frame)


def _amounts(body: Block, groups: Sequence[time.Recursion]) -> dict[SSAValue, float]:
    """Delay amounts in feedback that are not constant, evaluated with controls at their initial
    values, in frames."""
    delays = (op for group in groups for op in group.walk() if isinstance(op, time.DelayOp))
    program = body.parent_op()
    if all(op.amount is None for op in delays) or not isinstance(program, interface.ProgramOp):
        return {}
    return expected((op for op in body.ops if _is_slow(op)), program)


def _is_slow(op: Operation) -> bool:
    """Whether an op has a single result, slower than sample rate."""
    if len(op.results) != 1:
        return False
    kind = op.results[0].type
    return isinstance(kind, SignalType) and kind.rate.data is not Rate.SAMPLE


class FrameCost:
    """Cost model of a frame of the whole program: operations, and depth of each value in cycles."""

    def __init__(self, work: int, depths: dict[SSAValue, float], reach: Reach) -> None:
        self.work = work
        self.depths = depths
        self.reach = reach
        self.depth = max(depths.values(), default=0.0)

    def cycles(self, feedback: FeedbackTiming, more: int, deeper: float) -> float:
        """The cycles of a frame if a group has this feedback, and `more` operations and depth.

        The maximum of latency bound (feedback), throughput bound (operations) and the critical path
        within the frame divided by the frames that overlap; the other two count a tenth.
        """
        work = self.work + more
        ahead = max(self.reach.processor.window / work, 1.0)
        parts = (feedback.period, work * self.reach.processor.issue, (self.depth + deeper) / ahead)
        return max(parts) + 0.1 * sum(parts)


def _work(ops: Iterable[Operation]) -> int:
    """The number of sample-rate operations."""
    return sum(
        not isinstance(op, time.DelayOp | time.Recursion | time.YieldOp | time.AttachOp)
        and any(
            isinstance(result.type, SignalType) and result.type.rate.data is Rate.SAMPLE
            for result in op.results
        )
        for op in ops
    )


def _order(group: time.Recursion, frame: FrameCost) -> None:
    """Replace the group by the reassociation of least cost, if it is cheaper than the original."""
    block = group.body.block
    ops = [op for op in block.ops if not isinstance(op, time.YieldOp)]
    if any(isinstance(op, time.Recursion) for op in ops) or not any(
        isinstance(op, arithmetic.AddOp | arithmetic.SubOp) for op in ops
    ):
        return
    yielded, arguments, reach = group.yielded(), block.args, frame.reach
    old = measure(ops, yielded, arguments, reach)
    if old.period == 0:
        return
    own, depth = _work(ops), max(_ready(frame, ops, yielded))
    best_cost, period = frame.cycles(old, 0, 0.0), old.period
    best: tuple[Rewriter, Sequence[SSAValue]] | None = None
    shortest = reach.processor.latency("add")
    for is_deep in (False, True):
        times = old.times
        for _ in range(ROUNDS):
            writer = Rewriter(times, is_deep, reach)
            values = writer.rewrite(ops, yielded)
            new = measure(writer.made, values, arguments, reach)
            deeper = max(_ready(frame, writer.made, values)) - depth
            cost = frame.cycles(new, _work(writer.made) - own, deeper)
            known, times = times, {v: new.times.get(writer.written(v), EARLY) for v in old.times}
            if cost < best_cost - 0.01 or (best is None and cost <= best_cost):
                _discard(best)
                best, best_cost, period = (writer, values), cost, new.period
            else:
                _discard((writer, values))
            if times == known or period <= shortest:
                break  # a fixed point, or feedback at its lower bound
        if period <= shortest:
            break
    if best is not None:
        _replace(group, ops, best)


def _ready(frame: FrameCost, ops: Sequence[Operation], yielded: Sequence[SSAValue]) -> list[float]:
    """The ready times of the yielded values within a frame, in cycles."""
    times = {
        operand: frame.depths[operand]
        for op in ops
        for operand in op.operands
        if operand in frame.depths
    }
    through(ops, times, frame.reach)
    return [times.get(value, 0.0) for value in yielded]


def _discard(rewritten: tuple[Rewriter, Sequence[SSAValue]] | None) -> None:
    if rewritten is not None:
        for op in reversed(rewritten[0].made):
            op.erase(safe_erase=False)


def _replace(
    group: time.Recursion, ops: Sequence[Operation], rewritten: tuple[Rewriter, Sequence[SSAValue]]
) -> None:
    writer, _ = rewritten
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
