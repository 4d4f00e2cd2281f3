"""Proves the absence of data races: concurrent parts share no memory that one of them writes.

Footprints are read off the accesses themselves, not off what loops declare, and memory that
placement put at overlapping bytes of one space is one memory. The parts of an OpenCL level, and
the tasks of one, are sections or unordered tasks of the module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from xdsl.dialects.builtin import MemRefType
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Operation, Region, SSAValue

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp, memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp
from dspc.dialects.dsp_mem.spaces import Space
from dspc.dialects.dsp_par.fork_join import (
    ParallelOp,
    SectionOp,
    SectionsOp,
    SingleOp,
    TeamForOp,
)
from dspc.dialects.dsp_par.tasks import GraphOp, TaskOp
from dspc.passes.bounds.iterations import are_apart
from dspc.passes.bounds.prover import Prover
from dspc.passes.bounds.sites import Site, root_of, sites_in
from dspc.passes.bounds.slices import Cell, cell_of

_SHARES = (SectionsOp, SingleOp, TeamForOp)

Bytes = tuple[str, int, int]
"""A space with the first byte and the one after the last."""


@dataclass(frozen=True, slots=True)
class Race:
    """Two accesses that may run at once, of the same memory; the first one writes."""

    writer: Operation
    other: Operation
    memory: str


@dataclass(slots=True)
class Effects:
    """The first access to each memory of a part: op by cell."""

    reads: dict[Cell, Operation] = field(default_factory=dict[Cell, Operation])
    writes: dict[Cell, Operation] = field(default_factory=dict[Cell, Operation])

    def add(self, place: Site) -> None:
        cell = cell_of(place.row)
        if place.verb in ("reads", "?"):
            self.reads.setdefault(cell, place.op)
        if place.verb in ("writes", "?"):
            self.writes.setdefault(cell, place.op)


def effects_of(*regions: Region) -> Effects:
    """The accesses in some regions, but for l2 that they allocate: each core has its own."""
    effects = Effects()
    for region in regions:
        own = {op for op in region.walk() if isinstance(op, AllocOp) and op.space.data == Space.L2}
        for place in sites_in(region):
            if cell_of(place.row) not in own:
                effects.add(place)
    return effects


class Races:
    """The races of a module."""

    def __init__(self, functions: Sequence[FuncOp], buffers: dict[str, BufferOp]) -> None:
        self.functions = functions
        self.buffers = buffers

    def of_module(self, prover: Prover) -> Iterator[Race]:
        """All races, in program order of the concurrent parts."""
        for function in self.functions:
            for op in function.body.walk():
                if isinstance(op, SectionsOp):
                    parts = [_section(inner) for inner in op.body.block.ops]
                    yield from self._between([p for p in parts if p is not None], _never)
                elif isinstance(op, GraphOp):
                    yield from self._of_graph(op)
                elif isinstance(op, ParallelOp):
                    yield from self._of_team(op)
                elif isinstance(op, TeamForOp):
                    yield from self._of_frames(op, prover)

    def _between(
        self, parts: Sequence[Effects], is_ordered: Callable[[int, int], bool]
    ) -> Iterator[Race]:
        """Races of parts that are not ordered."""
        accesses: dict[Cell, list[tuple[int, Operation, bool]]] = {}
        for number, part in enumerate(parts):
            for cells, writes in ((part.reads, False), (part.writes, True)):
                for cell, op in cells.items():
                    accesses.setdefault(cell, []).append((number, op, writes))
        for same in self._overlapping(accesses):
            writers = [one for one in same if one[2]]
            for number, op, _ in writers:
                for other, its, _ in same:
                    if other != number and not is_ordered(number, other):
                        yield Race(op, its, _text(op))

    def _overlapping(
        self, accesses: dict[Cell, list[tuple[int, Operation, bool]]]
    ) -> Iterator[list[tuple[int, Operation, bool]]]:
        """Groups of accesses that may touch the same bytes."""
        host: list[tuple[int, Operation, bool]] = []
        placed: list[tuple[Bytes, list[tuple[int, Operation, bool]]]] = []
        for cell, same in accesses.items():
            yield same
            if isinstance(cell, SSAValue):
                host.extend(one for one in same if not one[2])
            place = self.bytes_of(cell)
            if place is not None:
                placed.append((place, same))
        for cell, same in accesses.items():
            # An input may be the array of an output; outputs are apart from each other.
            writers = [one for one in same if one[2]]
            if isinstance(cell, SSAValue) and writers and host:
                yield [*writers, *(one for one in host if one not in same)]
        placed.sort(key=lambda item: item[0])
        for at, (place, same) in enumerate(placed):
            for other, more in placed[at + 1 :]:
                if other[0] != place[0] or other[1] >= place[2]:
                    break
                yield [*same, *more]

    def bytes_of(self, cell: Cell) -> Bytes | None:
        """The bytes of placed memory; None for memory that is not placed."""
        buffer = self.buffers.get(cell) if isinstance(cell, str) else None
        if buffer is not None and buffer.space is not None and buffer.offset is not None:
            start = buffer.offset.value.data
            return buffer.space.data.value, start, start + buffer.bytes
        if isinstance(cell, AllocOp) and cell.offset is not None:
            start = cell.offset.value.data
            return cell.space.data.value, start, start + memory_bytes(cell.memref.type)
        return None

    def _of_graph(self, graph: GraphOp) -> Iterator[Race]:
        tasks = [op for op in graph.body.block.ops if isinstance(op, TaskOp)]
        place = {task.number.data: at for at, task in enumerate(tasks)}
        after = [{place[n] for n in task.predecessors if n in place} for task in tasks]
        before = _closed(after)
        parts = [effects_of(task.body) for task in tasks]
        yield from self._between(parts, lambda a, b: bool(before[a] >> b & 1 or before[b] >> a & 1))

    def _of_team(self, team: ParallelOp) -> Iterator[Race]:
        """Ops outside work sharing run in all threads: they may read only unwritten memory."""
        shares = [op for op in team.body.walk() if isinstance(op, _SHARES)]
        own = Effects()
        for place in sites_in(team.body):
            if not _is_within(place.op, _SHARES, team):
                own.add(place)
        for op in own.writes.values():
            yield Race(op, op, _text(op))
        yield from self._between([effects_of(*[op.body for op in shares]), own], _never)

    def _of_frames(self, op: TeamForOp, prover: Prover) -> Iterator[Race]:
        """No iteration of the distributed loop may access memory that another iteration writes."""
        loop = op.frames
        accesses = [p for p in sites_in(loop.body) if p.verb in ("reads", "writes", "?")]
        ahead = [p for p in sites_in(op.body) if p.verb != "starts" and p not in accesses]
        for one in accesses:
            if one.verb == "reads":
                continue
            for other in ahead:
                if self._may_be_same(one, other):
                    yield Race(one.op, other.op, _text(one.op))
            for other in accesses:
                if self._may_be_same(one, other) and not are_apart(one, other, loop, prover):
                    yield Race(one.op, other.op, _text(one.op))

    def _may_be_same(self, one: Site, other: Site) -> bool:
        cells = cell_of(one.row), cell_of(other.row)
        if cells[0] == cells[1]:
            return True
        if all(isinstance(cell, SSAValue) for cell in cells):
            return other.verb == "reads"
        places = [self.bytes_of(cell) for cell in cells]
        first, second = places
        if first is None or second is None or first[0] != second[0]:
            return False
        return first[1] < second[2] and second[1] < first[2]


def _section(op: Operation) -> Effects | None:
    return effects_of(op.body) if isinstance(op, SectionOp) else None


def _never(one: int, other: int) -> bool:
    return False


def _closed(after: Sequence[set[int]]) -> list[int]:
    """All predecessors of each task, as bits; those on a cycle precede each other."""
    before = [sum(1 << number for number in direct) for direct in after]
    changed = True
    while changed:
        changed = False
        for task, direct in enumerate(after):
            more = before[task]
            for number in direct:
                more |= before[number]
            changed |= more != before[task]
            before[task] = more
    return before


def _is_within(op: Operation, kinds: tuple[type[Operation], ...], outer: Operation) -> bool:
    parent = op.parent_op()
    while parent is not None and parent is not outer:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent_op()
    return False


def _text(op: Operation) -> str:
    """The memory that an access touches, for messages."""
    rows = [v for v in op.operands if isinstance(v.type, MemRefType)]
    root = root_of(rows[-1])
    if isinstance(root.owner, GetOp):
        return root.owner.buffer.string_value()
    if isinstance(root.owner, Block):
        return f"the channel {root.name_hint or '?'}"
    return root.name_hint or root.owner.name
