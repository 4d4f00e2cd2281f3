"""The `dsp` dialect: a program of signals, before it is lowered to loops.

An SSA value of `SignalType` is a signal: one value for each frame. See docs/signals.md.
"""

from xdsl.ir import Dialect

from dspc.dialects.dsp import arithmetic, interface, partition, recurrences, tables, time
from dspc.dialects.dsp.types import RateAttr, SignalType, SoundfileType, TableType

Dsp = Dialect(
    "dsp",
    [
        *arithmetic.OPERATIONS,
        *time.OPERATIONS,
        *recurrences.OPERATIONS,
        *partition.OPERATIONS,
        *tables.OPERATIONS,
        *interface.OPERATIONS,
    ],
    [
        RateAttr,
        SignalType,
        TableType,
        SoundfileType,
        *arithmetic.ATTRIBUTES,
        *interface.ATTRIBUTES,
        *partition.ATTRIBUTES,
    ],
)
