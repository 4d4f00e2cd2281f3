"""Proves that each access of a lowered module stays inside its buffer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType, ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import SSAValue

from dspc.passes.bounds.linear_forms import AffineForm, AffineForms
from dspc.passes.bounds.prover import Prover
from dspc.passes.bounds.races import Race, Races
from dspc.passes.bounds.sites import Site, length_of, root_of, sites_in
from dspc.passes.bounds.smt import Exact, has_solver
from dspc.passes.bounds.solver import Facts


@dataclass(frozen=True, slots=True)
class Unproved:
    """An access that may leave its buffer, and the condition that could not be proved."""

    place: Site
    reason: str


class Bounds:
    """The accesses of a module and their proofs."""

    def __init__(self, module: ModuleOp) -> None:
        functions = [op for op in module.ops if isinstance(op, FuncOp) and op.body.blocks]
        self.places = [place for function in functions for place in sites_in(function.body)]
        self.functions = functions
        self.facts = Facts(module, self._roots(functions))
        self.prover = Prover(AffineForms(self.facts))
        self._exact: Exact | None = None

    def _roots(self, functions: list[FuncOp]) -> list[SSAValue]:
        roots = [value for place in self.places for value in place.values]
        for function in functions:
            for op in function.body.walk():
                if isinstance(op, scf.ForOp):
                    roots.extend((op.lb, op.ub, op.step))
                elif isinstance(op, scf.IfOp):
                    roots.append(op.cond)
        return roots

    def unproved(self) -> Iterator[Unproved]:
        """The accesses that could not be proved, in program order."""
        for place in self.places:
            reason = self._fault(place)
            if reason is not None:
                yield Unproved(place, reason)

    def races(self) -> Iterator[Race]:
        """The pairs of accesses that may race."""
        return Races(self.functions, self.facts.slice.buffers).of_module(self.prover)

    def _fault(self, place: Site) -> str | None:
        if place.verb == "?":
            return "the checker does not know this op"
        length = length_of(root_of(place.row))
        if length is None:
            return "the length of its memory is not known"
        if not place.starts and place.count is None:
            return self._whole(place, length)
        if self._is_in_range(place, length):
            return None
        return self._by_forms(place, length)

    def _whole(self, place: Site, length: int | SSAValue) -> str | None:
        """An access without an index: of a scalar, or of a whole row."""
        type_ = place.row.type
        assert isinstance(type_, MemRefType)
        shape = type_.get_shape()
        if shape and (isinstance(length, SSAValue) or shape[0] == DYNAMIC_INDEX):
            return "the length of the copy is not known"
        return None

    def _is_in_range(self, place: Site, length: int | SSAValue) -> bool:
        """Whether the facts of the index alone keep an access in memory of static length."""
        if isinstance(length, SSAValue) or place.count is not None:
            return False
        low = high = 0.0
        for value in place.starts:
            fact = self.facts.at(value, place.op)
            if fact is None:
                return True  # never reached
            low, high = low + fact.low, high + fact.high
        return low >= 0 and high + place.width <= length

    def _by_forms(self, place: Site, length: int | SSAValue) -> str | None:
        forms = self.prover.forms
        start = AffineForm()
        for value in place.starts:
            start = start.plus(forms.of(value))
        end = start.more(place.width)
        if place.count is not None:
            count = forms.of(place.count)
            end = end.plus(count)
            if not self._is_natural(count, place):
                return "the number of elements may be negative"
        if not self._is_natural(start, place):
            return f"the index may be negative{self._least(start)}"
        whole = AffineForm(length) if isinstance(length, int) else forms.of(length)
        if not self._is_natural(whole.plus(end, -1), place):
            name = length if isinstance(length, int) else "the frames of the call"
            return f"the index may reach {name}{self._least(whole.plus(end, -1))}"
        return None

    def _is_natural(self, form: AffineForm, place: Site) -> bool:
        """Whether a form is at least 0 where an access runs."""
        if self.prover.is_natural(form, self.prover.hypotheses_at(place.op)):
            return True
        if self._exact is None and has_solver():
            self._exact = Exact(self.facts)
        return self._exact is not None and self._exact.is_natural(form, place.op)

    def _least(self, form: AffineForm) -> str:
        least = self.prover.least(form)
        return f" (by {-least:g})" if -1e9 < least < 0 else ""
