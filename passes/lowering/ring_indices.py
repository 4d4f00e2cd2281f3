"""Ring buffer indices: masked in rings of a power of two, compared and wrapped in exact ones.

A *moment* is a frame number modulo the period of a ring. In a ring of a power of two the period is
2^32 and an index is the masked moment. In an exact ring the period is its size, and each sum or
difference of moments is wrapped once.
"""

from __future__ import annotations

from xdsl.ir import SSAValue

from dspc.passes.lowering.writer import Writer


def period_of(size: int) -> int:
    """The period of a ring of some size; 0 for 2^32."""
    return size if size & (size - 1) else 0


def advanced(w: Writer, moment: SSAValue, frames: SSAValue, period: int) -> SSAValue:
    """The moment `frames` later; `frames` is at most the period."""
    later = w.add_int(moment, frames)
    if not period:
        return later
    end = w.int(period)
    return w.select(w.compare_int("lt", later, end), later, w.sub_int(later, end))


def moment_before(w: Writer, moment: SSAValue, frames: SSAValue | None, period: int) -> SSAValue:
    """The moment `frames` earlier (None: 0); `frames` is at most the period."""
    if frames is None:
        return moment
    earlier = w.sub_int(moment, frames)
    if not period:
        return earlier
    is_before = w.compare_int("lt", earlier, w.int(0))
    return w.select(is_before, w.add_int(earlier, w.int(period)), earlier)


def place_of(w: Writer, moment: SSAValue, size: int) -> SSAValue:
    """The ring index of a moment."""
    return w.to_index(moment if period_of(size) else w.and_int(moment, w.int(size - 1)))
