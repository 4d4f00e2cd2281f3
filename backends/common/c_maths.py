"""The C functions of mathematics that back ends without a C compiler know by name."""

from __future__ import annotations

EXACT = {
    "ceil": "ceil", "copysign": "copysign", "fabs": "fabs", "floor": "floor", "fma": "fma",
    "rint": "rint", "round": "round", "sqrt": "sqrt", "trunc": "trunc", "nearbyint": "rint",
}  # fmt: skip
"""C functions that IEEE 754 defines exactly -> the one of equal results that stands for them."""
_LIBRARY = """
acos acosh asin asinh atan atan2 atanh cbrt cos cosh erf erfc exp exp10 exp2 expm1 fdim fmax fmin
fmod hypot j0 j1 lgamma log log10 log1p log2 logb nextafter pow remainder sin sinh tan tanh tgamma
y0 y1
"""
LIBRARY = frozenset(_LIBRARY.split())
"""Pure C functions of doubles, each with a form for floats."""
_OPS = """
acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf exp exp2 expm1 floor fma log
log10 log1p log2 round sin sinh sqrt tan tanh trunc
"""
MATH = {
    **{name: name for name in _OPS.split()},
    "powf": "pow",
    "absf": "fabs",
    "roundeven": "rint",
}
"""Ops of `math` -> C function of doubles."""
