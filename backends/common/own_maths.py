"""The functions of `maths.hpp` and `maths64.hpp`: mathematics without branches and calls.

Compilers without vector mathematics (Clang, LLVM, and GCC without glibc's libmvec) make vectors of
loops over them. The files are the only definition: the C++ back end prints the parts that a program
needs, LLVM's reads them (`llvm/own_maths.py`). Arguments are reduced in double precision: no step
relies on an order of sums, which -ffast-math would change.

Sources of the algorithms: J.-M. Muller, Elementary Functions, 3rd ed., 2016 (additive range
reduction, chapter 11; the logarithm by (m-1)/(m+1), chapter 3), and the layout of S. L. Moshier's
Cephes library, 1989 (tanh, atan2). The polynomials are near-minimax in relative error: weighted
least squares with Lawson's iteration, in 400 Chebyshev nodes; those in double precision
interpolate in as many Chebyshev nodes as they have coefficients.

Errors against exact results, in units in the last place: log, log2, log10 0.51; exp, exp2, pow,
tanh, atan 1.3; atan2 1.5; asin, acos 2.1; and, beside 3e-16 of the argument's size, sin, cos 1.6,
tan 3.4. Beyond arguments of 1e9, sin and cos are some number in [-1, 1]. Infinities, NaN, signed
zeros and subnormal numbers are as in C, where the compiler honours them.

In double precision: exp2 1.3; tanh 1.6; atan 2.5; log2, atan2 2.9; asin, acos, log, log10 3.6; and,
beside 3e-16 of the argument's size, sin, cos, tan 1.1; exp 0.6 beside 3e-16 of the argument's and
pow 0.6 beside 5e-16 of the size of y log x, both relative to the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_OWN = "exp exp2 log log2 log10 pow sin cos tan tanh atan atan2 asin acos"
OWN_FUNCTIONS = frozenset(_OWN.split())
"""The functions of C's mathematics that the files have; others are their parts."""
MATHS = tuple(Path(__file__).with_name(name) for name in ("maths.hpp", "maths64.hpp"))
_START = "//: "


def own_name(function: str, type: str) -> str:
    """The name of one of `OWN_FUNCTIONS` for `float` or `double`, without `dspc_`."""
    return function if type == "float" else f"{function}_64"


@cache
def definitions() -> dict[str, tuple[list[str], str]]:
    """The functions of the files: the names that each calls, and its text."""
    text = "".join(path.read_text(encoding="utf-8") for path in MATHS)
    functions: dict[str, tuple[list[str], str]] = {}
    for part in text.split(_START)[1:]:
        head, _, body = part.partition("\n")
        name, _, needs = head.partition(":")
        functions[name] = (needs.split(), body.rstrip("\n"))
    return functions


def needed(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names and texts of functions and of all that they call, in the order of the files."""
    functions = definitions()
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += functions[name][0]
    return ((name, text) for name, (_, text) in functions.items() if name in wanted)
