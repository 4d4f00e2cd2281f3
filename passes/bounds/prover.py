"""Proofs that linear forms are never negative.

A form is proved by replacing its values by linear bounds of theirs (of loop counters, minima,
remainders), innermost first, until the facts of what is left decide: the elimination of Fourier and
Motzkin, directed by the definitions.
"""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue

from dspc.passes.bounds.assumptions import OPPOSITE, comparisons, predicate_of
from dspc.passes.bounds.facts import residue, width_of
from dspc.passes.bounds.linear_forms import AffineForm, AffineForms

BUDGET = 300
"""Forms that a proof may visit."""

Hypotheses = tuple[AffineForm, ...]
"""Forms that are known to be at least 0."""
Goal = tuple[AffineForm, Hypotheses]
Goals = tuple[Goal, ...]


class Prover:
    """Proves that forms are at least 0."""

    def __init__(self, forms: AffineForms) -> None:
        self.forms = forms
        self.facts = forms.facts
        self._order = {op: at for at, op in enumerate(self.facts.slice.ops)}

    def is_natural(self, form: AffineForm, hypotheses: Hypotheses = ()) -> bool:
        """Whether a form is at least 0, given that others are. Depth first, with a budget."""
        left = BUDGET
        seen: set[tuple[int, frozenset[tuple[SSAValue, int]]]] = set()
        goals: Goals = ((form, hypotheses),)
        trail: list[tuple[Iterator[Goals], Goals]] = []
        while goals:
            goal, known = goals[-1]
            if self.least(goal) >= 0:
                goals = goals[:-1]
                continue
            key = (goal.constant, frozenset(goal.terms.items()))
            left -= 1
            if key not in seen and left > 0:
                seen.add(key)
                trail.append((self._ways(goal, known), goals[:-1]))
            while trail:
                way = next(trail[-1][0], None)
                if way is not None:
                    goals = (*trail[-1][1], *way)
                    break
                trail.pop()
            else:
                return False
        return True

    def least(self, form: AffineForm) -> float:
        """A lower bound of a form by the facts of its values."""
        total: float = form.constant
        for value, coefficient in form.terms.items():
            fact = self.facts.of(value)
            if fact is None:
                return float("inf")
            total += coefficient * (fact.low if coefficient > 0 else fact.high)
        return total

    def hypotheses_at(self, op: Operation) -> Hypotheses:
        """Facts about integers, from the conditions around an op."""
        forms: list[AffineForm] = []
        for condition, truth in self.facts.conditions_of(op):
            forms.extend(self._stated(condition, truth))
        return tuple(forms)

    def _stated(self, condition: SSAValue, truth: bool) -> Iterator[AffineForm]:
        for op, wanted in comparisons(condition, truth):
            stated = predicate_of(op)
            if stated is None or width_of(op.operands[0].type) < 32:
                continue
            name = stated[0] if wanted else OPPOSITE[stated[0]]
            lhs, rhs = (self.forms.of(operand) for operand in op.operands)
            if name in ("gt", "ge", "eq"):
                yield lhs.plus(rhs, -1).more(-1 if name == "gt" else 0)
            if name in ("lt", "le", "eq"):
                yield rhs.plus(lhs, -1).more(-1 if name == "lt" else 0)

    def _ways(self, goal: AffineForm, hypotheses: Hypotheses) -> Iterator[Goals]:
        """Goals each of which implies the goal, innermost values replaced first."""
        for one in hypotheses:
            for value, coefficient in one.terms.items():
                factor = goal.terms.get(value, 0)
                if factor and factor % coefficient == 0 and factor // coefficient > 0:
                    yield ((goal.plus(one, -(factor // coefficient)), hypotheses),)
        for value in sorted(goal.terms, key=self._place, reverse=True):
            is_upper = goal.terms[value] < 0
            for bound in self._bounds(value, is_upper):
                yield ((goal.replaced(value, bound), hypotheses),)
            if is_upper and isinstance(value.owner, arith.DivSIOp):
                yield from self._without_quotient(goal, value.owner, hypotheses)
            cases = [
                (goal.replaced(value, form), (*hypotheses, *more))
                for form, more in self._cases(value)
            ]
            if cases:
                yield tuple(cases)

    def _without_quotient(
        self, goal: AffineForm, op: arith.DivSIOp, hypotheses: Hypotheses
    ) -> Iterator[Goals]:
        """The goal with `x` for `c * (x / c)`, which is at most that where x is not negative."""
        by, fact, factor = self.facts.of(op.rhs), self.facts.of(op.lhs), goal.terms[op.result]
        if by is None or by.step != 0 or by.rest < 1 or fact is None or fact.low < 0:
            return
        if factor % by.rest == 0:
            without = goal.replaced(op.result, AffineForm())
            yield ((without.plus(self.forms.of(op.lhs), factor // by.rest), hypotheses),)

    def _place(self, value: SSAValue) -> int:
        owner = value.owner
        op = owner.parent_op() if isinstance(owner, Block) else owner
        return self._order.get(op, -1) if op is not None else -1

    def _bounds(self, value: SSAValue, is_upper: bool) -> Iterator[AffineForm]:
        """Forms that a value does not exceed, or is not below."""
        op = value.owner
        if isinstance(op, Block):
            loop = op.parent_op()
            if isinstance(loop, scf.ForOp) and value is op.args[0]:
                yield self.last(loop) if is_upper else self.forms.of(loop.lb)
        elif isinstance(op, arith.MinSIOp if is_upper else arith.MaxSIOp):
            yield from (self.forms.of(operand) for operand in op.operands)
        elif isinstance(op, arith.RemSIOp | arith.AndIOp) and is_upper:
            for operand in op.operands[:1] if isinstance(op, arith.RemSIOp) else op.operands:
                fact = self.facts.of(operand)
                if fact is not None and fact.low >= 0:
                    yield self.forms.of(operand)

    def last(self, loop: scf.ForOp) -> AffineForm:
        """The last value of a loop's counter, or more."""
        end = self.forms.of(loop.ub)
        step = self.facts.of(loop.step)
        if step is None or step.step != 0 or step.rest < 2:
            return end.more(-1)
        length = end.plus(self.forms.of(loop.lb), -1)
        left = self.residue(length.more(-1), step.rest)
        return end.more(-1 - (left or 0))

    def _cases(self, value: SSAValue) -> list[tuple[AffineForm, Hypotheses]]:
        """The possible values of this value, each with the facts that hold in its case."""
        op = value.owner
        if isinstance(op, arith.MinSIOp | arith.MaxSIOp):
            x, y = self.forms.of(op.lhs), self.forms.of(op.rhs)
            gap = y.plus(x, -1) if isinstance(op, arith.MinSIOp) else x.plus(y, -1)
            return [(x, (gap,)), (y, (AffineForm().plus(gap, -1),))]
        if isinstance(op, arith.SelectOp):
            sides = ((op.lhs, True), (op.rhs, False))
            return [(self.forms.of(v), tuple(self._stated(op.cond, t))) for v, t in sides]
        return []

    def residue(self, form: AffineForm, modulus: int) -> int | None:
        """The remainder of a form modulo a number; None if it depends on values."""
        for _ in range(BUDGET):
            left = {v: c for v, c in form.terms.items() if c % modulus}
            form = AffineForm(form.constant, left)
            if not left:
                return form.constant % modulus
            for value in left:
                equal = self._congruent(value, modulus)
                if equal is not None:
                    form = form.replaced(value, equal)
                    break
            else:
                return None
        return None

    def _congruent(self, value: SSAValue, modulus: int) -> AffineForm | None:
        """A form of the same remainder, of earlier values."""
        fact = self.facts.of(value)
        known = None if fact is None else residue(fact, modulus)
        if known is not None:
            return AffineForm(known)
        op = value.owner
        if isinstance(op, Block):
            loop = op.parent_op()
            step = self.facts.of(loop.step) if isinstance(loop, scf.ForOp) else None
            if step is None or step.step != 0 or step.rest % modulus or value is not op.args[0]:
                return None
            assert isinstance(loop, scf.ForOp)
            return self.forms.of(loop.lb)
        if isinstance(op, arith.RemSIOp):
            divisor = self.facts.of(op.rhs)
            if divisor is not None and divisor.step == 0 and divisor.rest % modulus == 0:
                return self.forms.of(op.lhs)
        return None
