"""Recurrences of a known form: structured ops between signals and loops.

Such an op keeps the scalar recurrence as its region, as `linalg.generic` does: its meaning is that
of `dsp.rec`, later passes may look inside, and what a lowering needs (coefficients) is derived.
"""

from __future__ import annotations

from typing import NamedTuple

from xdsl.dialects.builtin import IntegerAttr, i32
from xdsl.ir import Block, SSAValue
from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import SignalOp, element
from dspc.dialects.dsp.time import DelayOp, PrefixOp, Recursion, YieldOp
from dspc.dialects.dsp.types import Rate, SignalType


class LinearForm(NamedTuple):
    """`y = input + factor * y'`, or `input - factor * y'` if `is_minus`; a factor of None is 1.

    `sum` computes y and `product` its second term, which is None for a factor of 1.
    """

    sum: arithmetic.AddOp | arithmetic.SubOp
    product: arithmetic.MulOp | None
    factor: SSAValue | None
    input: SSAValue
    is_minus: bool


class LinearRecurrence(Recursion):
    """Base of the linear recurrences of first order."""

    def verify_(self) -> None:
        super().verify_()
        linear_form(self)


@irdl_op_definition
class LinearOp(LinearRecurrence):
    """A linear recurrence of first order: `y = x + a*y'` or `y = x - a*y'`, where y' is y one frame
    ago and a, which may be absent, is constant in a call.

    The region is that of a `dsp.rec` with this recurrence and nothing else; x and a are defined
    outside of it. As a part of a larger recursion, y' may be read there, from its result. Sums and
    products of several frames may be reassociated, as in a prefix scan.
    """

    name = "dsp.linear"


@irdl_op_definition
class PhaseOp(LinearRecurrence):
    """A phase: the integer recurrence `q = q' + step`, of which 2^32 units are a turn.

    The region is that of a `dsp.linear` of i32 without a factor. Integers wrap as phases do, so
    that no addition rounds, in any order: with a step that is constant in a call, the phase k
    frames after a frame with q is `q + k*step`.
    """

    name = "dsp.phase"

    def verify_(self) -> None:
        super().verify_()
        form = linear_form(self)
        if element(form.input) != i32 or form.factor is not None or form.is_minus:
            raise VerifyException("a phase adds a step to its past, both of i32")


def linear_form(op: Recursion) -> LinearForm:
    """The form of a recursion; VerifyException with the reason where it is not linear."""
    block = op.body.block
    if len(block.args) != 1:
        raise VerifyException("a linear recurrence has one result")
    last = op.yielded()[0].owner
    if not isinstance(last, arithmetic.AddOp | arithmetic.SubOp) or last.parent is not block:
        raise VerifyException("a linear recurrence yields a sum or a difference in its region")
    form = _form_of(last, op)
    allowed = {last, form.product}
    for each in block.ops:
        is_own = each in allowed or isinstance(each, YieldOp)
        if not is_own and not is_past(each.results[0], block.args[0]):
            raise VerifyException(f"{each.name} is no part of a linear recurrence")
    return form


def _form_of(last: arithmetic.AddOp | arithmetic.SubOp, op: Recursion) -> LinearForm:
    block = op.body.block
    is_minus = isinstance(last, arithmetic.SubOp)
    lhs, rhs = last.operands
    ways = [(rhs, lhs)] if is_minus else [(lhs, rhs), (rhs, lhs)]
    for term, given in ways:
        if _is_inside(given, block):
            continue
        if _is_own_past(term, op):
            return LinearForm(last, None, None, given, is_minus)
        product = term.owner
        if isinstance(product, arithmetic.MulOp) and product.parent is block:
            factor = _factor(product, op)
            if factor is not None and term.has_one_use():
                return LinearForm(last, product, factor, given, is_minus)
    raise VerifyException(
        "a linear recurrence adds a value from outside and its past, which may be multiplied by a "
        "factor that is constant in a call"
    )


def _factor(product: arithmetic.MulOp, op: Recursion) -> SSAValue | None:
    """The factor of the past in a product: defined outside, slower than a sample."""
    for factor, past in (product.operands, (product.rhs, product.lhs)):
        is_outside = not _is_inside(factor, op.body.block)
        if _is_own_past(past, op) and is_outside and is_slow(factor):
            return factor
    return None


def is_slow(value: SSAValue) -> bool:
    """Whether a signal is constant in a call: its rate is not `sample`."""
    return isinstance(value.type, SignalType) and value.type.rate.data is not Rate.SAMPLE


def is_past(value: SSAValue, signal: SSAValue) -> bool:
    """Whether a value is the signal one frame ago, 0 in the first frame."""
    op = value.owner
    if isinstance(op, DelayOp):
        return op.signal is signal and op.amount is None and op.offset.value.data == 1
    if isinstance(op, PrefixOp):
        first = op.first.owner
        is_zero = isinstance(first, arithmetic.ConstantOp) and _is_zero(first)
        return is_zero and op.signal is signal
    return False


def _is_zero(op: arithmetic.ConstantOp) -> bool:
    number = op.value.value.data
    return number == 0 if isinstance(op.value, IntegerAttr) else repr(number) == "0.0"


def _is_own_past(value: SSAValue, op: Recursion) -> bool:
    """Whether a value is the past of a recursion's result: of its argument, or of that argument of
    the recursion around it which is this result."""
    if is_past(value, op.body.block.args[0]):
        return True
    outer = op.parent_op()
    if not isinstance(outer, Recursion):
        return False
    pairs = zip(outer.body.block.args, outer.yielded(), strict=True)
    return any(result is op.results[0] and is_past(value, own) for own, result in pairs)


def _is_inside(value: SSAValue, block: Block) -> bool:
    owner = value.owner
    return owner is block or (not isinstance(owner, Block) and owner.parent is block)


OPERATIONS: tuple[type[SignalOp], ...] = (LinearOp, PhaseOp)
