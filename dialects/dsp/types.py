"""Types and attributes of the `dsp` dialect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from xdsl.dialects.builtin import (
    DenseArrayBase,
    Float32Type,
    Float64Type,
    IntAttr,
    IntegerType,
    f32,
    f64,
    i32,
)
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, ParametrizedAttribute, SpacedOpaqueSyntaxAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.str_enum import StrEnum


class Rate(StrEnum):
    """How often a signal may change, slowest first."""

    CONST = "const"
    """Compile-time constant."""
    INIT = "init"
    """Constant for an instance: depends on the sampling rate."""
    BLOCK = "block"
    """Once a block: controls, and signals computed from them (control rate)."""
    SAMPLE = "sample"
    """Every frame."""

    @property
    def order(self) -> int:
        return _ORDER[self]


_ORDER = {Rate.CONST: 0, Rate.INIT: 1, Rate.BLOCK: 2, Rate.SAMPLE: 3}
RATES = tuple(Rate)


@irdl_attr_definition
class RateAttr(EnumAttribute[Rate], SpacedOpaqueSyntaxAttribute):
    """When a signal may change: `const`, `init`, `block` or `sample`."""

    name = "dsp.rate"


@irdl_attr_definition
class SignalType(ParametrizedAttribute, TypeAttribute):
    """`!dsp.signal<T, rate>`: one value of T (i32, f32, f64) per frame, changing at `rate`."""

    name = "dsp.signal"
    element: Attribute
    rate: RateAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            element = parser.parse_type()
            parser.parse_punctuation(",")
            rate = parser.parse_str_enum(Rate)
        return (element, RateAttr(rate))

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_attribute(self.element)
            printer.print_string(f", {self.rate.data.value}")

    def verify(self) -> None:
        if not is_element(self.element):
            raise VerifyException(f"a signal's element is i32, f32 or f64, not {self.element}")


@irdl_attr_definition
class TableType(ParametrizedAttribute, TypeAttribute):
    """`!dsp.table<size, T>`: a table of `size` elements, accessed by index."""

    name = "dsp.table"
    size: IntAttr
    element: Attribute

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> Sequence[Attribute]:
        with parser.in_angle_brackets():
            size = parser.parse_integer(allow_boolean=False, allow_negative=False)
            parser.parse_punctuation(",")
            element = parser.parse_type()
        return (IntAttr(size), element)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(f"{self.size.data}, ")
            printer.print_attribute(self.element)

    def verify(self) -> None:
        if self.size.data < 1:
            raise VerifyException("a table has at least one element")
        if not is_element(self.element):
            raise VerifyException(f"a table's element is i32, f32 or f64, not {self.element}")


@irdl_attr_definition
class SoundfileType(ParametrizedAttribute, TypeAttribute):
    """`!dsp.soundfile_handle`: a handle of sound files that the host loads."""

    name = "dsp.soundfile_handle"


def is_element(attribute: Attribute) -> bool:
    """Whether a type is an element type of signals and tables: i32, f32 or f64."""
    return attribute in (i32, f32, f64)


def is_int(attribute: Attribute) -> bool:
    return isinstance(attribute, IntegerType)


def is_float(attribute: Attribute) -> bool:
    return isinstance(attribute, Float32Type | Float64Type)


@cache
def signal_type(element: Attribute, rate: Rate) -> SignalType:
    """The interned `!dsp.signal<element, rate>`."""
    return SignalType(element, RateAttr(rate))


@cache
def table_type(size: int, element: Attribute) -> TableType:
    """The interned `!dsp.table<size, element>`."""
    return TableType(IntAttr(size), element)


SOUNDFILE = SoundfileType()


def array_values(values: DenseArrayBase) -> tuple[int | float, ...]:
    """The numbers of an array attribute of any element type."""
    untyped: Any = values  # xDSL's `get_values` wants the element type to be known
    return untyped.get_values()


def array_attribute(
    is_whole: bool, numbers: Sequence[float], precision: Float32Type | Float64Type
) -> DenseArrayBase:
    """An array attribute of numbers; those out of the range of f32 become infinite."""
    if is_whole:
        return DenseArrayBase.from_list(i32, list(map(int, numbers)))
    return DenseArrayBase.from_list(precision, [clipped(n, precision == f32) for n in numbers])


def clipped(value: float, is_single: bool) -> float:
    """The value, or infinity if it is out of the range of f32."""
    if is_single and abs(value) > 3.4028235677973366e38:
        return math.copysign(math.inf, value)
    return value
