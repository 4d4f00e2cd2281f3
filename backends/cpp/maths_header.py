"""The functions of `maths.hpp` that a program's loops call, as members of its class.

They are single-precision functions without branches and calls, so that compilers without vector
mathematics (Clang, and GCC without glibc's libmvec) make vectors of loops over them. Arguments are
reduced in double precision: no step relies on an order of sums, which -ffast-math would change.

Sources of the algorithms: J.-M. Muller, Elementary Functions, 3rd ed., 2016 (additive range
reduction, chapter 11; the logarithm by (m-1)/(m+1), chapter 3), and the layout of S. L. Moshier's
Cephes library, 1989 (tanh, atan2). The polynomials are near-minimax in relative error: weighted
least squares with Lawson's iteration, in 400 Chebyshev nodes.

Errors against exact results, in units in the last place: log, log2, log10 0.51; exp, exp2, pow,
tanh, atan 1.3; atan2 1.5; asin, acos 2.1; and, beside 3e-16 of the argument's size, sin, cos 1.6,
tan 3.4. Beyond arguments of 1e9, sin and cos are some number in [-1, 1]. Infinities, NaN, signed
zeros and subnormal numbers are as in C, where the compiler honours them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

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
_START = "//: "
_ARGUMENTS = {"pow": ("x", "y"), "atan2": ("y", "x")}


@cache
def _functions() -> dict[str, tuple[list[str], str]]:
    """The functions of the file: what each calls, and its text."""
    text = Path(__file__).with_name("maths.hpp").read_text(encoding="utf-8")
    definitions: dict[str, tuple[list[str], str]] = {}
    for part in text.split(_START)[1:]:
        head, _, body = part.partition("\n")
        name, _, needs = head.partition(":")
        definitions[name] = (needs.split(), body.rstrip("\n"))
    return definitions


def _needed(names: Iterable[str]) -> Iterator[str]:
    """The texts of functions and of all that they call, in the order of the file."""
    functions = _functions()
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += functions[name][0]
    return (text for name, (_, text) in functions.items() if name in wanted)


def own_functions(names: Iterable[str]) -> Iterator[str]:
    """The lines in the class that define `dspc_NAME` for each name."""
    chosen = sorted(names)
    yield "#if DSPC_VECTOR_MATH"
    for text in _needed(chosen):
        yield from (f"\t{line}" for line in text.splitlines())
    yield "#else"
    for name in chosen:
        arguments = _ARGUMENTS.get(name, ("x",))
        parameters = ", ".join(f"float {argument}" for argument in arguments)
        called = f"std::{name}({', '.join(arguments)})"
        yield f"\tstatic inline float dspc_{name}({parameters}) {{ return {called}; }}"
    yield "#endif"
