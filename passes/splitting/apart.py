"""Loops for several threads: what may run at once stays apart, if it is worth a thread's while.

Each node, or recursion, begins as a loop of its own. Then loops join where no third one has to wait
for it: what feeds one loop alone joins that one, and what is fed by one loop alone joins that one,
where it is little or where neither has other neighbours; little ones join that the same loops feed.
None of these makes a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from dspc.dialects.dsp import arithmetic, time
from dspc.passes.splitting.graph import Node
from dspc.passes.splitting.group import CHEAP, MOST_RECURSIVE, Group, merge

WORTH_A_THREAD = 16_384
"""Steps in each chunk that pay for handing a loop to another thread: some microseconds."""
FUNCTION_STEPS = 10
"""What a call of a mathematical function, or a division, counts for."""


def join_apart(groups: Sequence[Group], chunk: int) -> list[Group]:
    """Join linked groups of one cluster each; `chunk` is the number of frames in a chunk."""
    least = WORTH_A_THREAD // chunk
    alive = set(groups)
    weights = {group: sum(map(weight, group.nodes)) for group in groups}
    while True:
        count = len(alive)
        for first in (True, False):
            _join_along(alive, weights, least, first)
        _join_alike(alive, weights, least)
        if len(alive) == count:
            return list(alive)


def weight(node: Node) -> int:
    """About how many steps a node takes in a frame."""
    op = node.op
    if op is None or type(op) in CHEAP:
        return 1
    if isinstance(op, time.ControlOp):
        return sum(1 for _ in op.walk())
    is_function = isinstance(op, arithmetic.MathOp | arithmetic.MathBinaryOp | arithmetic.DivOp)
    return FUNCTION_STEPS if is_function else 2


def _join_along(alive: set[Group], weights: dict[Group, int], least: int, is_forward: bool) -> None:
    """Join groups to the only one that they feed or, backwards, that feeds them."""
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
        is_little = not group.is_recursive and weights[group] < least
        first, last = (group, other) if is_forward else (other, group)
        if not (is_little or len(back) == 1) or not _fit(first, last):
            continue
        kept = _into(group, other, weights, alive)
        at[kept.order] = kept
        for near in (kept, *(kept.before if is_forward else kept.after)):
            heappush(waiting, sign * near.order)


def _fit(first: Group, last: Group) -> bool:
    """Whether one loop can compute both, the second from what the first has just computed."""
    if first.is_alone or last.is_alone:
        return False  # what is written in a way of its own takes no other steps
    if not first.is_recursive and not last.is_recursive:
        return first not in last.lined
    if first in last.unbound or len(first.nodes) + len(last.nodes) > MOST_RECURSIVE:
        return False
    return all(group.is_recursive or group.is_light() for group in (first, last))


def _into(group: Group, other: Group, weights: dict[Group, int], alive: set[Group]) -> Group:
    """Join two groups, and give the one that stays: a recursive one, else that with more nodes."""
    kept, gone = group, other
    if (other.is_recursive, len(other.nodes)) > (group.is_recursive, len(group.nodes)):
        kept, gone = other, group
    merge(kept, gone)
    weights[kept] += weights[gone]
    alive.discard(gone)
    return kept


def _join_alike(alive: set[Group], weights: dict[Group, int], least: int) -> None:
    """Join small free groups that the same loops feed."""
    alike: dict[frozenset[Group], list[Group]] = {}
    for group in sorted(alive, key=lambda group: group.order):
        if not group.is_recursive and weights[group] < least and not _is_tied(group):
            alike.setdefault(frozenset(group.before), []).append(group)
    for groups in alike.values():
        _join_some(groups, alive, weights, least)


def _is_tied(group: Group) -> bool:
    """Whether it is there for one loop alone that nothing may join, a scan or a pack.

    They will share a thread.
    """
    if len(group.after) != 1:
        return False
    (other,) = group.after
    return other.is_alone and len(other.before) == 1


def _join_some(
    groups: Iterable[Group], alive: set[Group], weights: dict[Group, int], least: int
) -> None:
    kept: Group | None = None
    for group in groups:
        kept = group if kept is None else _into(kept, group, weights, alive)
        if weights[kept] >= least:
            kept = None
