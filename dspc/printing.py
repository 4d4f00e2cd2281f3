"""Modules as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp


def print_module(module: ModuleOp) -> str:
    """The module as text that parses back."""
    from io import StringIO

    from xdsl.printer import Printer

    from dspc.dialects.texts import unicode_text

    class TextPrinter(Printer):
        """Strings as xDSL's parser takes them back.

        It takes escapes and characters beyond ASCII, but both in one string for bytes. Names of
        files that are no text are told with U+FFFD.
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
