"""Division of a pack among several threads, in parts of whole vectors.

The vectors of a pack overlap their feedback latencies. A pack is not divided where its parts would
be latency-bound, so that together they take longer on one thread than the whole pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.costs.operations import latency
from dspc.passes.costs.packs import SHARE, work_of
from dspc.passes.packing.grow import LEAST_LANES
from dspc.passes.packing.pack import Pack

PARTS = (8, 4, 2)
"""The numbers of parts that are tried: they balance over two and four threads."""
SLOWER = 1.1
"""The most time that all parts may take on one thread, relative to the whole pack."""
FRAMES = 8
"""The number of frames simulated for the latency bound: the second half is in steady state."""


def divided(pack: Pack, chunk: int, processor: ProcessorModel) -> list[Pack]:
    """The most profitable parts of a pack, or the pack itself; a chunk has `chunk` frames."""
    if pack.stencil is not None:
        return [pack]  # its vectors read each other's past
    width = pack.width
    blocks = -(-pack.lanes // width)
    wait = _latency_bound(pack, processor)
    busy = SHARE * work_of(pack, processor) * processor.vector
    whole = max(wait, busy * blocks)
    for count in (count for count in PARTS if count <= blocks):
        ends = [blocks * number // count * width for number in range(1, count)]
        cuts = list(zip([0, *ends], [*ends, pack.lanes], strict=True))
        if any(end - start < LEAST_LANES for start, end in cuts):
            continue
        times = [max(wait, busy * -(-(end - start) // width)) for start, end in cuts]
        if sum(times) <= SLOWER * whole and min(times) * chunk >= processor.hand_over:
            return [pack.part(start, end) for start, end in cuts]
    return [pack]


def _latency_bound(pack: Pack, processor: ProcessorModel) -> float:
    """The latency bound of one vector, in cycles per frame."""
    order = sorted(range(len(pack.positions)), key=lambda at: pack.positions[at][0].order)
    frames: list[dict[int, float]] = []
    for _ in range(FRAMES):
        now: dict[int, float] = {}
        for position in order:
            op = pack.positions[position][0].op
            assert op is not None
            ready = max(_ready_times(pack, position, now, frames), default=0.0)
            now[position] = ready + latency(op, processor)
        frames.append(now)
    half = FRAMES // 2
    last, before = frames[-1], frames[-1 - half]
    return max(last[at] - before[at] for at in order) / half


def _ready_times(
    pack: Pack, position: int, now: dict[int, float], frames: Sequence[dict[int, float]]
) -> Iterator[float]:
    """The ready times of the operands that positions of the pack compute, in cycles."""
    for column in pack.operands[position]:
        first = column[0]
        place = pack.at.get(first.node)
        if place is None:
            continue
        if first.kind == "now":
            yield now[place[0]]
        elif first.kind == "past" and first.reach <= len(frames):
            yield frames[-first.reach][place[0]]
