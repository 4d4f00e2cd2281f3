"""Checks of the names that options give to generated classes, functions and namespaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dspc.messages import usage_error
from dspc.targets.header_names import is_of_a_header

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_TEMPLATE_ARGUMENTS = re.compile(r"<[^;{}]*>$")
_OF_THE_HOST = frozenset(("std", "dsp", "UI", "Meta"))
_USED = """
RESTRICT NULL
assert errno linux unix count fSampleRate
clone init compute metadata classInit instanceInit instanceConstants instanceClear
instanceResetUserInterface buildUserInterface getNumInputs getNumOutputs getSampleRate
stdin stdout stderr signgam abort abs div exit free labs malloc qsort rand realloc srand system
acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh drem erf erfc exp exp10 exp2
expm1 fabs fdim floor fma fmax fmin fmod frexp gamma hypot ilogb j0 j1 jn ldexp lgamma llrint
llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter pow remainder remquo
rint round scalb scalbln scalbn significand sin sincos sinh sqrt tan tanh tgamma trunc y0 y1 yn
"""
"""Members and parameters of generated classes; macros, types, variables and functions of the C
headers that they include, which would hide the class."""


def check_class_name(options: CompileOptions) -> None:
    """Refuse a `-cn` that no class or function can have; raises DspcError E0029."""
    _check_identifier("-cn", options.class_name)
    if is_of_a_header(options.class_name):
        raise usage_error(29, f"-cn {options.class_name}: headers of C define this name")


def check_c_names(options: CompileOptions) -> None:
    """Refuse a `-cn` that no struct of C can have; raises DspcError E0029."""
    check_class_name(options)
    if options.class_name in (*_USED.split(), "dsp", "Soundfile", "UIGlue", "MetaGlue"):
        message = f"-cn {options.class_name}: the generated code uses this name itself"
        raise usage_error(29, message)


def check_cpp_names(options: CompileOptions) -> None:
    """Refuse a `-cn`, `-scn` or `-ns` that a C++ class cannot have; raises DspcError E0029.

    A base class may be qualified and have template arguments (`a::base<float>`), a namespace may
    be nested (`a::b`).
    """
    check_class_name(options)
    if options.class_name in (*_USED.split(), *_OF_THE_HOST):
        message = f"-cn {options.class_name}: the generated code uses this name itself"
        raise usage_error(29, message)
    parent = _TEMPLATE_ARGUMENTS.sub("", options.super_class).removeprefix("::")
    for part in parent.split("::"):
        _check_identifier("-scn", part, options.super_class)
    if options.super_class == options.class_name:
        raise usage_error(29, f"-scn {options.super_class}: a class cannot be its own base class")
    if options.namespace is None:
        return
    for part in options.namespace.split("::"):
        _check_identifier("-ns", part, options.namespace)
        if part == options.super_class or part in _OF_THE_HOST - {"std"}:
            message = f"-ns {options.namespace}: the namespace would hide the class {part}"
            raise usage_error(29, message)
        if is_of_a_header(part):
            raise usage_error(29, f"-ns {options.namespace}: headers of C define the name {part}")


def _check_identifier(flag: str, name: str, whole: str | None = None) -> None:
    """Raise if `name`, a part of the value `whole` of an option, is no identifier of C and C++."""
    from dspc.backends.c.names import KEYWORDS

    shown = f"{flag} {name if whole is None else whole}"
    if not _IDENTIFIER.fullmatch(name):
        hint = "a name has letters, digits and _ of ASCII, and does not start with a digit"
        raise usage_error(29, f"{shown}: is not an identifier", hint)
    if name in KEYWORDS:
        raise usage_error(29, f"{shown}: {name} is a keyword of C++")
