"""Mutations of source text: bytes, tokens, lines and definitions moved, lost, doubled, exchanged.

Token- and line-level mutation with splicing from other seeds is what coverage-guided fuzzers do to
structured text (M. Zalewski, AFL's technical whitepaper, "havoc" and "splice").
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

TOKEN = re.compile(
    rb'"[^"\n]*"|//[^\n]*|/\*.*?\*/|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?f?'
    rb"|<:|:>|=>|<<|>>|<=|>=|==|!=|->|\s+|.",
    re.DOTALL,
)
LIST = r"""
+ - * / % ^ & | xor @ ' ~ : , <: :> < > <= >= == != << >> ( ) { } [ ] ; = => . ! _ \
mem prefix int float select2 select3 rdtable rwtable waveform par seq sum prod with letrec where
case environment library component import declare process attach enable control soundfile route
inputs outputs ffunction fconstant fvariable button checkbox hslider vslider nentry hbargraph
vbargraph
hgroup vgroup tgroup min max pow exp log sqrt sin cos tan atan2 fmod remainder floor ceil rint abs
lowest highest assertbounds ondemand singleprecision doubleprecision
"""
WORDS = [word.encode() for word in LIST.split()]
"""Tokens of the language, for replacing and inserting."""
EDGES = """
0 1 -1 3 16 31 32 33 255 65536 1000000 2147483647 2147483648 -2147483648 4294967296 0.0 0.5 .5
1e-9 99999999999999999999 1e30 1e39 1e308 1e400 1e-320 000 1.e3 0x10
"""
NUMBERS = [number.encode() for number in EDGES.split()]
"""Numbers at the edges of what holds them."""

Chance = random.Random
Pieces = list[bytes]


def _two(chance: Chance, count: int) -> tuple[int, int]:
    """Two places of `count`, in order; possibly the same."""
    one, other = chance.randrange(count), chance.randrange(count)
    return min(one, other), max(one, other)


def swapped(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """Two pieces change places."""
    one, two = _two(chance, len(pieces))
    pieces[one], pieces[two] = pieces[two], pieces[one]
    return pieces


def deleted(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """One to four neighbouring pieces are lost."""
    at = chance.randrange(len(pieces))
    return pieces[:at] + pieces[at + chance.choice((1, 1, 1, 2, 4)) :]


def doubled(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """A piece, or many in a row, is there twice or more often, here or elsewhere."""
    one, two = _two(chance, len(pieces))
    part = pieces[one : min(two, one + chance.choice((0, 0, 3, 30))) + 1]
    at = chance.choice((one, chance.randrange(len(pieces))))
    return pieces[:at] + part * chance.choice((1, 1, 1, 2, 50)) + pieces[at:]


def foreign(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """A piece of another text replaces one here, or is inserted."""
    at = chance.randrange(len(pieces))
    return [*pieces[:at], chance.choice(other), *pieces[at + chance.randrange(2) :]]


def reversed_run(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """Up to eight pieces stand in the opposite order."""
    at = chance.randrange(len(pieces))
    return pieces[:at] + pieces[at : at + 8][::-1] + pieces[at + 8 :]


def renumbered(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """A number becomes one at an edge of what numbers are."""
    places = [at for at, piece in enumerate(pieces) if piece[:1].isdigit()]
    if places:
        pieces[chance.choice(places)] = chance.choice(NUMBERS)
    return pieces


def reworded(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """A token becomes another one of the language."""
    pieces[chance.randrange(len(pieces))] = chance.choice(WORDS)
    return pieces


def exchanged(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """A name or word becomes one that stands elsewhere in the same text."""
    names = [at for at, piece in enumerate(pieces) if piece[:1].isalpha() or piece[:1] == b"_"]
    if names:
        pieces[chance.choice(names)] = pieces[chance.choice(names)]
    return pieces


def changed_byte(chance: Chance, pieces: Pieces, other: Pieces) -> Pieces:
    """A byte becomes any other, or one bit of it changes."""
    at = chance.randrange(len(pieces))
    byte = pieces[at][0] ^ (1 << chance.randrange(8)) if chance.randrange(2) else 0
    pieces[at] = bytes([byte or chance.randrange(256)])
    return pieces


Operator = Callable[[Chance, Pieces, Pieces], Pieces]
ANYWHERE: tuple[Operator, ...] = (swapped, deleted, doubled, foreign, reversed_run)


def definitions(text: bytes) -> Pieces:
    """The text cut behind every `;` outside quotes, comments and braces."""
    pieces: Pieces = [b""]
    depth = 0
    for token in TOKEN.findall(text):
        depth += (token in (b"{", b"(", b"[")) - (token in (b"}", b")", b"]"))
        pieces[-1] += token
        if token == b";" and depth <= 0:
            pieces.append(b"")
            depth = 0
    return pieces


CUTS: dict[str, tuple[Callable[[bytes], Pieces], tuple[Operator, ...]]] = {
    "bytes": (lambda text: [bytes([b]) for b in text], (*ANYWHERE, changed_byte, changed_byte)),
    "tokens": (TOKEN.findall, (*ANYWHERE, renumbered, renumbered, reworded, reworded, exchanged)),
    "lines": (lambda text: text.splitlines(keepends=True), ANYWHERE),
    "definitions": (definitions, ANYWHERE),
}
"""What a text is cut in, and what may be done to the pieces."""


def mutated(chance: Chance, text: bytes, other: bytes, kind: str) -> bytes:
    """The text after one to four mutations of a kind, with pieces of another text at hand."""
    cut, operators = CUTS[kind]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        pieces, others = cut(text), cut(other)
        if pieces and others:
            text = b"".join(chance.choice(operators)(chance, pieces, others))
    return text
