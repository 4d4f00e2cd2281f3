"""`--memory-map`: where each buffer lies."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dspc.diagnostics import usage_error
from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.passes.analysis.accesses import Access
from dspc.passes.placement.buffers import Housing, housing, read_places
from dspc.passes.placement.model import Answer, Range

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions


_INDENT = " " * 25


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of memory in a space: a buffer, or the copy in l2 that a call works on."""

    access: Access
    name: str
    offset: int
    size: int
    live: Range
    is_copy: bool

    @property
    def lifetime(self) -> str:
        if not self.is_copy:
            return self.access.buffer.lifetime.data.value
        return "block (copy)" if self.access.buffer.copied is None else "block (windows)"

    @property
    def is_idle(self) -> bool:
        """Whether `compute` reads and writes a copy instead."""
        return not self.is_copy and self.access.buffer.staged is not None


@dataclass(frozen=True, slots=True)
class MemoryMap:
    """All pieces by space, in the machine's order, each list by offset."""

    housed: Housing
    answer: Answer
    spaces: dict[str, list[Piece]]

    @property
    def machine(self) -> Machine:
        return self.housed.machine


def memory_map(module: ModuleOp, machine: str, heap: str, block: int = 512) -> MemoryMap:
    """The map of a module whose buffers are placed; raises DspcError E0008 if they are not."""
    housed = housing(module, load_machine(machine), heap, block)
    answer = read_places(housed)
    if answer is None:
        raise usage_error(8, "the memory is not placed, or for another machine")
    spaces: dict[str, list[Piece]] = {space: [] for space in housed.problem.capacity}
    for access, item, number, offsets in zip(
        housed.accesses, housed.problem.items, answer.chosen, answer.offsets, strict=True
    ):
        rooms = item.choices[number].rooms
        for place, (room, offset) in enumerate(zip(rooms, offsets, strict=True)):
            size = item.bytes_in(room)
            piece = Piece(access, item.name, offset, size, room.live, place > 0)
            spaces[room.space].append(piece)
    for pieces in spaces.values():
        pieces.sort(key=lambda piece: (piece.offset, piece.name))
    return MemoryMap(housed, answer, spaces)


def tell_placement(module: ModuleOp, options: CompileOptions) -> str:
    """What `--memory-map` prints."""
    found = memory_map(module, options.machine or "cpu", options.heap)
    if options.memory_map == "json":
        return json.dumps(map_json(found), indent=2) + "\n"
    if options.memory_map == "svg":
        from dspc.memory_svg import map_svg

        return map_svg(found)
    return map_text(found)


def map_text(found: MemoryMap) -> str:
    """A table for each space that holds anything; numbers that lie together are one row."""
    machine, block = found.machine, found.housed.block
    lines = [
        f"{machine.name}: {machine.title}",
        f"{found.answer.cost} cycles of memory access in a block of {block} frames (estimated)",
    ]
    for space, pieces in found.spaces.items():
        capacity, used = found.housed.problem.capacity[space], found.answer.peak[space]
        lines += ["", f"{space}: {used} of {capacity} bytes  {bar(used, capacity)}"]
        if not pieces:
            continue
        groups = _together(pieces)
        width = max(len(_name(group)) for group in groups)
        lines.append(
            f"  {'offset':>10} {'bytes':>9}  {'buffer':{width}}  lifetime         "
            f"{'reads':>7} {'writes':>7}  a frame"
        )
        for group in groups:
            first, last = group[0], group[-1]
            accesses = [piece.access for piece in group]
            reads, writes = ("copy", "copy") if first.is_idle else per_frame(accesses, block)
            lines.append(
                f"  {first.offset:>10} {last.offset + last.size - first.offset:>9}  "
                f"{_name(group):{width}}  {first.lifetime:15}  {reads:>7} {writes:>7}"
            )
            if len(group) > 1:
                names = ", ".join(piece.name for piece in group)
                lines += textwrap.wrap(names, 98, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return "\n".join(lines) + "\n"


def _together(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces in order, numbers of one lifetime that lie together as one."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        before = groups[-1][-1] if groups else None
        is_next = before is not None and _is_number(piece) and _is_number(before)
        if before is not None and is_next and before.lifetime == piece.lifetime:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    parts = ([group] if len(group) > 2 else [[piece] for piece in group] for group in groups)
    return [part for made in parts for part in made]


def _is_number(piece: Piece) -> bool:
    return not piece.access.buffer.type.get_shape() and not piece.is_copy and not piece.is_idle


def _name(group: Sequence[Piece]) -> str:
    return group[0].name if len(group) == 1 else f"{len(group)} numbers"


def bar(used: int, capacity: int, width: int = 40) -> str:
    """How full a space is, as text; what is used at all shows."""
    filled = max(round(used / capacity * width), 1 if used else 0)
    return f"[{'#' * filled}{'.' * (width - filled)}] {used / capacity:.1%}"


def per_frame(accesses: Sequence[Access], block: int) -> tuple[str, str]:
    """Reads and writes per frame, what happens once in a block counted as its share."""
    reads = sum(access.reads_per_block(block) for access in accesses)
    writes = sum(access.writes_per_block(block) for access in accesses)
    return f"{reads / block:.3g}", f"{writes / block:.3g}"


def map_json(found: MemoryMap) -> dict[str, Any]:
    """The map as numbers and names."""
    block = found.housed.block
    return {
        "machine": found.machine.name,
        "heap": found.housed.heap,
        "block": block,
        "cycles_per_block": found.answer.cost,
        "spaces": [
            {
                "name": space,
                "bytes": found.housed.problem.capacity[space],
                "used": found.answer.peak[space],
                "pieces": [_piece_json(piece, block) for piece in pieces],
            }
            for space, pieces in found.spaces.items()
        ],
    }


def _piece_json(piece: Piece, block: int) -> dict[str, Any]:
    access = piece.access
    allocator = access.buffer.allocator
    return {
        "name": piece.name,
        "offset": piece.offset,
        "bytes": piece.size,
        "lifetime": access.buffer.lifetime.data.value,
        "live": None if piece.live is None else list(piece.live),
        "is_copy": piece.is_copy,
        "allocator": None if piece.is_copy or allocator is None else allocator.data,
        "reads_per_frame": access.reads_per_block(block) / block,
        "writes_per_frame": access.writes_per_block(block) / block,
        "source": access.source,
    }
