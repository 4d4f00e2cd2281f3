"""Lowers the nodes of a grid, the lanes of a pack: sums of products with their neighbours' past.

Neighbours are vectors of the same row that begin some elements further on. A row has elements of
0 before its first node and behind its last; factors are 0 in lanes without a neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xdsl.dialects import arith
from xdsl.dialects.builtin import i1
from xdsl.ir import Attribute, SSAValue

from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.pack_past import PackPast
from dspc.passes.lowering.writer import FLOAT_FLAGS, Writer, float_attribute
from dspc.passes.packing.operands import Operand
from dspc.passes.packing.stencil import Diagonal, Inserted, Outside, Stencil

Valued = Callable[[Operand], SSAValue]
"""The scalar of an operand from outside."""


@dataclass(frozen=True)
class GridWriter:
    """Writes a frame; `driven` are the vectors of the operands from outside, `factors` those of
    each diagonal."""

    w: LaneWriter
    stencil: Stencil
    past: PackPast
    driven: Sequence[Sequence[SSAValue]]
    factors: Mapping[Diagonal, Sequence[SSAValue]]
    valued: Valued

    def write(self) -> list[SSAValue]:
        """The vectors of a frame."""
        return [self._sum(block) for block in self.past.blocks]

    def _sum(self, block: int) -> SSAValue:
        total: SSAValue | None = None
        for term in self.stencil.terms:
            value = self._term(term, block)
            if value is not None:
                total = _added(self.w, total, value, term.is_minus)
        assert total is not None
        return total

    def _term(self, term: Outside | Inserted | Diagonal, block: int) -> SSAValue | None:
        """The vector of a term; None where all lanes are 0."""
        w = self.w
        if isinstance(term, Outside):
            return self.driven[term.number][block]
        if isinstance(term, Diagonal):
            value = self.past.read_at(term.reach, block, term.shift)
            factor = self.factors[term][block]
            return w.emit(arith.MulfOp, (factor, value), value.type, FLOAT_FLAGS)
        given = term.operands[block * w.lanes : (block + 1) * w.lanes]
        numbers = [None if operand is None else self.valued(operand) for operand in given]
        some = next((number for number in numbers if number is not None), None)
        if some is None:
            return None
        zero = _number(w, 0.0, some.type)
        filled = [zero if number is None else number for number in numbers]
        return w.filled([*filled, *[zero] * (w.lanes - len(filled))])


def _added(w: LaneWriter, total: SSAValue | None, value: SSAValue, is_minus: bool) -> SSAValue:
    if total is None and not is_minus:
        return value
    if total is None:
        total = w.zero(value.type.element_type)  # pyright: ignore
    op = arith.SubfOp if is_minus else arith.AddfOp
    return w.emit(op, (total, value), value.type, FLOAT_FLAGS)


def write_factors(
    w: LaneWriter,
    diagonals: Sequence[Diagonal],
    blocks: Sequence[int],
    kind: Attribute,
    valued: Valued,
) -> dict[Diagonal, list[SSAValue]]:
    """The vectors of the factors of each diagonal; 0 in lanes that have none."""
    known: dict[object, SSAValue] = {}
    return {
        diagonal: [_factor(w, diagonal, block, kind, valued, known) for block in blocks]
        for diagonal in diagonals
    }


def _factor(
    w: LaneWriter,
    diagonal: Diagonal,
    block: int,
    kind: Attribute,
    valued: Valued,
    known: dict[object, SSAValue],
) -> SSAValue:
    start = block * w.lanes
    mask = [*diagonal.present[start : start + w.lanes], *[False] * w.lanes][: w.lanes]
    if not any(mask):
        return w.zero(kind)
    given = [diagonal.factors[start + lane] for lane in range(w.lanes) if mask[lane]]
    key = (*(None if factor is None else factor.signal for factor in given), *mask)
    if key not in known:
        numbers = [_number(w, 1.0, kind) if f is None else valued(f) for f in given]
        left = iter(numbers)
        vector = w.filled([next(left) if is_there else numbers[0] for is_there in mask])
        if not all(mask):
            vector = w.select(w.constants(mask, i1), vector, w.zero(kind))
        known[key] = vector
    return known[key]


def _number(w: LaneWriter, value: float, kind: Attribute) -> SSAValue:
    """A scalar constant."""
    return Writer(w.function, w.ops).constant(float_attribute(value, kind))
