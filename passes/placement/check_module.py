"""Checks the placement in a module: buffers, staged copies, and allocations of `compute`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation

from dspc.dialects.dsp_mem import Lifetime, Space
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp
from dspc.dialects.dsp_mem.machine import Machine
from dspc.dialects.places import location_text, span_of
from dspc.passes.analysis.accesses import (
    CHUNK_LOOP,
    BufferAccess,
    accesses,
    copies_in,
    moments,
    users_of,
)
from dspc.passes.analysis.live_ranges import copy_span, live_range
from dspc.passes.analysis.rings import compute_of
from dspc.passes.placement.model import ALWAYS, Range, overlaps
from dspc.passes.placement.problem import alignment, note_at, place_of
from dspc.support.diagnostics import DspcError, Note


@dataclass(frozen=True, slots=True)
class PlacedRange:
    """Bytes `start` to `end` (exclusive) of a space for a live range; `source` has the location."""

    name: str
    start: int
    end: int
    live: Range
    source: BufferAccess | Operation


def check_places(module: ModuleOp, machine: Machine) -> None:
    """Raise DspcError E0607 unless all placed memory is within its space and disjoint."""
    spaces: dict[Space, list[PlacedRange]] = {}
    compute = compute_of(module)
    copies = copies_in(compute.body.block) if compute is not None else {}
    for access in accesses(module).values():
        buffer = access.buffer
        if buffer.space is None or buffer.offset is None:
            continue
        name, start = buffer.sym_name.data, buffer.offset.value.data
        # Each private array of a kernel has bytes of its own.
        live = ALWAYS if buffer.space.data == Space.STACK else live_range(access)
        home = PlacedRange(name, start, start + buffer.bytes, live, access)
        reason = _misplaced(access, machine)
        if reason is not None:
            raise _fault(home, reason)
        spaces.setdefault(buffer.space.data, []).append(home)
        if buffer.staged is not None and name not in copies.values():
            near, end = buffer.staged.value.data, buffer.staged.value.data + buffer.copied_bytes
            copy = PlacedRange(f"the copy of {name}", near, end, copy_span(access), access)
            spaces.setdefault(Space.L2, []).append(copy)
    if compute is not None:
        for op, piece in _taken(compute.body.block, copies):
            spaces.setdefault(op.space.data, []).append(piece)
    for space, pieces in spaces.items():
        _check_space(space, pieces, machine)


def _check_space(space: Space, pieces: list[PlacedRange], machine: Machine) -> None:
    """Raise unless the ranges are within the space and disjoint while both are live."""
    facts = machine.spaces.get(space)
    order = sorted(pieces, key=lambda piece: (piece.start, piece.end))
    for index, piece in enumerate(order):
        if facts is None:
            raise _fault(piece, f"{machine.name} has no {space.value}")
        if piece.end > facts.capacity:
            end = f"at {piece.end} of {facts.capacity}"
            raise _fault(piece, f"it ends outside {space.value}, {end}")
        for other in order[index + 1 :]:
            if other.start >= piece.end:
                break
            if overlaps(piece.live, other.live):
                common = min(piece.end, other.end) - other.start
                reason = f"it overlaps {piece.name} by {common} bytes of {space.value}"
                raise _fault(other, reason)


def _taken(block: Block, copies: dict[AllocOp, str]) -> Iterator[tuple[AllocOp, PlacedRange]]:
    """The allocations of `compute` with offsets."""
    whole = moments(block)
    for op in block.walk():
        if not isinstance(op, AllocOp) or op.offset is None:
            continue
        start = op.offset.value.data
        name = f"the copy of {copies[op]}" if op in copies else "memory that compute allocates"
        loop = _chunk_loop(op, block)
        users = [block.find_ancestor_op_in_block(user) for user in (op, *users_of(op.memref))]
        tops = [whole[top] for top in (users if loop is None else [loop]) if top is not None]
        live = (min(first for first, _ in tops), max(last for _, last in tops) + 1)
        yield op, PlacedRange(name, start, start + memory_bytes(op.memref.type), live, op)


def _chunk_loop(op: Operation, block: Block) -> Operation | None:
    """The loop of a chunk that contains an op; None if none does."""
    while op.parent_block() is not block:
        parent = op.parent_op()
        assert parent is not None
        op = parent
        if op.name == CHUNK_LOOP:
            return op
    return None


def _misplaced(access: BufferAccess, machine: Machine) -> str | None:
    buffer = access.buffer
    assert buffer.space is not None
    assert buffer.offset is not None
    assert buffer.allocator is not None
    allocator = ALLOCATORS[buffer.allocator.data]
    reason = allocator.verify(buffer.space.data, buffer.lifetime.data)
    if reason is not None:
        return reason
    facts = machine.spaces.get(buffer.space.data)
    is_common = access.is_shared or buffer.lifetime.data == Lifetime.CLASS
    if facts is not None and is_common and not facts.shared:
        return f"several cores touch it, and each has a {buffer.space.data.value} of its own"
    for offset in (buffer.offset, buffer.staged):
        if offset is not None and offset.value.data % alignment(access, machine):
            return f"{offset.value.data} is not aligned to {alignment(access, machine)}"
    return None


def _fault(piece: PlacedRange, reason: str) -> DspcError:
    message = f"{piece.name} is misplaced: {reason}"
    source = piece.source
    if isinstance(source, BufferAccess):
        span = place_of(source)
        notes = [note_at(f"{piece.name} arises here", source)] if source.source and not span else []
        return DspcError("E0607", f"{message} (in {source.buffer.name})", span, notes=notes)
    location = location_text(source)
    notes = [Note(f"it is at {location}")] if location and span_of(source) is None else []
    return DspcError("E0607", f"{message} (in {source.name})", span_of(source), notes=notes)
