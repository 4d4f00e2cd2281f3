"""Lane-wise ops on vectors whose upstream counterparts take scalars only.

Lane-wise arithmetic is upstream's (`arith`, `math`), and so are loads, stores, shuffles and the
like (`vector`). Comparison, selection and conversion are ops of this dialect.
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
    """Integers compare as signed; with a NaN only `ne` holds."""

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
    """The number of lanes of a type; 1 for a scalar."""
    return type.get_shape()[0] if isinstance(type, VectorType) else 1


def lane_type(type: Attribute) -> Attribute:
    """The element type of a vector type; a scalar type itself."""
    return type.element_type if isinstance(type, VectorType) else type  # pyright: ignore


@irdl_op_definition
class CompareOp(IRDLOperation):
    """Lane-wise comparison: `dsp_par.compare lt %a, %b : vector<8xf32>` is a `vector<8xi1>`."""

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
            raise VerifyException("a comparison has as many lanes as its operands")


@irdl_op_definition
class SelectOp(IRDLOperation):
    """Lane-wise selection: `yes` where the condition's lane is 1, else `no`."""

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
            raise VerifyException("a condition has as many lanes as the selected vectors")


@irdl_op_definition
class ConvertOp(IRDLOperation):
    """Lane-wise conversion: i32 to float, float to i32 (towards zero), i1 to i32 (0 or 1).

    A float must lie in the range of i32; other values are undefined behaviour.
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
        source_type, result_type = lane_type(source), lane_type(result)
        from_int = source_type in (i1, i32) if result_type == i32 else source_type == i32
        is_float = not isinstance(source_type, IntegerType)
        if result_type == i1 or not (from_int or (is_float and result_type == i32)):
            raise VerifyException(f"no conversion of lanes from {source_type} to {result_type}")
