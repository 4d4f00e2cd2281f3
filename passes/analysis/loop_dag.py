"""The loop DAG of a chunk: dependences of loops by the memory that they access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, BlockArgument, SSAValue
from xdsl.traits import is_side_effect_free
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.dialects.dsp_par import LoopOp, YieldOp
from dspc.dialects.dsp_par.footprints import Footprint, footprint
from dspc.passes.costs.threads import loop_cost
from dspc.support.graphs import topological_order


@dataclass(slots=True, eq=False)
class WorkUnit:
    """One loop, or several that one thread runs in sequence; `cost` is in ns."""

    loops: list[LoopOp]
    cost: float
    touches: Footprint
    before: set[WorkUnit] = field(default_factory=set["WorkUnit"])
    after: set[WorkUnit] = field(default_factory=set["WorkUnit"])


def loop_units(loops: Sequence[LoopOp], chunk: int, processor: ProcessorModel) -> list[WorkUnit]:
    """A unit for each loop, in the order given, with its dependences.

    Read-after-write, write-after-write and write-after-read dependences by buffer. An output
    channel may alias any input channel (in-place call). Transitively implied dependences are left
    out.
    """
    units = [WorkUnit([loop], loop_cost(loop, chunk, processor), footprint(loop)) for loop in loops]
    writer: dict[object, WorkUnit] = {}
    readers: dict[object, list[WorkUnit]] = {}
    host_readers: list[WorkUnit] = []
    host_writers: dict[object, WorkUnit] = {}
    for unit in units:
        for memory in unit.touches.reads | unit.touches.writes:
            if memory in writer:
                _tie(writer[memory], unit)
            if isinstance(memory, BlockArgument) and memory in unit.touches.reads:
                for other in host_writers.values():
                    _tie(other, unit)
        for memory in unit.touches.writes:
            waits = host_readers if isinstance(memory, BlockArgument) else ()
            for other in (*readers.pop(memory, ()), *waits):
                _tie(other, unit)
            writer[memory] = unit
            if isinstance(memory, BlockArgument):
                host_writers[memory] = unit
        for memory in unit.touches.reads:
            readers.setdefault(memory, []).append(unit)
        if any(isinstance(memory, BlockArgument) for memory in unit.touches.reads):
            host_readers.append(unit)
    drop_implied(units)
    return units


def drop_implied(units: Iterable[WorkUnit]) -> None:
    """Transitive reduction of the dependences; the units are in topological order."""
    place: dict[WorkUnit, int] = {}
    earlier: dict[WorkUnit, int] = {}
    for at, unit in enumerate(units):
        place[unit] = at
        implied = 0
        for other in unit.before:
            implied |= earlier[other]
        earlier[unit] = implied | sum(1 << place[other] for other in unit.before)
        for other in list(unit.before):
            if implied >> place[other] & 1:
                unit.before.discard(other)
                other.after.discard(unit)


def _tie(first: WorkUnit, then: WorkUnit) -> None:
    if first is not then:
        first.after.add(then)
        then.before.add(first)


def join(unit: WorkUnit, other: WorkUnit, in_front: bool = False) -> None:
    """Merge another unit into this one, after its loops or (`in_front`) before them.

    Valid for independent units, and for adjacent ones that no path through a third connects.
    """
    unit.loops = [*other.loops, *unit.loops] if in_front else [*unit.loops, *other.loops]
    unit.cost += other.cost
    unit.touches = unit.touches.with_(other.touches)
    for before in other.before:
        before.after.discard(other)
        _tie(before, unit)
    for after in other.after:
        after.before.discard(other)
        _tie(unit, after)
    other.before, other.after = set(), set()


def in_order(units: Sequence[WorkUnit]) -> list[WorkUnit]:
    """The units in topological order; ties are in the order given."""
    place = {unit: at for at, unit in enumerate(units)}
    return topological_order(
        units, lambda unit: unit.before, lambda unit: unit.after, place.__getitem__
    )


def levels(units: Sequence[WorkUnit]) -> list[list[WorkUnit]]:
    """The levels S0, S1, ... of the DAG: each unit is one level after its latest predecessor."""
    level: dict[WorkUnit, int] = {}
    rows: list[list[WorkUnit]] = []
    for unit in units:
        at = level[unit] = max((level[other] + 1 for other in unit.before), default=0)
        if at == len(rows):
            rows.append([])
        rows[at].append(unit)
    return rows


def chunk_blocks(module: ModuleOp) -> Iterator[tuple[Block, list[LoopOp]]]:
    """The blocks that hold the loops of one chunk, and those loops, in order.

    Only blocks whose other ops have no effects, so that these may all run first.
    """
    by_block: dict[Block, list[LoopOp]] = {}
    for op in module.walk():
        if isinstance(op, LoopOp) and op.parent is not None:
            parent = op.parent_op()
            if parent is None or not parent.name.startswith("dsp_par."):
                by_block.setdefault(op.parent, []).append(op)
    for block, loops in by_block.items():
        others = (op for op in block.ops if not isinstance(op, LoopOp | scf.YieldOp | YieldOp))
        if all(is_side_effect_free(op) for op in others):
            yield block, loops


def chunk_size(block: Block) -> int:
    """The frames of a whole chunk: the step of the loop over chunks, else an assumption."""
    loop = block.parent_op()
    while loop is not None:
        if isinstance(loop, scf.ForOp):
            most = _most(loop.step)
            if most is not None:
                return most
        loop = loop.parent_op()
    return DEFAULT_CHUNK


def _most(value: SSAValue) -> int | None:
    """An upper bound of a value that is the minimum of several, one of them constant.

    It may be the maximum of that and a smaller value.
    """
    while isinstance(value.owner, arith.IndexCastOp | arith.MaxSIOp):
        value = value.owner.operands[0]
    work, known = [value], list[int]()
    while work:
        last = work.pop()
        number = const_evaluate_operand(last)
        if number is not None:
            known.append(number)
        elif isinstance(last.owner, arith.MinSIOp):
            work.extend(last.owner.operands)
    return min(known, default=None)


DEFAULT_CHUNK = 32
