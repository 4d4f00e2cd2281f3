"""The coefficients of a linear recurrence, as numbers of the lowered program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects.builtin import FloatAttr, f64
from xdsl.ir import SSAValue

from dspc.dialects.dsp.base import element
from dspc.passes.analysis.interval_math import single
from dspc.passes.lowering.responses import Coefficients, Numbers, Scalar, coefficients_of
from dspc.passes.partition.linear import Linear

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody


def coefficients_at(body: SplitBody, linear: Linear, numbers: Numbers, rate: int) -> Coefficients:
    """The coefficients of a recurrence, as numbers that code of a rate can use."""
    known: dict[SSAValue, Scalar] = {}

    def value_of(factor: SSAValue) -> Scalar:
        if factor not in known:
            number = body.numbers.get(factor)
            if isinstance(number, FloatAttr):
                exact = number.value.data
                known[factor] = exact if element(linear.signal) == f64 else single(exact)
            else:
                known[factor] = numbers.widened(body.operand(factor, rate))
        return known[factor]

    return coefficients_of(linear, body.graph, numbers, value_of)


def factors_of(linear: Linear, body: SplitBody) -> list[SSAValue]:
    """The signals that are coefficients and no constants."""
    factors = [term.factor for term in linear.terms if term.factor is not None]
    for node in linear.taps:
        factors += [v for v in node.operands if v not in body.graph.sampled]
    return [v for v in dict.fromkeys(factors) if v not in body.numbers]
