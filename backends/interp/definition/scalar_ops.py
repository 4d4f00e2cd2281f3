"""Ops without state, memory access or regions, for xDSL's interpreter: the rows of `scalars`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.dialects import arith, math, vector
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    impl,
    register_impls,
)
from xdsl.ir import Operation

from dspc.backends.interp.definition.mem_ops import trapped
from dspc.backends.interp.definition.scalars import NAMES, constant_value, scalar_function
from dspc.backends.interp.errors import Trap
from dspc.dialects.dsp import Dsp, arithmetic
from dspc.dialects.dsp_par import DspPar


def _scalar_op(functions: Any, _: Interpreter, op: Operation, args: PythonValues) -> PythonValues:
    return (trapped(op, functions.function(op), *args),)


def _constant_op(functions: Any, _: Interpreter, op: Operation, args: PythonValues) -> PythonValues:
    return (constant_value(op),)


def scalar_op_types() -> list[type[Operation]]:
    """The ops that the tables of `scalars` define, but calls of the module's functions."""
    dialects = (Dsp, DspPar, arith.Arith, math.Math, vector.Vector)
    return [op for dialect in dialects for op in dialect.operations if op.name in NAMES]


class _Scalars(InterpreterFunctions):
    def __init__(self) -> None:
        self._functions: dict[Operation, Callable[..., Any]] = {}

    def function(self, op: Operation) -> Callable[..., Any]:
        function = self._functions.get(op)
        if function is None:
            function = scalar_function(op)
            if function is None:
                raise Trap(f"the interpreter does not implement {op.name}", op)
            self._functions[op] = function
        return function


CONSTANTS = (arithmetic.ConstantOp, arith.ConstantOp)
ScalarFunctions = register_impls(
    type(
        "ScalarFunctions",
        (_Scalars,),
        {
            "__doc__": "Scalar and vector ops of both levels: `scalars.scalar_function`.",
            **{
                f"run_{op_type.name.replace('.', '_')}": impl(op_type)(run)
                for op_types, run in ((scalar_op_types(), _scalar_op), (CONSTANTS, _constant_op))
                for op_type in op_types
            },
        },
    )
)
