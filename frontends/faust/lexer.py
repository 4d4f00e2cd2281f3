"""The tokens of a Faust source, with their places.

One regular expression cuts the text into (blank, token) pairs, and everything after that is bulk
list work, which keeps a large library cheap. Faults of the text itself (a stray character,
a string without an end) become tokens of kind `BAD`, so that the parser reports whatever comes
first in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from operator import add, sub
from typing import Final

from dspc.support.diagnostics import Source, Span

IDENT: Final = "name"
INT: Final = "integer"
REAL: Final = "number"
STRING: Final = "string"
FSTRING: Final = "<file>"
MDOC: Final = "<mdoc> block"
BAD: Final = "unreadable text"
END: Final = "end of file"

PRECISIONS: Final = {
    "singleprecision": "single",
    "doubleprecision": "double",
    "quadprecision": "quad",
    "fixedpointprecision": "fixed",
}
"""The precision prefixes of definitions, and the precision of each."""

CONVENTIONAL_PRIMITIVES: Final = frozenset({"round"})
"""Primitives whose names are no keywords here, since existing programs define them.

Newer Faust reserves them; Debian's libraries still define their own. The parser gives an `Ident`,
and the evaluator falls back to the primitive where the name has no definition.
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORD_PRIMITIVES: Final = frozenset(
    _words("""mem prefix int float xor rdtable rwtable select2 select3 attach enable control
    acos asin atan atan2 cos sin tan exp log log10 pow sqrt abs min max fmod remainder
    floor ceil rint assertbounds lowest highest""")
)
"""Primitives spelled as words."""

KEYWORDS: Final = (
    WORD_PRIMITIVES
    | PRECISIONS.keys()
    | frozenset(
        _words("""with letrec where ffunction fconstant fvariable
        button checkbox vslider hslider nentry
        vgroup hgroup tgroup vbargraph hbargraph soundfile route waveform par seq sum prod
        inputs outputs import component library environment declare case any""")
    )
)
"""Every word that cannot be a name."""

OPERATORS: Final = _words(
    """<: :> +> << >> <= >= == != => -> : , ~ + - * / % & | ^ @ ' . < > _ ! ; = ( ) { } [ ] \\"""
)

_NAME = r"_*[A-Za-z][A-Za-z0-9_]*"
_PIECE = re.compile(
    r"((?:[ \t\r\n]++|//[^\r\n]*+|/\*(?s:.)*?\*/)*+)"  # blanks and comments
    r"("
    rf"(?:::)?{_NAME}(?:::{_NAME})*+"
    r"|(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:e[-+]?[0-9]++)?f?"
    r'|"[^"]*+"?'
    r"|<mdoc>(?s:.)*?(?:</mdoc>|\Z)"
    r"|<[A-Za-z]*(?:\.[A-Za-z])?>"
    r"|/\*(?s:.)*+"  # a comment without an end swallows the rest
    rf"|{'|'.join(map(re.escape, OPERATORS))}"
    r"|(?s:.)"
    r"|\Z)"
)


class _Kinds(dict[str, str]):
    """Token text to kind, filled as new names and numbers are met."""

    def __missing__(self, text: str) -> str:
        kind = self[text] = _classify(text)
        return kind


def _classify(text: str) -> str:
    first = text[0]
    if first.isascii() and (first.isalpha() or (first in "_:" and len(text) > 1)):
        return IDENT
    if "0" <= first <= "9":
        return INT if text.isdigit() else REAL
    if first == ".":
        return REAL
    if first == '"':
        return STRING if len(text) > 1 and text[-1] == '"' else BAD
    if text.startswith("<mdoc>"):
        return MDOC if text.endswith("</mdoc>") else BAD
    if first == "<":
        return FSTRING
    return BAD


_FIXED_KINDS: Final = {**{text: text for text in (*OPERATORS, *KEYWORDS)}, "": END}


@dataclass(slots=True)
class Tokens:
    """The tokens of (a part of) a source: parallel lists, the last token being `END`.

    A keyword's or operator's kind is its text; `starts` and `ends` are character offsets; `whole`
    is whether the tokens run to the end of the source.
    """

    source: Source
    kinds: list[str]
    texts: list[str]
    starts: list[int]
    ends: list[int]
    whole: bool

    def span(self, index: int) -> Span:
        return Span(self.source, self.starts[index], self.ends[index])


def lex(source: Source, start: int = 0, end: int | None = None) -> Tokens:
    """All tokens of `source`, or of its characters `start` to `end`."""
    text = source.text
    pairs = _PIECE.findall(text, start, len(text) if end is None else end)
    if pairs[-1][1]:  # the end of the text was swallowed by an unclosed comment, say
        pairs.append(("", ""))
    blanks, texts = zip(*pairs, strict=True)
    lengths = list(map(len, texts))
    steps = map(add, map(len, blanks), lengths)
    ends = list(accumulate(steps, initial=start))
    del ends[0]
    kinds = list(map(_Kinds(_FIXED_KINDS).__getitem__, texts))
    return Tokens(source, kinds, list(texts), list(map(sub, ends, lengths)), ends, end is None)


def integer_value(text: str) -> int:
    """A decimal literal modulo 2^32, as a signed 32-bit integer.

    10^32 is a multiple of 2^32, so no more than the last 32 digits matter.
    """
    return wrap32(int(text[-32:]))


def wrap32(value: int) -> int:
    return (value + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def real_value(text: str) -> float:
    return float(text.removesuffix("f"))


_BLANKS = str.maketrans("\t\r\n", "   ")


def string_value(text: str) -> str:
    """A string without its quotes; tabs and line ends read as spaces. There are no escapes."""
    return text[1:-1].translate(_BLANKS)
