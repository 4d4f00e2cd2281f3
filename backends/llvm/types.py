"""Types and constants of lowered modules in LLVM IR."""

from __future__ import annotations

import re
from struct import pack

from xdsl.dialects.builtin import (
    DenseArrayBase,
    DenseIntOrFPElementsAttr,
    Float32Type,
    Float64Type,
    FloatAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
    VectorType,
)
from xdsl.ir import Attribute

from dspc.backends.common.singles import round_to_single
from dspc.dialects.dsp.types import array_values
from dspc.support.diagnostics import DspcError
from dspc.support.texts import text_bytes

SIZES = {"double": 8, "float": 4, "i64": 8, "i32": 4, "i16": 2, "i8": 1, "ptr": 8}
"""Sizes of types in memory, in bytes; a pointer takes 8 on every machine."""
_NOT_NAME = re.compile(r"[^A-Za-z0-9_.]")


def llvm_type(type: Attribute) -> str:
    """The LLVM type of a scalar or vector type; an `index` is an i64."""
    if isinstance(type, Float32Type):
        return "float"
    if isinstance(type, Float64Type):
        return "double"
    if isinstance(type, IndexType):
        return "i64"
    if isinstance(type, IntegerType) and type.width.data in (1, 8, 16, 32, 64):
        return f"i{type.width.data}"
    if isinstance(type, VectorType) and len(type.get_shape()) == 1:
        return f"<{type.get_shape()[0]} x {llvm_type(type.element_type)}>"
    raise DspcError("E0901", f"LLVM code can't hold a value of type {type}")


def memory_type(type: Attribute) -> str:
    """The type in memory: a truth value takes a byte there."""
    kind = llvm_type(type)
    return "i8" if kind == "i1" else kind


def size_of(kind: str) -> int:
    """The bytes of a type of `memory_type`."""
    lanes, element = lanes_of(kind)
    return lanes * SIZES[element]


def alignment_of(kind: str) -> int:
    """The alignment of the type, in bytes: vectors have that of their elements."""
    return SIZES[lanes_of(kind)[1]]


def lanes_of(kind: str) -> tuple[int, str]:
    """The number and type of a type's lanes; (1, itself) for a scalar."""
    if not kind.startswith("<"):
        return 1, kind
    count, _, element = kind[1:-1].partition(" x ")
    return int(count), element


def is_float(kind: str) -> bool:
    """Whether a type is floating point or a vector of it."""
    return lanes_of(kind)[1] in ("float", "double")


def like(kind: str, element: str) -> str:
    """A type with the same number of lanes and another element: `<4 x float>`, i1 -> `<4 x i1>`."""
    lanes, _ = lanes_of(kind)
    return element if not kind.startswith("<") else f"<{lanes} x {element}>"


def suffix(kind: str) -> str:
    """A type in the names of intrinsics: `f32`, `v8f32`."""
    lanes, element = lanes_of(kind)
    short = {"float": "f32", "double": "f64"}.get(element, element)
    return short if kind == element else f"v{lanes}{short}"


def float_literal(value: float, kind: str) -> str:
    """The exact literal of a number; LLVM writes floats as the bits of the equal double."""
    if kind == "float":
        value = value if value != value else round_to_single(value)
    return f"0x{int.from_bytes(pack('>d', value)):016X}"


def constant(value: Attribute) -> str:
    """An attribute as an operand."""
    if isinstance(value, FloatAttr):
        return float_literal(value.value.data, llvm_type(value.type))
    if isinstance(value, IntegerAttr):
        kind = llvm_type(value.type)
        number = value.value.data
        return ("true" if number else "false") if kind == "i1" else str(number)
    if isinstance(value, DenseIntOrFPElementsAttr):
        _, element = lanes_of(llvm_type(value.type))
        return vector([_scalar(number, element) for number in value.get_values()], element)
    raise DspcError("E0901", f"LLVM code can't hold the constant {value}")


def vector(operands: list[str], element: str) -> str:
    """A vector constant."""
    return f"<{', '.join(f'{element} {operand}' for operand in operands)}>"


def splat(operand: str, kind: str) -> str:
    """A constant as an operand of a type: itself, or a vector of it."""
    lanes, element = lanes_of(kind)
    return operand if kind == element else vector([operand] * lanes, element)


def _scalar(number: float | complex, element: str) -> str:
    assert not isinstance(number, complex)
    if element in ("float", "double"):
        return float_literal(float(number), element)
    return ("true" if number else "false") if element == "i1" else str(int(number))


def array(values: DenseArrayBase) -> tuple[str, str]:
    """The contents of a data buffer: the element's type and the array constant."""
    element = memory_type(values.elt_type)
    numbers = [_scalar(number, element) for number in array_values(values)]
    return element, f"[{', '.join(f'{element} {number}' for number in numbers)}]"


def local(hint: str | None, number: int) -> str:
    """The name of a local value, unique by its number."""
    return f"%{_NOT_NAME.sub('_', hint) if hint else 'v'}.{number}"


def text_constant(text: str) -> tuple[str, str]:
    """A C string: its array type and constant."""
    data = text_bytes(text) + b"\0"
    escaped = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:02X}" for byte in data
    )
    return f"[{len(data)} x i8]", f'c"{escaped}"'
