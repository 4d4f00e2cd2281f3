"""Arithmetic, comparison, casts, selection and mathematical functions on signals.

Integers have 32 bits and wrap. The operands of an op have the same element type; the front end
inserts the implicit casts of the language.
"""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import FloatAttr, IntegerAttr
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, SpacedOpaqueSyntaxAttribute, SSAValue
from xdsl.irdl import (
    irdl_attr_definition,
    irdl_op_definition,
    operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import ConstantLike, Pure
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.str_enum import StrEnum

from dspc.dialects.dsp.base import (
    SameElementOp,
    SignalOp,
    element,
    expect_float,
    expect_int,
    expect_no_slower_result,
    expect_same_elements,
)


@irdl_op_definition
class ConstantOp(SignalOp):
    """A number: `dsp.constant {value = 1.0 : f32}`."""

    name = "dsp.constant"
    value = prop_def(IntegerAttr | FloatAttr)
    result = result_def()
    traits = traits_def(Pure(), ConstantLike())

    def verify_(self) -> None:
        if self.value.type != element(self.result):
            raise VerifyException("the value's type differs from the result's element type")


def known_int(value: SSAValue) -> int | None:
    """The value of an integer constant signal."""
    op = value.owner
    if isinstance(op, ConstantOp) and isinstance(op.value, IntegerAttr):
        return op.value.value.data
    return None


class BinaryOp(SameElementOp):
    """Base of the ops with two operands and a result of one element type."""

    lhs = operand_def()
    rhs = operand_def()
    result = result_def()
    traits = traits_def(Pure())


class UnaryOp(SameElementOp):
    """Base of the ops with one operand and a result of the same element type."""

    operand = operand_def()
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class AddOp(BinaryOp):
    """The sum; i32 wraps, floats round to the type of the signal."""

    name = "dsp.add"


@irdl_op_definition
class SubOp(BinaryOp):
    """The difference; i32 wraps, floats round to the type of the signal."""

    name = "dsp.sub"


@irdl_op_definition
class MulOp(BinaryOp):
    """The product; i32 wraps, floats round to the type of the signal."""

    name = "dsp.mul"


@irdl_op_definition
class DivOp(BinaryOp):
    """Floating-point division (the language has no integer division)."""

    name = "dsp.div"
    DOMAIN: ClassVar[str] = "float"


@irdl_op_definition
class RemOp(BinaryOp):
    """Integer remainder with the dividend's sign, as in C; 0 where the divisor is 0."""

    name = "dsp.rem"
    DOMAIN: ClassVar[str] = "int"


@irdl_op_definition
class AndOp(BinaryOp):
    """Bitwise AND of two i32."""

    name = "dsp.and"
    DOMAIN: ClassVar[str] = "int"


@irdl_op_definition
class OrOp(BinaryOp):
    """Bitwise OR of two i32."""

    name = "dsp.or"
    DOMAIN: ClassVar[str] = "int"


@irdl_op_definition
class XorOp(BinaryOp):
    """Bitwise exclusive OR of two i32."""

    name = "dsp.xor"
    DOMAIN: ClassVar[str] = "int"


@irdl_op_definition
class ShlOp(BinaryOp):
    """Left shift; the amount is taken modulo 32."""

    name = "dsp.shl"
    DOMAIN: ClassVar[str] = "int"


@irdl_op_definition
class ShrOp(BinaryOp):
    """Arithmetic right shift; the amount is taken modulo 32."""

    name = "dsp.shr"
    DOMAIN: ClassVar[str] = "int"


@irdl_op_definition
class MinOp(BinaryOp):
    """`rhs < lhs ? rhs : lhs`, as `std::min`: a NaN on the left is returned."""

    name = "dsp.min"


@irdl_op_definition
class MaxOp(BinaryOp):
    """`lhs < rhs ? rhs : lhs`, as `std::max`: a NaN on the left is returned."""

    name = "dsp.max"


class Predicate(StrEnum):
    """Predicates of `dsp.compare`."""

    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    EQ = "eq"
    NE = "ne"


@irdl_attr_definition
class PredicateAttr(EnumAttribute[Predicate], SpacedOpaqueSyntaxAttribute):
    """The predicate of `dsp.compare`: `eq`, `ne`, `lt`, `le`, `gt` or `ge`."""

    name = "dsp.predicate"


@irdl_op_definition
class CompareOp(SignalOp):
    """1 if the comparison holds, else 0; with a NaN only `ne` holds."""

    name = "dsp.compare"
    lhs = operand_def()
    rhs = operand_def()
    predicate = prop_def(PredicateAttr)
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_same_elements((self.lhs, self.rhs))
        expect_int(self.result, "a comparison's result")


@irdl_op_definition
class IntOp(SignalOp):
    """A float truncated towards zero; NaN and values out of range give -2147483648."""

    name = "dsp.int"
    operand = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_float(self.operand, "the operand")
        expect_int(self.result, "the result")


@irdl_op_definition
class FloatOp(SignalOp):
    """An integer converted to floating point, rounded to nearest."""

    name = "dsp.float"
    operand = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_int(self.operand, "the operand")
        expect_float(self.result, "the result")


@irdl_op_definition
class Select2Op(SignalOp):
    """`selector == 0 ? first : second`; both operands are computed in every frame."""

    name = "dsp.select2"
    selector = operand_def()
    first = operand_def()
    second = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_int(self.selector, "the selector")
        expect_same_elements((self.first, self.second, self.result))


class MathOp(UnaryOp):
    """A function of the C mathematics library at the signal's precision."""

    DOMAIN: ClassVar[str] = "float"


class MathBinaryOp(BinaryOp):
    """A binary function of the C mathematics library at the signal's precision."""

    DOMAIN: ClassVar[str] = "float"


@irdl_op_definition
class AbsOp(UnaryOp):
    """The absolute value; -2147483648 wraps to itself."""

    name = "dsp.abs"


def _math(function: str) -> type[MathOp]:
    name = f"{function.capitalize()}Op"
    doc = f"`{function}` of the C mathematics library, at the signal's precision."
    attributes = {"name": f"dsp.{function}", "__doc__": doc, "__module__": __name__}
    return irdl_op_definition(type(name, (MathOp,), attributes))


def _math2(function: str) -> type[MathBinaryOp]:
    name = f"{function.capitalize()}Op"
    doc = f"`{function}` of the C mathematics library, at the signal's precision."
    attributes = {"name": f"dsp.{function}", "__doc__": doc, "__module__": __name__}
    return irdl_op_definition(type(name, (MathBinaryOp,), attributes))


SinOp, CosOp, TanOp = _math("sin"), _math("cos"), _math("tan")
AsinOp, AcosOp, AtanOp = _math("asin"), _math("acos"), _math("atan")
SinhOp, CoshOp, TanhOp = _math("sinh"), _math("cosh"), _math("tanh")
AsinhOp, AcoshOp, AtanhOp = _math("asinh"), _math("acosh"), _math("atanh")
ExpOp, Exp10Op, LogOp, Log10Op = _math("exp"), _math("exp10"), _math("log"), _math("log10")
SqrtOp, FloorOp, CeilOp = _math("sqrt"), _math("floor"), _math("ceil")
RintOp, RoundOp = _math("rint"), _math("round")
PowOp, Atan2Op = _math2("pow"), _math2("atan2")
FmodOp, RemainderOp = _math2("fmod"), _math2("remainder")

INT_OPS: dict[str, type[BinaryOp]] = {
    "rem": RemOp, "and": AndOp, "or": OrOp, "xor": XorOp, "shl": ShlOp, "shr": ShrOp,
}  # fmt: skip
ANY_OPS: dict[str, type[BinaryOp]] = {
    "add": AddOp, "sub": SubOp, "mul": MulOp, "min": MinOp, "max": MaxOp,
}  # fmt: skip
MATH_OPS: dict[str, type[MathOp]] = {
    op.name.removeprefix("dsp."): op
    for op in (
        SinOp, CosOp, TanOp, AsinOp, AcosOp, AtanOp, SinhOp, CoshOp, TanhOp, AsinhOp, AcoshOp,
        AtanhOp, ExpOp, Exp10Op, LogOp, Log10Op, SqrtOp, FloorOp, CeilOp, RintOp, RoundOp,
    )
}  # fmt: skip
MATH2_OPS: dict[str, type[BinaryOp]] = {
    "div": DivOp, "pow": PowOp, "atan2": Atan2Op, "fmod": FmodOp, "remainder": RemainderOp,
}  # fmt: skip
PREDICATES = {predicate.value: PredicateAttr(predicate) for predicate in Predicate}

OPERATIONS: tuple[type[SignalOp], ...] = (
    ConstantOp, CompareOp, IntOp, FloatOp, Select2Op, AbsOp,
    *INT_OPS.values(), *ANY_OPS.values(), *MATH_OPS.values(), *MATH2_OPS.values(),
)  # fmt: skip
ATTRIBUTES: tuple[type[Attribute], ...] = (PredicateAttr,)
