"""Stencils: linear recursions over the nodes of a grid, each of which reads its neighbours' past.

In finite-difference schemes of strings, bars and plates (S. Bilbao, Numerical Sound Synthesis,
Wiley 2009), the next value of a node is a sum of past values of nodes around it, times coefficients
that are the same all over the grid, and of its excitation. Nodes are the lanes of vectors: the
neighbours that are `shift` nodes further on form a diagonal of the scheme's matrix. Where a node
has no such neighbour, as at the ends, its coefficient is 0. Nodes are numbered in program order, or
along the grid (E. Cuthill and J. McKee, Reducing the bandwidth of sparse symmetric matrices, 1969)
where that takes fewer diagonals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xdsl.dialects.builtin import f32, f64
from xdsl.ir import SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import element
from dspc.passes.analysis.delay_lines import MAX_REGISTERS
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.packing.operands import Operand

LEAST_NODES = 8
"""The fewest nodes of a grid whose neighbours are lanes."""
MOST_TERMS = 64
"""The most terms of a node."""
LEAST_FILLED = 0.5
"""The least share of the coefficients of all diagonals that are there."""


class Outside(NamedTuple):
    """The excitation of each node: operand `number` of its lane."""

    number: int
    is_minus: bool


class Inserted(NamedTuple):
    """The excitation of some nodes, or of nodes in unlike ways: an operand a lane, None for 0."""

    operands: tuple[Operand | None, ...]
    is_minus: bool


@dataclass(frozen=True, eq=False)
class Diagonal:
    """The nodes `shift` further on, `reach` frames ago, times the factor of each lane.

    Lanes that are not in `present` have no such term; a factor of None is 1.
    """

    shift: int
    reach: int
    is_minus: bool
    factors: tuple[Operand | None, ...]
    present: tuple[bool, ...]

    @property
    def is_sampled(self) -> bool:
        """Whether a factor varies within a call."""
        return any(factor is not None and factor.kind != "slow" for factor in self.factors)


@dataclass(frozen=True, eq=False)
class Stencil:
    """The terms of all nodes in the order of their sum; `lanes` are the graph's nodes that compute
    the grid's, `inner` all others of the recursion, `driven` the operands from outside of each."""

    lanes: tuple[int, ...]
    inner: frozenset[int]
    terms: tuple[Outside | Inserted | Diagonal, ...]
    driven: tuple[tuple[Operand, ...], ...]

    @property
    def diagonals(self) -> list[Diagonal]:
        return [term for term in self.terms if isinstance(term, Diagonal)]

    @property
    def count(self) -> int:
        """The products of all nodes."""
        return sum(sum(diagonal.present) for diagonal in self.diagonals)


class _Term(NamedTuple):
    """A term of a sum: a past value if `lane` is not None, else an operand from outside."""

    operand: Operand
    lane: int | None
    factor: Operand | None
    is_minus: bool


_Key = tuple[int | None, int, bool, int]
"""The shift of a term (None: from outside), its reach, its sign, and how many of a lane's terms
before it have the same."""


def stencil_of(
    graph: Graph,
    operands: Sequence[Sequence[Operand]],
    users: Sequence[Sequence[tuple[int, int]]],
    members: Sequence[int],
) -> Stencil | None:
    """The stencil that a strongly connected component is; None if it is none.

    `operands` and `users` are those of each node.
    """
    lanes = _lanes_of(operands, members)
    inner = frozenset(members) - lanes.keys()
    if len(lanes) < LEAST_NODES or not _is_closed(graph, operands, users, lanes, inner):
        return None
    sums: dict[int, list[_Term]] = {}
    for order in sorted(members):
        terms = _terms(graph, operands[order], order, lanes, sums)
        if terms is None or len(terms) > MOST_TERMS:
            return None
        sums[order] = terms
    rows = [sums[order] for order in lanes]
    way = _along(rows)
    if _diagonals(_numbered(rows, way)) >= _diagonals(rows):
        way = list(range(len(rows)))
    names = tuple(lanes)
    return _joined(_numbered(rows, way), tuple(names[lane] for lane in way), inner)


def _along(rows: Sequence[Sequence[_Term]]) -> list[int]:
    """The lanes of a grid in the order of Cuthill and McKee, from a node at its edge."""
    near: list[set[int]] = [set() for _ in rows]
    for lane, terms in enumerate(rows):
        for term in terms:
            if term.lane is not None and term.lane != lane:
                near[lane].add(term.lane)
                near[term.lane].add(lane)
    way = [min(range(len(rows)), key=lambda lane: len(near[lane]))]
    for _ in range(2):
        way = [way[-1]]
        seen = set(way)
        for lane in way:
            found = sorted(near[lane] - seen, key=lambda other: (len(near[other]), other))
            seen.update(found)
            way.extend(found)
    return way


def _numbered(rows: Sequence[Sequence[_Term]], way: Sequence[int]) -> list[list[_Term]]:
    """The terms of the lanes in another order."""
    at = {lane: number for number, lane in enumerate(way)}
    return [
        [term if term.lane is None else term._replace(lane=at[term.lane]) for term in rows[lane]]
        for lane in way
    ]


def _diagonals(rows: Sequence[Sequence[_Term]]) -> int:
    return len({key for lane, terms in enumerate(rows) for key in _keyed(terms, lane)})


def _lanes_of(operands: Sequence[Sequence[Operand]], members: Sequence[int]) -> dict[int, int]:
    """The nodes whose past the members read, in program order, each with its number."""
    own = set(members)
    read = {o.node for m in members for o in operands[m] if o.kind in ("past", "input")}
    return {order: lane for lane, order in enumerate(sorted(read & own))}


def _is_closed(
    graph: Graph,
    operands: Sequence[Sequence[Operand]],
    users: Sequence[Sequence[tuple[int, int]]],
    lanes: dict[int, int],
    inner: frozenset[int],
) -> bool:
    """Whether nodes read only each other's near past, and nothing else reads inner values."""
    own = inner | lanes.keys()
    for order in own:
        op = graph.nodes[order].op
        if not isinstance(op, arithmetic.AddOp | arithmetic.SubOp | arithmetic.MulOp):
            return False
        if element(op.results[0]) not in (f32, f64) or len(operands[order]) != 2:
            return False
        for operand in operands[order]:
            if operand.node in own and not _is_inside(operand, lanes):
                return False
    watched = {graph.of.get(signal) for signal in (*graph.watched, *graph.lined)}
    return inner.isdisjoint(watched) and all(
        user in own for order in inner for user, _ in users[order]
    )


def _is_inside(operand: Operand, lanes: dict[int, int]) -> bool:
    """Whether a member is read as a stencil does: a node's near past, or a part of a sum now."""
    if operand.node in lanes:
        return operand.kind == "past" and operand.reach <= MAX_REGISTERS
    return operand.kind == "now"


def _terms(
    graph: Graph,
    operands: Sequence[Operand],
    order: int,
    lanes: dict[int, int],
    sums: dict[int, list[_Term]],
) -> list[_Term] | None:
    """The terms of a member's signal; None if it is no sum of products."""
    op = graph.nodes[order].op
    first, second = [_form(operand, lanes, sums) for operand in operands]
    if isinstance(op, arithmetic.MulOp):
        scaled, factor = (second, first) if _is_factor(first) else (first, second)
        if not _is_factor(factor) or len(scaled) > 1:
            return None
        (term,) = scaled
        is_free = term.lane is not None and term.factor is None and not term.is_minus
        return [term._replace(factor=factor[0].operand)] if is_free else None
    if isinstance(op, arithmetic.SubOp):
        second = [term._replace(is_minus=not term.is_minus) for term in second]
    # The first operand is the longer one: a sum keeps its order, and additions commute.
    return [*second, *first] if len(first) == 1 < len(second) else [*first, *second]


def _form(operand: Operand, lanes: dict[int, int], sums: dict[int, list[_Term]]) -> list[_Term]:
    if operand.node in sums and operand.kind == "now":
        return sums[operand.node]
    return [_Term(operand, lanes.get(operand.node), None, False)]


def _is_factor(terms: Sequence[_Term]) -> bool:
    """Whether it is one operand from outside."""
    return len(terms) == 1 and terms[0].lane is None and not terms[0].is_minus


def _joined(
    rows: Sequence[Sequence[_Term]], lanes: tuple[int, ...], inner: frozenset[int]
) -> Stencil | None:
    """The stencil of the terms of each lane."""
    keyed = [_keyed(terms, lane) for lane, terms in enumerate(rows)]
    longest = max(keyed, key=len)
    keys = list(dict.fromkeys([*longest, *(key for terms in keyed for key in terms)]))
    if len(keys) > MOST_TERMS:
        return None
    outside: list[_Key] = []
    terms: list[Outside | Inserted | Diagonal] = []
    for key in keys:
        column = [terms.get(key) for terms in keyed]
        if key[0] is None:
            operands = tuple(None if term is None else term.operand for term in column)
            if len({None if operand is None else operand.kind for operand in operands}) > 1:
                terms.append(Inserted(operands, key[2]))
            else:
                terms.append(Outside(len(outside), key[2]))
                outside.append(key)
            continue
        present = tuple(term is not None for term in column)
        factors = tuple(None if term is None else term.factor for term in column)
        terms.append(Diagonal(key[0], key[1], key[2], factors, present))
    driven = tuple(tuple(row[key].operand for key in outside) for row in keyed)
    stencil = Stencil(lanes, inner, tuple(terms), driven)
    wanted = LEAST_FILLED * len(lanes) * len(stencil.diagonals)
    is_worth = len(stencil.diagonals) > 1 and stencil.count >= wanted
    return stencil if is_worth and all(map(_is_lanewise, stencil.diagonals)) else None


def _keyed(terms: Sequence[_Term], lane: int) -> dict[_Key, _Term]:
    seen: Counter[tuple[int | None, int, bool]] = Counter()
    keyed: dict[_Key, _Term] = {}
    for term in terms:
        shift = None if term.lane is None else term.lane - lane
        kind = (shift, 0 if shift is None else term.operand.reach, term.is_minus)
        keyed[(*kind, seen[kind])] = term
        seen[kind] += 1
    return keyed


def _is_lanewise(diagonal: Diagonal) -> bool:
    """Whether its factors are constant in a call, or one signal."""
    given = [factor for factor in diagonal.factors if factor is not None]
    if all(factor.kind == "slow" for factor in given):
        return True
    signals: set[SSAValue] = {factor.signal for factor in given}
    count = sum(diagonal.present)
    return len(signals) == 1 and len(given) == count
