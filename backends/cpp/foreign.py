"""C functions that a program calls: the C library's own, and the program's foreign ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xdsl.dialects.builtin import Float32Type, Float64Type
from xdsl.dialects.func import FuncOp

from dspc.backends.c.language import CFunction
from dspc.backends.common.lowered import text_attribute
from dspc.backends.cpp.language import CPP
from dspc.dialects.places import placed
from dspc.support.diagnostics import DspcError

_NAMES = """
acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs
fdim floor fma fmax fmin fmod hypot ilogb ldexp lgamma log log10 log1p log2 logb nearbyint
nextafter pow remainder rint round scalbn sin sinh sqrt tan tanh tgamma trunc
"""
_STANDARD = frozenset(_NAMES.split())


def called_names(declarations: Sequence[FuncOp]) -> dict[str, CFunction]:
    """How each declared function is called."""
    return {op.sym_name.data: _called(op) for op in declarations}


def _called(op: FuncOp) -> CFunction:
    name = op.sym_name.data
    if "value" in op.attributes:
        return CFunction(name, is_value=True)
    outputs = op.function_type.outputs.data
    plain = name[:-1] if outputs and isinstance(outputs[0], Float32Type) else name
    include = text_attribute(op, "include")
    if include is not None:
        types = (*outputs, *op.function_type.inputs.data)
        is_double = all(isinstance(type, Float64Type) for type in types)
        is_standard = include.strip('<>"') in ("math.h", "cmath")
        is_typed = is_double or f"{plain}f" == name
        return CFunction(name, own=plain if is_standard and is_typed else "")
    return CFunction(plain, CPP.namespace) if plain in _STANDARD else CFunction(name)


def blamed(error: DspcError, declarations: Sequence[FuncOp]) -> DspcError:
    """The message of a C++ compiler or linker, located at the program's C code that it concerns.

    That is the first header of which it says something, else the first name that it quotes.
    """
    own = [op for op in declarations if text_attribute(op, "include") is not None]
    for op in own:
        header = (text_attribute(op, "include") or "").strip('<>"')
        if header and re.search(rf"\s'?{re.escape(header)}'?(:| file not found)", error.message):
            return placed(error, op)
    for op in own:
        name = re.escape(op.sym_name.data)
        # Quoted in a message, or a symbol, plain or as C++ (Itanium ABI) encodes it.
        if re.search(rf"[‘'`]{name}\b|symbol: {name}\b|_Z{len(name)}{name}", error.message):
            return placed(error, op)
    return error
