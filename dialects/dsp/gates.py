"""The semantics of Faust's `control`, made explicit in the graph: shared signals are computed once.

A signal is computed while any of the gates is open under which it is needed, and everyone sees its
last value (Faust's compiler: `conditionAnnotation`). So a control of a signal that is needed
outside of the gate as well is that signal, and a signal that only several gates need is held by
the disjunction of them. After this, each `control` of the graph holds what it alone needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dspc.dialects.dsp.graph import Signal, SignalBuilder
from dspc.dialects.dsp.scopes import MEMORY, Scope, Scopes
from dspc.support.graphs import strong_components

Path = tuple[Signal, ...]
"""The gates from a scope to one within, which runs while all of them are open."""
Gates = dict[Path, None]
"""Paths in the order in which they were met: a signal is computed while one of them is open."""
MOST_PATHS = 32
MOST_GATES = 8
"""Of a signal with more paths, or more gates on one, the outermost count: work is bounded."""
MOST_DEPTH = 32
"""The depth up to which gates are regions: signals of deeper gates run while the outer ones are
open, and only their value is held."""


def share_gated(builder: SignalBuilder, outputs: Sequence[Signal]) -> list[Signal]:
    """The outputs of a graph whose controls gate only the signals that no other needs; in place."""
    graph = _Graph(builder, list(outputs))
    graph.bound_depth()
    while graph.pass_shared():
        pass
    graph.hold_shared()
    return graph.outputs


class _Graph:
    def __init__(self, builder: SignalBuilder, outputs: list[Signal]) -> None:
        self.builder = builder
        self.outputs = outputs
        self.unread: set[Signal] = set()
        """Controls that are only attached to their gated signals: their gates count as used."""

    def successors(self, node: Signal) -> tuple[Signal, ...]:
        return (self.builder.definitions[node],) if node.op == "feedback" else node.args

    def bound_depth(self) -> None:
        """Replace each control that is too deep by a choice between its operand and its last value.

        Regions would nest as deeply, and with them the recursion of their traversals.
        """
        scopes = Scopes(self.outputs, self.successors, MOST_DEPTH)
        if scopes.is_trivial:
            return
        for node, scope in scopes.home.items():
            if node.op == "control" and scope.depth == MOST_DEPTH:
                state = self.builder.feedback(node.kind)
                operand, gate = node.args
                node.op = "select2"
                node.args = (gate, self.builder.make("delay", (state,), 1), operand)
                self.builder.define(state, node)

    def pass_shared(self) -> bool:
        """Replace each control of a signal that is needed where the control is; whether any was."""
        scopes = Scopes(self.outputs, self.successors)
        if scopes.is_trivial:
            return False
        needed = self.needed_at_home(scopes)
        passed: dict[Signal, Signal] = {}
        for node in scopes.home:
            operand = node
            while operand.op == "control" and node not in passed and node not in self.unread:
                operand = operand.args[0]
                if operand in needed and _holds(scopes.home[operand], scopes.home[node]):
                    passed[node] = self.builder.make("attach", (operand, node))
        ours = dict.fromkeys(passed.values())
        for node in scopes.home:
            if node not in ours:
                self.replace(node, [passed.get(each, each) for each in self.successors(node)])
        for node in ours:
            signal, control = node.args
            node.args = (passed.get(signal, signal), control)
        self.outputs = [passed.get(output, output) for output in self.outputs]
        self.unread.update(passed)
        return bool(passed)

    def replace(self, node: Signal, operands: Iterable[Signal]) -> None:
        if node.op == "feedback":
            (self.builder.definitions[node],) = operands
        else:
            node.args = tuple(operands)

    def uses(self, scopes: Scopes) -> Iterable[tuple[Signal, Signal, Scope]]:
        """Every use of a signal: the user, the signal, and the scope that it is needed in."""
        for node in scopes.home:
            for position, operand in enumerate(self.successors(node)):
                is_gated = node.op == "control" and position == 0
                yield node, operand, scopes.inner(node) if is_gated else scopes.home[node]

    def needed_at_home(self, scopes: Scopes) -> set[Signal]:
        """The signals that another one, or the outside, needs whenever their scope runs.

        The others are shared by gates, or are delays of signals that an outer scope computes.
        """
        operands_of: dict[Signal, list[Signal]] = {}
        for user, operand, scope in self.uses(scopes):
            if scope is scopes.home[operand]:
                operands_of.setdefault(user, []).append(operand)
        needed = {output for output in self.outputs if scopes.home[output] is scopes.root}
        work = list(needed)
        while work:
            for operand in operands_of.get(work.pop(), ()):
                if operand not in needed:
                    needed.add(operand)
                    work.append(operand)
        return needed

    def hold_shared(self) -> None:
        """Give each signal that only several gates need a control by the disjunction of them."""
        scopes = Scopes(self.outputs, self.successors)
        if scopes.is_trivial:
            return
        needed = self.needed_at_home(scopes)
        gates = self.shared_gates(scopes, needed)
        within = _gates_within(scopes, gates)
        held: dict[Signal, Signal] = {}
        for gate, path in sorted(within.items(), key=lambda item: len(item[1])):
            held[gate] = self.held(gate, {path: None}, held)
        gates = {**gates, **{gate: {path: None} for gate, path in within.items()}}

        def read(operand: Signal, user: Signal | None) -> Signal:
            signal = _gated(operand)
            if signal not in gates:
                return operand
            if user is not None and user in gates and _same(gates, scopes, user, signal):
                return signal
            return self.held(signal, gates[signal], held)

        # A control of a shared signal has no users left, unless it is the one that holds it.
        operands = {
            node: tuple([read(operand, node) for operand in self.successors(node)])
            for node in scopes.home
            if node.op != "control" or _gated(node) not in gates
        }
        outputs = [read(output, None) for output in self.outputs]
        if _is_acyclic(outputs, operands):
            for node, new in operands.items():
                self.replace(node, new)
            self.outputs = outputs

    def held(self, signal: Signal, gates: Gates, known: dict[Signal, Signal]) -> Signal:
        """The last value of a signal that is computed while any of the gates is open."""
        if signal not in known:
            b = self.builder
            paths = list(gates)
            is_one = len(paths) == len(paths[0]) == 1
            opened = paths[0] if is_one else [self.opened(path, known) for path in paths]
            gate, *others = opened
            for next_gate in others:
                gate = b.make("or", (gate, next_gate))
            known[signal] = b.node("control", (signal, gate), None, signal.kind, 3)
        return known[signal]

    def opened(self, path: Path, known: Mapping[Signal, Signal]) -> Signal:
        """Whether all gates of a path are open, by the last values of those that others hold."""
        b = self.builder
        gate, *others = [
            b.make("compare", (known.get(each, each), b.int(0)), "ne") for each in path
        ]
        for next_gate in others:
            gate = b.make("and", (gate, next_gate))
        return gate

    def shared_gates(self, scopes: Scopes, needed: set[Signal]) -> Mapping[Signal, Gates]:
        """The gates of each signal that its scope computes for scopes within only."""
        home = scopes.home
        remembered = {
            node: self.successors(node)[1 if node.op == "prefix" else 0]
            for node in home
            if node.op in MEMORY
        }
        gates: dict[Signal, Gates] = {node: {} for node in home if node not in needed}
        operands_of: dict[Signal, list[tuple[Signal, Path]]] = {}
        for user, operand, scope in self.uses(scopes):
            if operand not in gates:
                continue
            path = _path(scope, home[operand])
            if user in gates:
                operands_of.setdefault(user, []).append((operand, path))
            elif path:
                _add(gates[operand], [path])
        for node, signal in remembered.items():
            if node in gates and signal in gates:
                operands_of.setdefault(signal, []).append((node, ()))
        _spread(gates, operands_of)
        return {
            node: paths
            for node, paths in gates.items()
            if paths
            and node.kind in ("int", "float")
            and node.op not in ("control", "constant")
            and (node not in remembered or remembered[node] in gates)
        }


def _gates_within(scopes: Scopes, gates: Mapping[Signal, Gates]) -> dict[Signal, Path]:
    """The gates on paths that are computed within others of their path, and the gates of these.

    The disjunction reads them outside, where their last values are held.
    """
    outer_paths: dict[Signal, Path] = {}
    for signal, paths in gates.items():
        for path in paths:
            for end in range(1, len(path)):
                if not _holds(scopes.home[path[end]], scopes.home[signal]):
                    outer_paths.setdefault(path[end], path[:end])
    return outer_paths


def _is_acyclic(outputs: Sequence[Signal], operands: Mapping[Signal, tuple[Signal, ...]]) -> bool:
    """Whether no signal depends on itself within a frame (a gate may on a signal it gates)."""

    def waits_for(node: Signal) -> tuple[Signal, ...]:
        return () if node.op == "feedback" else operands.get(node, node.args)

    bodies = [operands[node][0] for node in operands if node.op == "feedback"]
    components = strong_components([*outputs, *bodies], waits_for)
    return all(
        len(component) == 1 and component[0] not in waits_for(component[0])
        for component in components
    )


def _gated(signal: Signal) -> Signal:
    """The signal under nested controls; a signal that is no control is returned as is."""
    while signal.op == "control":
        signal = signal.args[0]
    return signal


def _holds(outer: Scope, inner: Scope | None) -> bool:
    """Whether `inner` is `outer` or nested in it."""
    while inner is not None and inner is not outer:
        inner = inner.parent
    return inner is outer


def _path(scope: Scope, outer: Scope) -> Path:
    """The outermost gates from a scope to one within; none from a scope to itself."""
    gates: list[Signal] = []
    while scope is not outer:
        assert scope.gate is not None
        assert scope.parent is not None
        gates.append(scope.gate)
        scope = scope.parent
    return tuple(reversed(gates))[:MOST_GATES]


def _spread(
    gates: Mapping[Signal, Gates], operands_of: Mapping[Signal, list[tuple[Signal, Path]]]
) -> None:
    """Propagate gates of users to operands, after the path to the user, to a fixed point."""
    work = [node for node, paths in gates.items() if paths]
    while work:
        node = work.pop()
        for operand, path in operands_of.get(node, ()):
            if _add(gates[operand], [_joined(path, each) for each in gates[node]]):
                work.append(operand)


def _joined(outer: Path, inner: Path) -> Path:
    return tuple(dict.fromkeys((*outer, *inner)))[:MOST_GATES]


def _add(disjunction: Gates, paths: Iterable[Path]) -> bool:
    """Add paths to a disjunction, in which no path implies another; whether it changed."""
    changed = False
    for path in paths:
        gates = set(path)
        if any(gates.issuperset(known) for known in disjunction):
            continue
        for known in [known for known in disjunction if gates.issubset(known)]:
            del disjunction[known]
        disjunction[path] = None
        changed = True
    if len(disjunction) > MOST_PATHS:
        outer = dict.fromkeys(path[:1] for path in disjunction)
        disjunction.clear()
        disjunction.update(outer)
    return changed


def _same(gates: Mapping[Signal, Gates], scopes: Scopes, first: Signal, second: Signal) -> bool:
    """Whether two signals are computed in the same frames."""
    is_one_scope = scopes.home[first] is scopes.home[second]
    return is_one_scope and gates[first].keys() == gates[second].keys()
