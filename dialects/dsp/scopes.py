"""Placement of signals in gated regions, which run only in frames where their gate is open.

Each `control` has a scope for the signals that only it uses. A signal is placed in the innermost
scope that contains all its uses (the lowest common ancestor in the tree of scopes). Controls with
the same gate share a scope, so that their common state is held at the same time. A delay is in the
scope of the signal whose past it reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from dspc.dialects.dsp.graph import Signal
from dspc.support.graphs import postorder

MEMORY = frozenset(("delay", "prefix", "feedback"))
Successors = Callable[[Signal], Sequence[Signal]]


class Scope:
    """A gated region nested in `parent`; the root scope is the program."""

    __slots__ = ("controls", "depth", "gate", "members", "parent")

    def __init__(self, parent: Scope | None, gate: Signal | None) -> None:
        self.parent = parent
        self.gate = gate
        self.depth = 0 if parent is None else parent.depth + 1
        self.controls: list[Signal] = []
        """The `control` signals of the parent scope whose operands are computed here."""
        self.members: list[Signal] = []
        """The signals computed here or in a nested scope."""

    def held(self) -> list[Signal]:
        """The signals whose last values are visible outside."""
        return list(dict.fromkeys(control.args[0] for control in self.controls))


class Scopes:
    """The scopes of all signals that the outputs depend on.

    Scopes nest up to a depth; signals gated by a deeper control are in the scope of that control.
    """

    def __init__(
        self, outputs: Sequence[Signal], successors: Successors, deepest: int | None = None
    ) -> None:
        self.root = Scope(None, None)
        self.home: dict[Signal, Scope] = {}
        self.deepest = deepest
        self._successors = successors
        self._children: dict[tuple[Scope, Signal, int], Scope] = {}
        nodes = _reachable(outputs, successors)
        controls = [node for node in nodes if node.op == "control"]
        self.is_trivial = not controls
        if self.is_trivial:
            return
        self._levels = _levels(nodes, controls)
        self._settle(outputs, nodes)
        for node in nodes:
            scope = self.home[node]
            if node.op == "control":
                self.inner(node).controls.append(node)
            while scope.parent is not None:
                scope.members.append(node)
                scope = scope.parent

    def inner(self, control: Signal) -> Scope:
        """The scope that computes a control's operand."""
        gate = control.args[1]
        outer = self.home[control]
        if outer.depth == self.deepest or self._gates(outer, gate):
            return outer
        key = (outer, gate, self._levels[control])
        scope = self._children.get(key)
        if scope is None:
            scope = self._children[key] = Scope(outer, gate)
        return scope

    def _gates(self, scope: Scope, gate: Signal) -> bool:
        """Whether the gate is known to be open in a scope."""
        here: Scope | None = scope
        while here is not None:
            if here.gate is gate:
                return True
            here = here.parent
        return False

    def _settle(self, outputs: Sequence[Signal], nodes: list[Signal]) -> None:
        """Find the lowest common ancestor of the scopes of each signal's uses (a fixed point)."""
        remembered = {node: self._remembered(node) for node in nodes if node.op in MEMORY}
        readers: dict[Signal, list[Signal]] = {}
        for node, signal in remembered.items():
            readers.setdefault(signal, []).append(node)
        # Users come first: a control's scope is known before those of the signals it gates.
        after = postorder(nodes, lambda node: node.args, set(nodes))
        order = {node: -at for at, node in enumerate(after)}
        pending = dict.fromkeys(outputs, self.root)
        work = [(order[output], output.id, output) for output in pending]
        heapify(work)

        def want(node: Signal, scope: Scope) -> None:
            if node not in pending:
                heappush(work, (order[node], node.id, node))
            pending[node] = _common(pending.get(node, scope), scope)

        while work:
            _, _, node = heappop(work)
            merged = pending.pop(node)
            for holder in (node, remembered.get(node, node)):
                merged = _common(self.home.get(holder, merged), merged)
            if merged is self.home.get(node):
                continue
            self.home[node] = merged
            for position, target in enumerate(self._successors(node)):
                is_gated = node.op == "control" and position == 0
                want(target, self.inner(node) if is_gated else merged)
            for reader in readers.get(node, ()):
                if reader in self.home:
                    want(reader, merged)

    def _remembered(self, node: Signal) -> Signal:
        """The signal whose past a delay, prefix or feedback reads."""
        return self._successors(node)[1 if node.op == "prefix" else 0]


def _common(a: Scope, b: Scope) -> Scope:
    while a is not b:
        if a.depth < b.depth:
            a, b = b, a
        assert a.parent is not None
        a = a.parent
    return a


def _reachable(outputs: Sequence[Signal], successors: Successors) -> list[Signal]:
    seen = dict.fromkeys(outputs)
    work = list(seen)
    while work:
        for target in successors(work.pop()):
            if target not in seen:
                seen[target] = None
                work.append(target)
    return list(seen)


def _levels(nodes: list[Signal], controls: list[Signal]) -> dict[Signal, int]:
    """The level of each control: the controls of its gate on the longest path to it, inclusive.

    Controls of different levels can't share a region, since one depends on the other in the same
    frame. Each node has a map from gates to levels, shared between nodes with equal maps. A gate is
    removed with its last control and a map with its last reader, so the work is near-linear in the
    size of the graph unless the live ranges of many gates overlap.
    """
    left = Counter(control.args[1] for control in controls)
    levels = {control: 1 for control in controls if left[control.args[1]] == 1}
    if len(levels) == len(controls):
        return levels
    order = postorder(nodes, lambda node: node.args, set(nodes))
    readers = Counter(arg for node in order for arg in set(node.args))
    counts: dict[Signal, dict[Signal, int]] = {}
    for node in order:
        below: dict[Signal, int] = {}
        for arg in dict.fromkeys(node.args):
            below = _merged(below, counts[arg], left)
            readers[arg] -= 1
            if not readers[arg]:
                del counts[arg]
        if node.op == "control" and node not in levels:
            gate = node.args[1]
            levels[node] = below.get(gate, 0) + 1
            left[gate] -= 1
            below = {each: level for each, level in below.items() if left[each]}
            if left[gate]:
                below[gate] = levels[node]
        if readers[node]:
            counts[node] = below
    return levels


def _merged(
    a: dict[Signal, int], b: dict[Signal, int], left: Mapping[Signal, int]
) -> dict[Signal, int]:
    """The maximum level of each gate that has controls left; may return one of the operands."""
    if a is b or not b:
        return a
    if not a:
        return b
    if len(a) < len(b):
        a, b = b, a
    more = {gate: level for gate, level in b.items() if left[gate] and a.get(gate, 0) < level}
    return {**a, **more} if more else a
