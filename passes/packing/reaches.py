"""Dependence distances within a pack, and which of its past values are carried in registers."""

from __future__ import annotations

from collections.abc import Collection

from dspc.passes.analysis.delay_lines import MAX_REGISTERS
from dspc.passes.packing.pack import Pack

MOST_NUMBERS = 1 << 26
"""The most elements of a ring of rows, whose indices are computed in 32 bits."""


def reaches_of(pack: Pack) -> dict[int, list[int]]:
    """The distances in frames at which the pack reads each position, in ascending order."""
    distances: dict[int, set[int]] = {}
    for columns in pack.operands:
        for column in columns:
            first = column[0]
            if first.kind == "past" and first.node in pack.at:
                distances.setdefault(pack.at[first.node][0], set()).add(first.reach)
    if pack.stencil is not None and pack.grid is not None:
        reaches = {diagonal.reach for diagonal in pack.stencil.diagonals}
        distances.setdefault(pack.grid, set()).update(reaches)
    return {position: sorted(distances[position]) for position in sorted(distances)}


def carried_frames(reaches: Collection[int], vectors: int, registers: int) -> int:
    """The number of past frames carried in registers, of `vectors` vectors each; others are in a
    ring. A past of more than one frame takes at most `registers` vectors."""
    most = max(1, min(MAX_REGISTERS, registers // vectors))
    return max((reach for reach in reaches if reach <= most), default=0)


def is_in_bounds(pack: Pack) -> bool:
    """Whether all rings of a pack have at most MOST_NUMBERS elements."""
    width = -(-pack.lanes // pack.width) * pack.width
    deepest = max((reaches[-1] for reaches in reaches_of(pack).values()), default=0)
    return (width << deepest.bit_length()) <= MOST_NUMBERS
