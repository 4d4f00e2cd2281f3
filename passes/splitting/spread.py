"""Parts of a pack for several threads: full vectors each, as long as that costs no time alone.

The vectors of a pack work while others wait for their feedback. Where so few are left that a part
takes as long as the whole did, it stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dspc.passes.ordering.timing import cycles
from dspc.passes.splitting.costs import SHARE, work_of
from dspc.passes.splitting.packs import LEAST_LANES, Pack, vector_lanes

PARTS = (8, 4, 2)
"""How many parts there may be: so many that two threads, or four, get as much each."""
WORTH_A_PART = 6000
"""Cycles in each chunk that pay for handing a part to another thread: about two microseconds."""
SLOWER = 1.1
"""How much longer all parts may take than the whole, on one thread."""
STEPS_PER_CYCLE = 3.0
FRAMES = 8
"""After so many frames, each takes what feedback has it take."""


def parts_of(pack: Pack, lanes: int, chunk: int) -> list[Pack]:
    """A pack, or what it is cut in: as many parts as pay, in vectors of `lanes` numbers at most."""
    width = vector_lanes(pack.lanes, lanes)
    blocks = -(-pack.lanes // width)
    wait = _feedback(pack)
    busy = SHARE * work_of(pack) / STEPS_PER_CYCLE
    whole = max(wait, busy * blocks)
    for count in (count for count in PARTS if count <= blocks):
        ends = [blocks * number // count * width for number in range(1, count)]
        cuts = list(zip([0, *ends], [*ends, pack.lanes], strict=True))
        if any(end - start < LEAST_LANES for start, end in cuts):
            continue
        alone = [max(wait, busy * -(-(end - start) // width)) for start, end in cuts]
        if sum(alone) <= SLOWER * whole and min(alone) * chunk >= WORTH_A_PART:
            return [pack.part(start, end) for start, end in cuts]
    return [pack]


def _feedback(pack: Pack) -> float:
    """The cycles of a frame, if only feedback slows a vector."""
    order = sorted(range(len(pack.positions)), key=lambda at: pack.positions[at][0].order)
    frames: list[dict[int, float]] = []
    for _ in range(FRAMES):
        now: dict[int, float] = {}
        for position in order:
            op = pack.positions[position][0].op
            assert op is not None
            now[position] = max(_waits(pack, position, now, frames), default=0.0) + cycles(op)
        frames.append(now)
    half = FRAMES // 2
    last, before = frames[-1], frames[-1 - half]
    return max(last[at] - before[at] for at in order) / half


def _waits(
    pack: Pack, position: int, now: dict[int, float], frames: Sequence[dict[int, float]]
) -> Iterator[float]:
    """When the operands of a position are ready that come from the pack."""
    for column in pack.operands[position]:
        first = column[0]
        place = pack.at.get(first.node)
        if place is None:
            continue
        if first.kind == "now":
            yield now[place[0]]
        elif first.kind == "past" and first.reach <= len(frames):
            yield frames[-first.reach][place[0]]
