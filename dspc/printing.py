"""Printing of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp


def print_module(module: ModuleOp, with_places: bool = False) -> str:
    """The module as text that xDSL parses back to an equal module.

    `with_places` also prints the source location of each op, which the parser does not take.
    """
    from io import StringIO

    from xdsl.printer import Printer

    from dspc.dialects.text_attributes import is_plain
    from dspc.dialects.texts import unicode_text

    class TextPrinter(Printer):
        """Prints text that needs no escapes as it is; `text_attributes.py` reads the rest back.

        Invalid text in file names is replaced by U+FFFD.
        """

        def print_string_literal(self, string: str) -> None:
            text = unicode_text(string)
            if is_plain(text) and not text.isascii():
                self.print_string(f'"{text}"')
            else:
                super().print_string_literal(text)

    text = StringIO()
    TextPrinter(stream=text, print_debuginfo=with_places).print_op(module)
    return text.getvalue() + "\n"
