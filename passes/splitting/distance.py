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

from dspc.dialects.dsp import interface, time
from dspc.dialects.dsp.constants import FOLDERS
from dspc.dialects.dsp.ui_ops import read_ui, walk_widgets
from dspc.passes.analysis.intervals import Intervals
from dspc.passes.lowering.plan import Plan, reach_of
from xdsl.dialects.builtin import FloatAttr, IntegerAttr
from xdsl.ir import Block, Operation, SSAValue

LEAST = 16
"""The shortest feedback, in frames, for which chunks are made shorter."""
LANES = 8
"""Chunks are made shorter to a multiple of so many frames."""
RATE = 48000
"""The sampling rate at which delays are guessed."""
LEAST_RATE = 8000
"""The lowest one at which they may not be none; below it, and with controls out of their ranges,
they are a frame instead of none."""


@dataclass
class Distances:
    """The chunk's frames, and the delays taken to be no shorter than a chunk."""

    size: int
    assumed: set[Operation] = field(default_factory=set[Operation])


def find_distances(
    body: Block, plan: Plan, size: int, copied: int, slow: Sequence[Operation]
) -> Distances:
    """Look at the delays in recursions; `slow` are the ops that run before the loops, in order.

    Delays of lines that keep no more than `copied` frames are left alone.
    """
    found = Distances(size)
    amounts: dict[SSAValue, float] | None = None
    intervals: Intervals | None = None
    for op in delays_in_feedback(body, plan):
        reach, is_varying = reach_of(op)
        line = plan.line(op.signal, None)
        if line.depth <= copied or reach < LEAST:
            continue
        if not is_varying:
            found.size = min(found.size, max(reach // LANES * LANES, LEAST))
            continue
        assert op.amount is not None
        amounts = expected(slow, plan, body) if amounts is None else amounts
        amount = amounts.get(plan.resolve(op.amount))
        if amount is None or op.offset.value.data + min(amount, reach) < LEAST:
            continue
        if not op.offset.value.data:
            intervals = _meant(body) if intervals is None else intervals
            if not intervals.of(op.amount).lo >= 1.0:
                continue
        found.assumed.add(op)
    return found


def _meant(body: Block) -> Intervals:
    """What signals can be, with controls and the sampling rate within bounds."""
    program = body.parent_op()
    assert isinstance(program, interface.ProgramOp)
    return Intervals(program, is_sound=False, least_rate=LEAST_RATE)


def delays_in_feedback(body: Block, plan: Plan) -> Iterable[time.DelayOp]:
    """The delays in recursive groups, which are what closes these."""
    for group in body.ops:
        if isinstance(group, time.RecOp):
            for op in group.body.block.ops:
                if isinstance(op, time.DelayOp) and op in plan.live and reach_of(op)[0]:
                    yield op


def expected(slow: Iterable[Operation], plan: Plan, body: Block) -> dict[SSAValue, float]:
    """The values of slow signals with all controls at their initial values, where that is known."""
    program = body.parent_op()
    assert isinstance(program, interface.ProgramOp)
    initial = {widget.symbol: widget.init for widget in walk_widgets(read_ui(program.ui))}
    values: dict[SSAValue, float] = {}
    for op in slow:
        number = _expected(op, plan, values, initial)
        if number is not None:
            values[op.results[0]] = number
    return values


def _expected(
    op: Operation, plan: Plan, values: dict[SSAValue, float], initial: dict[str, float]
) -> float | None:
    if isinstance(op, interface.SampleRateOp):
        return RATE
    if isinstance(op, interface.ReadWidgetOp):
        return initial.get(op.widget.string_value())
    value = op.properties.get("value")
    if isinstance(value, IntegerAttr | FloatAttr):
        return value.value.data
    name = op.name.removeprefix("dsp.")
    operands = [values.get(plan.resolve(operand)) for operand in op.operands]
    known = [number for number in operands if number is not None]
    if len(known) < len(operands):
        return None
    if name == "select2":
        return known[1] if known[0] == 0 else known[2]
    folder = FOLDERS.get(name)
    return None if folder is None else folder(*known)
