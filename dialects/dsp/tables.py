"""Tables, waveforms and sound files."""

from __future__ import annotations

from xdsl.dialects.builtin import (
    I64,
    DenseArrayBase,
    FlatSymbolRefAttrConstr,
    IntegerAttr,
    SymbolRefAttr,
)
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
)
from xdsl.traits import IsolatedFromAbove, Pure
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.base import (
    SignalOp,
    element,
    expect_int,
    expect_no_slower_result,
)
from dspc.dialects.dsp.time import RegionOp
from dspc.dialects.dsp.types import TableType
from dspc.dialects.symbols import UsesWidget


def _table(op: SignalOp, index: int = 0) -> TableType:
    type = op.operands[index].type
    if not isinstance(type, TableType):
        raise VerifyException(f"{op.name} expects a table, got {type}")
    return type


@irdl_op_definition
class WaveformOp(SignalOp):
    """A table with literal contents: `values` is `array<T: …>`."""

    name = "dsp.waveform"
    values = prop_def(DenseArrayBase)
    table = result_def(TableType)
    traits = traits_def(Pure())

    def verify_(self) -> None:
        type = self.table.type
        if self.values.elt_type != type.element or len(self.values) != type.size.data:
            raise VerifyException("the number and type of the values must be those of the table")


@irdl_op_definition
class TableOp(RegionOp):
    """A table filled by a generator: element i is what the region yields in its i-th frame.

    The region is isolated from above and has no inputs; its time starts at 0, and `dsp.sample_rate`
    is defined in it. A read-only table is filled once for all instances; a table that a
    `dsp.table_write` uses is filled for each instance.
    """

    name = "dsp.table"
    table = result_def(TableType)
    generator = region_def("single_block")
    traits = traits_def(Pure(), IsolatedFromAbove())

    def verify_(self) -> None:
        type = self.table.type
        self.expect_yield_matches((type,))
        if element(self.yielded()[0]) != type.element:
            raise VerifyException("the generator's type differs from the table's")


@irdl_op_definition
class TableReadOp(SignalOp):
    """The element at an index, which is clamped to the table."""

    name = "dsp.table_read"
    table = operand_def()
    index = operand_def()
    result = result_def()
    traits = traits_def(Pure())

    def verify_(self) -> None:
        expect_no_slower_result(self)
        expect_int(self.index, "a table's index")
        if element(self.result) != _table(self).element:
            raise VerifyException("the result's type differs from the table's")


@irdl_op_definition
class TableWriteOp(SignalOp):
    """The table after a write of this frame's value at an index (clamped to the table).

    The operand table must have no other use, since the op updates it in place. Reads of the result
    observe the write of the same frame.
    """

    name = "dsp.table_write"
    table = operand_def()
    index = operand_def()
    value = operand_def()
    written = result_def(TableType)
    traits = traits_def(Pure())

    def verify_(self) -> None:
        if self.written.type != _table(self):
            raise VerifyException("the type of a written table differs from its operand's")
        expect_int(self.index, "a table's index")
        if element(self.value) != _table(self).element:
            raise VerifyException("the value's type differs from the table's")
        if not self.table.has_one_use():
            raise VerifyException("a table that is written must have no other use")


@irdl_op_definition
class SoundfileOp(SignalOp):
    """The handle of a soundfile slot of the user interface."""

    name = "dsp.soundfile"
    slot = prop_def(FlatSymbolRefAttrConstr)
    handle = result_def()
    traits = traits_def(Pure(), UsesWidget())


@irdl_op_definition
class SoundfileLengthOp(SignalOp):
    """The length in frames of a part (0 to 255, clamped)."""

    name = "dsp.soundfile_length"
    handle = operand_def()
    part = operand_def()
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class SoundfileRateOp(SignalOp):
    """The sampling rate of a part in Hz (part clamped to 0 to 255)."""

    name = "dsp.soundfile_rate"
    handle = operand_def()
    part = operand_def()
    result = result_def()
    traits = traits_def(Pure())


@irdl_op_definition
class SoundfileReadOp(SignalOp):
    """The sample of a part, in one channel, at an index (clamped to the part)."""

    name = "dsp.soundfile_read"
    handle = operand_def()
    part = operand_def()
    index = operand_def()
    channel = prop_def(IntegerAttr[I64])
    result = result_def()
    traits = traits_def(Pure())


def slot_name(reference: object) -> str:
    """The symbol name in a reference to a widget, soundfile slot or buffer."""
    if not isinstance(reference, SymbolRefAttr):
        raise VerifyException("expected a symbol reference")
    return reference.root_reference.data


OPERATIONS: tuple[type[SignalOp], ...] = (
    WaveformOp, TableOp, TableReadOp, TableWriteOp,
    SoundfileOp, SoundfileLengthOp, SoundfileRateOp, SoundfileReadOp,
)  # fmt: skip
