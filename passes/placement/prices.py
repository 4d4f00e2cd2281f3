"""What the accesses of a block cost in a space, through the core's cache where there is one."""

from __future__ import annotations

from dspc.dialects.dsp_mem import Lifetime
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.dialects.dsp_mem.machine import Cache, SpaceFacts
from dspc.passes.analysis.accesses import Access


def access_cycles(access: Access, facts: SpaceFacts, cache: Cache | None, block: int) -> int:
    """Cycles that a block's accesses cost in a space.

    Without a cache each costs what the space takes. With one, a walk misses once a line, where a
    row is longer than what a block walks through, and a scattered read as often as the row is
    larger than the cache; the same place again, and scratch of the block, is found. Writes that
    don't allocate miss wherever no read of this block has been before.
    """
    if cache is None:
        reads, writes = access.reads_per_block(block), access.writes_per_block(block)
        return round(reads * facts.read + writes * facts.write)
    walked, scattered = access.walked, access.scattered
    cold = _ColdLines(access, cache)
    missing_reads = cold.walk(walked.reads * block) + cold.scattered(scattered.reads * block)
    missing_writes = cold.scattered(scattered.writes * block)
    if cache.writes_allocate:
        missing_writes += cold.walk(walked.writes * block)
    else:
        missing_writes += cold.fresh(walked.writes * block, bool(walked.reads))
    missing_reads += access.block_reads
    missing_writes += access.block_writes
    found = access.reads_per_block(block) - missing_reads
    found += access.writes_per_block(block) - missing_writes
    return round(missing_reads * facts.read + missing_writes * facts.write + found * cache.hit)


class _ColdLines:
    """How many of a block's accesses to one buffer find no line in the cache."""

    def __init__(self, access: Access, cache: Cache) -> None:
        self.bytes, self.cache = access.buffer.bytes, cache
        self.element = element_bytes(access.buffer.type)
        self.is_warm = access.buffer.lifetime.data == Lifetime.BLOCK or self.bytes <= cache.line

    def walk(self, count: float) -> float:
        """Of so many accesses in order: one for each line that is touched the first time."""
        if self.is_warm:
            return 0.0
        return min(count * self.element, self.bytes) / max(self.cache.line, self.element)

    def fresh(self, count: float, is_read: bool) -> float:
        """Of so many writes in order: those before the row begins again, its lines read by then."""
        if self.is_warm:
            return 0.0
        return min(count, self.bytes / self.element) if is_read else count

    def scattered(self, count: float) -> float:
        """Of so many accesses anywhere: those that fall outside of what the cache can hold."""
        return count * max(0.0, 1 - self.cache.bytes / self.bytes)
