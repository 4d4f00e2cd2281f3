"""The `dsp` dialect: one program of signals, before it is made of loops.

`SignalType` values are signals: one number per frame. See docs/architecture.md, section "dsp".
"""

from xdsl.ir import Dialect

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.types import RateAttr, SignalType, SoundfileType, TableType

Dsp = Dialect(
    "dsp",
    [
        *arithmetic.OPERATIONS,
        *time.OPERATIONS,
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
    ],
)
