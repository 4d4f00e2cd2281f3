"""The functions of `common/own_maths.py` that a program's loops call, as members of its class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dspc.backends.common.own_maths import needed

OWN_MATHS = """/* Functions in free loops: 1 calls those of this file, 0 the library's, which are
   bit-identical in all back ends. By default 1 with -ffast-math, where the library has no
   vector forms. */
#if !defined(DSPC_VECTOR_MATH)
#if defined(__FAST_MATH__) && (defined(__clang__) || !defined(__x86_64__) || !defined(__GLIBC__))
#define DSPC_VECTOR_MATH 1
#else
#define DSPC_VECTOR_MATH 0
#endif
#endif
"""
_ARGUMENTS = {"pow": ("x", "y"), "atan2": ("y", "x")}


def own_functions(names: Iterable[str]) -> Iterator[str]:
    """The lines in the class that define `dspc_NAME` for each name; `NAME_64` are of doubles."""
    chosen = sorted(names)
    yield "#if DSPC_VECTOR_MATH"
    for _, text in needed(chosen):
        yield from (f"\t{line}" for line in text.splitlines())
    yield "#else"
    for name in chosen:
        function = name.removesuffix("_64")
        type = "float" if function == name else "double"
        arguments = _ARGUMENTS.get(function, ("x",))
        parameters = ", ".join(f"{type} {argument}" for argument in arguments)
        called = f"std::{function}({', '.join(arguments)})"
        yield f"\tstatic inline {type} dspc_{name}({parameters}) {{ return {called}; }}"
    yield "#endif"
