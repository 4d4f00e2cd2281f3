"""Recurrences of a known form: structured ops between signals and loops.

Such an op keeps the scalar recurrence as its region, as `linalg.generic` does: its meaning is that
of `dsp.rec`, later passes may look inside, and what a lowering needs (coefficients) is derived.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from xdsl.dialects.builtin import IntegerAttr, i32
from xdsl.ir import Block, Operation, SSAValue
from xdsl.irdl import irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import SignalOp, element
from dspc.dialects.dsp.time import DelayOp, PrefixOp, Recursion, YieldOp
from dspc.dialects.dsp.types import Rate, SignalType

MOST_ORDER = 4
"""The greatest order of a linear recurrence, in frames."""
MOST_SUMS = 16
"""The most additions of a linear recurrence."""


class PastTerm(NamedTuple):
    """`factor * y`, y being the recurrence's result `back` frames ago, subtracted if `is_minus`; a
    factor of None is 1."""

    factor: SSAValue | None
    back: int
    is_minus: bool


class InputTerm(NamedTuple):
    """A value from outside, subtracted if `is_minus`."""

    value: SSAValue
    is_minus: bool


class LinearForm(NamedTuple):
    """`y = sum of inputs + sum of terms`; `ops` are the additions and products that compute it,
    `sum` the last of them."""

    sum: Operation
    ops: frozenset[Operation]
    terms: tuple[PastTerm, ...]
    inputs: tuple[InputTerm, ...]

    @property
    def order(self) -> int:
        """The distance in frames of the oldest term."""
        return max((term.back for term in self.terms), default=0)

    def operands(self) -> list[SSAValue]:
        """The inputs and factors."""
        factors = [term.factor for term in self.terms if term.factor is not None]
        return [*(term.value for term in self.inputs), *factors]


class LinearRecurrence(Recursion):
    """Base of the linear recurrences."""

    def verify_(self) -> None:
        super().verify_()
        linear_form(self)


@irdl_op_definition
class LinearOp(LinearRecurrence):
    """A linear recurrence of order 1 to 4: `y = x + a*y' + b*y'' + ...`, where y' is y one frame
    ago. Each coefficient, which may be absent, is constant in a call; terms may be subtracted.

    The region is that of a `dsp.rec` with this recurrence and nothing else; x and the coefficients
    are defined outside of it. Of first order, it has one addition; of integers, it is of first
    order; of higher order, x may be several values. As a part of a larger recursion, the past of y
    may be read there, from its result. Sums and products of several frames may be reassociated, as
    in a prefix scan.
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
        is_sum = form.terms == (PastTerm(None, 1, False),)
        if element(form.sum.results[0]) != i32 or not is_sum:
            raise VerifyException("a phase adds a step to its past, both of i32")


def linear_form(op: Recursion) -> LinearForm:
    """The form of a recursion; VerifyException with the reason where it is not linear."""
    block = op.body.block
    if len(block.args) != 1:
        raise VerifyException("a linear recurrence has one result")
    last = op.yielded()[0].owner
    if not isinstance(last, arithmetic.AddOp | arithmetic.SubOp) or last.parent is not block:
        raise VerifyException("a linear recurrence yields a sum or a difference in its region")
    form = form_of(last, lambda value: _own_back(value, op))
    if form is None or any(_is_inside(value, block) for value in form.operands()):
        raise VerifyException(
            "a linear recurrence adds a value from outside and its past, which may be multiplied "
            "by a factor that is constant in a call"
        )
    for each in block.ops:
        is_own = each in form.ops or isinstance(each, YieldOp)
        if not is_own and not back_of(each.results[0], block.args[0]):
            raise VerifyException(f"{each.name} is no part of a linear recurrence")
    return form


def form_of(last: Operation, back: Callable[[SSAValue], int]) -> LinearForm | None:
    """The linear recurrence that a sum computes; None where it is none.

    `back` is the number of frames by which a value is the recurrence's past, or 0. Operands that
    the past does not enter are inputs.
    """
    tree = _Tree(last, back)
    form = LinearForm(last, *tree.parts())
    if not form.terms or not form.inputs or tree.is_too_large:
        return None
    if form.order == 1:
        is_plain = len(form.terms) == len(form.inputs) == 1 and not form.inputs[0].is_minus
        return form if is_plain else None
    return None if element(last.results[0]) == i32 else form


class _Tree:
    """The additions that lead to a sum, where nothing else reads them, and their terms."""

    def __init__(self, last: Operation, back: Callable[[SSAValue], int]) -> None:
        self.back = back
        self.sums: list[tuple[Operation, bool, int]] = [(last, False, 0)]
        """Additions with their sign and their parent in this list, which comes before them."""
        self.products: list[Operation] = []
        self.terms: list[tuple[int, PastTerm]] = []
        """Terms of the past, with the number of their addition."""
        self.others: list[tuple[int, SSAValue, bool, int | None]] = []
        """Other operands of additions, with the number of the addition that computes them."""
        self.block = last.parent
        number = 0
        while number < len(self.sums) <= MOST_SUMS:
            self._add(number)
            number += 1
        self.is_too_large = len(self.sums) > MOST_SUMS

    def _add(self, number: int) -> None:
        op, is_minus, _ = self.sums[number]
        for place, value in enumerate(op.operands):
            sign = is_minus != (place == 1 and isinstance(op, arithmetic.SubOp))
            owner = value.owner
            if self._past(value):
                self.terms.append((number, PastTerm(None, self._past(value), sign)))
            elif isinstance(owner, Block) or owner.parent is not self.block:
                self.others.append((number, value, sign, None))
            elif isinstance(owner, arithmetic.AddOp | arithmetic.SubOp) and value.has_one_use():
                self.others.append((number, value, sign, len(self.sums)))
                self.sums.append((owner, sign, number))
            else:
                self._product(number, value, owner, sign)

    def _past(self, value: SSAValue) -> int:
        """The distance of a past that may be a term; an older one is an input like others."""
        back = self.back(value)
        return back if back <= MOST_ORDER else 0

    def _product(self, number: int, value: SSAValue, op: Operation, sign: bool) -> None:
        if isinstance(op, arithmetic.MulOp) and value.has_one_use():
            for factor, past in (op.operands, (op.rhs, op.lhs)):
                back = self._past(past)
                if back and is_slow(factor):
                    self.products.append(op)
                    self.terms.append((number, PastTerm(factor, back, sign)))
                    return
        self.others.append((number, value, sign, None))

    def _reached(self) -> set[int]:
        """The numbers of the additions that the past enters."""
        reached = {0}
        for number, _ in self.terms:
            while number not in reached:
                reached.add(number)
                number = self.sums[number][2]
        return reached

    def parts(
        self,
    ) -> tuple[frozenset[Operation], tuple[PastTerm, ...], tuple[InputTerm, ...]]:
        """The ops, the terms of the past, and the inputs."""
        reached = self._reached()
        inputs = tuple(
            InputTerm(value, sign)
            for number, value, sign, inner in self.others
            if number in reached and inner not in reached
        )
        ops = {*(self.sums[number][0] for number in reached), *self.products}
        return frozenset(ops), tuple(term for _, term in self.terms), inputs


def is_slow(value: SSAValue) -> bool:
    """Whether a signal is constant in a call: its rate is not `sample`."""
    return isinstance(value.type, SignalType) and value.type.rate.data is not Rate.SAMPLE


def back_of(value: SSAValue, signal: SSAValue) -> int:
    """By how many frames, of which the first are 0, a value is the signal delayed; 0 for others."""
    op = value.owner
    if isinstance(op, DelayOp):
        is_fixed = op.signal is signal and op.amount is None
        return op.offset.value.data if is_fixed else 0
    if isinstance(op, PrefixOp):
        first = op.first.owner
        is_zero = isinstance(first, arithmetic.ConstantOp) and _is_zero(first)
        return 1 if is_zero and op.signal is signal else 0
    return 0


def _is_zero(op: arithmetic.ConstantOp) -> bool:
    number = op.value.value.data
    return number == 0 if isinstance(op.value, IntegerAttr) else repr(number) == "0.0"


def _own_back(value: SSAValue, op: Recursion) -> int:
    """By how many frames a value is the past of a recursion's result: of its argument, or of that
    argument of the recursion around it which is this result."""
    own = back_of(value, op.body.block.args[0])
    outer = op.parent_op()
    if own or not isinstance(outer, Recursion):
        return own
    pairs = zip(outer.body.block.args, outer.yielded(), strict=True)
    backs = (back_of(value, past) for past, result in pairs if result is op.results[0])
    return next((back for back in backs if back), 0)


def _is_inside(value: SSAValue, block: Block) -> bool:
    owner = value.owner
    return owner is block or (not isinstance(owner, Block) and owner.parent is block)


OPERATIONS: tuple[type[SignalOp], ...] = (LinearOp, PhaseOp)
