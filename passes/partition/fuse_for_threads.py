"""Loop fusion for several threads: loops that can run at the same time and are worth a thread are
not fused.

Each cluster begins as a loop of its own. Loops are then fused where no third loop has to wait
longer for it: a loop with one successor with that one, and a loop with one predecessor with that
one, where it is cheap or where neither has other neighbours (edge contraction); and cheap loops
with equal predecessors. None of these closes a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.analysis.frame_graph import Node
from dspc.passes.partition.group import CHEAP, MOST_RECURSIVE, LoopGroup, merge

FUNCTION_STEPS = 10
"""The weight of a mathematical function or a division, in operations: on the low side, since a loop
that is fused cannot run on a thread of its own."""


def fuse_for_threads(
    groups: Sequence[LoopGroup], chunk: int, processor: ProcessorModel
) -> list[LoopGroup]:
    """Fuse linked groups of one cluster each; `chunk` is the number of frames of a chunk."""
    least = int(processor.hand_over / processor.throughput("add")) // chunk
    alive = set(groups)
    weights = {group: sum(map(weight, group.nodes)) for group in groups}
    while True:
        count = len(alive)
        for first in (True, False):
            _contract(alive, weights, least, first)
        _fuse_siblings(alive, weights, least)
        if len(alive) == count:
            return list(alive)


def weight(node: Node) -> int:
    """The estimated operations of a node in a frame."""
    op = node.op
    if op is None or type(op) in CHEAP:
        return 1
    if isinstance(op, time.ControlOp):
        return sum(1 for _ in op.walk())
    is_function = isinstance(op, arithmetic.MathOp | arithmetic.MathBinaryOp | arithmetic.DivOp)
    return FUNCTION_STEPS if is_function else 2


def _contract(
    alive: set[LoopGroup], weights: dict[LoopGroup, int], least: int, is_forward: bool
) -> None:
    """Fuse groups with their only successor or, backwards, their only predecessor."""
    sign = 1 if is_forward else -1
    at = {group.order: group for group in alive}
    waiting = [sign * order for order in at]
    heapify(waiting)
    while waiting:
        order = sign * heappop(waiting)
        group = at[order]
        onward = group.after if is_forward else group.before
        if group not in alive or group.order != order or len(onward) != 1:
            continue
        (other,) = onward
        back = other.before if is_forward else other.after
        is_cheap = not group.is_recursive and weights[group] < least
        first, last = (group, other) if is_forward else (other, group)
        if not (is_cheap or len(back) == 1) or not _fit(first, last):
            continue
        fused = _fuse_pair(group, other, weights, alive)
        at[fused.order] = fused
        for near in (fused, *(fused.before if is_forward else fused.after)):
            heappush(waiting, sign * near.order)


def _fit(first: LoopGroup, last: LoopGroup) -> bool:
    """Whether one loop can compute both, the second from values of the first in registers."""
    if first.is_unfusable or last.is_unfusable:
        return False  # packs, scans and FIR filters have a lowering of their own
    if not first.is_recursive and not last.is_recursive:
        return first not in last.lined
    if first in last.unbound or len(first.nodes) + len(last.nodes) > MOST_RECURSIVE:
        return False
    return all(group.is_recursive or group.is_light() for group in (first, last))


def _fuse_pair(
    group: LoopGroup, other: LoopGroup, weights: dict[LoopGroup, int], alive: set[LoopGroup]
) -> LoopGroup:
    """Fuse two groups and return the remaining one: a recursive one, else the larger one."""
    survivor, absorbed = group, other
    if (other.is_recursive, len(other.nodes)) > (group.is_recursive, len(group.nodes)):
        survivor, absorbed = other, group
    merge(survivor, absorbed)
    weights[survivor] += weights[absorbed]
    alive.discard(absorbed)
    return survivor


def _fuse_siblings(alive: set[LoopGroup], weights: dict[LoopGroup, int], least: int) -> None:
    """Fuse cheap free groups with equal predecessors."""
    alike: dict[frozenset[LoopGroup], list[LoopGroup]] = {}
    for group in sorted(alive, key=lambda group: group.order):
        if not group.is_recursive and weights[group] < least and not _is_private_producer(group):
            alike.setdefault(frozenset(group.before), []).append(group)
    for groups in alike.values():
        _fuse_small(groups, alive, weights, least)


def _is_private_producer(group: LoopGroup) -> bool:
    """Whether its only successor is an unfusable loop of which it is the only predecessor.

    Both will share a thread.
    """
    if len(group.after) != 1:
        return False
    (other,) = group.after
    return other.is_unfusable and len(other.before) == 1


def _fuse_small(
    groups: Iterable[LoopGroup],
    alive: set[LoopGroup],
    weights: dict[LoopGroup, int],
    least: int,
) -> None:
    current: LoopGroup | None = None
    for group in groups:
        current = group if current is None else _fuse_pair(current, group, weights, alive)
        if weights[current] >= least:
            current = None
