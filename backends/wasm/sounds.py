"""Reads of sound files through the host's `Soundfile` structure, whose fields are 32 bits wide.

struct Soundfile {
    void *buffers;  /* an array of float* or double*, one for each channel */
    int *lengths, *rates, *offsets;  /* of 256 parts */
    int channels, parts;
};
"""

from __future__ import annotations

import struct

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation

from dspc.backends.wasm.arithmetic import Handler, result_of
from dspc.backends.wasm.code import Push, WasmCode
from dspc.backends.wasm.instructions import BYTES

PARTS, CHANNELS, SILENT_FRAMES, SILENT_RATE = 256, 64, 1024, 44100
_BUFFERS, _LENGTHS, _RATES, _OFFSETS = range(0, 16, 4)


def _push_clamped(index: Push, last: Push, code: WasmCode) -> None:
    """max(0, min(index, last))."""
    code.get(index, last, index, last)
    code.emit("i32.lt_s")
    code.emit("select")
    within = code.store("i32")
    zero: Push = ("i32.const", 0)
    code.get(within, zero, within, zero)
    code.emit("i32.gt_s")
    code.emit("select")
    _release(within, code)


def _release(push: Push, code: WasmCode) -> None:
    number = push[1]
    assert isinstance(number, int)
    code.release(number)


def _push_number(handle: Push, field: int, part: Push, code: WasmCode) -> None:
    """Push the number of a part in a table of the structure."""
    code.get(handle)
    code.emit("i32.load", field)
    _push_clamped(part, ("i32.const", PARTS - 1), code)
    code.emit("i32.const", 4)
    code.emit("i32.mul")
    code.emit("i32.add")
    code.emit("i32.load", 0)


def _number(field: int) -> Handler:
    def handle(_op: Operation, args: list[Push], code: WasmCode) -> None:
        _push_number(args[0], field, args[1], code)

    return handle


def _read(op: Operation, args: list[Push], code: WasmCode) -> None:
    channel = op.properties["channel"]
    assert isinstance(channel, IntegerAttr)
    handle, part, index = args
    kind = result_of(op)
    _push_number(handle, _LENGTHS, part, code)
    code.emit("i32.const", 1)
    code.emit("i32.sub")
    last = code.store("i32")
    code.get(handle)
    code.emit("i32.load", _BUFFERS)
    code.emit("i32.load", 4 * channel.value.data)
    _push_number(handle, _OFFSETS, part, code)
    _push_clamped(index, last, code)
    code.emit("i32.add")
    code.emit("i32.const", BYTES[kind])
    code.emit("i32.mul")
    code.emit("i32.add")
    code.emit(f"{kind}.load", 0)
    _release(last, code)


SOUNDFILE_HANDLERS: dict[str, Handler] = {
    "dsp.soundfile_length": _number(_LENGTHS),
    "dsp.soundfile_rate": _number(_RATES),
    "dsp.soundfile_read": _read,
}


def silence(start: int, sample: int) -> tuple[int, bytes, int]:
    """A `Soundfile` of silent parts at the address `start`, with samples of `sample` bytes.

    Its address, the bytes that are not 0 and the bytes of all of it.
    """
    header = 24
    rows = start + header
    lengths = rows + 4 * CHANNELS
    rates = lengths + 4 * PARTS
    offsets = rates + 4 * PARTS
    samples = (offsets + 4 * PARTS + 15) // 16 * 16
    fields = struct.pack("<6i", rows, lengths, rates, offsets, CHANNELS, PARTS)
    tables = struct.pack("<i", samples) * CHANNELS
    tables += struct.pack("<i", SILENT_FRAMES) * PARTS + struct.pack("<i", SILENT_RATE) * PARTS
    return start, fields + tables, samples + SILENT_FRAMES * sample - start
