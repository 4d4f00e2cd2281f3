"""Memory spaces, and buffers declared once and fetched by name."""

from __future__ import annotations

from enum import StrEnum

from xdsl.dialects.builtin import (
    DenseArrayBase,
    FlatSymbolRefAttrConstr,
    FloatAttr,
    IntegerAttr,
    MemRefType,
    SymbolNameConstraint,
)
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import SpacedOpaqueSyntaxAttribute
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    irdl_attr_definition,
    irdl_op_definition,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException


class Space(StrEnum):
    """Where memory lies; DESIGN section 2.4."""

    STATIC = "static"
    DDR = "ddr"
    MSMC = "msmc"
    L2 = "l2"


@irdl_attr_definition
class SpaceAttr(EnumAttribute[Space]):
    """`#dsp_mem.space<ddr>`, the memory-space attribute of a memref."""

    name = "dsp_mem.space"

    @classmethod
    def parse_parameter(cls, parser: AttrParser) -> Space:
        with parser.in_angle_brackets():
            return parser.parse_str_enum(Space)

    def print_parameter(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(self.data.value)


class Lifetime(StrEnum):
    CLASS = "class"
    """Filled once and shared by all instances."""
    INSTANCE = "instance"
    """State of one instance."""
    BLOCK = "block"
    """Scratch inside one compute call."""


@irdl_attr_definition
class LifetimeAttr(EnumAttribute[Lifetime], SpacedOpaqueSyntaxAttribute):
    name = "dsp_mem.lifetime"


class Role(StrEnum):
    """What a buffer is for; decides who fills it."""

    STATE = "state"
    """Cleared by `instance_clear`."""
    CONSTANT = "constant"
    """Computed by `instance_constants` (lifetime instance) or `class_init` (lifetime class)."""
    DATA = "data"
    """Holds `values` from the start and never changes."""
    ZONE = "zone"
    """The value of a widget, shared with the host."""
    SCRATCH = "scratch"
    """Written before it is read in every compute call."""


@irdl_attr_definition
class RoleAttr(EnumAttribute[Role], SpacedOpaqueSyntaxAttribute):
    name = "dsp_mem.role"


@irdl_op_definition
class BufferOp(IRDLOperation):
    """Declares a buffer of the program: `dsp_mem.buffer @fVec0 : memref<4096xf32> instance state`.

    A memref of rank 0 is a single number. `values` gives the contents of a `data` buffer, and the
    first contents of any other (`init` does for a single number).
    """

    name = "dsp_mem.buffer"
    sym_name = prop_def(SymbolNameConstraint())
    type = prop_def(MemRefType)
    lifetime = prop_def(LifetimeAttr)
    role = prop_def(RoleAttr)
    values = opt_prop_def(DenseArrayBase)
    init = opt_prop_def(IntegerAttr | FloatAttr)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = "$sym_name `:` $type $lifetime $role attr-dict"

    def verify_(self) -> None:
        shape = self.type.get_shape()
        if len(shape) > 1 or any(extent < 1 for extent in shape):
            raise VerifyException("a buffer is a single number or one row of fixed length")
        if (self.role.data == Role.DATA) != (self.values is not None):
            raise VerifyException("a data buffer has values, and no other has")
        if self.values is not None and len(self.values) != shape[0]:
            raise VerifyException("a data buffer has as many values as elements")


@irdl_op_definition
class GetOp(IRDLOperation):
    """The buffer of a name: `dsp_mem.get @fVec0 : memref<4096xf32>`."""

    name = "dsp_mem.get"
    buffer = prop_def(FlatSymbolRefAttrConstr)
    memref = result_def(MemRefType)
    traits = traits_def(Pure())
    assembly_format = "$buffer attr-dict `:` type($memref)"
