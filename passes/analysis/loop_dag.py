"""Which loops of a chunk must wait for which: from what they touch, in the order they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, BlockArgument, SSAValue
from xdsl.traits import is_side_effect_free
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_par import LoopOp, YieldOp
from dspc.dialects.dsp_par.memory import Footprint, footprint
from dspc.dialects.graphs import topological_order
from dspc.passes.analysis.loop_costs import loop_cost


@dataclass(slots=True, eq=False)
class Unit:
    """One loop, or several that run one after the other on one thread; `cost` is in ns."""

    loops: list[LoopOp]
    cost: float
    touches: Footprint
    before: set[Unit] = field(default_factory=set["Unit"])
    after: set[Unit] = field(default_factory=set["Unit"])


def loop_units(loops: Sequence[LoopOp], chunk: int) -> list[Unit]:
    """A unit for each loop, in the order given, tied to those that it must wait for.

    A loop waits for the last that wrote what it touches, and one that writes for all that have
    read the same since. A channel that is written may be the array of any channel that is read.
    What follows from other dependences is left out.
    """
    units = [Unit([loop], loop_cost(loop, chunk), footprint(loop)) for loop in loops]
    writer: dict[object, Unit] = {}
    readers: dict[object, list[Unit]] = {}
    host_readers: list[Unit] = []
    host_writers: dict[object, Unit] = {}
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


def drop_implied(units: Iterable[Unit]) -> None:
    """Drop dependences that follow from others; the units come in order."""
    place: dict[Unit, int] = {}
    earlier: dict[Unit, int] = {}
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


def _tie(first: Unit, then: Unit) -> None:
    if first is not then:
        first.after.add(then)
        then.before.add(first)


def join(unit: Unit, other: Unit, in_front: bool = False) -> None:
    """Have a unit run what another runs, after its own or in front of it; the other is done with.

    Two units that have nothing to do with each other, or between which no third lies, may join.
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


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """The units, each after those that it waits for; otherwise in the order given."""
    place = {unit: at for at, unit in enumerate(units)}
    return topological_order(
        units, lambda unit: unit.before, lambda unit: unit.after, place.__getitem__
    )


def levels(units: Sequence[Unit]) -> list[list[Unit]]:
    """S0, S1, ...: each unit on the first level after all that it waits for."""
    level: dict[Unit, int] = {}
    found: list[list[Unit]] = []
    for unit in units:
        at = level[unit] = max((level[other] + 1 for other in unit.before), default=0)
        if at == len(found):
            found.append([])
        found[at].append(unit)
    return found


def chunk_blocks(module: ModuleOp) -> Iterator[tuple[Block, list[LoopOp]]]:
    """The blocks that hold the loops of one chunk, and those loops, in order.

    Only blocks whose other ops have no effects, so that these may all run first.
    """
    found: dict[Block, list[LoopOp]] = {}
    for op in module.walk():
        if isinstance(op, LoopOp) and op.parent is not None:
            parent = op.parent_op()
            if parent is None or not parent.name.startswith("dsp_par."):
                found.setdefault(op.parent, []).append(op)
    for block, loops in found.items():
        others = (op for op in block.ops if not isinstance(op, LoopOp | scf.YieldOp | YieldOp))
        if all(is_side_effect_free(op) for op in others):
            yield block, loops


def chunk_size(block: Block) -> int:
    """The most frames of a whole chunk: the step of the loop over chunks, else a guess."""
    loop = block.parent_op()
    while loop is not None:
        if isinstance(loop, scf.ForOp):
            most = _most(loop.step)
            if most is not None:
                return most
        loop = loop.parent_op()
    return DEFAULT_CHUNK


def _most(value: SSAValue) -> int | None:
    """The most that a number is, where that is plain: the least of several, one of them known.

    It may be held above another, smaller number.
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
