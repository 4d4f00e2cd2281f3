"""A program's own words in texts of other languages: XML, and what has to be valid UTF-8.

Python stands for bytes that are no UTF-8, as in file names, by halves of surrogate pairs.
"""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Those of the halves that stand for no byte."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\"'\t\n\r\x7f-\x9f]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def text_bytes(text: str) -> bytes:
    """The bytes that a text stands for: UTF-8, and as they are those that are none."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _HALVES.sub("\ufffd", text).encode("utf-8", "surrogateescape")


def unicode_text(text: str) -> str:
    """The text with U+FFFD for each byte that is none."""
    return _SURROGATES.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text between tags or in an attribute; what XML 1.0 cannot hold is left out."""
    kept = unicode_text(_NO_XML.sub("", text))
    return _SPECIAL.sub(lambda found: _NAMED.get(found[0], f"&#{ord(found[0])};"), kept)
