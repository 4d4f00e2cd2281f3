"""Access costs of a block in a space, with a model of the core's cache if it has one."""

from __future__ import annotations

from dspc.dialects.dsp_mem import Lifetime
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.dialects.dsp_mem.machine import Cache, SpaceFacts
from dspc.passes.analysis.accesses import BufferAccess


def access_cycles(access: BufferAccess, facts: SpaceFacts, cache: Cache | None, block: int) -> int:
    """The cycles of a block's accesses to a buffer in a space.

    Without a cache each access has the latency of the space. With one, sequential accesses miss
    once per line where the buffer is longer than the part that a block accesses, and scattered
    reads in proportion to the part of the buffer that exceeds the cache; repeated accesses to one
    index, and block scratch, hit. Writes to a cache without write-allocate miss unless the block
    has read the line before.
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
    hits = access.reads_per_block(block) - missing_reads
    hits += access.writes_per_block(block) - missing_writes
    return round(missing_reads * facts.read + missing_writes * facts.write + hits * cache.hit)


class _ColdLines:
    """Estimates the cache misses of a block's accesses to one buffer."""

    def __init__(self, access: BufferAccess, cache: Cache) -> None:
        self.bytes, self.cache = access.buffer.bytes, cache
        self.element = element_bytes(access.buffer.type)
        self.is_warm = access.buffer.lifetime.data == Lifetime.BLOCK or self.bytes <= cache.line

    def walk(self, count: float) -> float:
        """Misses of `count` sequential accesses: one for each new line."""
        if self.is_warm:
            return 0.0
        return min(count * self.element, self.bytes) / max(self.cache.line, self.element)

    def fresh(self, count: float, is_read: bool) -> float:
        """Misses of `count` sequential writes: those before the buffer wraps around, since its
        lines are read by then."""
        if self.is_warm:
            return 0.0
        return min(count, self.bytes / self.element) if is_read else count

    def scattered(self, count: float) -> float:
        """Misses of `count` scattered accesses: the share of the buffer that exceeds the cache."""
        return count * max(0.0, 1 - self.cache.bytes / self.bytes)
