"""The C functions that OpenCL C has, and under which names."""

from __future__ import annotations

from xdsl.dialects.builtin import Float32Type
from xdsl.dialects.func import FuncOp

from dspc.backends.c.language import CFunction
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

_BUILT_IN = """
acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp10 exp2 expm1
fabs fdim floor fma fmax fmin fmod hypot ilogb isinf isnan ldexp lgamma log log10 log1p log2 logb
nextafter pow remainder rint round sin sinh sqrt tan tanh tgamma trunc
"""
_FUNCTIONS = {
    **{name: name for name in _BUILT_IN.split()},
    "nearbyint": "rint",
    "scalbn": "ldexp",
}
MATH_NAMES = frozenset((*_FUNCTIONS.values(), "islessgreater", "isunordered", "min", "max"))
"""Every built-in function that generated code may call."""


def called_names(declarations: list[FuncOp]) -> dict[str, CFunction]:
    """The built-in function for each declared one; an error for those that only C has."""
    return {op.sym_name.data: _called(op) for op in declarations}


def _called(op: FuncOp) -> CFunction:
    name = op.sym_name.data
    outputs = op.function_type.outputs.data
    single = any(isinstance(t, Float32Type) for t in (*op.function_type.inputs.data, *outputs))
    if "value" not in op.attributes:
        if name in _FUNCTIONS:
            return CFunction(_FUNCTIONS[name])
        # C's functions on float, which OpenCL C overloads by the type of the arguments.
        plain = name.removesuffix("f")
        if plain in _FUNCTIONS:
            return CFunction(_FUNCTIONS[plain], argument="" if single else "float")
    raise DspcError(
        "E0801",
        f"OpenCL has no function {name}, which the program takes from C",
        span_of(op),
        hint="compile it with --target cpp",
    )
