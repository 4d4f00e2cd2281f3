"""Places in rings: masked in those of a power of two, wrapped by a comparison in exact ones.

A ring of a power of two takes any moment, counted modulo 2^32, by a mask. One of exactly the size
that it needs (its *period*) takes moments from 0 to below its size, so each sum and difference is
brought back there.
"""

from __future__ import annotations

from xdsl.ir import SSAValue

from dspc.passes.lowering.writer import Writer


def period_of(size: int) -> int:
    """What moments in a ring of some size are counted modulo; 0 for 2^32."""
    return size if size & (size - 1) else 0


def advanced(w: Writer, moment: SSAValue, frames: SSAValue, period: int) -> SSAValue:
    """A moment some frames later, which are no more than the period."""
    later = w.add_int(moment, frames)
    if not period:
        return later
    end = w.int(period)
    return w.select(w.compare_int("lt", later, end), later, w.sub_int(later, end))


def moment_before(w: Writer, moment: SSAValue, frames: SSAValue | None, period: int) -> SSAValue:
    """A moment some frames earlier, which are no more than the period; none for itself."""
    if frames is None:
        return moment
    earlier = w.sub_int(moment, frames)
    if not period:
        return earlier
    is_before = w.compare_int("lt", earlier, w.int(0))
    return w.select(is_before, w.add_int(earlier, w.int(period)), earlier)


def place_of(w: Writer, moment: SSAValue, size: int) -> SSAValue:
    """The place, as an index, of a moment in a ring."""
    return w.to_index(moment if period_of(size) else w.and_int(moment, w.int(size - 1)))
