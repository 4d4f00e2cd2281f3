"""Sound files in OpenCL C: two buffers for each slot, which the host fills.

`NAME_samples` holds the channels one after the other. `NAME_parts` holds the number of channels,
the frames of a channel, and then, for each of 256 parts, its length, its rate in Hz and the frame
at which it begins.
"""

from __future__ import annotations

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation

from dspc.backends.c.expressions import Expr, binary, call, element
from dspc.backends.c.language import SoundfileHandler

PARTS = 256
CHANNELS, FRAMES, LENGTHS, RATES, STARTS = 0, 1, 2, 2 + PARTS, 2 + 2 * PARTS
"""Offsets of the fields in `NAME_parts`."""
TABLE = 2 + 3 * PARTS
"""How many numbers it has."""


def _clamped(index: Expr, last: Expr) -> Expr:
    return call("max", Expr("0"), call("min", index, last))


def _field(start: int, handle: Expr, part: Expr) -> Expr:
    within = part.low >= 0 and part.high < PARTS
    place = part if within else _clamped(part, Expr(str(PARTS - 1)))
    return element(f"{handle.text}_parts", binary("+", Expr(str(start)), place), "")


def _told(start: int) -> SoundfileHandler:
    return lambda _op, handle, part: _field(start, handle, part)


def _read(op: Operation, handle: Expr, part: Expr, index: Expr) -> Expr:
    channel = op.properties["channel"]
    assert isinstance(channel, IntegerAttr)
    last = binary("-", _field(LENGTHS, handle, part), Expr("1"))
    frame = binary("+", _field(STARTS, handle, part), _clamped(index, last))
    if channel.value.data:
        parts = f"{handle.text}_parts"
        number = binary("%", Expr(str(channel.value.data)), element(parts, Expr("0"), ""))
        row = binary("*", number, element(parts, Expr(str(FRAMES)), ""))
        frame = binary("+", row, frame)
    return element(f"{handle.text}_samples", frame, "")


HANDLERS: dict[str, SoundfileHandler] = {
    "dsp.soundfile_length": _told(LENGTHS),
    "dsp.soundfile_rate": _told(RATES),
    "dsp.soundfile_read": _read,
}
