"""Where signals live when some are computed only while a gate is open.

Each `control` opens a scope for the signals that only it needs. A signal belongs to the innermost
scope that holds all its uses; controls with one gate share a scope, so that state they share
stands still together. Delays live where the signal they remember lives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dspc.dialects.dsp.components import topological
from dspc.dialects.dsp.graph import Signal

MEMORY = frozenset(("delay", "prefix", "feedback"))
Successors = Callable[[Signal], Sequence[Signal]]


class Scope:
    """A gated region inside `parent`; the whole program is the one scope without a parent."""

    __slots__ = ("controls", "depth", "gate", "members", "parent")

    def __init__(self, parent: Scope | None, gate: Signal | None) -> None:
        self.parent = parent
        self.gate = gate
        self.depth = 0 if parent is None else parent.depth + 1
        self.controls: list[Signal] = []
        """The `control` signals of the parent scope whose operand is computed here."""
        self.members: list[Signal] = []
        """The signals computed here or in a scope within."""

    def held(self) -> list[Signal]:
        """The signals whose last values the outside sees."""
        return list(dict.fromkeys(control.args[0] for control in self.controls))


class Scopes:
    """The scope of each signal that the outputs need."""

    def __init__(self, outputs: Sequence[Signal], successors: Successors) -> None:
        self.root = Scope(None, None)
        self.home: dict[Signal, Scope] = {}
        self._successors = successors
        self._children: dict[tuple[Scope, Signal, int], Scope] = {}
        nodes = _reachable(outputs, successors)
        controls = [node for node in nodes if node.op == "control"]
        self.is_trivial = not controls
        if self.is_trivial:
            return
        self._levels = _levels(nodes, {control.args[1] for control in controls})
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
        if self._gates(outer, gate):
            return outer
        key = (outer, gate, self._levels[gate][control])
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
        """Raise each signal's scope until it holds all uses."""
        remembered = {node: self._remembered(node) for node in nodes if node.op in MEMORY}
        readers: dict[Signal, list[Signal]] = {}
        for node, signal in remembered.items():
            readers.setdefault(signal, []).append(node)
        work: list[tuple[Signal, Scope]] = [(output, self.root) for output in outputs]
        while work:
            node, wanted = work.pop()
            merged = wanted
            for holder in (node, remembered.get(node, node)):
                merged = _common(self.home.get(holder, merged), merged)
            if merged is self.home.get(node):
                continue
            self.home[node] = merged
            for position, target in enumerate(self._successors(node)):
                is_gated = node.op == "control" and position == 0
                work.append((target, self.inner(node) if is_gated else merged))
            work.extend((reader, merged) for reader in readers.get(node, ()) if reader in self.home)

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


def _levels(nodes: list[Signal], gates: set[Signal]) -> dict[Signal, dict[Signal, int]]:
    """For each gate, how many of its controls each control waits for within one frame.

    Controls of different levels can't share a region: the later needs what the earlier gives.
    """
    order = topological(nodes, lambda node: node.args, set(nodes))
    levels: dict[Signal, dict[Signal, int]] = {}
    for gate in gates:
        level: dict[Signal, int] = {}
        for node in order:
            below = max([level[arg] for arg in node.args], default=0)
            is_own = node.op == "control" and node.args[1] is gate
            level[node] = below + 1 if is_own else below
        levels[gate] = level
    return levels
