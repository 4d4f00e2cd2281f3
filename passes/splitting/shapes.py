"""Which nodes look alike: each node's op and surroundings, but for constants and controls.

Colours are refined some rounds: nodes of one colour have the same op, and operands and users of the
same colours. Sums of many terms are seen as one: what adds the terms of a sum tells nothing of what
the terms are, since each term of a chain of additions hangs at another place of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xdsl.dialects.builtin import f32, f64, i32
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface
from dspc.dialects.dsp.base import FIRST
from dspc.dialects.dsp.types import SignalType
from dspc.passes.lowering.plan import MAX_REGISTERS
from dspc.passes.splitting.graph import Graph, Node

ROUNDS = 4
MANY_USERS = 64
"""Users of signals that more read than this tell nothing of them."""
LEAST_TERMS = 4
"""Sums of fewer terms are additions like any other."""

LANEWISE: frozenset[type[Operation]] = frozenset((
    arithmetic.AddOp, arithmetic.SubOp, arithmetic.MulOp, arithmetic.DivOp, arithmetic.AndOp,
    arithmetic.OrOp, arithmetic.XorOp, arithmetic.ShlOp, arithmetic.ShrOp, arithmetic.MinOp,
    arithmetic.MaxOp, arithmetic.AbsOp, arithmetic.CompareOp, arithmetic.Select2Op,
    arithmetic.IntOp, arithmetic.FloatOp, arithmetic.SqrtOp, arithmetic.FloorOp,
    arithmetic.CeilOp, interface.AssertBoundsOp,
))  # fmt: skip
"""Ops that machines have for vectors."""
COMMUTATIVE = (arithmetic.AddOp, arithmetic.MulOp)
ELEMENTS = (f32, f64, i32)


class Taken(NamedTuple):
    """How a node takes an operand: `kind` is slow, now, past or input; `node` makes the signal."""

    kind: str
    node: int
    reach: int
    signal: SSAValue


class Sum:
    """A tree of additions: the node at its root, all of its nodes, and its terms."""

    __slots__ = ("members", "root", "terms")

    def __init__(self, root: int) -> None:
        self.root = root
        self.members: list[int] = [root]
        self.terms: list[SSAValue] = []


class Shapes:
    """Operands, users and colours of a graph's nodes. `recursive` are the nodes in recursions."""

    def __init__(self, graph: Graph, recursive: set[int]) -> None:
        self.graph = graph
        self.recursive = recursive
        self.taken: list[list[Taken]] = [
            [self._take(signal) for signal in node.operands] for node in graph.nodes
        ]
        self.users: list[list[tuple[int, int]]] = [[] for _ in graph.nodes]
        """Who takes a node's signal now or later: the node and the place among its operands."""
        for node, operands in enumerate(self.taken):
            for place, taken in enumerate(operands):
                if taken.node >= 0:
                    self.users[taken.node].append((node, place))
        self.sums: dict[int, Sum] = {}
        """Sums by each of their nodes."""
        self._find_sums()
        self._numbers: dict[object, int] = {}
        self.colours = [self._number(self._kind(node)) for node in graph.nodes]

    def _take(self, signal: SSAValue) -> Taken:
        graph = self.graph
        if signal not in graph.sampled:
            return Taken("slow", -1, 0, signal)
        if signal in graph.of:
            return Taken("now", graph.of[signal], 0, signal)
        if signal in graph.fixed:
            line, reach = graph.fixed[signal]
            writer = graph.of.get(line.signal, -1)
            is_past = line.start is None and writer >= 0
            return Taken("past" if is_past else "input", writer, reach, signal)
        return Taken("input", -1, 0, signal)

    def is_lanewise(self, node: Node) -> bool:
        """Whether vectors can do what the node does."""
        op = node.op
        if op is None or type(op) not in LANEWISE:
            return False
        return all(_element(value) in ELEMENTS for value in (*op.operands, *op.results))

    # Sums

    def _find_sums(self) -> None:
        """Trees of additions whose inner nodes nothing else reads."""
        graph = self.graph
        for node in reversed(graph.nodes):
            order = node.order
            if order in self.sums or not self._adds(order):
                continue
            found = Sum(order)
            self._gather(found)
            if len(found.terms) >= LEAST_TERMS:
                self.sums.update(dict.fromkeys(found.members, found))

    def _adds(self, order: int) -> bool:
        op = self.graph.nodes[order].op
        return (
            isinstance(op, arithmetic.AddOp)
            and order not in self.recursive
            and _element(op.results[0]) != i32
        )

    def _gather(self, found: Sum) -> None:
        """Find the terms, in the order in which they are written."""
        work = list(reversed(self.taken[found.root]))
        while work:
            taken = work.pop()
            if taken.kind == "now" and self._is_inner(taken.node):
                found.members.append(taken.node)
                work.extend(reversed(self.taken[taken.node]))
            else:
                found.terms.append(taken.signal)

    def _is_inner(self, order: int) -> bool:
        """Whether nothing but one addition reads this addition."""
        users = self.users[order]
        if len(users) != 1 or not self._adds(order) or not self._adds(users[0][0]):
            return False
        signal = self.graph.nodes[order].op.results[0]  # pyright: ignore
        return signal not in self.graph.plan.lines_of and signal not in self.graph.meters

    # Colours

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _kind(self, node: Node) -> object:
        op = node.op
        if node.order in self.sums:
            return "sum"
        if op is None:
            return "input" if node.output is None else "output"
        if type(op) not in LANEWISE:
            return op.name
        elements = tuple([_element(value) for value in (*op.operands, *op.results)])
        return (op.name, elements, _settings(op))

    def refine(self) -> None:
        """Tell nodes apart by what they read and what reads them."""
        count = len(set(self.colours))
        for _ in range(ROUNDS):
            self.colours = [self._refined(order) for order in range(len(self.colours))]
            now = len(set(self.colours))
            if now == count:
                return
            count = now

    def _refined(self, order: int) -> int:
        colour = self.colours[order]
        node = self.graph.nodes[order]
        if order in self.sums or node.op is None:
            return colour
        operands = [self.colour_of(taken) for taken in self.taken[order]]
        if isinstance(node.op, COMMUTATIVE):
            operands.sort()
        users = self.users[order]
        if len(users) > MANY_USERS:
            seen: Iterable[tuple[int, int]] = ()
        else:
            place_of = self._place
            seen = sorted([(self.colours[user], place_of(user, place)) for user, place in users])
        return self._number((colour, *operands, *seen))

    def _place(self, user: int, place: int) -> int:
        """The place of an operand, if it is of matter."""
        reach = _seen(self.taken[user][place].reach)
        if isinstance(self.graph.nodes[user].op, COMMUTATIVE):
            return reach
        return place + 100 * reach

    def colour_of(self, taken: Taken) -> tuple[str, int, int]:
        """What an operand looks like."""
        colour = self.colours[taken.node] if taken.node >= 0 else -1
        return (taken.kind, colour, _seen(taken.reach))


def _seen(reach: int) -> int:
    """A delay as colours tell it: how long one is that vectors can't carry is of no matter."""
    return min(reach, MAX_REGISTERS + 1)


def _settings(op: Operation) -> tuple[str, ...]:
    """What an op says beside its operands: a predicate, bounds."""
    told = {**op.properties, **op.attributes}
    told.pop(FIRST, None)
    return tuple([f"{name}={told[name]}" for name in sorted(told)])


def _element(value: SSAValue) -> Attribute | None:
    type = value.type
    return type.element if isinstance(type, SignalType) else None
