"""Reassociates the sums and products of a recursive group so that the latest operand enters last.

Each value is kept in the form `early + factor * late`: `late` is the operand of the sum with the
latest ready time, `factor` is off the feedback path, `early` is the rest of the sum. A product with
an early value keeps the form by distribution; a quotient by an early value is a product with its
reciprocal. A materialised value is one multiplication and one addition after its latest operand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import FloatAttr, IntegerAttr, LocationAttr, i32, i64
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.base import FIRST, element
from dspc.dialects.dsp.types import RATES, Rate, SignalType, signal_type
from dspc.passes.costs.latency import EARLY, FAR, Reach, arrival

Binary = type[arithmetic.AddOp | arithmetic.SubOp | arithmetic.MulOp | arithmetic.DivOp]


@dataclass(slots=True)
class Form:
    """`early + factor * late`, or `early - factor * late`; parts that are None are absent."""

    early: SSAValue | None
    factor: SSAValue | None
    late: SSAValue | None
    is_minus: bool = False
    whole: SSAValue | None = None
    """The materialised value, if it is written."""


class Rewriter:
    """Rewrites the ops of a group, in program order.

    `times` are the ready times of the old values relative to the frame's start, in cycles. With
    `is_deep`, sums with several uses are reassociated as well, which costs operations.
    """

    def __init__(self, times: Mapping[SSAValue, float], is_deep: bool, reach: Reach) -> None:
        self.old_times = times
        self.reach = reach
        self.times: dict[SSAValue, float] = {}
        self.is_deep = is_deep
        self.forms: dict[SSAValue, Form] = {}
        self.made: list[Operation] = []
        self._known: dict[object, SSAValue] = {}
        self._location: LocationAttr | None = None

    def rewrite(self, ops: Sequence[Operation], yielded: Sequence[SSAValue]) -> list[SSAValue]:
        """Write all ops; returns the new yielded values."""
        for op in ops:
            self._location = op.location
            form = self._form(op) if _is_float(op) else None
            if form is None:
                self._copy(op)
                continue
            result = op.results[0]
            self.forms[result] = form
            if not self.is_deep and not result.has_one_use():
                self.whole(result)
        values = [self.whole(value) for value in yielded]
        self._drop_unused(values)
        return values

    # Forms

    def form(self, value: SSAValue) -> Form:
        form = self.forms.get(value)
        if form is not None:
            if form.whole is not None and not self.is_deep:
                return self._atom(form.whole)
            return form
        return self._atom(value)

    def _atom(self, value: SSAValue) -> Form:
        if self.is_early(value):
            return Form(value, None, None, whole=value)
        return Form(None, None, value, whole=value)

    def is_early(self, value: SSAValue) -> bool:
        return value not in self.times

    def _form(self, op: Operation) -> Form | None:
        """The form of a sum, product or quotient; None for other ops and early values."""
        if isinstance(op, arithmetic.AddOp | arithmetic.SubOp):
            lhs, rhs = map(self.form, op.operands)
            return self._sum(lhs, rhs, isinstance(op, arithmetic.SubOp))
        if isinstance(op, arithmetic.MulOp):
            lhs, rhs = map(self.form, op.operands)
            if rhs.late is None:
                lhs, rhs = rhs, lhs
            if lhs.late is None and lhs.early is not None and rhs.late is not None:
                return self._scaled(lhs.early, rhs, op.operands)
        if isinstance(op, arithmetic.DivOp):
            lhs, rhs = map(self.form, op.operands)
            if rhs.late is None and rhs.early is not None and lhs.late is not None:
                one = self._constant(1.0, element(op.results[0]))
                return self._scaled(self._make(arithmetic.DivOp, one, rhs.early), lhs, op.operands)
        return None

    def _sum(self, lhs: Form, rhs: Form, is_minus: bool) -> Form | None:
        if lhs.late is None and rhs.late is None:
            return None
        if lhs.late is rhs.late:
            return self._sum_of_one(lhs, rhs, is_minus)
        is_right = self._ready(rhs) > self._ready(lhs)
        last, other = (rhs, lhs) if is_right else (lhs, rhs)
        early = self._rest(last.early, other, is_right, is_minus)
        sign = last.is_minus != (is_minus and is_right)
        return Form(early, last.factor, last.late, sign)

    def _rest(self, own: SSAValue | None, other: Form, is_right: bool, is_minus: bool) -> SSAValue:
        """The sum without its latest operand: `own` is the right operand if `is_right`."""
        if own is not None and other.whole is None and other.early is not None:
            # own + (early + factor * late): add the early parts first, so that one op is late.
            own_is_minus, other_is_minus = is_minus and is_right, is_minus and not is_right
            start = self._signed(own, own_is_minus, other.early, other_is_minus)
            flipped = Form(start, other.factor, other.late, other.is_minus != other_is_minus)
            return self._written(flipped)
        value = self._whole_of(other)
        if own is None:
            return self._negated(value) if is_minus and not is_right else value
        return self._signed(own, is_minus and is_right, value, is_minus and not is_right)

    def _signed(self, x: SSAValue, x_minus: bool, y: SSAValue, y_minus: bool) -> SSAValue:
        """±x ± y, of which at most one is negative."""
        if x_minus:
            return self._make(arithmetic.SubOp, y, x)
        return self._make(arithmetic.SubOp if y_minus else arithmetic.AddOp, x, y)

    def _sum_of_one(self, lhs: Form, rhs: Form, is_minus: bool) -> Form | None:
        """A sum whose operands have one late value in common: their factors are added."""
        if not self.is_deep or lhs.early is None or rhs.early is None:
            return None
        early = self._make(arithmetic.SubOp if is_minus else arithmetic.AddOp, lhs.early, rhs.early)
        assert lhs.late is not None
        one = self._constant(1.0, element(lhs.late))
        x, y = lhs.factor or one, rhs.factor or one
        rhs_minus = rhs.is_minus != is_minus
        if lhs.is_minus == rhs_minus:
            return Form(early, self._make(arithmetic.AddOp, x, y), lhs.late, lhs.is_minus)
        return Form(early, self._make(arithmetic.SubOp, x, y), lhs.late, lhs.is_minus)

    def _scaled(self, scale: SSAValue, form: Form, operands: Sequence[SSAValue]) -> Form:
        if form.early is not None and not self.is_deep and not self._is_cheap(scale, form):
            return Form(None, scale, self._whole_of(form))
        early = None if form.early is None else self._make(arithmetic.MulOp, scale, form.early)
        factor = scale
        if form.factor is not None:
            factor = self._make(arithmetic.MulOp, scale, form.factor)
        return Form(early, factor, form.late, form.is_minus)

    def _is_cheap(self, scale: SSAValue, form: Form) -> bool:
        """Whether distributing a product adds no sample-rate operation."""
        early, factor = form.early, form.factor
        if early is None or _rate(scale) == SAMPLE:
            return False
        if factor is not None and _rate(factor) == SAMPLE:
            return False
        owner = early.owner
        is_product = isinstance(owner, arithmetic.MulOp) and _rate(owner.lhs) < SAMPLE
        return _rate(early) < SAMPLE or is_product

    def _ready(self, form: Form) -> float:
        return EARLY if form.late is None else self.times[form.late]

    # Values

    def whole(self, value: SSAValue) -> SSAValue:
        """The new value that replaces an old one; it is materialised if necessary."""
        form = self.forms.get(value)
        if form is None:
            return value
        whole = self._whole_of(form)
        if whole.name_hint is None:
            whole.name_hint = value.name_hint
        return whole

    def written(self, value: SSAValue) -> SSAValue:
        """The new value that replaces an old one if it is materialised; else the old one."""
        return self.form(value).whole or value

    def _whole_of(self, form: Form) -> SSAValue:
        if form.whole is None:
            form.whole = self._written(form)
        return form.whole

    def _written(self, form: Form) -> SSAValue:
        late = form.late
        assert late is not None
        if form.factor is not None:
            factor = form.factor
            if form.early is None and form.is_minus:
                factor = self._negated(factor)
            late = self._make(arithmetic.MulOp, factor, late)
        elif form.early is None and form.is_minus:
            return self._negated(late)
        if form.early is None:
            return late
        kind, first = (arithmetic.SubOp, 0) if form.is_minus else (arithmetic.AddOp, 1)
        operands = (form.early, late) if form.is_minus else (late, form.early)
        result = self._make(kind, *operands)
        assert isinstance(result.owner, Operation)
        result.owner.attributes[FIRST] = IntegerAttr(first, i64)
        return result

    def _negated(self, value: SSAValue) -> SSAValue:
        return self._make(arithmetic.MulOp, self._constant(-1.0, element(value)), value)

    def _constant(self, number: float, kind: object) -> SSAValue:
        key = (number, kind)
        known = self._known.get(key)
        if known is None:
            op = arithmetic.ConstantOp.create(
                properties={"value": FloatAttr(number, kind)},  # pyright: ignore
                result_types=[signal_type(kind, Rate.CONST)],  # pyright: ignore
            )
            self.made.append(op)
            known = self._known[key] = op.results[0]
        return known

    def _make(self, op_type: Binary, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """The result of a new op, or of an equal one made before; products of constants fold."""
        if op_type is arithmetic.MulOp:
            for one, other in ((lhs, rhs), (rhs, lhs)):
                if _number(one) == 1.0:
                    return other
        numbers = (_number(lhs), _number(rhs))
        if op_type is arithmetic.MulOp and None not in numbers:
            product = numbers[0] * numbers[1]  # pyright: ignore
            return self._constant(FloatAttr(product, element(lhs)).value.data, element(lhs))  # pyright: ignore
        key = (op_type, lhs, rhs)
        known = self._known.get(key)
        if known is None:
            rate = RATES[max(_rate(lhs), _rate(rhs))]
            op = op_type.create(
                operands=[lhs, rhs],
                result_types=[signal_type(element(lhs), rate)],
                location=self._location,
            )
            known = self._known[key] = op.results[0]
            self._add(op)
        return known

    def _add(self, op: Operation) -> None:
        self.made.append(op)
        ready = arrival(op, self.times, self.reach.processor)
        if ready > EARLY:
            self.times.update(dict.fromkeys(op.results, ready))

    def _copy(self, op: Operation) -> None:
        """Clone an op with its new operands."""
        mapper: dict[SSAValue, SSAValue] = {}
        for inner in op.walk():
            for operand in inner.operands:
                if operand in self.forms:
                    mapper[operand] = self.whole(operand)
        new = op.clone(mapper)
        self.made.append(new)
        back = self.reach(op)
        for old, result in zip(op.results, new.results, strict=True):
            self.forms[old] = Form(None, None, result, whole=result)
            ready = (
                self.old_times.get(old, EARLY)
                if back is not None
                else arrival(new, self.times, self.reach.processor)
            )
            if back is not None and back >= FAR:
                ready = EARLY
            if ready > EARLY:
                self.times[result] = ready
            else:
                self.forms[old] = Form(result, None, None, whole=result)

    def _drop_unused(self, yielded: Sequence[SSAValue]) -> None:
        """Erase dead ops: parts of sums that were reassociated further."""
        live = set(yielded)
        ops: list[Operation] = []
        for op in reversed(self.made):
            if any(result in live or result.uses for result in op.results):
                ops.append(op)
            else:
                op.erase()
        ops.reverse()
        self.made = ops


SAMPLE = Rate.SAMPLE.order


def _rate(value: SSAValue) -> int:
    kind = value.type
    return RATES.index(kind.rate.data) if isinstance(kind, SignalType) else SAMPLE


def _number(value: SSAValue) -> float | None:
    owner = value.owner
    if isinstance(owner, arithmetic.ConstantOp) and isinstance(owner.value, FloatAttr):
        return owner.value.value.data
    return None


def _is_float(op: Operation) -> bool:
    return (
        len(op.results) == 1
        and not op.regions
        and (isinstance(op.results[0].type, SignalType) and element(op.results[0]) != i32)
    )
