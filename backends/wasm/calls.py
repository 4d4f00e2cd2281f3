"""Calls of C functions that the program declares."""

from __future__ import annotations

from xdsl.dialects.builtin import Float32Type, Float64Type, f64
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute

from dspc.backends.common.c_maths import EXACT, LIBRARY
from dspc.backends.wasm.arithmetic import call_math, convert
from dspc.backends.wasm.code import Push, WasmCode
from dspc.backends.wasm.types import float_constant, wasm_type
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

_TESTS = frozenset(("isnan", "isinf", "isfinite", "signbit"))
"""Classification macros of C."""


def declared_call(op: FuncOp, args: list[Push], code: WasmCode) -> None:
    """Call a function of C's mathematics; DspcError E0906 for any other."""
    name = op.sym_name.data
    types: list[Attribute] = list(op.function_type.inputs.data)
    (result,) = op.function_type.outputs.data
    short = name.removesuffix("f")
    is_value = "value" in op.attributes
    if short in _TESTS and len(args) == 1 and isinstance(types[0], Float32Type | Float64Type):
        _test(short, wasm_type(types[0]), args[0], code)
        if isinstance(result, Float32Type | Float64Type):
            code.emit(f"{wasm_type(result)}.convert_i32_u")
    elif not is_value and isinstance(result, Float32Type) and short != name and _is_known(short):
        code.take(*args)
        call_math(_standing(short), "f32", len(args), code)
    elif not is_value and _is_known(name):
        # The function of doubles, whatever types the program declares.
        for arg, type in zip(args, types, strict=True):
            code.get(arg)
            convert(type, f64, code)
        call_math(_standing(name), "f64", len(args), code)
        convert(f64, result, code)
    else:
        raise DspcError(
            "E0906",
            f"the program uses {name} from C, which a WebAssembly module cannot be linked with",
            span_of(op),
            hint="only functions of C's mathematics are there",
        )


def _is_known(name: str) -> bool:
    return name in LIBRARY or name in EXACT


def _standing(name: str) -> str:
    return EXACT.get(name, name)


def _test(name: str, kind: str, operand: Push, code: WasmCode) -> None:
    """An i32 that is 1 where a number is of a class."""
    if name == "isnan":
        code.get(operand, operand)
        code.emit(f"{kind}.ne")
    elif name == "signbit":
        code.emit(*float_constant(1.0, kind))
        code.get(operand)
        code.emit(f"{kind}.copysign")
        code.emit(*float_constant(0.0, kind))
        code.emit(f"{kind}.lt")
    else:
        code.get(operand)
        code.emit(f"{kind}.abs")
        code.emit(*float_constant(float("inf"), kind))
        code.emit(f"{kind}.{'eq' if name == 'isinf' else 'lt'}")
