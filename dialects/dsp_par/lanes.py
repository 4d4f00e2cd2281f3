"""Lanes of vectors: what the upstream ops have for single numbers only.

Arithmetic on vectors is upstream's (`arith`, `math`), lane by lane; so are loads, stores, shuffles
and the like (`vector`). Comparing, choosing and converting are ops of this dialect.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from xdsl.dialects.builtin import AnyFloatConstr, IntegerType, VectorType, i1, i32
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, SpacedOpaqueSyntaxAttribute
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    VarConstraint,
    base,
    irdl_attr_definition,
    irdl_op_definition,
    operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException


class LanePredicate(StrEnum):
    """A NaN is unequal to all, and neither less nor greater; integers are signed."""

    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    EQ = "eq"
    NE = "ne"


@irdl_attr_definition
class LanePredicateAttr(
    EnumAttribute[LanePredicate],  # pyright: ignore[reportInvalidTypeArguments]  (it is a StrEnum)
    SpacedOpaqueSyntaxAttribute,
):
    """How `dsp_par.compare` compares each lane: `eq`, `ne`, `lt`, `le`, `gt` or `ge`."""

    name = "dsp_par.predicate"


def lanes_of(type: Attribute) -> int:
    """How many numbers a value of a type holds: 1 for what is no vector."""
    return type.get_shape()[0] if isinstance(type, VectorType) else 1


def lane_type(type: Attribute) -> Attribute:
    """The type of one lane; of what is no vector, the type itself."""
    return type.element_type if isinstance(type, VectorType) else type  # pyright: ignore


@irdl_op_definition
class CompareOp(IRDLOperation):
    """Compares lane by lane: `dsp_par.compare lt %a, %b : vector<8xf32>` is a `vector<8xi1>`."""

    name = "dsp_par.compare"
    T: ClassVar = VarConstraint("T", VectorType.constr(base(IntegerType) | AnyFloatConstr))
    predicate = prop_def(LanePredicateAttr)
    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(VectorType.constr(i1))
    traits = traits_def(Pure())
    assembly_format = "$predicate $lhs `,` $rhs attr-dict `:` type($lhs) `->` type($result)"

    def verify_(self) -> None:
        if lanes_of(self.lhs.type) != lanes_of(self.result.type):
            raise VerifyException("a comparison has as many lanes as what it compares")


@irdl_op_definition
class SelectOp(IRDLOperation):
    """Each lane of the first vector where the condition's lane is 1, else of the second."""

    name = "dsp_par.select"
    T: ClassVar = VarConstraint("T", VectorType.constr(AnyAttr()))
    condition = operand_def(VectorType.constr(i1))
    yes = operand_def(T)
    no = operand_def(T)
    result = result_def(T)
    traits = traits_def(Pure())
    assembly_format = "$condition `,` $yes `,` $no attr-dict `:` type($condition) `,` type($result)"

    def verify_(self) -> None:
        if lanes_of(self.condition.type) != lanes_of(self.result.type):
            raise VerifyException("a condition has as many lanes as what it chooses between")


@irdl_op_definition
class ConvertOp(IRDLOperation):
    """Converts each lane: i32 to a float, a float to i32 (towards zero), i1 to 0 or 1 of i32.

    A float that is converted must lie in the range of i32.
    """

    name = "dsp_par.convert"
    source = operand_def(VectorType.constr(base(IntegerType) | AnyFloatConstr))
    result = result_def(VectorType.constr(base(IntegerType) | AnyFloatConstr))
    traits = traits_def(Pure())
    assembly_format = "$source attr-dict `:` type($source) `to` type($result)"

    def verify_(self) -> None:
        source, result = self.source.type, self.result.type
        if lanes_of(source) != lanes_of(result):
            raise VerifyException("a conversion keeps the number of lanes")
        given, made = lane_type(source), lane_type(result)
        from_int = given in (i1, i32) if made == i32 else given == i32
        is_float = not isinstance(given, IntegerType)
        if made == i1 or not (from_int or (is_float and made == i32)):
            raise VerifyException(f"lanes are not converted from {given} to {made}")
