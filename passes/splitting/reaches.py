"""How far back the steps of a pack read each other, and what of it is carried in vectors."""

from __future__ import annotations

from collections.abc import Collection

from dspc.passes.lowering.plan import MAX_REGISTERS
from dspc.passes.splitting.packs import Pack, vector_lanes

MOST_CARRIED = 16
"""The most vectors that are carried for a past which needs more than one frame: as many registers
as processors of our time have for vectors."""
MOST_NUMBERS = 1 << 26
"""The most numbers of a ring of rows, whose places are computed in 32 bits; no pack needs more."""


def reaches_of(pack: Pack) -> dict[int, list[int]]:
    """How many frames back each position is read by the pack, in ascending order."""
    found: dict[int, set[int]] = {}
    for columns in pack.operands:
        for column in columns:
            first = column[0]
            if first.kind == "past" and first.node in pack.at:
                found.setdefault(pack.at[first.node][0], set()).add(first.reach)
    return {position: sorted(found[position]) for position in sorted(found)}


def carried_frames(reaches: Collection[int], vectors: int) -> int:
    """How many frames of a past of so many vectors a frame are carried; others are in a ring."""
    most = max(1, min(MAX_REGISTERS, MOST_CARRIED // vectors))
    return max((reach for reach in reaches if reach <= most), default=0)


def is_in_bounds(pack: Pack, most_lanes: int) -> bool:
    """Whether no ring of a pack, in vectors of at most so many lanes, is too large."""
    lanes = vector_lanes(pack.lanes, most_lanes)
    width = -(-pack.lanes // lanes) * lanes
    deepest = max((reaches[-1] for reaches in reaches_of(pack).values()), default=0)
    return (width << deepest.bit_length()) <= MOST_NUMBERS
