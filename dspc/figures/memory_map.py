"""`--memory-map`: the placement of each buffer, as text or JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.messages import usage_error
from dspc.passes.analysis.accesses import BufferAccess
from dspc.passes.placement.model import Answer, Range
from dspc.passes.placement.problem import Housing, housing, read_places
from dspc.targets.lookup import find_target

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions


_INDENT = " " * 25


@dataclass(frozen=True, slots=True)
class MappedBuffer:
    """The bytes of a space that a buffer has, or its staged copy in l2."""

    access: BufferAccess
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
        """Whether `compute` accesses a staged copy instead."""
        return not self.is_copy and self.access.buffer.staged is not None


@dataclass(frozen=True, slots=True)
class MemoryMap:
    """The allocations of each space, in the order of the machine; each list is sorted by offset."""

    housed: Housing
    answer: Answer
    spaces: dict[str, list[MappedBuffer]]

    @property
    def machine(self) -> Machine:
        return self.housed.machine


def target_map(module: ModuleOp, options: CompileOptions) -> MemoryMap:
    """The map of a module placed with these options; raises DspcError E0008 otherwise."""
    target = find_target(options.target)
    options = target.adapt(options)
    kernels = target.considers_copies(options), target.separates_levels(options)
    return memory_map(module, target.machine(options), options.heap, 512, *kernels)


def memory_map(
    module: ModuleOp,
    machine: str,
    heap: str,
    block: int = 512,
    copies: bool = True,
    levels: bool = False,
) -> MemoryMap:
    """The map of a placed module; raises DspcError E0008 if it is not placed for this machine."""
    housed = housing(module, load_machine(machine), heap, block, copies, levels)
    answer = read_places(housed)
    if answer is None:
        raise usage_error(8, "the memory is not placed, or placed for another machine")
    spaces: dict[str, list[MappedBuffer]] = {space: [] for space in housed.problem.capacity}
    for access, item, number, offsets in zip(
        housed.accesses, housed.problem.items, answer.chosen, answer.offsets, strict=True
    ):
        rooms = item.choices[number].rooms
        for place, (room, offset) in enumerate(zip(rooms, offsets, strict=True)):
            size = item.bytes_in(room)
            piece = MappedBuffer(access, item.name, offset, size, room.live, place > 0)
            spaces[room.space].append(piece)
    for pieces in spaces.values():
        pieces.sort(key=lambda piece: (piece.offset, piece.name))
    return MemoryMap(housed, answer, spaces)


def summary(placement: MemoryMap) -> list[str]:
    """A line for each space that is not for scratch alone: its used and free bytes."""
    lines = [f"Memory of {placement.machine.title}:"]
    for space, facts in placement.machine.spaces.items():
        if not facts.persists:
            continue
        used, capacity = placement.answer.peak[space.value], facts.capacity
        names = ", ".join(name for name in (facts.title, facts.section) if name)
        heading = f"  {space.value} ({names})" if names else f"  {space.value}"
        lines.append(f"{heading}: {used} of {capacity} bytes, {capacity - used} left")
    return lines


def map_text(placement: MemoryMap) -> str:
    """A table for each space; adjacent scalars of one lifetime are merged into one row."""
    machine, block = placement.machine, placement.housed.block
    lines = [
        f"{machine.name}: {machine.title}",
        f"{placement.answer.cost} cycles of memory access in a block of {block} frames (estimated)",
    ]
    for space, pieces in placement.spaces.items():
        capacity, used = placement.housed.problem.capacity[space], placement.answer.peak[space]
        head = f"{space}: {used} of {capacity} bytes  {bar(used, capacity)}"
        lines += ["", f"{head}, {capacity - used} bytes left"]
        if not pieces:
            continue
        groups = _merge_scalars(pieces)
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


def _merge_scalars(pieces: list[MappedBuffer]) -> list[list[MappedBuffer]]:
    """The allocations in order; runs of more than two scalars of one lifetime are merged."""
    groups: list[list[MappedBuffer]] = []
    for piece in pieces:
        before = groups[-1][-1] if groups else None
        is_next = before is not None and _is_scalar(piece) and _is_scalar(before)
        if before is not None and is_next and before.lifetime == piece.lifetime:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    splits = ([group] if len(group) > 2 else [[piece] for piece in group] for group in groups)
    return [part for split in splits for part in split]


def _is_scalar(piece: MappedBuffer) -> bool:
    return not piece.access.buffer.type.get_shape() and not piece.is_copy and not piece.is_idle


def _name(group: Sequence[MappedBuffer]) -> str:
    return group[0].name if len(group) == 1 else f"{len(group)} numbers"


def bar(used: int, capacity: int, width: int = 40) -> str:
    """The used share of a space, as text; a used space has at least one mark."""
    filled = max(round(used / capacity * width), 1 if used else 0)
    return f"[{'#' * filled}{'.' * (width - filled)}] {used / capacity:.1%}"


def per_frame(accesses: Sequence[BufferAccess], block: int) -> tuple[str, str]:
    """Reads and writes in a frame; accesses once in a block are divided by its frames."""
    reads = sum(access.reads_per_block(block) for access in accesses)
    writes = sum(access.writes_per_block(block) for access in accesses)
    return f"{reads / block:.3g}", f"{writes / block:.3g}"


def map_json(placement: MemoryMap) -> dict[str, Any]:
    """The map as JSON values."""
    block = placement.housed.block
    return {
        "machine": placement.machine.name,
        "heap": placement.housed.heap,
        "block": block,
        "cycles_per_block": placement.answer.cost,
        "spaces": [
            {
                "name": space,
                "bytes": placement.housed.problem.capacity[space],
                "used": placement.answer.peak[space],
                "pieces": [_piece_json(piece, block) for piece in pieces],
            }
            for space, pieces in placement.spaces.items()
        ],
    }


def _piece_json(piece: MappedBuffer, block: int) -> dict[str, Any]:
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
