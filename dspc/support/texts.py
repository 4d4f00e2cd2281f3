"""Encoding of a program's strings: UTF-8 bytes, valid Unicode and XML.

Python represents bytes that are not UTF-8, as in file names, by lone surrogates (PEP 383).
"""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""The lone surrogates that do not represent a byte."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\"'\t\n\r\x7f-\x9f]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def text_bytes(text: str) -> bytes:
    """The text as UTF-8; surrogate-escaped bytes are restored."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _NO_BYTE.sub("\ufffd", text).encode("utf-8", "surrogateescape")


def unicode_text(text: str) -> str:
    """The text with U+FFFD for each surrogate-escaped byte."""
    return _SURROGATES.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text escaped for XML; characters that XML 1.0 does not allow are removed."""
    valid = unicode_text(_NO_XML.sub("", text))
    return _SPECIAL.sub(lambda match: _NAMED.get(match[0], f"&#{ord(match[0])};"), valid)
