"""C99, of the C family."""

from __future__ import annotations

from xdsl.ir import Operation, SSAValue

from dspc.backends.c.expressions import Expr
from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.language import Language, Uses, VectorForms
from dspc.backends.c.soundfiles import soundfile_handlers
from dspc.support.diagnostics import DspcError

_MINIMUM, _MAXIMUM = "dspc_least", "dspc_greatest"


def _refuse() -> DspcError:
    return DspcError("E0702", "C99 code has no vectors", hint="compile with --lanes 0")


def _type_of(_value: SSAValue, _uses: Uses) -> str:
    raise _refuse()


def _constant(_op: Operation, _uses: Uses) -> Expr:
    raise _refuse()


def _otherwise(_printer: FunctionPrinter, _op: Operation) -> None:
    raise _refuse()


C99 = Language(
    name="C99",
    integers={8: "int8_t", 16: "int16_t", 64: "int64_t"},
    unsigned="uint32_t",
    lowest_int="INT32_MIN",
    single_suffix="f",
    minimum=_MINIMUM,
    maximum=_MAXIMUM,
    vectors=VectorForms(_type_of, _constant, {}, {}, _otherwise),
    soundfiles=soundfile_handlers(_MINIMUM, _MAXIMUM, "(({type})({value}))"),
)

HELPERS = {
    "dspc_add": "int {}(int a, int b) {{ return (int)((uint32_t)a + (uint32_t)b); }}",
    "dspc_sub": "int {}(int a, int b) {{ return (int)((uint32_t)a - (uint32_t)b); }}",
    "dspc_mul": "int {}(int a, int b) {{ return (int)((uint32_t)a * (uint32_t)b); }}",
    "dspc_shl": "int {}(int a, int b) {{ return (int)((uint32_t)a << (b & 31)); }}",
    "dspc_shr": "int {}(int a, int b) {{ return a >> (b & 31); }}",
    "dspc_abs": "int {}(int a) {{ return a < 0 ? (int)(0u - (uint32_t)a) : a; }}",
    "dspc_div": (
        "int {}(int a, int b) {{ return b == 0 ? 0 : b == -1 ? (int)(0u - (uint32_t)a) : a / b; }}"
    ),
    "dspc_rem": "int {}(int a, int b) {{ return b == 0 || b == -1 ? 0 : a % b; }}",
    _MINIMUM: "int {}(int a, int b) {{ return b < a ? b : a; }}",
    _MAXIMUM: "int {}(int a, int b) {{ return a < b ? b : a; }}",
    "dspc_minimum": "double {}(double a, double b) {{ return a < b || a != a ? a : b; }}",
    "dspc_maximum": "double {}(double a, double b) {{ return a > b || a != a ? a : b; }}",
}
"""Integers that wrap, and arithmetic that is defined for all operands. A single-precision number
passes through `double` unchanged."""
