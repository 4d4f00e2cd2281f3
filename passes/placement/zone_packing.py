"""Assigns arrays to zones, a few blocks of memory that the host provides, with offsets."""

from __future__ import annotations

from xdsl.dialects.builtin import IntegerAttr, IntegerType, MemRefType, ModuleOp, StringAttr, i64

from dspc.dialects.dsp_mem import BufferOp, Lifetime, Role
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.passes.analysis.accesses import BufferAccess, accesses
from dspc.passes.analysis.live_ranges import live_range
from dspc.passes.placement.check import faults
from dspc.passes.placement.minimalloc import SPACE, packed_item
from dspc.passes.placement.model import Item, Problem
from dspc.passes.placement.packing import best_order

KINDS = ("type", "space")

ZONED = ("heap", "manager", "local", "zone", "runtime")
"""Allocators in whose place a class has a zone; it asks the others for each array."""

_INIT = 0
"""The moment at which tables are filled; the moments of `compute` follow."""


def pack_zones(module: ModuleOp, by: str, threshold: int, line: int, near: int = 0) -> None:
    """Set `zone` and `zone_offset` of the arrays in zones, and of no other buffer.

    `line` is the alignment in bytes, `near` the elements of the smallest arrays that stay in the
    object. Arrays of different element types never share memory.
    """
    buffers = list(accesses(module).values())
    end = 2 + max((access.last for access in buffers), default=0)
    reals = {str(a.buffer.type.element_type) for a in buffers if not _is_int(a.buffer.type)}
    zones: dict[str, list[BufferAccess]] = {}
    names = _smallest_arrays([access.buffer for access in buffers], threshold, near)
    for access in buffers:
        buffer = access.buffer
        buffer.zone = buffer.zone_offset = None
        name = (
            _zone_by_type(buffer, threshold, len(reals) > 1)
            if by == "type"
            else _zone_by_space(buffer, threshold)
        )
        if name is not None and buffer.sym_name.data not in names:
            zones.setdefault(name, []).append(access)
    for name, members in zones.items():
        items = [
            packed_item(
                access.buffer.sym_name.data,
                _moments(access, end),
                access.buffer.bytes,
                _alignment(access.buffer, line),
            )
            for access in members
        ]
        for access, offset in zip(members, _packed(items), strict=True):
            access.buffer.zone = StringAttr(name)
            access.buffer.zone_offset = IntegerAttr(offset, i64)


def _smallest_arrays(buffers: list[BufferOp], threshold: int, near: int) -> set[str]:
    """The smallest arrays of the instance, with at most `near` elements in all, by name."""
    names: set[str] = set()
    lengths = [
        (buffer.type.get_shape()[0], buffer.sym_name.data)
        for buffer in buffers
        if buffer.lifetime.data == Lifetime.INSTANCE and not _is_short(buffer, threshold)
    ]
    for length, name in sorted(lengths):
        near -= length
        if near < 0:
            break
        names.add(name)
    return names


def _zone_by_type(buffer: BufferOp, threshold: int, is_mixed: bool) -> str | None:
    """All memory of class and instances, except data that is in the program's text."""
    apart = f"_{buffer.space.data.value}" if buffer.is_placed_apart and buffer.space else ""
    if not buffer.type.get_shape() or (buffer.role.data == Role.DATA and not apart):
        return None
    if buffer.lifetime.data == Lifetime.BLOCK:
        return None
    # A table of any length must not be shared by instances that each fill it.
    if buffer.lifetime.data != Lifetime.CLASS and _is_short(buffer, threshold):
        return None
    if _is_int(buffer.type):
        return f"iZone{apart}"
    is_double = is_mixed and element_bytes(buffer.type) == 8
    return f"{'dZone' if is_double else 'fZone'}{apart}"


def _zone_by_space(buffer: BufferOp, threshold: int) -> str | None:
    """Instance memory only: class tables are arrays of their own."""
    if not buffer.is_placed_apart or buffer.space is None or _is_short(buffer, threshold):
        return None
    if buffer.allocator is not None and buffer.allocator.data not in ZONED:
        return None
    if buffer.lifetime.data == Lifetime.CLASS or buffer.role.data == Role.DATA:
        return None
    return buffer.space.data.value


def _is_short(buffer: BufferOp, threshold: int) -> bool:
    shape = buffer.type.get_shape()
    return not shape or shape[0] < threshold


def _is_int(type: MemRefType) -> bool:
    return isinstance(type.element_type, IntegerType)


def _alignment(buffer: BufferOp, line: int) -> int:
    return line if buffer.bytes >= line > 1 else element_bytes(buffer.type)


def _moments(access: BufferAccess, end: int) -> tuple[int, int]:
    """The live range of a buffer: of tables from the start, of state from `instance_clear` on."""
    buffer = access.buffer
    if buffer.lifetime.data == Lifetime.CLASS:
        return (_INIT, _INIT + 1) if buffer.role.data == Role.SCRATCH else (_INIT, end)
    live = live_range(access)
    # Reusing memory as int and as real would violate C++'s strict aliasing rules.
    if live is None or _is_int(buffer.type):
        return (_INIT + (buffer.role.data != Role.DATA), end)
    return (live[0] + 1, live[1] + 1)


def _packed(items: list[Item]) -> list[int]:
    """The offsets of the packing with the lowest peak, checked."""
    answer, _ = best_order(items)
    problem = Problem(items, {SPACE: answer.peak[SPACE]})
    wrong = faults(problem, answer)
    if wrong:
        raise AssertionError(f"the zone is wrong: {wrong[0]}")
    return [offsets[0] for offsets in answer.offsets]
