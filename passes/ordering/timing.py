"""How many cycles of a processor a recursive group needs for a frame, if only feedback slows it.

Values are timed frame by frame: each is ready some cycles after the last of its operands, which for
a delay is what it delays, some frames earlier. After a few frames the times grow by the same amount
in each: that is the length of the slowest feedback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, tables, time
from dspc.passes.lowering.arithmetic import known_int

EARLY = float("-inf")
"""The time of what does not hang on feedback."""
FAR = 8
"""Feedback of so many frames is as good as none: frames can be computed side by side."""
FRAMES = 12
STEP = 4
"""The cycles of a sum, or of a product and a sum in one: no feedback of floats takes less."""
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
    **dict.fromkeys((time.DelayOp, time.PrefixOp, time.YieldOp, arithmetic.ConstantOp), 0),
}  # fmt: skip
"""Latencies on common processors, roughly; other functions take LIBRARY."""
LIBRARY = 40
SUMS = (arithmetic.AddOp, arithmetic.SubOp)


def cycles(op: Operation) -> int:
    found = CYCLES.get(type(op))
    return LIBRARY if found is None else found


class Reach:
    """How far ops look back. `amounts` are delays that are known, or guessed, by their signals;
    other varying ones are taken for `otherwise`."""

    def __init__(self, amounts: Mapping[SSAValue, float], otherwise: int = 0) -> None:
        self.amounts = amounts
        self.otherwise = otherwise

    def __call__(self, op: Operation) -> int | None:
        """The number of frames, at least; None for an op of this frame alone."""
        if isinstance(op, time.PrefixOp):
            return 1
        if not isinstance(op, time.DelayOp):
            return None
        return op.offset.value.data + self._varying(op)

    def _varying(self, op: time.DelayOp) -> int:
        amount = op.amount
        if amount is None:
            return 0
        known = known_int(amount)
        if known is None:
            known = int(self.amounts.get(amount, self.otherwise))
        most = known if op.max is None else min(known, op.max.value.data)
        return max(most, 0)


def waits(op: Operation) -> tuple[SSAValue, ...]:
    """The values that an op waits for: a sum takes a product that nothing else uses in one step."""
    operands = tuple(op.operands)
    if type(op) in SUMS:
        for place, value in enumerate(operands):
            owner = value.owner
            if type(owner) is arithmetic.MulOp and value.has_one_use():
                return (operands[1 - place], *owner.operands)
    return operands


def arrival(op: Operation, times: Mapping[SSAValue, float]) -> float:
    """When the op's result is ready, in cycles."""
    return max([times.get(value, EARLY) for value in waits(op)], default=EARLY) + cycles(op)


@dataclass(frozen=True)
class Feedback:
    """The cycles that a frame takes, and when each value is ready beside the frame's begin."""

    period: float
    times: dict[SSAValue, float]


class Step(NamedTuple):
    """An op of a group, its values by number: when `makes` are ready follows from `now`, and from
    `past` some frames back."""

    makes: Sequence[int]
    now: Sequence[int]
    cycles: int
    past: int
    back: int


def measure(
    ops: Sequence[Operation],
    yielded: Sequence[SSAValue],
    arguments: Sequence[SSAValue],
    reach: Reach,
) -> Feedback:
    """Time a group's ops, in order, with what it yields to its arguments."""
    number: dict[SSAValue, int] = {}
    steps = list(_steps(ops, dict(zip(arguments, yielded, strict=True)), number, reach))
    count = len(number)
    frames: list[list[float]] = []
    for at in range(FRAMES):
        times = [EARLY] * count
        frames.append(times)
        for makes, now, spent, past, back in steps:
            ready = EARLY
            if back:
                ready = frames[at - back][past] if at >= back else 0.0
            for value in now:
                if times[value] > ready:
                    ready = times[value]
            if ready > EARLY:
                for value in makes:
                    times[value] = ready + spent
    half = FRAMES // 2
    last, before = frames[-1], frames[-1 - half]
    both = zip(last, before, strict=True)
    growth = [new - old for new, old in both if new > EARLY and old > EARLY]
    period = max(growth, default=0.0) / half
    begin = period * (FRAMES - 1)
    found = {value: last[at] - begin for value, at in number.items() if last[at] > EARLY}
    return Feedback(period, found)


def _steps(
    ops: Sequence[Operation],
    sources: Mapping[SSAValue, SSAValue],
    number: dict[SSAValue, int],
    reach: Reach,
) -> Iterator[Step]:
    """The ops that hang on feedback; numbers their values."""
    hot: set[SSAValue] = set()
    for op in ops:
        back = reach(op)
        if back is None or back == 0:
            operands, past = waits(op), 0
        elif back >= FAR:
            continue
        else:
            signal = op.operands[1 if type(op) is time.PrefixOp else 0]
            past = _numbered(sources.get(signal, signal), number)
            operands = () if type(op) is time.PrefixOp else tuple(op.operands)[1:]
        now = [number[value] for value in operands if value in hot]
        if now or back:
            hot.update(op.results)
            makes = [_numbered(result, number) for result in op.results]
            yield Step(makes, now, cycles(op), past, back or 0)


def _numbered(value: SSAValue, number: dict[SSAValue, int]) -> int:
    return number.setdefault(value, len(number))


def depths(body: Block, reach: Reach) -> dict[SSAValue, float]:
    """When each value of a frame is ready, in cycles from the frame's begin, if all pasts are."""
    times: dict[SSAValue, float] = dict.fromkeys(body.args, 0.0)
    for op in body.ops:
        if isinstance(op, time.RecOp):
            through(op.body.block.ops, times, reach)
            pairs = zip(op.projections, op.yielded(), strict=True)
            times.update((result, times[value]) for result, value in pairs if value in times)
        else:
            through((op,), times, reach)
    return times


def through(
    ops: Iterable[Operation], times: dict[SSAValue, float], reach: Reach, far: float = inf
) -> None:
    """Add to a frame's times those of the results of some ops, in order.

    Pasts are ready at its begin; those of `far` frames or more are no feedback.
    """
    for op in ops:
        back = reach(op)
        ready = (0.0 if back < far else EARLY) if back else arrival(op, times)
        if ready > EARLY:
            times.update(dict.fromkeys(op.results, ready))
