"""The program op, its user interface, and ops that access the host: widgets, C functions."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import (
    I64,
    ArrayAttr,
    FlatSymbolRefAttrConstr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    SymbolNameConstraint,
)
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, SpacedOpaqueSyntaxAttribute, SSAValue, TypeAttribute
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    irdl_attr_definition,
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import IsolatedFromAbove, NoTerminator, Pure
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.str_enum import StrEnum

from dspc.dialects.dsp.base import (
    SignalOp,
    expect_float,
    expect_no_slower_result,
    expect_same_elements,
)
from dspc.dialects.dsp.types import is_float
from dspc.dialects.symbols import UsesWidget, verify_widgets
from dspc.dialects.text_attributes import Text, text_of


class WidgetKind(StrEnum):
    """Kinds of widgets, by the names of the Faust primitives."""

    BUTTON = "button"
    CHECKBOX = "checkbox"
    HSLIDER = "hslider"
    VSLIDER = "vslider"
    NENTRY = "nentry"
    HBARGRAPH = "hbargraph"
    VBARGRAPH = "vbargraph"
    SOUNDFILE = "soundfile"

    @property
    def is_output(self) -> bool:
        return self in (WidgetKind.HBARGRAPH, WidgetKind.VBARGRAPH)

    @property
    def is_switch(self) -> bool:
        """Whether it is 0 or 1."""
        return self in (WidgetKind.BUTTON, WidgetKind.CHECKBOX)

    @property
    def is_control(self) -> bool:
        """Whether its value is set from outside: neither a meter nor a sound file."""
        return not self.is_output and self is not WidgetKind.SOUNDFILE


@irdl_attr_definition
class WidgetKindAttr(EnumAttribute[WidgetKind], SpacedOpaqueSyntaxAttribute):
    """The kind of a `dsp.widget`, by the name of the Faust primitive."""

    name = "dsp.widget_kind"


class GroupKind(StrEnum):
    """Kinds of groups, by the names of the Faust primitives."""

    HGROUP = "hgroup"
    VGROUP = "vgroup"
    TGROUP = "tgroup"


@irdl_attr_definition
class GroupKindAttr(EnumAttribute[GroupKind], SpacedOpaqueSyntaxAttribute):
    """The kind of a `dsp.group`, by the name of the Faust primitive."""

    name = "dsp.group_kind"


class InterfaceOp(IRDLOperation):
    """Base of the ops of the user-interface tree; they have no operands."""

    metadata = prop_def(ArrayAttr)

    def verify_(self) -> None:
        expect_pairs(self.metadata)
        if "label" in self.properties:
            text_of(self.properties["label"])


def expect_pairs(metadata: ArrayAttr) -> None:
    """VerifyException unless metadata is an array of [key, value] string pairs."""
    for pair in metadata.data:
        if not isinstance(pair, ArrayAttr) or len(pair) != 2:
            raise VerifyException("metadata is an array of pairs of strings")
        for text in pair:
            text_of(text)


@irdl_op_definition
class GroupOp(InterfaceOp):
    """A group of the user interface: `metadata` is an array of [key, value] string pairs."""

    name = "dsp.group"
    kind = prop_def(GroupKindAttr)
    label = prop_def(Text)
    body = region_def()
    traits = traits_def(NoTerminator())
    assembly_format = "$kind $label $metadata attr-dict-with-keyword $body"


@irdl_op_definition
class WidgetOp(InterfaceOp):
    """A widget, with those of `init`, `min`, `max` and `step` that its kind has."""

    name = "dsp.widget"
    sym_name = prop_def(SymbolNameConstraint())
    kind = prop_def(WidgetKindAttr)
    label = prop_def(Text)
    init = opt_prop_def(FloatAttr)
    min = opt_prop_def(FloatAttr)
    max = opt_prop_def(FloatAttr)
    step = opt_prop_def(FloatAttr)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = "$sym_name $kind $label $metadata attr-dict"


class UnitOp(IRDLOperation):
    """Base of `dsp.program` and `dsp.lowered`: name, precision, metadata and user interface.

    `precision` is f32 or f64; `metadata` an array of [key, value] string pairs, sorted by key.
    """

    sym_name = prop_def(SymbolNameConstraint())
    precision = prop_def(TypeAttribute)
    metadata = prop_def(ArrayAttr)

    def verify_(self) -> None:
        if not is_float(self.precision):
            raise VerifyException("a program's precision is f32 or f64")
        expect_pairs(self.metadata)
        verify_widgets(self)
        for op in self.regions[0].walk():
            if not isinstance(op, InterfaceOp):
                raise VerifyException(f"{op.name} cannot stand in a user interface")


@irdl_op_definition
class ProgramOp(UnitOp):
    """A program of signals: block arguments are the inputs, `dsp.yield` returns the outputs."""

    name = "dsp.program"
    ui = region_def()
    body = region_def("single_block")
    traits = traits_def(IsolatedFromAbove(), NoTerminator())
    assembly_format = (
        "$sym_name $precision `metadata` $metadata attr-dict-with-keyword `ui` $ui `body` $body"
    )

    def outputs(self) -> Sequence[SSAValue]:
        """The signals of the output channels; VerifyException without a `dsp.yield` at the end."""
        last = self.body.block.last_op
        if last is None or last.name != "dsp.yield":
            raise VerifyException("a program must end in dsp.yield")
        return last.operands

    def verify_(self) -> None:
        super().verify_()
        self.outputs()


@irdl_op_definition
class LoweredOp(UnitOp):
    """The interface of a program whose signals are lowered to loops.

    Its functions are `class_init`, `instance_constants`, `instance_clear` and `compute`;
    docs/loops.md describes the module.
    """

    name = "dsp.lowered"
    inputs = prop_def(IntegerAttr[I64])
    outputs = prop_def(IntegerAttr[I64])
    ui = region_def()
    traits = traits_def(NoTerminator())
    assembly_format = (
        "$sym_name $precision `inputs` $inputs `outputs` $outputs `metadata` $metadata "
        "attr-dict-with-keyword `ui` $ui"
    )


@irdl_op_definition
class SampleRateOp(SignalOp):
    """The sampling rate in Hz: i32, rate init."""

    name = "dsp.sample_rate"
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class BlockSizeOp(SignalOp):
    """The number of frames of the current block: i32, rate block."""

    name = "dsp.block_size"
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class ReadWidgetOp(SignalOp):
    """The value of an input widget, rate block."""

    name = "dsp.read_widget"
    widget = prop_def(FlatSymbolRefAttrConstr)
    result = result_def()
    traits = traits_def(Pure(), UsesWidget())


@irdl_op_definition
class BargraphOp(SignalOp):
    """Writes a signal to a meter; the result is the signal."""

    name = "dsp.bargraph"
    widget = prop_def(FlatSymbolRefAttrConstr)
    signal = operand_def()
    result = result_def()
    traits = traits_def(UsesWidget())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_same_elements((self.signal, self.result))


@irdl_op_definition
class ForeignCallOp(SignalOp):
    """A call of a C function without side effects.

    `names` are the functions for f32 and f64; `include` is the header and `library` the link
    library, as the program specifies them.
    """

    name = "dsp.foreign_call"
    arguments = var_operand_def()
    names = prop_def(ArrayAttr)
    include = prop_def(Text)
    library = prop_def(Text)
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class ForeignValueOp(SignalOp):
    """A C constant (rate init) or variable (rate block) that a header declares."""

    name = "dsp.foreign_value"
    symbol = prop_def(StringAttr)
    include = prop_def(Text)
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class AssertBoundsOp(SignalOp):
    """Clamps a signal to [`min`, `max`].

    The bounds are assumed by interval analysis; the clamp makes the assumption sound.
    """

    name = "dsp.assert_bounds"
    signal = operand_def()
    min = prop_def(FloatAttr)
    max = prop_def(FloatAttr)
    result = result_def()
    traits = traits_def(Pure())


class BoundOp(SignalOp):
    """Base of the ops that query a signal's interval; `dsp-simplify` folds them to constants."""

    signal = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_float(self.result, "a bound")


@irdl_op_definition
class LowestOp(BoundOp):
    """The lower end of a signal's interval: a constant once `dsp-simplify` has run."""

    name = "dsp.lowest"


@irdl_op_definition
class HighestOp(BoundOp):
    """The upper end of a signal's interval: a constant once `dsp-simplify` has run."""

    name = "dsp.highest"


OPERATIONS: tuple[type[IRDLOperation], ...] = (
    GroupOp, WidgetOp, ProgramOp, LoweredOp, SampleRateOp, BlockSizeOp, ReadWidgetOp, BargraphOp,
    ForeignCallOp, ForeignValueOp, AssertBoundsOp, LowestOp, HighestOp,
)  # fmt: skip
ATTRIBUTES: tuple[type[Attribute], ...] = (WidgetKindAttr, GroupKindAttr)
