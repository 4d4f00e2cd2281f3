"""Staged copies in l2 as choices of placement: where one is applicable, and its cost."""

from __future__ import annotations

from dspc.dialects.dsp_mem import Lifetime, Role, Space
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.dialects.dsp_mem.machine import Machine, SpaceFacts
from dspc.passes.analysis.accesses import BufferAccess, PartAccess
from dspc.passes.analysis.live_ranges import copy_span
from dspc.passes.placement.model import ALWAYS, Range
from dspc.passes.placement.prices import access_cycles


def copy_live(access: BufferAccess, machine: Machine) -> Range:
    """The live range of a copy: memory of an l2 heap is not freed before the end of the call."""
    allocator = copy_allocator(machine)
    return ALWAYS if allocator is None or ALLOCATORS[allocator].can_free else copy_span(access)


def copy_allocator(machine: Machine) -> str | None:
    """The allocator of staged copies: the first of l2 that can hold them; None without one."""
    near = machine.spaces.get(Space.L2)
    for name in near.allocators if near is not None else ():
        if ALLOCATORS[name].verify(Space.L2, Lifetime.BLOCK) is None:
            return name
    return None


def staged_cost(
    access: BufferAccess, machine: Machine, far: SpaceFacts, heap: str, block: int, in_parts: bool
) -> int | None:
    """Cycles of a block that works on copies in l2; None where staging is not applicable.

    `in_parts` permits copies for loops of a team that one core runs.
    """
    near = machine.spaces.get(Space.L2)
    if near is None or not machine.staging or far.space == Space.L2 or access.first < 0:
        return None
    if copy_allocator(machine) is None:
        return None
    if heap not in ("auto", "l2") or access.buffer.lifetime.data == Lifetime.BLOCK:
        return None
    if access.buffer.role.data == Role.ZONE:
        return None
    if access.is_shared and not near.shared:
        return _cost_in_parts(access, machine, far, block) if in_parts else None
    # A buffer that is only partly written must be copied in as well.
    copies = 1 + (access.writes_per_block(block) > 0)
    return access_cycles(access, near, machine.cache, block) + copies * machine.copy_cycles(
        far, access.buffer.bytes
    )


def _cost_in_parts(
    access: BufferAccess, machine: Machine, far: SpaceFacts, block: int
) -> int | None:
    """The same where each loop that one core runs copies, and the other loops do not."""
    own = access.in_parts
    if own is None:
        return None
    near, cache = machine.spaces[Space.L2], machine.cache
    saved = access_cycles(own.counts, far, cache, block)
    saved -= access_cycles(own.counts, near, cache, block)
    accesses = max(0, access_cycles(access, far, cache, block) - saved)
    return accesses + part_copy_cycles(own, machine, far, block)


def part_copy_cycles(own: PartAccess, machine: Machine, far: SpaceFacts, block: int) -> int:
    """Cycles of a block for the copies of all loops that one core runs."""
    return round(own.copies_per_block(block) * machine.copy_cycles(far, own.counts.buffer.bytes))


def windowed_cost(
    access: BufferAccess, machine: Machine, far: SpaceFacts, block: int, windows: int
) -> int:
    """Cycles of a block that works on windows in l2."""
    near = machine.spaces[Space.L2]
    element = element_bytes(access.buffer.type)
    each = machine.copy_cycles(far, block * element)
    # A window that wraps around the ring's end is copied in two pieces.
    each += round(machine.copy_setup * min(1.0, block * element / access.buffer.bytes))
    return access_cycles(access, near, machine.cache, block) + windows * each
