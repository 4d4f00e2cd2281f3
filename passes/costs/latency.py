"""The latency bound of a recursive group: cycles per frame of its critical feedback path.

Ready times are simulated frame by frame: a value is ready its op's latency after its last operand,
which for a delay is a value of an earlier frame. After some frames the times grow by a constant per
frame: the maximum cycle ratio of latency to dependence distance, as in the recurrence-constrained
initiation interval of modulo scheduling (B. R. Rau, Iterative modulo scheduling, MICRO-27, 1994).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.arithmetic import known_int
from dspc.dialects.dsp_mem.processor_model import DEFAULT, ProcessorModel
from dspc.passes.costs.operations import latency

EARLY = float("-inf")
"""The ready time of values off the feedback path."""
FAR = 8
"""The dependence distance in frames from which feedback is ignored: frames overlap."""
FRAMES = 12
SUMS = (arithmetic.AddOp, arithmetic.SubOp)


class Reach:
    """The dependence distances of ops. `amounts` are known or expected delay amounts by signal;
    other varying delays have the distance `otherwise`. Latencies are those of `processor`."""

    def __init__(
        self,
        amounts: Mapping[SSAValue, float],
        otherwise: int = 0,
        processor: ProcessorModel = DEFAULT,
    ) -> None:
        self.amounts = amounts
        self.otherwise = otherwise
        self.processor = processor

    def __call__(self, op: Operation) -> int | None:
        """The least distance of an op in frames; None for an op within the frame."""
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
    """The operands that an op waits for: a product used only by a sum is fused with it."""
    operands = tuple(op.operands)
    if type(op) in SUMS:
        for place, value in enumerate(operands):
            owner = value.owner
            if type(owner) is arithmetic.MulOp and value.has_one_use():
                return (operands[1 - place], *owner.operands)
    return operands


def arrival(op: Operation, times: Mapping[SSAValue, float], processor: ProcessorModel) -> float:
    """The ready time of an op's result, in cycles."""
    return max([times.get(value, EARLY) for value in waits(op)], default=EARLY) + latency(
        op, processor
    )


@dataclass(frozen=True)
class FeedbackTiming:
    """The cycles per frame, and the ready time of each value relative to the frame's start."""

    period: float
    times: dict[SSAValue, float]


class Step(NamedTuple):
    """An op of a group, with numbered values: `makes` depend on `now` in this frame, and on `past`
    in an earlier one."""

    makes: Sequence[int]
    now: Sequence[int]
    cycles: float
    past: int
    back: int


def measure(
    ops: Sequence[Operation],
    yielded: Sequence[SSAValue],
    arguments: Sequence[SSAValue],
    reach: Reach,
) -> FeedbackTiming:
    """The timing of a group's ops, in program order; `yielded` values feed back to `arguments`."""
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
    ready_times = {value: last[at] - begin for value, at in number.items() if last[at] > EARLY}
    return FeedbackTiming(period, ready_times)


def _steps(
    ops: Sequence[Operation],
    sources: Mapping[SSAValue, SSAValue],
    number: dict[SSAValue, int],
    reach: Reach,
) -> Iterator[Step]:
    """The ops on the feedback path; numbers their values."""
    hot: set[SSAValue] = set()
    for op in ops:
        if isinstance(op, time.Recursion):
            for result, value in zip(op.projections, op.yielded(), strict=True):
                if value in hot:
                    hot.add(result)
                    number[result] = number[value]
            continue
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
            yield Step(makes, now, latency(op, reach.processor), past, back or 0)


def period(group: time.Recursion, reach: Reach) -> float:
    """The cycles per frame of a recursion and those in it."""
    sources: dict[SSAValue, SSAValue] = {}
    ops = list(_flat((group,)))
    for op in ops:
        if isinstance(op, time.Recursion):
            for values in (op.body.block.args, op.projections):
                sources.update(zip(values, op.yielded(), strict=True))
    ends = [_end(value, sources) for value in sources]
    return measure(ops[:-1], ends, list(sources), reach).period


def _end(value: SSAValue, sources: Mapping[SSAValue, SSAValue]) -> SSAValue:
    """The value that a recursion's argument or result stands for."""
    while value in sources:
        value = sources[value]
    return value


def _numbered(value: SSAValue, number: dict[SSAValue, int]) -> int:
    return number.setdefault(value, len(number))


def depths(body: Block, reach: Reach) -> dict[SSAValue, float]:
    """The ready time of each value of a frame, in cycles from its start; past values are ready."""
    times: dict[SSAValue, float] = dict.fromkeys(body.args, 0.0)
    through(body.ops, times, reach)
    return times


def through(
    ops: Iterable[Operation], times: dict[SSAValue, float], reach: Reach, far: float = inf
) -> None:
    """Add the ready times of the results of ops, in program order, to `times`.

    Past values are ready at the frame's start; delays of `far` frames or more are no feedback.
    """
    for op in _flat(ops):
        if isinstance(op, time.Recursion):
            pairs = zip(op.projections, op.yielded(), strict=True)
            times.update((result, times[value]) for result, value in pairs if value in times)
            continue
        back = reach(op)
        ready = (0.0 if back < far else EARLY) if back else arrival(op, times, reach.processor)
        if ready > EARLY:
            times.update(dict.fromkeys(op.results, ready))


def _flat(ops: Iterable[Operation]) -> Iterator[Operation]:
    """The ops, each recursion after those of its region."""
    work: list[tuple[Iterator[Operation], Operation | None]] = [(iter(ops), None)]
    while work:
        inner, owner = work[-1]
        op = next(inner, None)
        if op is None:
            work.pop()
            if owner is not None:
                yield owner
        elif isinstance(op, time.Recursion):
            work.append((iter(op.body.block.ops), op))
        else:
            yield op
