"""How many cycles of a processor a recursive group needs for a frame, if only feedback slows it.

Values are timed frame by frame: each is ready some cycles after the last of its operands, which for
a delay is what it delays, some frames earlier. After a few frames the times grow by the same amount
in each: that is the length of the slowest feedback.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.passes.lowering.plan import known_int
from xdsl.ir import Block, Operation, SSAValue

EARLY = float("-inf")
"""The time of what does not hang on feedback."""
FAR = 8
"""Feedback of so many frames is as good as none: frames can be computed side by side."""
FRAMES = 12
QUICK = (
    arithmetic.AndOp, arithmetic.OrOp, arithmetic.XorOp, arithmetic.ShlOp, arithmetic.ShrOp,
    arithmetic.AbsOp, time.AttachOp,
)  # fmt: skip
CYCLES: dict[type[Operation], int] = {
    arithmetic.AddOp: 4, arithmetic.SubOp: 4, arithmetic.MulOp: 4, arithmetic.DivOp: 13,
    arithmetic.MinOp: 3, arithmetic.MaxOp: 3, arithmetic.CompareOp: 3, arithmetic.Select2Op: 2,
    arithmetic.SqrtOp: 16, arithmetic.FloorOp: 6, arithmetic.CeilOp: 6, arithmetic.RintOp: 6,
    arithmetic.IntOp: 6, arithmetic.FloatOp: 5, tables.TableReadOp: 6,
    **dict.fromkeys(QUICK, 1),
}  # fmt: skip
"""Latencies on common processors, roughly; other functions take LIBRARY."""
LIBRARY = 40


def cycles(op: Operation) -> int:
    found = CYCLES.get(type(op))
    if found is not None:
        return found
    if isinstance(op, time.DelayOp | time.PrefixOp | time.YieldOp | arithmetic.ConstantOp):
        return 0
    return LIBRARY


def reach(op: Operation) -> int | None:
    """The least number of frames that an op looks back; None for an op of this frame alone."""
    if isinstance(op, time.PrefixOp):
        return 1
    if not isinstance(op, time.DelayOp):
        return None
    fixed = None if op.amount is None else known_int(op.amount)
    return op.offset.value.data + max(fixed or 0, 0)


def multiplied(value: SSAValue) -> arithmetic.MulOp | None:
    """The product that a sum of it takes in one step: one that nothing else uses."""
    owner = value.owner
    if isinstance(owner, arithmetic.MulOp) and value.has_one_use():
        return owner
    return None


def arrival(op: Operation, times: Mapping[SSAValue, float]) -> float:
    """When the op's result is ready, in cycles."""
    ready = max([times.get(operand, EARLY) for operand in op.operands], default=EARLY)
    if isinstance(op, arithmetic.AddOp | arithmetic.SubOp):
        product = multiplied(op.lhs) or multiplied(op.rhs)
        if product is not None:
            factors = [times.get(factor, EARLY) for factor in product.operands]
            other = op.rhs if product.result is op.lhs else op.lhs
            ready = max([times.get(other, EARLY), *factors])
    return ready + cycles(op)


@dataclass(frozen=True)
class Feedback:
    """The cycles that a frame takes, and when each value is ready beside the frame's begin."""

    period: float
    times: dict[SSAValue, float]


def measure(
    ops: Sequence[Operation], yielded: Sequence[SSAValue], arguments: Sequence[SSAValue]
) -> Feedback:
    """Time a group's ops, in order, with what it yields to its arguments."""
    sources = dict(zip(arguments, yielded, strict=True))
    frames: list[dict[SSAValue, float]] = []
    for number in range(FRAMES):
        times: dict[SSAValue, float] = {}
        frames.append(times)
        for op in ops:
            back = reach(op)
            if back is None:
                ready = arrival(op, times)
            elif back >= FAR or isinstance(op, time.PrefixOp):
                ready = EARLY if back >= FAR else _past(op.operands[1], 1, number, frames, sources)
            else:
                ready = _past(op.operands[0], back, number, frames, sources)
                ready = max([ready, *[times.get(value, EARLY) for value in op.operands[1:]]])
            if ready > EARLY:
                times.update(dict.fromkeys(op.results, ready))
    half = FRAMES // 2
    last, before = frames[-1], frames[-1 - half]
    growth = [last[v] - before[v] for v in last if v in before]
    period = max(growth, default=0.0) / half
    begin = period * (FRAMES - 1)
    return Feedback(period, {value: ready - begin for value, ready in last.items()})


def _past(
    signal: SSAValue,
    back: int,
    number: int,
    frames: Sequence[Mapping[SSAValue, float]],
    sources: Mapping[SSAValue, SSAValue],
) -> float:
    if number < back:
        return 0.0
    return frames[number - back].get(sources.get(signal, signal), EARLY)


def depths(body: Block) -> dict[SSAValue, float]:
    """When each value of a frame is ready, in cycles from the frame's begin, if all pasts are."""
    times: dict[SSAValue, float] = dict.fromkeys(body.args, 0.0)
    for op in body.ops:
        if isinstance(op, time.RecOp):
            through(op.body.block.ops, times)
            pairs = zip(op.projections, op.yielded(), strict=True)
            times.update((result, times[value]) for result, value in pairs if value in times)
        else:
            through((op,), times)
    return times


def through(ops: Iterable[Operation], times: dict[SSAValue, float]) -> None:
    """Add to a frame's times those of the results of some ops, in order."""
    for op in ops:
        ready = 0.0 if reach(op) else arrival(op, times)
        if ready > EARLY:
            times.update(dict.fromkeys(op.results, ready))
