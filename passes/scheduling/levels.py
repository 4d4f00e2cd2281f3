"""Level scheduling: the levels of a chunk's loop DAG as shares of a team's work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dspc.dialects.dsp_mem.processor_model import DEFAULT, ProcessorModel
from dspc.dialects.dsp_par import LoopOp
from dspc.passes.analysis.loop_dag import WorkUnit, join, levels, loop_units
from dspc.passes.costs.threads import barrier, frames_cost
from dspc.passes.scheduling.loop_parts import cut, frames_of


@dataclass(frozen=True)
class Sections:
    """Several sections, each run by one thread."""

    shares: tuple[tuple[LoopOp, ...], ...]


@dataclass(frozen=True)
class Split:
    """One loop, whose frames are divided over all threads."""

    loop: LoopOp


@dataclass(frozen=True)
class Single:
    """Loops that one thread runs while the others wait."""

    loops: tuple[LoopOp, ...]


Share = Sections | Split | Single


@dataclass(frozen=True)
class SectionRules:
    """`group` merges work that does not outweigh a barrier; `par_loop` divides every free loop."""

    group: bool
    par_loop: bool
    chunk: int
    processor: ProcessorModel = DEFAULT

    @property
    def barrier(self) -> float:
        """The cost of a barrier, in ns."""
        return barrier(self.processor)


def share_out(loops: Sequence[LoopOp], rules: SectionRules) -> list[Share]:
    """The shares of a chunk's loops, in order, with a barrier between two of them."""
    units = loop_units(loops, rules.chunk, rules.processor)
    units = _join_chains(units, levels(units), rules)
    shares = (share for level in levels(units) for share in _level(level, rules))
    return list(_merged(shares))


def _join_chains(
    units: list[WorkUnit], rows: list[list[WorkUnit]], rules: SectionRules
) -> list[WorkUnit]:
    """Merge chains of units without other neighbours, where their levels have other units.

    The only loop of a level is left to the whole team, unless its cost is too small.
    """
    wide = {unit for row in rows if len(row) > 1 for unit in row}
    absorbed: set[WorkUnit] = set()
    for unit in units:
        while unit not in absorbed and unit in wide and len(unit.after) == 1:
            (then,) = unit.after
            if then.before != {unit} or not (then in wide or then.cost < rules.barrier):
                break
            join(unit, then)
            absorbed.add(then)
    return [unit for unit in units if unit not in absorbed]


def _level(level: list[WorkUnit], rules: SectionRules) -> Iterator[Share]:
    """The shares of one level, whose units are independent."""
    left = level
    if rules.par_loop or len(level) == 1:
        left = []
        for unit in level:
            split = _split(unit, rules)
            if split is None:
                left.append(unit)
            else:
                yield from split
    shares = [tuple(unit.loops) for unit in left]
    if rules.group:
        shares = _balanced(left, rules.barrier)
    if len(shares) > 1:
        yield Sections(tuple(shares))
    elif shares:
        yield Single(shares[0])


def _split(unit: WorkUnit, rules: SectionRules) -> list[Share] | None:
    """One free loop divided over the team; None if that is impossible or not profitable."""
    if len(unit.loops) != 1:
        return None
    frames = frames_of(unit.loops[0], rules.chunk, rules.processor)
    if frames is None:
        return None
    if rules.group and frames_cost(frames, rules.chunk, rules.processor) < 2 * rules.barrier:
        return None
    parts = cut(unit.loops[0], frames)
    if parts is None:
        return None
    before, over, after = parts
    shares: list[Share] = [] if before is None else [Single((before,))]
    shares.append(Split(over))
    return shares if after is None else [*shares, Single((after,))]


def _balanced(units: Sequence[WorkUnit], barrier: float) -> list[tuple[LoopOp, ...]]:
    """The units balanced over as many sections as each outweigh a barrier."""
    total = sum(unit.cost for unit in units)
    count = max(1, min(len(units), int(total / barrier)))
    bins: list[list[WorkUnit]] = [[] for _ in range(count)]
    costs = [0.0] * count
    for unit in sorted(units, key=lambda unit: -unit.cost):
        at = costs.index(min(costs))
        bins[at].append(unit)
        costs[at] += unit.cost
    place = {unit: at for at, unit in enumerate(units)}
    return [
        tuple(loop for unit in sorted(each, key=place.__getitem__) for loop in unit.loops)
        for each in bins
        if each
    ]


def _merged(shares: Iterable[Share]) -> Iterator[Share]:
    """Merge adjacent `Single` shares."""
    waiting: list[LoopOp] = []
    for share in shares:
        if isinstance(share, Single):
            waiting.extend(share.loops)
            continue
        if waiting:
            yield Single(tuple(waiting))
            waiting = []
        yield share
    if waiting:
        yield Single(tuple(waiting))
