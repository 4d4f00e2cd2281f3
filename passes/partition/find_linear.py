"""Finds linear recurrences among the recursions of a program."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from xdsl.dialects.builtin import FloatAttr, i32
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.recurrences import (
    LinearForm,
    LinearOp,
    back_of,
    form_of,
    is_slow,
    linear_form,
)
from dspc.passes.analysis.bit_sensitive import bit_sensitive_signals

LARGEST = 100.0
"""The largest literal coefficient of a real recurrence that may be reassociated. Powers of greater
ones leave the range of f32 within a vector, where the recurrence itself is still finite."""


def find_linear(body: Block) -> int:
    """Replace recursions of a program by `dsp.linear` where they are, and take those that are part
    of a larger recursion into one of their own; returns the number of them."""
    linear_ops: list[LinearOp] = []
    for op in list(body.ops):
        if isinstance(op, time.RecOp):
            whole = _whole(op)
            linear_ops.extend([whole] if whole else _parts(op))
    sensitive: set[SSAValue] | None = None
    count = 0
    for op in linear_ops:
        form = linear_form(op)
        if _grows_fast(form):
            _replace(op, time.RecOp)
            continue
        if _is_driven_slowly(form) and element(op.results[0]) != i32:
            sensitive = bit_sensitive_signals(body) if sensitive is None else sensitive
            is_sum = form.order > 1 or form.terms[0].factor is None
            if is_sum or form.sum.results[0] in sensitive:
                _replace(op, time.RecOp)
                continue
        count += 1
    return count


def _grows_fast(form: LinearForm) -> bool:
    """Whether a real recurrence has a literal coefficient beyond LARGEST."""
    owners = [term.factor.owner for term in form.terms if term.factor is not None]
    literals = [op.value for op in owners if isinstance(op, arithmetic.ConstantOp)]
    return any(isinstance(one, FloatAttr) and abs(one.value.data) > LARGEST for one in literals)


def _is_driven_slowly(form: LinearForm) -> bool:
    """Whether all inputs are constant in a call."""
    return all(is_slow(given.value) for given in form.inputs)


def _whole(op: time.RecOp) -> LinearOp | None:
    """The recurrence in the place of a recursion that is one; None for others."""
    try:
        linear_form(op)
    except VerifyException:
        return None
    linear = _replace(op, LinearOp)
    assert isinstance(linear, LinearOp)
    return linear


def _replace(op: time.Recursion, kind: type[time.Recursion]) -> time.Recursion:
    """Replace a recursion by one of another kind with its region."""
    block = op.parent
    assert block is not None
    recursion = kind.create(
        result_types=[result.type for result in op.results],
        attributes=op.attributes,
        regions=[op.detach_region(op.body)],
    )
    recursion.location = op.location
    block.insert_op_before(recursion, op)
    for old, new in zip(op.results, recursion.results, strict=True):
        old.replace_all_uses_with(new)
    op.detach()
    op.erase()
    return recursion


def _parts(op: time.RecOp) -> Iterator[LinearOp]:
    """Take the linear recurrences that are part of a recursion into ops of their own, in it.

    Each computes one result of the recursion, in the place of its sum.
    """
    block = op.body.block
    yielded = op.yielded()
    for argument, value in zip(block.args, yielded, strict=True):
        last = value.owner
        if not isinstance(last, arithmetic.AddOp | arithmetic.SubOp) or last.parent is not block:
            continue
        form = form_of(last, _past_of(argument)) if list(yielded).count(value) == 1 else None
        if form is not None:
            yield _taken(argument, form)


def _past_of(argument: SSAValue) -> Callable[[SSAValue], int]:
    return lambda value: back_of(value, argument)


def _taken(argument: SSAValue, form: LinearForm) -> LinearOp:
    """Move a sum, and the ops that lead to it, into a recurrence in its place."""
    last = form.sum
    block = last.parent
    assert block is not None
    inner = Block(arg_types=[argument.type])
    inner.args[0].name_hint = argument.name_hint
    (result,) = last.results
    linear = LinearOp.create(result_types=[result.type], regions=[Region(inner)])
    linear.location = last.location
    block.insert_op_before(linear, last)
    linear.results[0].name_hint = result.name_hint
    result.replace_all_uses_with(linear.results[0])
    for op in _in_program_order(last, form.ops):
        op.detach()
        inner.add_op(op)
    inner.add_op(time.YieldOp.create(operands=[result]))
    return linear


def _in_program_order(last: Operation, ops: Collection[Operation]) -> list[Operation]:
    """Ops of a block, of which `last` is the last, in program order."""
    ordered: list[Operation] = []
    op: Operation | None = last
    while op is not None and len(ordered) < len(ops):
        if op in ops:
            ordered.append(op)
        op = op.prev_op
    return ordered[::-1]
