"""String attributes of any text, in the form that xDSL's lexer reads back.

The lexer reads a literal that has both escapes and bytes beyond ASCII as a `BytesAttr`. Such text
is therefore an attribute of its bytes in UTF-8 from the start, and printed text parses to an equal
module.
"""

from __future__ import annotations

from xdsl.dialects.builtin import BytesAttr, StringAttr
from xdsl.ir import Attribute
from xdsl.utils.exceptions import VerifyException

from dspc.support.texts import text_bytes

Text = StringAttr | BytesAttr


def is_plain(text: str) -> bool:
    """Whether a literal of the text is ASCII or needs no escapes."""
    return text.isascii() or (text.isprintable() and not {'"', "\\"} & {*text})


def make_text(text: str) -> Text:
    """The attribute of a text; bytes of file names that are not UTF-8 are kept."""
    return StringAttr(text) if is_plain(text) else BytesAttr(text_bytes(text))


def text_of(attribute: Attribute) -> str:
    """The text of an attribute; VerifyException for any other attribute."""
    if isinstance(attribute, BytesAttr):
        return attribute.data.decode("utf-8", "surrogateescape")
    if not isinstance(attribute, StringAttr):
        raise VerifyException(f"expected a string, got {attribute}")
    return attribute.data
