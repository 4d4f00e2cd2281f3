"""Base of the ops on signals: assembly format, and verifiers of element types and rates.

All of them are written `%r = dsp.op %a, %b {properties} : (operand types) -> type`, with one parser
and printer; a declarative format for each of the some seventy ops would double the import time of
the dialect.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp.types import SignalType, is_float, is_int

FIRST = "dsp.first"
"""Attribute of additions, also after lowering: the index of the operand that is evaluated first.
The result is the same, but C++ compilers with -ffast-math do not reassociate this sum."""


class SignalOp(IRDLOperation):
    """An op whose operands and results are signals, tables or sound files."""

    def print(self, printer: Printer) -> None:
        if self.operands:
            printer.print_string(" ")
            printer.print_list(self.operands, printer.print_operand)
        hints = {**self.properties, **self.attributes}
        if hints:
            printer.print_string(" ")
            printer.print_attr_dict(hints)
        printer.print_string(" : ")
        printer.print_operation_type(self)
        self.print_body(printer)

    def print_body(self, printer: Printer) -> None:
        """Print the regions, if any."""
        for region in self.regions:
            printer.print_string(" ")
            printer.print_region(region)

    @classmethod
    def parse(cls, parser: Parser) -> SignalOp:
        operands = parser.parse_optional_undelimited_comma_separated_list(
            parser.parse_optional_unresolved_operand, parser.parse_unresolved_operand
        )
        attr_dict = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        position = parser.pos
        signature = parser.parse_function_type()
        values = parser.resolve_operands(operands or (), signature.inputs.data, position)
        known = cls.get_irdl_definition().properties
        regions = [parser.parse_region() for _ in cls.get_irdl_definition().regions]
        return cls.create(
            operands=values,
            result_types=signature.outputs.data,
            properties={name: value for name, value in attr_dict.items() if name in known},
            attributes={name: value for name, value in attr_dict.items() if name not in known},
            regions=regions,
        )

    def verify_(self) -> None:
        expect_no_slower_result(self)


def expect_no_slower_result(op: Operation) -> None:
    """The rate of a result is not slower than the rate of an operand."""
    order = max((rate_order(v.type) for v in op.operands), default=0)
    for result in op.results:
        if isinstance(result.type, SignalType) and rate_order(result.type) < order:
            raise VerifyException("the result's rate is slower than an operand's")


def rate_order(type: Attribute) -> int:
    return type.rate.data.order if isinstance(type, SignalType) else 0


def element(value: SSAValue) -> Attribute:
    """The element type of a signal; VerifyException for a value of another type."""
    if not isinstance(value.type, SignalType):
        raise VerifyException(f"expected a signal, got {value.type}")
    return value.type.element


def expect_same_elements(values: Sequence[SSAValue]) -> None:
    kinds = {element(value) for value in values}
    if len(kinds) > 1:
        names = ", ".join(sorted(str(kind) for kind in kinds))
        raise VerifyException(f"operands and result must have one element type, got {names}")


def expect_int(value: SSAValue, subject: str) -> None:
    if not is_int(element(value)):
        raise VerifyException(f"{subject} must be an i32 signal")


def expect_float(value: SSAValue, subject: str) -> None:
    if not is_float(element(value)):
        raise VerifyException(f"{subject} must be a floating-point signal")


class SameElementOp(SignalOp):
    """All operands and the result share one element type."""

    DOMAIN: ClassVar[str] = "any"
    """`any`, `int` or `float`."""

    def verify_(self) -> None:
        expect_no_slower_result(self)
        values = (*self.operands, *self.results)
        expect_same_elements(values)
        if self.DOMAIN == "int":
            expect_int(values[0], "the operands of this op")
        elif self.DOMAIN == "float":
            expect_float(values[0], "the operands of this op")
