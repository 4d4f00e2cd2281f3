"""Feedback by its distance: what is delayed for long is no recursion within a shorter chunk.

A fixed delay in a recursion that is shorter than a chunk, yet worth vectors, shortens all chunks. A
delay whose amount is known before the loops of a call is taken to be long if it is with the
controls at their initial values: then chunks are made as short as it turns out to be. So samples
never depend on that guess, only speed does. No chunk is shorter than a frame, though: a delay that
can be none at all, for controls within their ranges, orders the loops as any other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import interface, time
from dspc.passes.analysis.expected import evaluated, expected
from dspc.passes.analysis.intervals import Intervals
from dspc.passes.lowering.plan import Plan, reach_of

LEAST = 16
"""The shortest feedback, in frames, for which chunks are made shorter."""
LEAST_APART = 128
"""The same where several threads meet in each chunk."""
LANES = 8
"""Chunks are made shorter to a multiple of so many frames."""
RATES = (8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000)
"""Those at which they may not be none; below, and with controls out of their ranges, they are a
frame instead of none."""


@dataclass
class Distances:
    """The chunk's frames, and the delays taken to be no shorter than a chunk."""

    size: int
    assumed: set[Operation] = field(default_factory=set[Operation])


def find_distances(
    body: Block, plan: Plan, size: int, copied: int, slow: Sequence[Operation], is_apart: bool
) -> Distances:
    """Look at the delays in recursions; `slow` are the ops that run before the loops, in order.

    Delays of lines that keep no more than `copied` frames are left alone.
    """
    shortest = min(LEAST_APART, size) if is_apart else LEAST
    found = Distances(size)
    amounts: dict[SSAValue, float] | None = None
    least = _Least(body, plan, slow)
    for op in delays_in_feedback(body, plan):
        reach, is_varying = reach_of(op)
        line = plan.line(op.signal, None)
        if line.depth <= copied or reach < shortest:
            continue
        if not is_varying:
            found.size = min(found.size, max(reach // LANES * LANES, LEAST))
            continue
        assert op.amount is not None
        amounts = _amounts(slow, plan, body) if amounts is None else amounts
        amount = amounts.get(plan.resolve(op.amount))
        if amount is None or op.offset.value.data + min(amount, reach) < shortest:
            continue
        if op.offset.value.data or least.is_some(op.amount):
            found.assumed.add(op)
    return found


class _Least:
    """Tells amounts that are a frame or more for all controls within their ranges.

    Intervals tell, or, of what follows from the sampling rate alone, its values at `RATES`.
    """

    def __init__(self, body: Block, plan: Plan, slow: Sequence[Operation]) -> None:
        self.body = body
        self.plan = plan
        self.slow = slow

    def is_some(self, amount: SSAValue) -> bool:
        if self._intervals.of(amount).lo >= 1.0:
            return True
        source = self.plan.resolve(amount)
        return all(values.get(source, 0.0) >= 1.0 for values in self._at_rates)

    @cached_property
    def _intervals(self) -> Intervals:
        program = self.body.parent_op()
        assert isinstance(program, interface.ProgramOp)
        return Intervals(program, is_sound=False, least_rate=RATES[0])

    @cached_property
    def _at_rates(self) -> list[dict[SSAValue, float]]:
        return [evaluated(self.slow, {}, rate, self.plan.resolve) for rate in RATES]


def delays_in_feedback(body: Block, plan: Plan) -> Iterable[time.DelayOp]:
    """The delays in recursive groups, which are what closes these."""
    for group in body.ops:
        if isinstance(group, time.RecOp):
            for op in group.body.block.ops:
                if isinstance(op, time.DelayOp) and op in plan.live and reach_of(op)[0]:
                    yield op


def _amounts(slow: Sequence[Operation], plan: Plan, body: Block) -> dict[SSAValue, float]:
    program = body.parent_op()
    assert isinstance(program, interface.ProgramOp)
    return expected(slow, program, plan.resolve)
