"""Proofs by an SMT solver (Z3; L. de Moura and N. Bjorner, TACAS 2008), where bounds do not reach.

The integers that an index depends on become variables with their facts; ops become equations over
the integers, with wrapping explicit. A goal is proved if no assignment violates it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue

from dspc.passes.bounds.assumptions import comparisons, predicate_of
from dspc.passes.bounds.facts import width_of
from dspc.passes.bounds.linear_forms import AffineForm

if TYPE_CHECKING:
    from dspc.passes.bounds.solver import Facts

EFFORT = 400_000
"""Z3's resource limit for one goal: deterministic, about a tenth of a second."""
MOST = 120
"""Values of one goal; those further away are described by their facts only."""

HINT = "pip install 'dspc[prove]' adds a solver that can prove more"


def has_solver() -> bool:
    """Whether Z3 is installed."""
    try:
        import z3  # noqa: F401  # pyright: ignore[reportUnusedImport, reportMissingImports]
    except ImportError:
        return False
    return True


class Exact:
    """Goals of one module, each over the ops behind it."""

    def __init__(self, facts: Facts) -> None:
        import z3  # pyright: ignore[reportMissingImports]

        self.z3: Any = z3
        self.facts = facts

    def is_natural(self, form: AffineForm, op: Operation) -> bool:
        """Whether a form is at least 0 wherever an op runs."""
        z3 = self.z3
        goal = _Goal(z3, self.facts)
        value = form.constant + sum(c * goal.variable(v) for v, c in form.terms.items())
        solver = z3.Solver()
        solver.set("rlimit", EFFORT)
        for condition, truth in self.facts.conditions_of(op):
            for one, wanted in comparisons(condition, truth):
                stated = goal.compared(one)
                if stated is not None:
                    solver.add(stated if wanted else z3.Not(stated))
        solver.add(*goal.equations())
        solver.add(value < 0)
        return solver.check() == z3.unsat


class _Goal:
    """The variables and equations of a goal."""

    def __init__(self, z3: Any, facts: Facts) -> None:
        self.z3 = z3
        self.facts = facts
        self._variables: dict[SSAValue, Any] = {}
        self._work: list[SSAValue] = []

    def variable(self, value: SSAValue) -> Any:
        known = self._variables.get(value)
        if known is None:
            known = self._variables[value] = self.z3.Int(f"v{len(self._variables)}")
            self._work.append(value)
        return known

    def equations(self) -> list[Any]:
        """Constraints between the variables, of which there may become more."""
        constraints: list[Any] = []
        at = 0
        while at < len(self._work):
            value = self._work[at]
            at += 1
            x = self._variables[value]
            fact = self.facts.of(value)
            if fact is not None and width_of(value.type):
                constraints += [x >= int(fact.low), x <= int(fact.high)]
                if fact.step > 1:
                    constraints.append(x % fact.step == fact.rest)
            if at <= MOST:
                constraints += self._defined(value, x)
        return constraints

    def compared(self, op: Operation) -> Any:
        """A comparison of integers as a formula; None for others."""
        stated = predicate_of(op)
        if stated is None or width_of(op.operands[0].type) < 32:
            return None
        x, y = (self.variable(operand) for operand in op.operands)
        formulas = {"lt": x < y, "le": x <= y, "gt": x > y, "ge": x >= y, "eq": x == y}
        return formulas[stated[0]] if stated[0] != "ne" else x != y

    def _defined(self, value: SSAValue, x: Any) -> list[Any]:
        op = value.owner
        if isinstance(op, Block):
            return self._counter(value, op, x)
        z3, get = self.z3, self.variable
        match op:
            case arith.AddiOp() | arith.SubiOp() | arith.MuliOp():
                return self._wrapped(op, x)
            case arith.MinSIOp() | arith.MaxSIOp():
                a, b = get(op.lhs), get(op.rhs)
                first = a <= b if isinstance(op, arith.MinSIOp) else a >= b
                return [x == z3.If(first, a, b)]
            case arith.IndexCastOp():
                return [x == get(op.input)] if self._fits(op.input, value) else []
            case arith.SelectOp():
                return self._chosen(op, x)
            case arith.RemSIOp() | arith.AndIOp():
                return self._masked(op, x)
            case _:
                return []

    def _fits(self, operand: SSAValue, result: SSAValue) -> bool:
        fact = self.facts.of(operand)
        limit = 1 << (width_of(result.type) - 1)
        return fact is not None and -limit <= fact.low and fact.high < limit

    def _counter(self, value: SSAValue, block: Block, x: Any) -> list[Any]:
        loop = block.parent_op()
        if not isinstance(loop, scf.ForOp) or value is not block.args[0]:
            return []
        low, high = self.variable(loop.lb), self.variable(loop.ub)
        step = self.facts.of(loop.step)
        constraints = [x >= low, x < high]
        if step is not None and step.step == 0 and step.rest > 1:
            constraints.append((x - low) % step.rest == 0)
        return constraints

    def _wrapped(self, op: arith.AddiOp | arith.SubiOp | arith.MuliOp, x: Any) -> list[Any]:
        a, b = self.variable(op.lhs), self.variable(op.rhs)
        exact = a * b if isinstance(op, arith.MuliOp) else a
        if isinstance(op, arith.AddiOp):
            exact = a + b
        elif isinstance(op, arith.SubiOp):
            exact = a - b
        width = width_of(op.result.type)
        turns = self.z3.FreshInt()
        half = 1 << (width - 1)
        return [x == exact - turns * (1 << width), x >= -half, x < half]

    def _chosen(self, op: arith.SelectOp, x: Any) -> list[Any]:
        z3 = self.z3
        yes, no = self.variable(op.lhs), self.variable(op.rhs)
        constraints = [z3.Or(x == yes, x == no)]
        test = op.cond.owner
        stated = self.compared(test) if isinstance(test, Operation) else None
        return constraints if stated is None else [x == z3.If(stated, yes, no)]

    def _masked(self, op: arith.RemSIOp | arith.AndIOp, x: Any) -> list[Any]:
        """The remainder by a constant, or by a power of two where it is a mask."""
        fact, dividend = self.facts.of(op.rhs), self.variable(op.lhs)
        if fact is None or fact.step != 0 or fact.rest < 1:
            return []
        if isinstance(op, arith.AndIOp):
            return [x == dividend % (fact.rest + 1)] if not fact.rest & (fact.rest + 1) else []
        positive = dividend % fact.rest
        return [x == self.z3.If(dividend >= 0, positive, -((-dividend) % fact.rest))]
