"""Live ranges of buffers and of their staged copies, in moments of `compute`."""

from __future__ import annotations

from dspc.dialects.dsp_mem import Role
from dspc.passes.analysis.accesses import BufferAccess


def live_range(access: BufferAccess) -> tuple[int, int] | None:
    """The live range of a buffer in moments, the end exclusive; None if it is always live.

    Buffers that outlive a call are always live, and so is scratch that is read before written.
    """
    if access.buffer.role.data != Role.SCRATCH or access.buffer.lifetime.data.value != "block":
        return None
    return span_of(access) if access.starts_with_write else None


def span_of(access: BufferAccess) -> tuple[int, int]:
    """The moments from the first access to the last, the end exclusive."""
    return (max(access.first, 0), max(access.last, 0) + 1)


def copy_span(access: BufferAccess) -> tuple[int, int]:
    """The live range of a staged copy of a buffer in moments, the end exclusive.

    It covers whole loops, since a copy is loop-carried. In a team it covers the loops that work on
    copies; what runs at the same time has an l2 of its own.
    """
    in_team = access.in_parts if access.is_shared else None
    first, last = in_team.span if in_team is not None else access.whole or (0, 0)
    return (first, last + 1)
