"""Types and constants of lowered modules in WebAssembly.

An `index` is an i32, as addresses are; a truth value is an i32 that is 0 or 1, a byte in memory.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from xdsl.dialects.builtin import (
    DenseIntOrFPElementsAttr,
    Float32Type,
    Float64Type,
    FloatAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
)
from xdsl.ir import Attribute

from dspc.backends.common.singles import round_to_single
from dspc.backends.wasm.instructions import Instruction
from dspc.dialects.dsp_par.lanes import lane_type
from dspc.support.diagnostics import DspcError


def wasm_type(type: Attribute) -> str:
    """The value type of a scalar, or of each lane of a vector. DspcError E0901 if it has none."""
    element = lane_type(type)
    if isinstance(element, Float32Type):
        return "f32"
    if isinstance(element, Float64Type):
        return "f64"
    if isinstance(element, IndexType) or is_truth(type):
        return "i32"
    if isinstance(element, IntegerType) and element.width.data in (32, 64):
        return f"i{element.width.data}"
    raise DspcError("E0901", f"WebAssembly code can't hold a value of type {type}")


def is_truth(type: Attribute) -> bool:
    """Whether a type is i1, or a vector of it."""
    element = lane_type(type)
    return isinstance(element, IntegerType) and element.width.data == 1


def memory_type(type: Attribute) -> str:
    """The type of an element in memory."""
    return "i8" if is_truth(type) else wasm_type(type)


def constants(value: Attribute) -> list[Instruction]:
    """The instruction for each lane of a constant."""
    if isinstance(value, FloatAttr):
        return [_constant(value.value.data, value.type)]
    if isinstance(value, IntegerAttr):
        return [_constant(value.value.data, value.type)]
    if isinstance(value, DenseIntOrFPElementsAttr):
        return [_constant(_number(one), value.type) for one in value.iter_values()]
    raise DspcError("E0901", f"WebAssembly code can't hold the constant {value}")


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def _constant(number: float, type: Attribute) -> Instruction:
    kind = wasm_type(type)
    if kind[0] == "f":
        return float_constant(float(number), kind)
    return (f"{kind}.const", int(number) & 1 if is_truth(type) else int(number))


def float_constant(value: float, kind: str) -> Instruction:
    """The constant of a number, rounded to the type."""
    return (f"{kind}.const", round_to_single(value) if kind == "f32" else value)


_FORMATS = {"f32": "f", "f64": "d", "i32": "i", "i64": "q", "i8": "B"}


def packed(numbers: Sequence[int | float], kind: str) -> bytes:
    """Numbers of a type of `memory_type` in memory."""
    if kind == "f32":
        numbers = [round_to_single(number) for number in numbers]
    elif kind == "i8":
        numbers = [int(number) & 1 for number in numbers]
    return struct.pack(f"<{len(numbers)}{_FORMATS[kind]}", *numbers)
