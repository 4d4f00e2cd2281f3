"""Which heap each block comes from: where passes have placed its buffers."""

from __future__ import annotations

from collections.abc import Mapping

from dspc.backends.opencl.layout import Block, Layout
from dspc.dialects.dsp_mem.buffers import Space, SpaceAttr
from dspc.dialects.heaps import HEAPS

STORAGES: Mapping[str, tuple[str, ...]] = {
    "buffer": HEAPS,
    "data-section": ("auto", "ddr", "msmc", "l2"),
    "local-array": ("l2",),
    "local-arg": ("l2",),
}
"""What can hold heaps, and with which of them it goes. With `buffer`, l2 is a local array."""
CAPACITIES: Mapping[Space, int] = {Space.MSMC: 6 << 20, Space.L2: 768 << 10}
"""Bytes of on-chip memory where nothing says otherwise: TI's 66AK2H."""


def place(layout: Layout, heap: str, msmc: int) -> None:
    """Give each block its heap; `msmc` is that heap's capacity in bytes.

    `ddr`, `msmc` and `static` take all blocks. Otherwise a block lies where a pass has placed its
    buffers. Some have no such space: scratch that the kernels of several levels share was placed
    in l2, which no kernel leaves to the next, numbers of one kind may lie in two spaces, and
    printers take modules that are not placed, too. They take msmc, smallest first, while it has
    room, then ddr.
    """
    if heap in ("ddr", "msmc", "static"):
        for block in layout.blocks:
            block.space = Space(heap)
        return
    homeless: list[Block] = []
    for block in sorted(layout.blocks, key=lambda block: block.bytes):
        chosen = _chosen(layout, block)
        if chosen is None:
            homeless.append(block)
        else:
            block.space = chosen
            msmc -= block.bytes if chosen == Space.MSMC else 0
    for block in homeless:
        msmc -= (block.bytes + 15) & ~7
        if msmc < 0:
            return
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
