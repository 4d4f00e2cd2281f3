"""Invariants of decisions on loops and packs over the ops that name them, for their verifiers.

Loops run in the order of their declarations, so that groups are convex if no op reads a value of
the same frame from a later loop: no path leaves a group and comes back. A past that is read before
the loop of its writer reaches back at least a chunk, from a ring buffer, or is assumed to. Lanes of
a pack are independent: no op depends within the frame on another lane of its position.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, Block, BlockArgument, Operation, OpResult, SSAValue
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.recurrences import PhaseOp
from dspc.dialects.dsp.time import AttachOp, ControlOp, DelayOp, PrefixOp, Recursion


class Read(NamedTuple):
    """A signal that an op reads: in the same frame, or `is_past` that the chunk may hold."""

    source: Operation
    is_past: bool


class Rings(NamedTuple):
    """The length of a chunk, and the names of the delay lines in ring buffers."""

    chunk: int
    names: set[str]


def check_loops(body: Block, loops: dict[str, bool], rings: Rings, attribute: str) -> None:
    """Verify the ops of loops, which name them by an attribute.

    `loops` are their names in order, each with whether it is free of loop-carried dependences.
    """
    order = {name: at for at, name in enumerate(loops)}
    for op in body.walk():
        name = _named(op.attributes.get(attribute))
        if name not in order:
            continue
        for source, is_past in _reads(op, rings):
            writer = _named(source.attributes.get(attribute))
            if writer not in order:
                continue
            if order[writer] > order[name]:
                subject = "the past of a value" if is_past else "a value"
                raise VerifyException(
                    f"{op.name} in @{name} reads {subject} that @{writer} writes later in the "
                    "chunk: loops are convex, and run after those that they read"
                )
            if is_past and writer == name and loops[name] and not _is_phase(op):
                raise VerifyException(f"{op.name} in @{name} reads its past, but the loop is free")


def check_lanes(body: Block, lanes: dict[Operation, tuple[str, int, int]]) -> None:
    """Verify the lanes of packs; `lanes` has each op's pack, position and lane."""
    bits = {op: 1 << at for at, op in enumerate(lanes)}
    rows: dict[tuple[str, int], int] = {}
    for op, (pack, position, _) in lanes.items():
        rows[pack, position] = rows.get((pack, position), 0) | bits[op]
    before: dict[Operation, int] = {}
    for op in body.walk():
        mask = 0
        for source, is_past in _reads(op, Rings(1, set())):
            if not is_past:
                mask |= before.get(source, 0) | bits.get(source, 0)
        before[op] = mask
        if op in lanes:
            pack, position, _ = lanes[op]
            if mask & rows[pack, position]:
                raise VerifyException(
                    f"{op.name} depends on another lane of position {position} of @{pack}"
                )


def _named(reference: Attribute | None) -> str | None:
    return reference.root_reference.data if isinstance(reference, SymbolRefAttr) else None


def _is_phase(op: Operation) -> bool:
    return isinstance(op.parent_op(), PhaseOp)


def _reads(op: Operation, rings: Rings) -> Iterator[Read]:
    """The values of the current chunk that an op reads."""
    if isinstance(op, DelayOp):
        if op.amount is not None:
            yield from _used(op.amount, rings)
        yield from _past(op, rings)
    elif isinstance(op, PrefixOp):
        yield from _used(op.first, rings)
        yield from _past(op, rings)
    elif isinstance(op, ControlOp):
        yield from _used(op.gate, rings)
        for inner in op.body.walk():
            for value in inner.operands:
                if not op.is_ancestor(value.owner):
                    yield from _used(value, rings)
    elif not isinstance(op, Recursion):
        for value in op.operands:
            yield from _used(value, rings)


def _used(value: SSAValue, rings: Rings) -> Iterator[Read]:
    """A value that is read in the frame: a fixed delay is a past of its signal."""
    source = _source(value)
    if source is None:
        return
    is_fixed = isinstance(source, DelayOp) and source.amount is None
    if is_fixed or isinstance(source, PrefixOp):
        assert isinstance(source, DelayOp | PrefixOp)
        yield from _past(source, rings)
    else:
        yield Read(source, False)


def _past(op: DelayOp | PrefixOp, rings: Rings) -> Iterator[Read]:
    """The past that a delay reads, unless all of it is of earlier chunks."""
    source = _source(op.signal)
    if source is None:
        return
    frames = 1
    if isinstance(op, DelayOp):
        frames = op.offset.value.data
        if op.amount is None and frames == 0:
            yield Read(source, False)
            return
        if op.assumed is not None:
            return
    line = None if op.line is None else op.line.string_value()
    if frames < rings.chunk or line not in rings.names:
        yield Read(source, True)


def _source(value: SSAValue) -> Operation | None:
    """The op that computes a signal, behind recursions and attached signals; None for an input."""
    while True:
        owner = value.owner
        if isinstance(owner, AttachOp):
            value = owner.signal
        elif isinstance(owner, Recursion):
            assert isinstance(value, OpResult)
            value = owner.yielded()[value.index]
        elif isinstance(value, BlockArgument):
            around = value.block.parent_op()
            if not isinstance(around, Recursion):
                return None
            value = around.yielded()[value.index]
        else:
            assert isinstance(owner, Operation)
            return owner
