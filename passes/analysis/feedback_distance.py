"""Dependence distances of feedback: a dependence is not carried within a chunk that is no longer.

A fixed delay in a recursion that is shorter than a chunk, but at least LEAST frames, shortens all
chunks. A delay whose amount is computed before the loops of a call is assumed to be long if it is
with the controls at their initial values, or in a program so small that it costs nothing where it
is short: such echoes begin at 0. `compute` then bounds its chunks by the actual amount, so that the
assumption affects speed only. As a chunk has at least one frame, a delay that controls
within their ranges can set to 0 is never assumed to be long: its dependence stays an edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import interface, time
from dspc.dialects.dsp.recurrences import LinearOp, linear_form
from dspc.passes.analysis.delay_lines import Plan, reach_of
from dspc.passes.analysis.expected import evaluated, expected
from dspc.passes.analysis.intervals import Intervals

LEAST = 16
"""The shortest dependence distance, in frames, to which chunks are shortened."""
LEAST_APART = 128
"""The same where threads synchronise in each chunk."""
LANES = 8
"""Shortened chunks are multiples of this number of frames."""
WORTH = 256
"""The longest feedback of a control, in frames, that is worth chunks where it begins shorter."""
MOST_OPS = 80
"""The ops of a program that is small, constants and controls included."""
RATES = (8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000)
"""The sampling rates in Hz at which an assumed delay must be at least a frame; at lower rates, and
with controls out of their ranges, a delay of 0 is clamped to a frame."""


@dataclass
class Distances:
    """The chunk size in frames, and the delays assumed to be at least a chunk long."""

    size: int
    assumed: set[Operation] = field(default_factory=set[Operation])
    is_short_at_first: bool = False
    """Whether one of them is shorter with the controls at their initial values."""


def find_distances(
    body: Block, plan: Plan, size: int, copied: int, slow: Sequence[Operation], is_apart: bool
) -> Distances:
    """Chunk size and assumed delays for chunks of at most `size` frames.

    `slow` are the ops that run before the loops, in program order. Delays of delay lines of at most
    `copied` frames are not considered.
    """
    shortest = min(LEAST_APART, size) if is_apart else LEAST
    distances = Distances(size)
    amounts: dict[SSAValue, float] | None = None
    bounds = _LowerBounds(body, plan, slow)
    for op in delays_in_feedback(body, plan):
        reach, is_varying = reach_of(op)
        line = plan.line(op.signal, None)
        if line.depth <= copied or reach < shortest:
            continue
        if not is_varying:
            distances.size = min(distances.size, max(reach // LANES * LANES, LEAST))
            continue
        assert op.amount is not None
        amounts = _amounts(slow, plan, body) if amounts is None else amounts
        amount = amounts.get(plan.resolve(op.amount))
        if amount is None:
            continue
        is_short = op.offset.value.data + min(amount, reach) < shortest
        if is_short and (is_apart or reach < WORTH or not _is_small(body, plan)):
            continue
        if op.offset.value.data or bounds.is_at_least_one(op.amount):
            distances.assumed.add(op)
            distances.is_short_at_first |= is_short
    return distances


def _is_small(body: Block, plan: Plan) -> bool:
    """Whether a chunk of one frame takes little more than a frame of one loop over all: few ops,
    none of which becomes a prefix scan."""
    ops = [op for op in body.walk() if op in plan.live]
    scans = (op for op in ops if isinstance(op, LinearOp) and linear_form(op).order == 1)
    return len(ops) <= MOST_OPS and not any(scans)


class _LowerBounds:
    """Proves that delay amounts are at least a frame for all controls within their ranges.

    By interval analysis or, for amounts that depend on the sampling rate only, by evaluation at
    each of `RATES`.
    """

    def __init__(self, body: Block, plan: Plan, slow: Sequence[Operation]) -> None:
        self.body = body
        self.plan = plan
        self.slow = slow

    def is_at_least_one(self, amount: SSAValue) -> bool:
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
    """The delays in recursive groups: they close the cycles."""
    for group in body.ops:
        if isinstance(group, time.Recursion):
            for op in group.body.block.ops:
                if isinstance(op, time.DelayOp) and op in plan.live and reach_of(op)[0]:
                    yield op


def _amounts(slow: Sequence[Operation], plan: Plan, body: Block) -> dict[SSAValue, float]:
    program = body.parent_op()
    assert isinstance(program, interface.ProgramOp)
    return expected(slow, program, plan.resolve)
