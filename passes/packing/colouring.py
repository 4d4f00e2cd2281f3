"""Colour refinement (Weisfeiler-Leman) of the dependence graph: a colour for each node's shape.

After some rounds, nodes of one colour have the same op, and operands and users of the same colours;
constants and controls have no colour. (B. Weisfeiler and A. Leman, The reduction of a graph to
canonical form and the algebra which appears therein, 1968.) A sum of LEAST_TERMS or more terms is
one node: the additions of a chain would give each of its terms another colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from xdsl.dialects.builtin import f32, f64, i32
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface
from dspc.dialects.dsp.base import FIRST
from dspc.dialects.dsp.partition import LANE
from dspc.dialects.dsp.types import SignalType
from dspc.passes.analysis.delay_lines import MAX_REGISTERS
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.packing.operands import Operand
from dspc.passes.packing.stencil import Stencil, stencil_of

ROUNDS = 4
MANY_USERS = 64
"""The users of a signal refine its colour only up to this number."""
LEAST_TERMS = 4
"""Sums of fewer terms are single additions."""

LANEWISE: frozenset[type[Operation]] = frozenset((
    arithmetic.AddOp, arithmetic.SubOp, arithmetic.MulOp, arithmetic.DivOp, arithmetic.AndOp,
    arithmetic.OrOp, arithmetic.XorOp, arithmetic.ShlOp, arithmetic.ShrOp, arithmetic.MinOp,
    arithmetic.MaxOp, arithmetic.AbsOp, arithmetic.CompareOp, arithmetic.Select2Op,
    arithmetic.IntOp, arithmetic.FloatOp, arithmetic.SqrtOp, arithmetic.FloorOp,
    arithmetic.CeilOp, interface.AssertBoundsOp,
))  # fmt: skip
"""Ops that processors execute lane by lane on vectors."""
COMMUTATIVE = (arithmetic.AddOp, arithmetic.MulOp)
ELEMENTS = (f32, f64, i32)


class Sum:
    """A tree of additions: its root node, all of its nodes, and its terms in program order."""

    __slots__ = ("members", "root", "terms")

    def __init__(self, root: int) -> None:
        self.root = root
        self.members: list[int] = [root]
        self.terms: list[SSAValue] = []


class Shapes:
    """Operands, users, sums and, once refined, colours of a graph's nodes."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.operands: list[list[Operand]] = [
            [self._operand(signal) for signal in node.operands] for node in graph.nodes
        ]
        self.users: list[list[tuple[int, int]]] = [[] for _ in graph.nodes]
        """The users of a node's signal in this or a later frame: node and operand number."""
        for node, operands in enumerate(self.operands):
            for place, operand in enumerate(operands):
                if operand.node >= 0:
                    self.users[operand.node].append((node, place))
        self.sums: dict[int, Sum] = {}
        """Sums by each of their nodes."""
        self._find_sums()
        self._stencils: dict[int, Stencil] | None = None
        self._numbers: dict[object, int] = {}
        self.colours: list[int] = []

    def _operand(self, signal: SSAValue) -> Operand:
        graph = self.graph
        if signal not in graph.sampled:
            return Operand("slow", -1, 0, signal)
        if signal in graph.of:
            return Operand("now", graph.of[signal], 0, signal)
        if signal in graph.fixed:
            line, reach = graph.fixed[signal]
            writer = graph.of.get(line.signal, -1)
            is_past = line.start is None and writer >= 0
            return Operand("past" if is_past else "input", writer, reach, signal)
        return Operand("input", -1, 0, signal)

    def is_lanewise(self, node: Node) -> bool:
        """Whether the node can be executed lane by lane on vectors.

        Not the addition of a phase with a closed form, whose node has the step as its only operand:
        frames that are independent need no lanes.
        """
        op = node.op
        if op is None or type(op) not in LANEWISE or self.graph.closed_step(op) is not None:
            return False
        return all(_element(value) in ELEMENTS for value in (*op.operands, *op.results))

    @property
    def stencils(self) -> dict[int, Stencil]:
        """Stencils by each of their nodes."""
        if self._stencils is None:
            recursions = [c for c in self.graph.components if c[0] in self.graph.recursive]
            found = [stencil_of(self.graph, self.operands, self.users, c) for c in recursions]
            known = [stencil for stencil in found if stencil is not None]
            alike = Counter(len(stencil.lanes) for stencil in known)
            self._stencils = {
                order: stencil
                for stencil in known
                if alike[len(stencil.lanes)] <= len(stencil.lanes)  # else grids are lanes
                for order in (*stencil.lanes, *stencil.inner)
            }
        return self._stencils

    # Sums

    def _find_sums(self) -> None:
        """Find the maximal trees of additions whose inner nodes have no other user."""
        graph = self.graph
        for node in reversed(graph.nodes):
            order = node.order
            if order in self.sums or not self._adds(order):
                continue
            total = Sum(order)
            self._gather(total)
            if len(total.terms) >= LEAST_TERMS:
                self.sums.update(dict.fromkeys(total.members, total))

    def _adds(self, order: int) -> bool:
        op = self.graph.nodes[order].op
        return (
            isinstance(op, arithmetic.AddOp)
            and order not in self.graph.recursive
            and _element(op.results[0]) != i32
        )

    def _gather(self, total: Sum) -> None:
        """Collect the nodes and the terms, in program order."""
        work = list(reversed(self.operands[total.root]))
        while work:
            operand = work.pop()
            if operand.kind == "now" and self._is_inner(operand.node):
                total.members.append(operand.node)
                work.extend(reversed(self.operands[operand.node]))
            else:
                total.terms.append(operand.signal)

    def _is_inner(self, order: int) -> bool:
        """Whether it is an addition whose only user is another addition."""
        users = self.users[order]
        if len(users) != 1 or not self._adds(order) or not self._adds(users[0][0]):
            return False
        signal = self.graph.nodes[order].op.results[0]  # pyright: ignore
        return signal not in self.graph.plan.lines_of and signal not in self.graph.watched

    # Colours

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def kind(self, node: Node) -> object:
        """The properties that the nodes of one vector op share: op, types and settings."""
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
        """Colour the nodes, and refine the colours by those of operands and users until stable,
        ROUNDS times at most."""
        self.colours = [self._number(self._first_colour(node)) for node in self.graph.nodes]
        count = len(set(self.colours))
        for _ in range(ROUNDS):
            self.colours = [self._refined(order) for order in range(len(self.colours))]
            now = len(set(self.colours))
            if now == count:
                return
            count = now

    def _first_colour(self, node: Node) -> object:
        """The nodes of a grid have one colour, whatever their place in it."""
        stencil = self.stencils.get(node.order)
        if stencil is None:
            return self.kind(node)
        return ("node of a grid" if node.order in stencil.inner else "grid", len(stencil.lanes))

    def _refined(self, order: int) -> int:
        colour = self.colours[order]
        node = self.graph.nodes[order]
        if order in self.sums or order in self.stencils or node.op is None:
            return colour
        operands = [self.colour_of(operand) for operand in self.operands[order]]
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
        """The operand number, unless the user is commutative, and the dependence distance."""
        reach = _capped(self.operands[user][place].reach)
        if isinstance(self.graph.nodes[user].op, COMMUTATIVE):
            return reach
        return place + 100 * reach

    def colour_of(self, operand: Operand) -> tuple[str, int, int]:
        """The colour of an operand."""
        colour = self.colours[operand.node] if operand.node >= 0 else -1
        return (operand.kind, colour, _capped(operand.reach))


def _capped(reach: int) -> int:
    """A dependence distance in a colour: those too long for registers are equal."""
    return min(reach, MAX_REGISTERS + 1)


def _settings(op: Operation) -> tuple[str, ...]:
    """The properties and attributes of an op, such as a predicate or bounds, without FIRST."""
    settings = {**op.properties, **op.attributes}
    settings.pop(FIRST, None)
    settings.pop(LANE, None)
    return tuple([f"{name}={settings[name]}" for name in sorted(settings)])


def _element(value: SSAValue) -> Attribute | None:
    type = value.type
    return type.element if isinstance(type, SignalType) else None
