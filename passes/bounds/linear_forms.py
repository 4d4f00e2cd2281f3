"""Linear forms over the integer values of a module."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue

from dspc.passes.bounds import integers
from dspc.passes.bounds.facts import Fact, fits, number
from dspc.passes.bounds.solver import Facts, increment


@dataclass(frozen=True, slots=True)
class AffineForm:
    """`constant` plus the sum of coefficient times value."""

    constant: int = 0
    terms: dict[SSAValue, int] = field(default_factory=dict[SSAValue, int])

    def plus(self, other: AffineForm, factor: int = 1) -> AffineForm:
        terms = dict(self.terms)
        for value, coefficient in other.terms.items():
            total = terms.get(value, 0) + factor * coefficient
            if total:
                terms[value] = total
            else:
                terms.pop(value, None)
        return AffineForm(self.constant + factor * other.constant, terms)

    def more(self, constant: int) -> AffineForm:
        return AffineForm(self.constant + constant, self.terms)

    def replaced(self, value: SSAValue, by: AffineForm) -> AffineForm:
        terms = dict(self.terms)
        factor = terms.pop(value)
        return AffineForm(self.constant, terms).plus(by, factor)


class AffineForms:
    """The linear forms of a module's integer values."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._known: dict[SSAValue, AffineForm] = {}

    def of(self, value: SSAValue) -> AffineForm:
        """The form of a value; the value itself where its op is not linear, or may wrap."""
        work = [value]
        while work:
            one = work[-1]
            waiting = [v for v in self._parts(one) if v not in self._known]
            if one in self._known or not waiting:
                work.pop()
                if one not in self._known:
                    self._known[one] = self._form_of(one)
                continue
            work.extend(waiting)
        return self._known[value]

    def _parts(self, value: SSAValue) -> list[SSAValue]:
        """The values whose forms make up that of a value."""
        op = value.owner
        if isinstance(op, Block):
            counted = self._counted(value, op)
            return [] if counted is None else [counted[0].iter_args[counted[2]], counted[0].lb]
        if isinstance(op, arith.AddiOp | arith.SubiOp | arith.MuliOp | arith.IndexCastOp):
            return list(op.operands) if self.is_exact(op) else []
        return []

    def is_exact(self, op: Operation) -> bool:
        """Whether no result of an op wraps."""
        facts = [self.facts.of(operand) for operand in op.operands]
        known = [fact for fact in facts if fact is not None]
        if len(known) < len(facts):
            return False
        if isinstance(op, arith.IndexCastOp):
            return fits(known[0], op.result.type)
        if isinstance(op, arith.MuliOp) and not any(fact.step == 0 for fact in known):
            return False
        return fits(integers.RULES[type(op)](known[0], known[1]), op.results[0].type)

    def _form_of(self, value: SSAValue) -> AffineForm:
        op = value.owner
        fact = self.facts.of(value)
        if fact is not None and fact.step == 0:
            return AffineForm(fact.rest)
        parts = [self._known[part] for part in self._parts(value)]
        if not parts:
            return AffineForm(0, {value: 1})
        if isinstance(op, Block):
            counted = self._counted(value, op)
            assert counted is not None
            passed = AffineForm(0, {op.args[0]: 1}).plus(parts[1], -1)
            return parts[0].plus(passed, counted[1])
        if isinstance(op, arith.AddiOp):
            return parts[0].plus(parts[1])
        if isinstance(op, arith.SubiOp):
            return parts[0].plus(parts[1], -1)
        if isinstance(op, arith.MuliOp):
            scale = next((part for part in parts if not part.terms), None)
            if scale is None:
                return AffineForm(0, {value: 1})
            other = parts[1] if parts[0] is scale else parts[0]
            return AffineForm().plus(other, scale.constant)
        return parts[0]

    def _counted(self, value: SSAValue, block: Block) -> tuple[scf.ForOp, int, int] | None:
        """For an argument that grows by a constant for each unit of the loop's counter: the loop,
        the constant, and the number of the argument."""
        loop = block.parent_op()
        if not isinstance(loop, scf.ForOp) or value is block.args[0]:
            return None
        place = block.args.index(value) - 1  # pyright: ignore[reportArgumentType]
        end = block.last_op
        assert end is not None
        added = increment(value, end.operands[place])
        step, fact = self.facts.of(loop.step), self.facts.of(value)
        start, frames = self.facts.of(loop.iter_args[place]), self.facts.of(block.args[0])
        if added is None or step is None or step.step != 0 or step.rest < 1:
            return None
        if fact is None or start is None or frames is None or added % step.rest:
            return None
        grown = integers.mul(number(added), Fact(0, (frames.high - frames.low) // step.rest))
        if not fits(integers.add(start, grown), value.type):
            return None
        return loop, added // step.rest, place
