"""`--explain dsp-place-allocations`: the placement of each buffer, its cost, and the alternatives.

Buffers that differ only in their names are grouped; the groups are sorted by access cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dspc.dialects.dsp_mem import Lifetime, Role, Space
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.explain.words import wrapped
from dspc.figures.memory_map import MemoryMap, target_map
from dspc.passes.analysis.accesses import BufferAccess
from dspc.passes.placement.copies import part_copy_cycles
from dspc.passes.placement.model import Choice, Item, overlaps
from dspc.passes.placement.prices import access_cycles

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions


@dataclass(slots=True)
class _Group:
    """Buffers with the same costs and placement, by index."""

    members: list[int]
    item: Item
    access: BufferAccess
    chosen: Choice
    others: list[Choice]
    """The other choices, cheapest first."""

    @property
    def cost(self) -> int:
        return self.chosen.cost * len(self.members)


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """For each buffer: its space, the access cost, the reason, and the next best choice."""
    placement = target_map(module, options)
    housed = placement.housed
    lines = [
        f"{placement.machine.name}, --heap {housed.heap}: {placement.answer.cost} cycles of memory "
        f"access in a block of {housed.block} frames (estimated)",
    ]
    for space, peak in placement.answer.peak.items():
        if peak:
            lines.append(f"  {space}: {peak} of {housed.problem.capacity[space]} bytes used")
    for group in sorted(_groups(placement), key=lambda group: (-group.cost, -group.item.size)):
        lines.append("")
        lines += _group_report(group, placement)
    return "\n".join(lines) + "\n"


def _groups(placement: MemoryMap) -> list[_Group]:
    """Buffers grouped by costs and placement."""
    groups: dict[object, _Group] = {}
    for index, item in enumerate(placement.housed.problem.items):
        access = placement.housed.accesses[index]
        chosen = item.choices[placement.answer.chosen[index]]
        buffer = access.buffer
        costs = tuple((choice.label, choice.cost) for choice in item.choices)
        kind = (buffer.lifetime.data, buffer.role.data, access.is_shared, item.size)
        key = (kind, chosen.label, costs, _sharers(index, placement) != [])
        if key not in groups:
            others = sorted((c for c in item.choices if c is not chosen), key=lambda c: c.weight)
            groups[key] = _Group([], item, access, chosen, others)
        groups[key].members.append(index)
    return list(groups.values())


def _group_report(group: _Group, placement: MemoryMap) -> list[str]:
    item, access, many = group.item, group.access, len(group.members) > 1
    items = placement.housed.problem.items
    names = ", ".join(items[index].name for index in group.members)
    each = " each" if many else ""
    buffer = access.buffer
    lines = wrapped(
        f"{names}: {item.size} bytes{each}, {buffer.lifetime.data.value} {buffer.role.data.value}"
        f"{_sources(group, placement)}"
    )
    more = [
        f"{_describe(group.chosen)}: {group.chosen.cost} cycles a block{each}",
        *_cost(group, placement),
        _why(group, placement),
    ]
    more += _next_best(group)
    for text in more:
        lines += wrapped(text, "  ")
    return lines


def _sources(group: _Group, placement: MemoryMap) -> str:
    """The source locations of the buffers, where known."""
    accesses = [placement.housed.accesses[index] for index in group.members]
    places = list(dict.fromkeys(access.source for access in accesses if access.source))
    if not places:
        return ""
    rest = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f", from {', '.join(places[:3])}{rest}"


def _describe(choice: Choice) -> str:
    """A choice in words."""
    home, *near = choice.rooms
    if not near:
        return f"in {home.space}"
    if near[0].bytes is None:
        return f"in {home.space}, staged as a whole in l2"
    return f"in {home.space}, staged by windows in l2"


def _cost(group: _Group, placement: MemoryMap) -> list[str]:
    """The accesses and copies that make up the cost."""
    access, chosen, block = group.access, group.chosen, placement.housed.block
    reads, writes = access.reads_per_block(block), access.writes_per_block(block)
    if not reads and not writes:
        return ["no accesses in compute"]
    near = chosen.rooms[-1]
    facts = placement.machine.spaces[Space(near.space)]
    at_work = access_cycles(access, facts, placement.machine.cache, block)
    counts = [(reads, "read"), (writes, "write")]
    done = " and ".join(_times(count, block, noun) for count, noun in counts if count)
    if len(chosen.rooms) > 1 and access.is_shared and access.in_parts is not None:
        home = placement.machine.spaces[Space(chosen.rooms[0].space)]
        copies = part_copy_cycles(access.in_parts, placement.machine, home, block)
        many = len(access.in_parts.loops)
        ways = "in and out" if writes else "in"
        runs = f"{many} loops each time they run" if many > 1 else "one loop each time it runs"
        return [
            f"{chosen.cost - copies} for {done}; {copies} for copying {group.item.size} bytes "
            f"{ways}, by {runs}"
        ]
    text = f"{at_work} for {done}, in {near.space}"
    copies = chosen.cost - at_work
    if len(chosen.rooms) > 1 and near.bytes is None:
        ways = "in and out" if writes else "in"
        text += f"; {copies} for copying {group.item.size} bytes {ways}"
    elif len(chosen.rooms) > 1:
        count = (near.bytes or 0) // (block * element_bytes(access.buffer.type))
        text += f"; {copies} for copying {count} windows of {block} elements"
    return [text]


def _times(count: float, block: int, noun: str) -> str:
    """The number of accesses, in a frame if at least 1, or else in a block."""
    for number, unit in ((count / block, "frame"), (count, "block")):
        if number >= 1 or unit == "block":
            return f"{number:.3g} {noun}{'' if number == 1 else 's'} a {unit}"
    return ""


def _why(group: _Group, placement: MemoryMap) -> str:
    """The constraint or the cost that determines a choice."""
    access, buffer = group.access, group.access.buffer
    reasons: list[str] = []
    if buffer.role.data == Role.ZONE:
        reasons.append("accessed by the host, so in a space that the host can address")
    elif access.is_shared:
        reasons.append("accessed by several cores, so in a space that all of them share")
    elif buffer.lifetime.data == Lifetime.CLASS:
        reasons.append("shared by all instances, and live across kernels")
    elif buffer.lifetime.data == Lifetime.INSTANCE:
        reasons.append("live across kernels, and l2 does not keep its contents between them")
    else:
        sharers = _sharers(group.members[0], placement)
        reasons.append("live within a call only")
        if sharers:
            names = ", ".join(sharers[:4]) + (" and others" if len(sharers) > 4 else "")
            reasons.append(
                f"shares its bytes with {names}, whose live ranges are disjoint from its own"
            )
    if placement.housed.heap != "auto":
        reasons.append(f"required by --heap {placement.housed.heap}")
    elif not group.others or group.chosen.cost <= group.others[0].cost:
        reasons.append("no choice costs less")
    return f"why: {'; '.join(reasons)}"


def _sharers(index: int, placement: MemoryMap) -> list[str]:
    """The scratch buffers that overlap in memory, with disjoint live ranges."""
    item = placement.housed.problem.items[index]
    rooms = item.choices[placement.answer.chosen[index]].rooms
    start, space = placement.answer.offsets[index][0], rooms[0].space
    if rooms[0].live is None:
        return []
    return [
        piece.name
        for piece in placement.spaces[space]
        if piece.name != item.name
        and start < piece.offset + piece.size
        and piece.offset < start + item.size
        and not overlaps(piece.live, rooms[0].live)
    ]


def _next_best(group: _Group) -> list[str]:
    """The costs of the next best choices; cheaper ones do not fit beside the other buffers."""
    if not group.others:
        return ["no other space of this machine is allowed"]
    best, chosen = group.others[0], group.chosen
    lines: list[str] = []
    if best.cost < chosen.cost:
        saved = chosen.cost - best.cost
        lines.append(
            f"cheaper: {_describe(best)}, by {saved} cycles; but the space is used by buffers "
            "that save more cycles for each byte"
        )
    equal = [choice for choice in group.others if choice.cost == chosen.cost]
    costlier = next((choice for choice in group.others if choice.cost > chosen.cost), None)
    if equal:
        lines.append(f"next best: {_describe(equal[0])}, at the same cost")
    if costlier is not None:
        word = "then" if equal else "next best"
        lines.append(f"{word}: {_describe(costlier)}, {costlier.cost - chosen.cost} cycles more")
    return lines
