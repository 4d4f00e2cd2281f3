"""Literals that read back exactly."""

from __future__ import annotations

from math import isinf, isnan

from xdsl.dialects.builtin import (
    DenseArrayBase,
    Float32Type,
    FloatAttr,
    IntegerAttr,
    IntegerType,
)
from xdsl.ir import Attribute

from dspc.backends.c.expressions import ATOM, UNARY, Expr
from dspc.backends.c.language import Uses
from dspc.backends.common.singles import round_to_single
from dspc.dialects.dsp.types import array_values
from dspc.support.diagnostics import DspcError


def literal(value: Attribute, uses: Uses) -> Expr:
    """A number. Raises DspcError E0701 for a constant of another kind."""
    language = uses.language
    if isinstance(value, FloatAttr):
        return _signed(float_literal(value.value.data, isinstance(value.type, Float32Type), uses))
    if not isinstance(value, IntegerAttr):
        raise DspcError("E0701", f"{language.name} code can't hold the constant {value}")
    number = value.value.data
    if language.scalar(value.type) == "bool":
        return boolean(bool(number))
    return _signed(int_literal(number, uses)).within(number, number)


def boolean(holds: bool) -> Expr:
    """`true` or `false`."""
    return Expr("true" if holds else "false", low=0, high=1)


def _signed(text: str) -> Expr:
    return Expr(text, UNARY, operator="-") if text[0] == "-" else Expr(text, ATOM)


def data_literals(values: DenseArrayBase, uses: Uses) -> list[str]:
    """The elements of a data buffer."""
    if isinstance(values.elt_type, IntegerType):
        return [int_literal(int(number), uses) for number in array_values(values)]
    single = isinstance(values.elt_type, Float32Type)
    return [float_literal(float(number), single, uses) for number in array_values(values)]


def float_literal(value: float, single: bool, uses: Uses) -> str:
    """The shortest literal that gives exactly this number, with an `f` in single precision."""
    type = "float" if single else "double"
    if single:
        value = round_to_single(value)
    if isnan(value) or isinf(value):
        uses.special_numbers = True
        form = uses.language.not_a_number if isnan(value) else uses.language.infinity
        return f"{'-' if value < 0 else ''}{form.format(type=type)}"
    text = _shortest_single(value) if single else repr(value)
    mantissa, exponent, power = text.partition("e")
    if not exponent and "." not in mantissa:
        mantissa += ".0"
    if exponent:
        power = str(int(power))
    return f"{mantissa}{exponent}{power}{'f' if single else ''}"


def _shortest_single(value: float) -> str:
    for digits in (6, 7, 8):
        text = f"{value:.{digits}g}"
        if round_to_single(float(text)) == value:
            return text
    return f"{value:.9g}"


def int_literal(value: int, uses: Uses) -> str:
    return uses.language.lowest_int if value == -(2**31) else str(value)
