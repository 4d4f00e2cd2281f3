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


def _table(op: SignalOp, index: int = 0) -> TableType:
    type = op.operands[index].type
    if not isinstance(type, TableType):
        raise VerifyException(f"{op.name} expects a table, got {type}")
    return type


@irdl_op_definition
class WaveformOp(SignalOp):
    """A table whose contents are written in the program: `values` is `array<T: …>`."""

    name = "dsp.waveform"
    values = prop_def(DenseArrayBase)
    table = result_def(TableType)
    traits = traits_def(Pure())

    def verify_(self) -> None:
        type = self.table.type
        if self.values.elt_type != type.element or len(self.values) != type.size.data:
            raise VerifyException("the values must be as many and of the type the table says")


@irdl_op_definition
class TableOp(RegionOp):
    """A table filled by a generator: element i is what the region yields in its i-th frame.

    The region is a program of its own: it sees no value from outside and no input, has its own
    time that starts at 0, and knows the sampling rate. A table read only is filled once for all
    instances; one that a `dsp.table_write` takes is filled for each instance.
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
    """The element at an index, the index clamped to the table."""

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
    """The table after this frame's write of a value at an index (clamped to the table).

    Its operand table must have no other use: each instance owns the storage. Reads of the result
    see this frame's write.
    """

    name = "dsp.table_write"
    table = operand_def()
    index = operand_def()
    value = operand_def()
    written = result_def(TableType)
    traits = traits_def(Pure())

    def verify_(self) -> None:
        if self.written.type != _table(self):
            raise VerifyException("a written table has the type of the table it was")
        expect_int(self.index, "a table's index")
        if element(self.value) != _table(self).element:
            raise VerifyException("the value's type differs from the table's")
        if not self.table.has_one_use():
            raise VerifyException("a table that is written has no other use")


@irdl_op_definition
class SoundfileOp(SignalOp):
    """The sound files of a soundfile slot of the interface."""

    name = "dsp.soundfile"
    slot = prop_def(FlatSymbolRefAttrConstr)
    handle = result_def()
    traits = traits_def(Pure())


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
    """The name that a reference to a widget or soundfile slot holds."""
    if not isinstance(reference, SymbolRefAttr):
        raise VerifyException("expected a symbol reference")
    return reference.root_reference.data


OPERATIONS: tuple[type[SignalOp], ...] = (
    WaveformOp, TableOp, TableReadOp, TableWriteOp,
    SoundfileOp, SoundfileLengthOp, SoundfileRateOp, SoundfileReadOp,
)  # fmt: skip
