"""Structured control flow for xDSL's interpreter, on the numbers of `semantics`.

xDSL has such functions of its own, whose representation of numbers differs by its version.
"""

from __future__ import annotations

from xdsl.dialects import scf
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    ReturnedValues,
    impl,
    impl_terminator,
    register_impls,
)


@register_impls
class ScfFunctions(InterpreterFunctions):
    """`scf.if`, `scf.for` and `scf.while`; i1 is 0 or 1, and index a Python int."""

    @impl(scf.IfOp)
    def run_if(self, interpreter: Interpreter, op: scf.IfOp, args: PythonValues):
        region = op.true_region if args[0] else op.false_region
        return interpreter.run_ssacfg_region(region, ()) if region.blocks else ()

    @impl(scf.ForOp)
    def run_for(self, interpreter: Interpreter, op: scf.ForOp, args: PythonValues):
        first, end, step, *carried = args
        values: PythonValues = tuple(carried)
        for index in range(first, end, step):
            values = interpreter.run_ssacfg_region(op.body, (index, *values), "for")
        return values

    @impl(scf.WhileOp)
    def run_while(self, interpreter: Interpreter, op: scf.WhileOp, args: PythonValues):
        values = args
        while True:
            goes_on, *values = interpreter.run_ssacfg_region(op.before_region, tuple(values))
            if not goes_on:
                return tuple(values)
            values = interpreter.run_ssacfg_region(op.after_region, tuple(values))

    @impl_terminator(scf.YieldOp)
    def run_scf_yield(self, _: Interpreter, op: scf.YieldOp, args: PythonValues):
        return ReturnedValues(args), ()

    @impl_terminator(scf.ConditionOp)
    def run_condition(self, _: Interpreter, op: scf.ConditionOp, args: PythonValues):
        return ReturnedValues(args), ()
