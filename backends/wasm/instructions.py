"""The instructions of WebAssembly that dspc uses, in the binary and the text format.

Opcodes and formats: WebAssembly Core Specification 2.0, chapters 5 and 6. An instruction is a tuple
of its name in the text format and its immediates.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Iterator
from itertools import chain

Instruction = tuple[str | int | float, ...]
"""A name and immediates: an index or label depth, a constant, or the offset of an access."""

TYPES = {"i32": 0x7F, "i64": 0x7E, "f32": 0x7D, "f64": 0x7C}
"""The value types."""
BYTES = {"i32": 4, "i64": 8, "f32": 4, "f64": 8, "i8": 1}
"""The bytes of a type in memory; `i8` is that of truth values."""

_INTEGER = (
    "eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u",
    "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u",
)
_FLOAT = (
    "eq ne lt gt le ge",
    "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign",
)


def _named(kind: str, names: str, first: int) -> dict[str, bytes]:
    return {f"{kind}.{name}": bytes([first + at]) for at, name in enumerate(names.split())}


OPCODES: dict[str, bytes] = {
    "block": b"\x02\x40",
    "loop": b"\x03\x40",
    "if": b"\x04\x40",
    "else": b"\x05",
    "end": b"\x0b",
    "br": b"\x0c",
    "br_if": b"\x0d",
    "call": b"\x10",
    "drop": b"\x1a",
    "select": b"\x1b",
    "local.get": b"\x20",
    "local.set": b"\x21",
    "local.tee": b"\x22",
    "i32.load": b"\x28",
    "i64.load": b"\x29",
    "f32.load": b"\x2a",
    "f64.load": b"\x2b",
    "i32.load8_u": b"\x2d",
    "i32.store8": b"\x3a",
    "i32.store": b"\x36",
    "i64.store": b"\x37",
    "f32.store": b"\x38",
    "f64.store": b"\x39",
    "i32.const": b"\x41",
    "i64.const": b"\x42",
    "f32.const": b"\x43",
    "f64.const": b"\x44",
    **_named("i32", _INTEGER[0], 0x45),
    **_named("i64", _INTEGER[0], 0x50),
    **_named("f32", _FLOAT[0], 0x5B),
    **_named("f64", _FLOAT[0], 0x61),
    **_named("i32", _INTEGER[1], 0x67),
    **_named("i64", _INTEGER[1], 0x79),
    **_named("f32", _FLOAT[1], 0x8B),
    **_named("f64", _FLOAT[1], 0x99),
    "i32.wrap_i64": b"\xa7",
    "i64.extend_i32_s": b"\xac",
    "i64.extend_i32_u": b"\xad",
    "f32.convert_i32_s": b"\xb2",
    "f32.convert_i32_u": b"\xb3",
    "f32.convert_i64_s": b"\xb4",
    "f32.demote_f64": b"\xb6",
    "f64.convert_i32_s": b"\xb7",
    "f64.convert_i32_u": b"\xb8",
    "f64.convert_i64_s": b"\xb9",
    "f64.promote_f32": b"\xbb",
    "i32.reinterpret_f32": b"\xbc",
    "i64.reinterpret_f64": b"\xbd",
    "f32.reinterpret_i32": b"\xbe",
    "f64.reinterpret_i64": b"\xbf",
    "i32.trunc_sat_f32_s": b"\xfc\x00",
    "i32.trunc_sat_f64_s": b"\xfc\x02",
    "i64.trunc_sat_f32_s": b"\xfc\x04",
    "i64.trunc_sat_f64_s": b"\xfc\x06",
    "memory.copy": b"\xfc\x0a\x00\x00",
    "memory.fill": b"\xfc\x0b\x00",
}
"""Name -> opcode, with the immediates that never vary: blocks have no results."""


def unsigned(value: int) -> bytes:
    """A number in LEB128 (section 5.2.2)."""
    made = bytearray()
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def signed(value: int) -> bytes:
    """A number in signed LEB128."""
    made = bytearray()
    while not -64 <= value < 64:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value & 0x7F)
    return bytes(made)


def sized(content: bytes) -> bytes:
    """Bytes with their number before them."""
    return unsigned(len(content)) + content


def listed(items: Iterable[bytes]) -> bytes:
    """A vector of the binary format: the number of items, and the items."""
    known = list(items)
    return unsigned(len(known)) + b"".join(known)


def width(name: str) -> int:
    """The bytes that a load or store accesses."""
    return 1 if "8" in name.partition(".")[2] else BYTES[name[:3]]


def is_access(name: str) -> bool:
    """Whether an instruction loads or stores."""
    return name[4:8] == "load" or name[4:9] == "store"


def encoded(code: Iterable[Instruction]) -> bytes:
    """Instructions in the binary format."""
    return b"".join(chain.from_iterable(map(_parts, code)))


def _parts(instruction: Instruction) -> Iterator[bytes]:
    name = instruction[0]
    assert isinstance(name, str)
    yield OPCODES[name]
    if len(instruction) == 1:
        return
    value = instruction[1]
    if name.endswith(".const"):
        yield _constant(name[:3], value)
        return
    assert isinstance(value, int)
    if is_access(name):
        yield unsigned(width(name).bit_length() - 1)
    yield unsigned(value)


def _constant(kind: str, value: str | int | float) -> bytes:
    assert not isinstance(value, str)
    if kind[0] == "i":
        return signed(int(value))
    return struct.pack("<f" if kind == "f32" else "<d", value)


def written(instruction: Instruction) -> str:
    """An instruction in the text format."""
    name, *rest = instruction
    assert isinstance(name, str)
    if not rest:
        return name
    value = rest[0]
    if is_access(name):
        return f"{name} offset={value}" if value else name
    if isinstance(value, float):
        return f"{name} {_float_text(value)}"
    return f"{name} {value}"


def _float_text(value: float) -> str:
    if math.isnan(value):
        return "nan"
    return value.hex() if math.isfinite(value) else f"{'-' if value < 0 else ''}inf"
