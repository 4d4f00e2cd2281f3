"""Printing of modules."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import (
    FileLineColLoc,
    Float32Type,
    Float64Type,
    IndexType,
    IntegerType,
    MemRefType,
    VectorType,
)
from xdsl.printer import Printer

from dspc.dialects.dsp.types import SignalType
from dspc.dialects.text_attributes import is_plain
from dspc.support.texts import unicode_text

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Attribute

_REPEATED = frozenset[type](
    (
        *(SignalType, IntegerType, IndexType, Float32Type, Float64Type, MemRefType, VectorType),
        FileLineColLoc,
    )
)
"""Attributes that many ops share: their text is kept."""


def print_module(module: ModuleOp, with_places: bool = False) -> str:
    """The module as text that xDSL parses back to an equal module.

    `with_places` also prints the source location of each op, which the parser does not take.
    """
    printer = _TextPrinter(with_places)
    printer.print_op(module)
    return printer.text() + "\n"


class _TextPrinter(Printer):
    """Prints text that needs no escapes as it is; `text_attributes.py` reads the rest back.

    Invalid text in file names is replaced by U+FFFD.
    """

    def __init__(self, with_places: bool) -> None:
        super().__init__(stream=StringIO(), print_debuginfo=with_places)
        self._texts: dict[int, tuple[Attribute, str]] = {}
        """Texts by identity, with the attributes, which must live as long."""

    def text(self) -> str:
        """The text printed so far."""
        stream = self.stream
        assert isinstance(stream, StringIO)
        return stream.getvalue()

    def print_string(self, text: str, *, indent: int | None = None) -> None:
        if "\n" in text:
            super().print_string(text, indent=indent)
            return
        assert self.stream is not None
        self._current_column += len(text)
        self.stream.write(text)

    def print_attribute(self, attribute: Attribute) -> None:
        if type(attribute) not in _REPEATED:
            super().print_attribute(attribute)
            return
        known = self._texts.get(id(attribute))
        if known is None:
            outer, self.stream = self.stream, StringIO()
            super().print_attribute(attribute)
            known = self._texts[id(attribute)] = (attribute, self.stream.getvalue())
            self.stream = outer
            self._current_column -= len(known[1])
        self.print_string(known[1])

    def print_string_literal(self, string: str) -> None:
        text = unicode_text(string)
        if is_plain(text) and not text.isascii():
            self.print_string(f'"{text}"')
        else:
            super().print_string_literal(text)
