"""Whether two accesses of a loop touch different elements in different iterations.

Either the distance of their indices is a constant that no multiple of the counter's step brings to
0, or both are indices of one ring, and their distance modulo its size is more than the loop moves:
a chunk that is written and an older one that is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import arith, scf
from xdsl.ir import BlockArgument, Operation, SSAValue

from dspc.passes.bounds.facts import residue
from dspc.passes.bounds.linear_forms import AffineForm
from dspc.passes.bounds.prover import Prover
from dspc.passes.bounds.sites import Site
from dspc.passes.bounds.slices import cell_of

MOST = 200
"""Largest number of congruence steps from an index."""


def are_apart(one: Site, other: Site, loop: scf.ForOp, prover: Prover) -> bool:
    """Whether no two iterations of `loop` access the same element, one by `one`, one by `other`."""
    cells = [cell_of(place.row) for place in (one, other)]
    # An array of the host may be an input and an output: its frames are the same.
    are_arrays = all(isinstance(cell, SSAValue) for cell in cells)
    if "?" in (one.verb, other.verb) or (cells[0] != cells[1] and not are_arrays):
        return False
    first, second = (_index(place, prover) for place in (one, other))
    if _is_apart_by_steps(first, second, loop, prover, (one.width, other.width)):
        return True
    return any(
        _is_apart_modulo(modulus, one, other, loop, prover)
        for modulus in dict.fromkeys(_moduli([*one.starts, *other.starts], prover))
    )


def _is_apart_by_steps(
    first: AffineForm, second: AffineForm, loop: scf.ForOp, prover: Prover, widths: tuple[int, int]
) -> bool:
    counter = loop.body.block.args[0]
    factor, step = first.terms.get(counter, 0), prover.facts.of(loop.step)
    stride = abs(factor) * (step.rest if step is not None and step.step == 0 else 0)
    gap = first.plus(second, -1)
    if stride == 0 or second.terms.get(counter, 0) != factor or gap.terms:
        return False
    if any(_varies(value, loop) for value in first.terms):
        return False
    # [gap, gap + w) + k * stride and [0, v) for k = 1 and k = -1, the nearest.
    return gap.constant + stride >= widths[1] and gap.constant + widths[0] <= stride


def _is_apart_modulo(modulus: int, one: Site, other: Site, loop: scf.ForOp, prover: Prover) -> bool:
    """Whether the indices differ modulo the size of a ring, however far the iterations are."""
    forms = [_modular(place, modulus, prover) for place in (one, other)]
    counter, frames = loop.body.block.args[0], prover.facts.of(loop.body.block.args[0])
    factors = {form.terms.get(counter, 0) for form in forms}
    if frames is None or len(factors) != 1:
        return False
    speed = abs(factors.pop())
    moved = speed * (frames.high - frames.low)
    common = set(forms[0].terms) & set(forms[1].terms)
    if any(_varies(value, loop) for value in common):
        return False
    gap = forms[0].plus(forms[1], -1)
    low = high = float(gap.constant)
    for value, factor in gap.terms.items():
        # The conditions around the loop hold, such as that a delay is at least a chunk.
        fact = prover.facts.at(value, one.op)
        if fact is None:
            return True
        ends = sorted((factor * fact.low, factor * fact.high))
        low, high = low + ends[0], high + ends[1]
    turns = (low // modulus) * modulus
    if high - turns + moved + one.width > modulus:
        return False
    if low - turns - moved >= other.width:
        return True
    # A delay and a chunk may both vary, where the chunk is the least of the delays.
    chunk = prover.last(loop).plus(prover.forms.of(loop.lb), -1)
    distance = _exact(gap, prover).plus(chunk, -speed).more(-other.width)
    return turns == 0 and prover.is_natural(distance, prover.hypotheses_at(one.op))


def _exact(form: AffineForm, prover: Prover) -> AffineForm:
    """The same form of values that the prover knows bounds of."""
    exact = AffineForm(form.constant)
    for value, factor in form.terms.items():
        exact = exact.plus(prover.forms.of(value), factor)
    return exact


def _varies(value: SSAValue, loop: scf.ForOp) -> bool:
    """Whether a value, other than the counter, may differ between iterations."""
    return value is not loop.body.block.args[0] and loop.is_ancestor(value.owner)


def _index(place: Site, prover: Prover) -> AffineForm:
    form = AffineForm()
    for value in place.starts:
        form = form.plus(prover.forms.of(value))
    return form


def _moduli(values: list[SSAValue], prover: Prover) -> Iterator[int]:
    """The sizes of the rings that indices belong to: masks, divisors and terms added by selects."""
    work = list(values)
    for _ in range(MOST):
        if not work:
            return
        op = work.pop().owner
        if isinstance(op, arith.AndIOp | arith.RemSIOp):
            fact = prover.facts.of(op.rhs)
            if fact is not None and fact.step == 0:
                yield fact.rest + (1 if isinstance(op, arith.AndIOp) else 0)
        elif isinstance(op, arith.SelectOp):
            test = op.cond.owner
            if isinstance(test, arith.CmpiOp):
                work.extend(op.operands[1:])
        elif isinstance(op, arith.AddiOp | arith.SubiOp):
            fact = prover.facts.of(op.rhs)
            if fact is not None and fact.step == 0 and fact.rest > 1:
                yield fact.rest
            work.extend(op.operands)
        elif isinstance(op, arith.IndexCastOp):
            work.append(op.input)


def _modular(place: Site, modulus: int, prover: Prover) -> AffineForm:
    """A form congruent to an index modulo a number, of values as early as possible."""
    form = AffineForm()
    for value in place.starts:
        form = form.plus(AffineForm(0, {value: 1}))
    for _ in range(MOST):
        for value in form.terms:
            equal = _congruent(value, modulus, prover)
            if equal is not None:
                form = form.replaced(value, equal)
                break
        else:
            break
    return AffineForm(form.constant % modulus, form.terms)


def _congruent(value: SSAValue, modulus: int, prover: Prover) -> AffineForm | None:
    """A form congruent to a value, or None. Wrapping keeps residues modulo powers of two."""
    fact, op = prover.facts.of(value), value.owner
    known = None if fact is None else residue(fact, modulus)
    if known is not None:
        return AffineForm(known)
    if isinstance(value, BlockArgument) or not isinstance(op, Operation):
        return None
    match op:
        case arith.IndexCastOp():
            if modulus & (modulus - 1) and not prover.forms.is_exact(op):
                return None
            return _part(op.input)
        case arith.AddiOp() | arith.SubiOp():
            if modulus & (modulus - 1) and not prover.forms.is_exact(op):
                return None
            sign = 1 if isinstance(op, arith.AddiOp) else -1
            return _part(op.lhs).plus(_part(op.rhs), sign)
        case arith.AndIOp() | arith.RemSIOp():
            by = prover.facts.of(op.rhs)
            if by is None or by.step != 0 or by.rest < 1:
                return None
            size = by.rest + (1 if isinstance(op, arith.AndIOp) else 0)
            is_mask = not size & (size - 1)
            keeps = size % modulus == 0 and (is_mask or isinstance(op, arith.RemSIOp))
            return _part(op.lhs) if keeps else None
        case arith.SelectOp():
            return _wrapped(op, modulus, prover)
        case _:
            return None


def _wrapped(op: arith.SelectOp, modulus: int, prover: Prover) -> AffineForm | None:
    """Of a select between a value and the same plus or minus the modulus: the value."""
    for value, other in ((op.lhs, op.rhs), (op.rhs, op.lhs)):
        moved = other.owner
        if isinstance(moved, arith.AddiOp | arith.SubiOp) and moved.lhs is value:
            by = prover.facts.of(moved.rhs)
            if by is not None and by.step == 0 and by.rest % modulus == 0:
                return _part(value)
    return None


def _part(value: SSAValue) -> AffineForm:
    return AffineForm(0, {value: 1})
