"""`--explain dsp-place-allocations`: of each buffer, why it is where it is, and what else there is.

Buffers that differ in nothing but their names are told together; what costs most comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dspc.dialects.dsp_mem import Lifetime, Role, Space
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.explain.words import wrapped
from dspc.memory_map import MemoryMap, memory_map
from dspc.passes.analysis.accesses import Access
from dspc.passes.placement.model import Choice, Item, overlaps
from dspc.passes.placement.prices import access_cycles

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions


@dataclass(slots=True)
class _Group:
    """Buffers that are alike, by their numbers."""

    members: list[int]
    item: Item
    access: Access
    chosen: Choice
    others: list[Choice]
    """The other ways, the cheapest first."""

    @property
    def cost(self) -> int:
        return self.chosen.cost * len(self.members)


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """Of each buffer: where it is, what that costs and why, and what the next best would cost."""
    found = memory_map(module, options.machine or "cpu", options.heap)
    housed = found.housed
    lines = [
        f"{found.machine.name}, --heap {housed.heap}: {found.answer.cost} cycles of memory "
        f"access in a block of {housed.block} frames (estimated)",
    ]
    for space, peak in found.answer.peak.items():
        if peak:
            lines.append(f"  {space}: {peak} of {housed.problem.capacity[space]} bytes are taken")
    for group in sorted(_groups(found), key=lambda group: (-group.cost, -group.item.size)):
        lines.append("")
        lines += _told(group, found)
    return "\n".join(lines) + "\n"


def _groups(found: MemoryMap) -> list[_Group]:
    """The buffers, alike ones together."""
    groups: dict[object, _Group] = {}
    for index, item in enumerate(found.housed.problem.items):
        access = found.housed.accesses[index]
        chosen = item.choices[found.answer.chosen[index]]
        buffer = access.buffer
        costs = tuple((choice.label, choice.cost) for choice in item.choices)
        kind = (buffer.lifetime.data, buffer.role.data, access.is_shared, item.size)
        key = (kind, chosen.label, costs, _sharers(index, found) != [])
        if key not in groups:
            others = sorted((c for c in item.choices if c is not chosen), key=lambda c: c.weight)
            groups[key] = _Group([], item, access, chosen, others)
        groups[key].members.append(index)
    return list(groups.values())


def _told(group: _Group, found: MemoryMap) -> list[str]:
    item, access, many = group.item, group.access, len(group.members) > 1
    items = found.housed.problem.items
    names = ", ".join(items[index].name for index in group.members)
    each = " each" if many else ""
    buffer = access.buffer
    lines = wrapped(
        f"{names}: {item.size} bytes{each}, {buffer.lifetime.data.value} {buffer.role.data.value}"
        f"{_sources(group, found)}"
    )
    more = [
        f"{_way(group.chosen)}: {group.chosen.cost} cycles a block{each}",
        *_cost(group, found),
        _why(group, found),
    ]
    more += _next_best(group)
    for text in more:
        lines += wrapped(text, "  ")
    return lines


def _sources(group: _Group, found: MemoryMap) -> str:
    """Where the buffers arise, if that is known."""
    accesses = [found.housed.accesses[index] for index in group.members]
    places = list(dict.fromkeys(access.source for access in accesses if access.source))
    if not places:
        return ""
    rest = f" and {len(places) - 3} places more" if len(places) > 3 else ""
    return f", from {', '.join(places[:3])}{rest}"


def _way(choice: Choice) -> str:
    """A choice in words."""
    home, *near = choice.rooms
    if not near:
        return f"in {home.space}"
    if near[0].bytes is None:
        return f"home in {home.space}, all of it copied through l2"
    return f"home in {home.space}, worked on by windows in l2"


def _cost(group: _Group, found: MemoryMap) -> list[str]:
    """What the cycles are spent on."""
    access, chosen, block = group.access, group.chosen, found.housed.block
    reads, writes = access.reads_per_block(block), access.writes_per_block(block)
    if not reads and not writes:
        return ["compute does not touch it"]
    near = chosen.rooms[-1]
    facts = found.machine.spaces[Space(near.space)]
    at_work = access_cycles(access, facts, found.machine.cache, block)
    counts = [(reads, "read"), (writes, "write")]
    done = " and ".join(_times(count, block, what) for count, what in counts if count)
    told = f"{at_work} for {done}, in {near.space}"
    copies = chosen.cost - at_work
    if len(chosen.rooms) > 1 and near.bytes is None:
        ways = "in and out" if writes else "in"
        told += f"; {copies} for copying {group.item.size} bytes {ways}"
    elif len(chosen.rooms) > 1:
        count = (near.bytes or 0) // (block * element_bytes(access.buffer.type))
        told += f"; {copies} for copying {count} windows of {block} elements"
    return [told]


def _times(count: float, block: int, what: str) -> str:
    """How often, for a frame or for a block, whichever is a whole number to read."""
    for number, unit in ((count / block, "frame"), (count, "block")):
        if number >= 1 or unit == "block":
            return f"{number:.3g} {what}{'' if number == 1 else 's'} a {unit}"
    return ""


def _why(group: _Group, found: MemoryMap) -> str:
    """The rule or the bargain behind a choice."""
    access, buffer = group.access, group.access.buffer
    reasons: list[str] = []
    if buffer.role.data == Role.ZONE:
        reasons.append("the host reads and writes it, so it lies where the host can see it")
    elif access.is_shared:
        reasons.append("several cores touch it, so it lies where all of them see it")
    elif buffer.lifetime.data == Lifetime.CLASS:
        reasons.append("all instances share it, and it must outlive a kernel")
    elif buffer.lifetime.data == Lifetime.INSTANCE:
        reasons.append("it must outlive a kernel, and l2 is empty when one begins")
    else:
        sharers = _sharers(group.members[0], found)
        reasons.append("it lives within a call only")
        if sharers:
            names = ", ".join(sharers[:4]) + (" and others" if len(sharers) > 4 else "")
            reasons.append(f"shares its bytes with {names}, which are needed at other times")
    if found.housed.heap != "auto":
        reasons.append(f"--heap {found.housed.heap} was asked for")
    elif not group.others or group.chosen.cost <= group.others[0].cost:
        reasons.append("nothing costs less")
    return f"why: {'; '.join(reasons)}"


def _sharers(index: int, found: MemoryMap) -> list[str]:
    """Scratch that has some of the same bytes at other times."""
    item = found.housed.problem.items[index]
    rooms = item.choices[found.answer.chosen[index]].rooms
    start, space = found.answer.offsets[index][0], rooms[0].space
    if rooms[0].live is None:
        return []
    return [
        piece.name
        for piece in found.spaces[space]
        if piece.name != item.name
        and start < piece.offset + piece.size
        and piece.offset < start + item.size
        and not overlaps(piece.live, rooms[0].live)
    ]


def _next_best(group: _Group) -> list[str]:
    """What the next best ways would cost, or save if others had not taken their room."""
    if not group.others:
        return ["no other space of this machine may hold it"]
    best, chosen = group.others[0], group.chosen
    lines: list[str] = []
    if best.cost < chosen.cost:
        saved = chosen.cost - best.cost
        lines.append(
            f"cheaper: {_way(best)}, by {saved} cycles; but what saves more for its bytes took "
            "that room"
        )
    same = [choice for choice in group.others if choice.cost == chosen.cost]
    dearer = next((choice for choice in group.others if choice.cost > chosen.cost), None)
    if same:
        lines.append(f"next best: {_way(same[0])}, the same cost")
    if dearer is not None:
        word = "then" if same else "next best"
        lines.append(f"{word}: {_way(dearer)}, {dearer.cost - chosen.cost} cycles more")
    return lines
