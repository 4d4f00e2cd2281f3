"""`compute` as a sequence of levels, each of which can be a kernel of its own.

The parts of a level are independent; a barrier separates levels. The levels of a chunk run in order
for each chunk. SSA values do not cross kernels: a level reloads or recomputes the values of earlier
code that it uses (rematerialisation).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from xdsl.dialects import memref, scf
from xdsl.dialects.func import FuncOp, ReturnOp
from xdsl.ir import Block, Operation, SSAValue
from xdsl.traits import is_side_effect_free
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_par.fork_join import ParallelOp, SectionsOp, SingleOp, TeamForOp
from dspc.dialects.dsp_par.loops import memory_of, touched
from dspc.dialects.dsp_par.tasks import GraphOp, TaskOp

Part = tuple[Operation, ...]
"""Ops that run in sequence."""

_COSTLY = ("arith.divf", "arith.remf", "func.call")


class Kind(Enum):
    SERIAL = auto()
    """One part, of top-level ops of `compute`."""
    PARTS = auto()
    """One or more independent parts, each a sequence of loops."""
    FRAMES = auto()
    """One part, a loop without loop-carried dependences."""


@dataclass(frozen=True, slots=True)
class Level:
    """Parts that may run in parallel, between two barriers."""

    kind: Kind
    parts: tuple[Part, ...]
    top: Operation
    """The top-level op of `compute` that contains the level; the first op of a serial level."""
    chunks: scf.ForOp | None = None
    """The enclosing loop over chunks, from 0 to the frames of the call."""

    @property
    def chunk(self) -> int:
        """Frames of a chunk; 0 for a level that runs once a call."""
        return 0 if self.chunks is None else const_evaluate_operand(self.chunks.step) or 0


def levels(compute: FuncOp) -> list[Level] | None:
    """The levels of `compute`; None if it has no team or graph, or one of unknown structure."""
    result: list[Level] = []
    waiting: list[Operation] = []
    for op in compute.body.block.ops:
        shares = _shares_in(op)
        if shares is None and isinstance(op, ParallelOp | GraphOp):
            return None
        if shares is None:
            if not isinstance(op, ReturnOp):
                waiting.append(op)
            continue
        result.extend(_serial(waiting))
        waiting = []
        for share, chunks in shares:
            if chunks is not None and not _is_over_chunks(chunks, compute):
                return None
            result.extend(Level(kind, parts, op, chunks) for kind, parts in _of_share(share))
    result.extend(_serial(waiting))
    return result if any(level.kind != Kind.SERIAL for level in result) else None


def _serial(ops: Sequence[Operation]) -> Iterator[Level]:
    """A serial level of the ops, if any has a side effect."""
    if any(_has_effect(op) for op in ops):
        yield Level(Kind.SERIAL, (tuple(ops),), ops[0])


def _has_effect(op: Operation) -> bool:
    if isinstance(op, scf.ForOp | scf.IfOp):
        return any(writes for region in op.regions for _, _, writes in touched(region))
    return not isinstance(op, memref.LoadOp) and not is_side_effect_free(op)


def _shares_in(op: Operation) -> list[tuple[Operation, scf.ForOp | None]] | None:
    """The work-sharing ops and graphs in an op, each with its loop over chunks; None if none."""
    if isinstance(op, GraphOp):
        return [(op, None)]
    if isinstance(op, scf.ForOp) and any(isinstance(inner, GraphOp) for inner in op.body.walk()):
        return _shares_of_block(op.body.block, op)
    if not isinstance(op, ParallelOp):
        return None
    shares: list[tuple[Operation, scf.ForOp | None]] = []
    for inner in op.body.block.ops:
        if isinstance(inner, scf.ForOp):
            shares.extend(_shares_of_block(inner.body.block, inner))
        elif isinstance(inner, scf.IfOp):
            return None
        elif isinstance(inner, SectionsOp | SingleOp | TeamForOp):
            shares.append((inner, None))
    return shares


def _shares_of_block(block: Block, chunks: scf.ForOp) -> list[tuple[Operation, scf.ForOp | None]]:
    kinds = SectionsOp | SingleOp | TeamForOp | GraphOp
    return [(op, chunks) for op in block.ops if isinstance(op, kinds)]


def _is_over_chunks(loop: scf.ForOp, compute: FuncOp) -> bool:
    """Whether a loop runs over the call's frames in constant steps and contains shares only."""
    shares = SectionsOp | SingleOp | TeamForOp | GraphOp | scf.YieldOp
    return (
        not loop.results
        and const_evaluate_operand(loop.lb) == 0
        and loop.ub is compute.args[0]
        and const_evaluate_operand(loop.step) is not None
        and all(isinstance(op, shares) or not _has_effect(op) for op in loop.body.block.ops)
        and not any(isinstance(op, scf.IfOp) for op in loop.body.block.ops)
    )


def _of_share(share: Operation) -> Iterator[tuple[Kind, tuple[Part, ...]]]:
    match share:
        case SectionsOp():
            yield Kind.PARTS, tuple(tuple(section.loops) for section in share.sections)
        case SingleOp():
            yield Kind.PARTS, (tuple(share.loops),)
        case TeamForOp():
            kind = Kind.FRAMES if const_evaluate_operand(share.frames.step) == 1 else Kind.PARTS
            yield kind, ((share.loop,),)
        case _:
            assert isinstance(share, GraphOp)
            for tasks in task_levels(share):
                yield Kind.PARTS, tuple(tuple(task.loops) for task in tasks)


def task_levels(graph: GraphOp) -> list[list[TaskOp]]:
    """The tasks by level: each one level after the last of its predecessors (ASAP schedule)."""
    tasks = {task.number.data: task for task in graph.tasks}
    place: dict[int, int] = {}
    work = list(tasks)
    while work:
        number = work[-1]
        before = tasks[number].predecessors
        unknown = [predecessor for predecessor in before if predecessor not in place]
        work.extend(unknown)
        if not unknown:
            place[number] = 1 + max((place[predecessor] for predecessor in before), default=-1)
            work.pop()
    rows: list[list[TaskOp]] = [[] for _ in range(1 + max(place.values(), default=-1))]
    for number, task in tasks.items():
        rows[place[number]].append(task)
    return rows


class Needs:
    """The values of earlier code that the levels of a function use."""

    def __init__(self, compute: FuncOp) -> None:
        self._compute = compute
        self._block = compute.body.block
        ops = list(compute.walk())
        self._order = {op: at for at, op in enumerate(ops)}
        self._writers: dict[object, list[int]] = {}
        for at, top in enumerate(self._block.ops):
            for memory in written_memory(top):
                self._writers.setdefault(memory, []).append(at)
        self._place = {op: at for at, op in enumerate(self._block.ops)}

    def of(self, level: Level, part: Part) -> tuple[list[Operation], list[SSAValue]]:
        """The ops that a part recomputes before it starts, in order, and the values that it can't.

        Those are costly to recompute, or depend on memory that has been overwritten.
        """
        own = {op for top in part for op in top.walk()}
        known: dict[Operation, bool] = {}
        again: set[Operation] = set()
        lost: dict[SSAValue, None] = {}
        for op in own:
            for value in op.operands:
                owner = value.owner
                if not isinstance(owner, Operation) or owner in own:
                    continue
                if self._is_repeatable(owner, level, known):
                    again.add(owner)
                else:
                    lost[value] = None
        work = list(again)
        while work:
            before = [v.owner for v in work.pop().operands if isinstance(v.owner, Operation)]
            work.extend(op for op in before if op not in again)
            again.update(before)
        return (
            sorted(again, key=self._order.__getitem__),
            sorted(lost, key=lambda value: self._order[_owner(value)]),
        )

    def _is_repeatable(self, op: Operation, level: Level, known: dict[Operation, bool]) -> bool:
        """Whether a part of a level can recompute an op and all that it depends on."""
        work = [op]
        while work:
            last = work[-1]
            before = [v.owner for v in last.operands if isinstance(v.owner, Operation)]
            unknown = [operand for operand in before if operand not in known]
            if not unknown or not self._can_repeat(last, level):
                known[last] = self._can_repeat(last, level) and all(known[o] for o in before)
                work.pop()
            else:
                work.extend(unknown)
        return known[op]

    def _can_repeat(self, op: Operation, level: Level) -> bool:
        """Whether a level can recompute an earlier op with the same result, at little cost."""
        if isinstance(op, memref.LoadOp):
            return self._is_unchanged(op, level)
        if op.regions:
            return False
        is_costly = op.name.startswith("math.") or op.name in _COSTLY
        return not (is_costly and op.parent is self._block)

    def _is_unchanged(self, op: memref.LoadOp, level: Level) -> bool:
        """Whether no op up to the end of the level writes the memory that a load reads."""
        top: Operation = op
        while top.parent is not self._block:
            parent = top.parent_op()
            assert parent is not None
            top = parent
        last = self._place[level.top]
        if level.kind == Kind.SERIAL:
            last -= 1
        first = self._place[top] + (top is op)
        writers = self._writers.get(memory_of(op.memref), ())
        return not any(first <= at <= last for at in writers)


def written_memory(top: Operation) -> set[object]:
    """The memory that a top-level op of a function writes, as `memory_of` identifies it."""
    if isinstance(top, memref.StoreOp):
        return {memory_of(top.memref)}
    return {
        memory_of(row) for region in top.regions for _, row, writes in touched(region) if writes
    }


def _owner(value: SSAValue) -> Operation:
    owner = value.owner
    assert isinstance(owner, Operation)
    return owner
