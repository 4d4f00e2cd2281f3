"""Translates buffers to a placement problem, and its answer to properties of buffers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xdsl.dialects.builtin import IntegerAttr, ModuleOp, StringAttr, i64

from dspc.dialects.dsp_mem import Lifetime, Role, Space, SpaceAttr
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.dialects.dsp_mem.machine import Machine, SpaceFacts
from dspc.dialects.dsp_mem.spaces import PASSING
from dspc.dialects.dsp_par.levels import levels as levels_of
from dspc.dialects.heap_option import HEAPS
from dspc.dialects.places import span_of
from dspc.passes.analysis.accesses import BufferAccess, accesses
from dspc.passes.analysis.live_ranges import live_range
from dspc.passes.analysis.rings import compute_of, rings
from dspc.passes.placement.copies import copy_live, staged_cost, windowed_cost
from dspc.passes.placement.model import (
    ALWAYS,
    Answer,
    Choice,
    DoesNotFitError,
    Item,
    Misfit,
    Problem,
    Range,
    Room,
)
from dspc.passes.placement.prices import access_cycles
from dspc.support.diagnostics import DspcError, Note, Span

UNWANTED = 1 << 30
"""More cycles than any block takes: the cost of a choice of last resort."""
STAGED = " through l2"
WINDOWED = " by windows in l2"


@dataclass(frozen=True, slots=True)
class Housing:
    """The placement problem of a module on a machine; `accesses` are in the order of
    `problem.items`."""

    machine: Machine
    heap: str
    block: int
    accesses: list[BufferAccess]
    problem: Problem


def housing(
    module: ModuleOp,
    machine: Machine,
    heap: str,
    block: int,
    copies: bool = True,
    levels: bool = False,
) -> Housing:
    """The placement problem of a lowered module, with or without copies in l2 as choices.

    With `levels`, each level of `compute` is a kernel, if it has levels: scratch must persist from
    one to the next, and copies in l2 are made by the loops of a team that one core runs.

    Raises DspcError E0603 for a buffer without choices.
    """
    if heap not in HEAPS:
        there = f"there are {', '.join(HEAPS)}"
        raise DspcError("E0604", f"no heap is called {heap}", hint=there, exit_status=2)
    in_parts, levels = levels, levels and _has_levels(module)
    buffers = list(accesses(module).values())
    windows = {
        name: 1 + len(ring.amounts) for name, ring in rings(module).items() if ring.size >= block
    }
    items: list[Item] = []
    for access in buffers:
        many = _staged_windows(access, block) or windows.get(access.buffer.sym_name.data, 0)
        choices = choices_of(access, machine, heap, block, many, copies, levels, in_parts)
        if not choices:
            raise _no_choice(access, machine, heap)
        items.append(
            Item(
                access.buffer.sym_name.data,
                access.buffer.bytes,
                alignment(access, machine),
                tuple(choices),
            )
        )
    capacity = {space.value: facts.capacity for space, facts in machine.spaces.items()}
    return Housing(machine, heap, block, buffers, Problem(items, capacity))


def _has_levels(module: ModuleOp) -> bool:
    """Whether threads share the work of `compute`."""
    compute = compute_of(module)
    return compute is not None and levels_of(compute) is not None


def alignment(access: BufferAccess, machine: Machine) -> int:
    """The alignment of a buffer in bytes: a cache line for rows of at least that size, so that
    copies consist of whole lines."""
    element = element_bytes(access.buffer.type)
    return machine.line if access.buffer.bytes >= machine.line else element


def _staged_windows(access: BufferAccess, block: int) -> int:
    """The number of windows of a copy that is staged already; 0 without one."""
    copied = access.buffer.copied
    if copied is None:
        return 0
    return copied.value.data // (block * element_bytes(access.buffer.type))


def choices_of(
    access: BufferAccess,
    machine: Machine,
    heap: str,
    block: int,
    windows: int = 0,
    copies: bool = True,
    levels: bool = False,
    in_parts: bool = False,
) -> list[Choice]:
    """The choices of a buffer by increasing cost; at equal cost, in the machine's order.

    `windows` is the number of windows that a block accesses: one written, the others read; 0 where
    they are unknown. Without `copies` nothing lies in l2 but what the stack there holds. With
    `levels` scratch must persist, and l2 does not. `in_parts` permits copies in l2 for loops of a
    team that one core runs.
    """
    choices: list[Choice] = []
    asked = machine.spaces.get(Space(heap)) if heap in list(Space) else None
    is_scratch = access.buffer.lifetime.data == Lifetime.BLOCK
    is_homeless = is_scratch and asked is not None and allocator_for(access, asked) is None
    for facts in machine.spaces.values():
        if not may_live(access, facts, heap, is_homeless):
            continue
        if levels and is_scratch and facts.space in PASSING:
            continue
        if facts.space == Space.L2 and not copies and allocator_for(access, facts) != "stack":
            continue
        home = Room(facts.space.value, home_live(access, facts))
        label = facts.space.value
        choices.append(Choice(label, access_cycles(access, facts, machine.cache, block), (home,)))
        copy = staged_cost(access, machine, facts, heap, block, in_parts) if copies else None
        if levels and not access.is_shared:
            copy = None
        if copy is not None:
            near = Room(Space.L2.value, copy_live(access, machine))
            choices.append(Choice(label + STAGED, copy, (home, near)))
        if copy is not None and windows:
            size = windows * block * element_bytes(access.buffer.type)
            near = Room(Space.L2.value, copy_live(access, machine), size)
            cost = windowed_cost(access, machine, facts, block, windows)
            choices.append(Choice(label + WINDOWED, cost, (home, near)))
    if heap == "l2" and any(len(choice.rooms) > 1 for choice in choices):
        # With --heap l2, buffers that cannot be staged at all stay in their home space.
        choices = [
            replace(choice, penalty=UNWANTED) if len(choice.rooms) == 1 else choice
            for choice in choices
        ]
    if access.buffer.role.data == Role.DATA and Space.FLASH in machine.spaces:
        # Constants are in the image anyway: a copy in other memory is for where flash is full.
        choices = [
            one if one.rooms[0].space == Space.FLASH.value else replace(one, penalty=UNWANTED)
            for one in choices
        ]
    return sorted(choices, key=lambda choice: choice.weight)


def home_live(access: BufferAccess, facts: SpaceFacts) -> Range:
    """The live range of a buffer in a space: an l2 heap frees nothing before the end of a call, and
    an array of the object, the file or a function's stack shares its bytes with no other."""
    allocator = allocator_for(access, facts)
    is_kept = facts.space == Space.L2 and allocator is not None and ALLOCATORS[allocator].can_free
    is_alone = allocator == "static" or facts.space == Space.STACK
    return ALWAYS if is_kept or is_alone else live_range(access)


def may_live(access: BufferAccess, facts: SpaceFacts, heap: str, is_homeless: bool = False) -> bool:
    """Whether a buffer may have its home in a space, by option and kind of space.

    `is_homeless` is whether it is scratch that no allocator of the requested space can hold.
    """
    buffer = access.buffer
    if allocator_for(access, facts) is None:
        return False
    if facts.space == Space.FLASH and buffer.role.data != Role.DATA:
        return False
    if buffer.lifetime.data != Lifetime.BLOCK and not facts.persists:
        return False
    if (buffer.lifetime.data == Lifetime.CLASS or access.is_shared) and not facts.shared:
        return False
    if heap in ("ddr", "msmc", "static"):
        return facts.space.value == heap or is_homeless
    return buffer.role.data != Role.ZONE or facts.host_visible


def allocator_for(access: BufferAccess, facts: SpaceFacts) -> str | None:
    """The first of the space's allocators that can hold the buffer."""
    is_scalar = not access.buffer.type.get_shape()
    for name in facts.allocators:
        if is_scalar and ALLOCATORS[name].only_arrays:
            continue
        if ALLOCATORS[name].verify(facts.space, access.buffer.lifetime.data) is None:
            return name
    return None


def write_places(housed: Housing, answer: Answer) -> None:
    """Write space, allocator, offset and staging to every buffer."""
    spaces = {space: SpaceAttr(space) for space in Space}
    for access, item, number, offsets in zip(
        housed.accesses, housed.problem.items, answer.chosen, answer.offsets, strict=True
    ):
        choice = item.choices[number]
        space = Space(choice.rooms[0].space)
        allocator = allocator_for(access, housed.machine.spaces[space])
        assert allocator is not None
        buffer = access.buffer
        buffer.space = spaces[space]
        buffer.allocator = StringAttr(allocator)
        buffer.offset = IntegerAttr(offsets[0], i64)
        buffer.staged = IntegerAttr(offsets[1], i64) if len(offsets) > 1 else None
        copied = choice.rooms[-1].bytes
        buffer.copied = IntegerAttr(copied, i64) if copied is not None else None


def read_places(housed: Housing) -> Answer | None:
    """The answer read from a module's buffers; None if one of them is not placed."""
    chosen: list[int] = []
    offsets: list[tuple[int, ...]] = []
    peak = dict.fromkeys(housed.problem.capacity, 0)
    for access, item in zip(housed.accesses, housed.problem.items, strict=True):
        buffer = access.buffer
        if buffer.space is None or buffer.offset is None:
            return None
        places = (buffer.offset.value.data,)
        label = buffer.space.data.value
        if buffer.staged is not None:
            how = STAGED if buffer.copied is None else WINDOWED
            places, label = (*places, buffer.staged.value.data), label + how
        labels = [choice.label for choice in item.choices]
        if label not in labels:
            return None
        chosen.append(labels.index(label))
        offsets.append(places)
        for room, place in zip(item.choices[chosen[-1]].rooms, places, strict=True):
            peak[room.space] = max(peak[room.space], place + item.bytes_in(room))
    cost = sum(
        item.choices[number].cost for item, number in zip(housed.problem.items, chosen, strict=True)
    )
    return Answer(chosen, offsets, cost, "", peak=peak)


def _no_choice(access: BufferAccess, machine: Machine, heap: str) -> DspcError:
    name = access.buffer.sym_name.data
    there = f"it has {', '.join(facts.value for facts in machine.spaces)}"
    if heap in list(Space) and Space(heap) not in machine.spaces:
        return DspcError("E0603", f"{machine.name} has no {heap} for programs", hint=there)
    span = place_of(access)
    message = f"no space of {machine.name} can hold {name} with --heap {heap}"
    notes = [] if span else [note_at(f"{name} arises here", access)]
    return DspcError("E0603", message, span, there, notes)


def misfit_error(housed: Housing, fault: DoesNotFitError) -> DspcError:
    """The error for buffers that do not fit: missing bytes, and source locations."""
    by_name = {access.buffer.sym_name.data: access for access in housed.accesses}
    groups: dict[tuple[str, int, str], list[Misfit]] = {}
    for misfit in fault.misfits:
        source = by_name[misfit.item.name].source
        groups.setdefault((source, misfit.item.size, misfit.space), []).append(misfit)
    total = sum(misfit.item.size for misfit in fault.misfits)
    many = len(fault.misfits)
    subject = (
        f"{many} buffers of {total} bytes in all do"
        if many > 1
        else f"a buffer of {total} bytes does"
    )
    message = f"{subject} not fit into {housed.machine.name}"
    order = sorted(groups.values(), key=lambda group: -group[0].item.size * len(group))
    notes = [_misfit_note(group, by_name[group[0].item.name]) for group in order[:8]]
    if len(order) > len(notes):
        notes.append(Note(f"and {sum(map(len, order[8:]))} more"))
    rooms = [f"{space} {size}" for space, size in housed.problem.capacity.items() if size]
    hint = f"the program needs {needed(housed)} bytes; there are {', '.join(rooms)}"
    if housed.heap != "auto":
        more = f", or a --machine with more {housed.heap}" if housed.heap in list(Space) else ""
        hint += f"; try --heap auto{more}"
    return DspcError("E0605", message, notes[0].span, hint, notes)


def needed(housed: Housing) -> int:
    """The total bytes of buffers that are always live."""
    return sum(
        item.padded_in(item.choices[0].rooms[0])
        for access, item in zip(housed.accesses, housed.problem.items, strict=True)
        if live_range(access) is ALWAYS
    )


def _misfit_note(group: list[Misfit], access: BufferAccess) -> Note:
    first = group[0]
    short, space = first.missing, first.space
    if len(group) == 1:
        text = f"{first.item.name} has {first.item.size} bytes: {space} is {short} bytes too small"
        return note_at(f"{text} for it", access)
    names = ", ".join(misfit.item.name for misfit in group[:4])
    rest = f" and {len(group) - 4} more" if len(group) > 4 else ""
    text = f"{names}{rest} have {first.item.size} bytes each: {space} is {short} bytes too small"
    return note_at(f"{text} for one of them", access)


def place_of(access: BufferAccess) -> Span | None:
    """Where the program says what becomes a buffer, if that can be shown."""
    return span_of(access.buffer if access.origin is None else access.origin)


def note_at(text: str, access: BufferAccess) -> Note:
    """A note with the source span of a buffer's origin, else with its location as text."""
    span = place_of(access)
    if span is None and access.source:
        text += f" (from {access.source})"
    return Note(text, span)
