"""Printing of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp


def print_module(module: ModuleOp) -> str:
    """The module as text that xDSL parses back to an equal module."""
    from io import StringIO

    from xdsl.printer import Printer

    from dspc.dialects.texts import unicode_text

    class TextPrinter(Printer):
        """Prints string literals in a form that xDSL's parser reads back as the same string.

        The parser reads a literal that has both escapes and non-ASCII characters as bytes. Invalid
        text in file names is replaced by U+FFFD.
        """

        def print_string_literal(self, string: str) -> None:
            text = unicode_text(string)
            if text.isprintable() and not text.isascii() and not {'"', "\\"} & {*text}:
                self.print_string(f'"{text}"')
            else:
                super().print_string_literal(text)

    text = StringIO()
    TextPrinter(stream=text).print_op(module)
    return text.getvalue() + "\n"
