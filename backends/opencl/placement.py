"""Which heap each block comes from: what `--heap` means."""

from __future__ import annotations

from collections.abc import Mapping

from dspc.backends.opencl.layout import Block, Layout
from dspc.dialects.dsp_mem.buffers import Space, SpaceAttr
from dspc.dialects.heaps import HEAPS

STORAGES: Mapping[str, tuple[str, ...]] = {
    "buffer": HEAPS,
    "data-section": ("auto", "ddr", "msmc"),
    "local-array": ("l2",),
    "local-arg": ("l2",),
}
"""What can hold heaps, and with which of them it goes. With `buffer`, l2 is a local array."""
DEFAULT_CAPACITIES: Mapping[Space, int] = {Space.MSMC: 6 << 20, Space.L2: 768 << 10}
"""Bytes of on-chip memory where nothing says otherwise: TI's 66AK2H."""

_L2_STATE = 64
"""Bytes of l2 kept back, for the heap's own words and alignment."""


def place(layout: Layout, heap: str, capacities: Mapping[Space, int] = DEFAULT_CAPACITIES) -> None:
    """Give each block its space.

    `ddr`, `msmc` and `static` take all blocks. `auto` obeys buffers that a pass has placed, and
    puts the others, smallest first, into msmc while there is room. With `l2` blocks live in ddr, as
    l2 forgets all when a kernel ends, and `compute` works on copies in l2 of those that fit, again
    smallest first; tables that the voices share are too seldom read to be worth a copy.
    """
    if heap in ("ddr", "msmc", "static"):
        for block in layout.blocks:
            block.space = Space(heap)
        return
    small_first = sorted(layout.blocks, key=lambda block: block.bytes)
    if heap == "l2":
        _fill([b for b in small_first if not b.shared], capacities[Space.L2] - _L2_STATE, _stage)
        return
    free = capacities[Space.MSMC]
    for block in small_first:
        chosen = _chosen(layout, block)
        if chosen is not None:
            block.space = chosen
            free -= block.bytes if chosen == Space.MSMC else 0
    unplaced = [block for block in small_first if _chosen(layout, block) is None]
    _fill(unplaced, free, _to_msmc)


def _fill(blocks: list[Block], room: int, take: object) -> None:
    assert callable(take)
    for block in blocks:
        size = (block.bytes + 15) & ~7
        if size > room:
            return
        room -= size
        take(block)


def _stage(block: Block) -> None:
    block.staged = True


def _to_msmc(block: Block) -> None:
    block.space = Space.MSMC


def _chosen(layout: Layout, block: Block) -> Space | None:
    """The space that a pass has given all the block's buffers, if it did."""
    found: set[Space] = set()
    for symbol in block.symbols:
        op = layout.places[symbol].op
        given = op.space if op is not None else None
        if not isinstance(given, SpaceAttr) or given.data not in (Space.DDR, Space.MSMC):
            return None
        found.add(given.data)
    return found.pop() if len(found) == 1 else None
