"""Reads of sound files through the host's `Soundfile` structure, in C layout.

struct Soundfile {
    void *buffers;  /* an array of float* or double*, one for each channel */
    int *lengths, *rates, *offsets;  /* of 256 parts */
    int channels, parts;
};
"""

from __future__ import annotations

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation

from dspc.backends.llvm.arithmetic import Handler
from dspc.backends.llvm.code import Code
from dspc.backends.llvm.types import SIZES, llvm_type

PARTS, CHANNELS, SILENT_FRAMES, SILENT_RATE = 256, 64, 1024, 44100
_BUFFERS, _LENGTHS, _RATES, _OFFSETS = range(4)
TAG = "sound"


def _field(code: Code, handle: str, number: int) -> str:
    at = handle
    if number:
        at = code.value(f"getelementptr inbounds ptr, ptr {handle}, i64 {number}")
    return code.value(f"load ptr, ptr {at}{code.module.tag(TAG)}")


def _element(code: Code, rows: str, kind: str, index: str) -> str:
    at = code.value(f"getelementptr inbounds {kind}, ptr {rows}, i64 {index}")
    return code.value(f"load {kind}, ptr {at}{code.module.tag(TAG)}")


def _clamped(code: Code, index: str, last: str) -> str:
    """max(0, min(index, last)), as a 64-bit index."""
    low = code.intrinsic("smin", "i32", index, last)
    within = code.intrinsic("smax", "i32", "0", low)
    return code.value(f"sext i32 {within} to i64")


def _number(field: int) -> Handler:
    def handle(_op: Operation, args: list[str], code: Code) -> str:
        part = _clamped(code, args[1], str(PARTS - 1))
        return _element(code, _field(code, args[0], field), "i32", part)

    return handle


def _read(op: Operation, args: list[str], code: Code) -> str:
    channel = op.properties["channel"]
    assert isinstance(channel, IntegerAttr)
    handle, part, index = args
    at = _clamped(code, part, str(PARTS - 1))
    length = _element(code, _field(code, handle, _LENGTHS), "i32", at)
    offset = _element(code, _field(code, handle, _OFFSETS), "i32", at)
    last = code.value(f"sub i32 {length}, 1")
    within = _clamped(code, index, last)
    start = code.value(f"sext i32 {offset} to i64")
    place = code.value(f"add i64 {start}, {within}")
    rows = _field(code, handle, _BUFFERS)
    samples = _element(code, rows, "ptr", str(channel.value.data))
    return _element(code, samples, llvm_type(op.results[0].type), place)


SOUNDFILE_HANDLERS: dict[str, Handler] = {
    "dsp.soundfile_length": _number(_LENGTHS),
    "dsp.soundfile_rate": _number(_RATES),
    "dsp.soundfile_read": _read,
}


def silence(prefix: str, real: str) -> tuple[str, list[str]]:
    """A `Soundfile` of silent parts: the name of its global, and the lines of all its globals."""
    name = f'@"{prefix}.silence"'
    row, rows, lengths, rates, offsets = (
        f'@"{prefix}.silence.{part}"' for part in ("row", "rows", "lengths", "rates", "offsets")
    )
    fields = f"ptr {rows}, ptr {lengths}, ptr {rates}, ptr {offsets}, i32 {CHANNELS}, i32 {PARTS}"
    return name, [
        f"{row} = internal constant [{SILENT_FRAMES} x {real}] zeroinitializer, "
        f"align {SIZES[real]}",
        _repeated(rows, CHANNELS, f"ptr {row}"),
        _repeated(lengths, PARTS, f"i32 {SILENT_FRAMES}"),
        _repeated(rates, PARTS, f"i32 {SILENT_RATE}"),
        f"{offsets} = internal constant [{PARTS} x i32] zeroinitializer",
        f"{name} = internal constant {{ ptr, ptr, ptr, ptr, i32, i32 }} {{ {fields} }}",
    ]


def _repeated(name: str, count: int, item: str) -> str:
    kind = item.split()[0]
    return f"{name} = internal constant [{count} x {kind}] [{', '.join([item] * count)}]"
