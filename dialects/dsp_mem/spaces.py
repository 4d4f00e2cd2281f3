"""Memory spaces and lifetimes of buffers."""

from __future__ import annotations

from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import SpacedOpaqueSyntaxAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.str_enum import StrEnum


class Space(StrEnum):
    """A memory space. The names are those of TI's devices; a machine description has the sizes."""

    STATIC = "static"
    """Memory of the object or program image."""
    DDR = "ddr"
    """External memory, shared by all cores."""
    MSMC = "msmc"
    """On-chip memory shared by all cores (multicore shared memory controller)."""
    L2 = "l2"
    """Memory of one core; its contents do not persist between kernels."""
    STACK = "stack"
    """The stack of `compute`: private arrays of a kernel."""
    TCM = "tcm"
    """Tightly coupled memory of a processor: as fast as its cache, and persistent."""
    FLASH = "flash"
    """Read-only memory of the program's image: constants with given values."""


PASSING = frozenset({Space.L2, Space.STACK})
"""Spaces whose contents are lost when a kernel, or a call of `compute`, ends."""


@irdl_attr_definition
class SpaceAttr(EnumAttribute[Space]):
    """`#dsp_mem.space<ddr>`, the memory-space attribute of a memref."""

    name = "dsp_mem.space"

    @classmethod
    def parse_parameter(cls, parser: AttrParser) -> Space:
        with parser.in_angle_brackets():
            return parser.parse_str_enum(Space)

    def print_parameter(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(self.data.value)


class Lifetime(StrEnum):
    """How long the contents of a buffer are needed."""

    CLASS = "class"
    """Initialised once and shared by all instances."""
    INSTANCE = "instance"
    """State of one instance."""
    BLOCK = "block"
    """Scratch within one call of `compute`."""


@irdl_attr_definition
class LifetimeAttr(EnumAttribute[Lifetime], SpacedOpaqueSyntaxAttribute):
    """How long a buffer lives: `class`, `instance` or `block` (one call of compute)."""

    name = "dsp_mem.lifetime"
