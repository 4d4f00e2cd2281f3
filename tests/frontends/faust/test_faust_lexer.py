"""Tokens and their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dspc.frontends.faust.lexer import (
    BAD,
    END,
    FSTRING,
    IDENT,
    INT,
    MDOC,
    REAL,
    STRING,
    integer_value,
    lex,
    string_value,
)
from dspc.support.diagnostics import Source


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", [END]),
        ("  \n\t", [END, END]),
        ("1. .5 1e3 1f 1.5f 1.e-3 2.5e+3f", [REAL] * 7 + [END]),
        ("1 007 2147483648", [INT] * 3 + [END]),
        ("1E3", [INT, IDENT, END]),
        ("a _a __a1 a_b a::b::c ::d", [IDENT] * 6 + [END]),
        ("_ _1", ["_", "_", INT, END]),
        ("sin sinus int integer with without", ["sin", IDENT, "int", IDENT, "with", IDENT, END]),
        ("<:>>=:>+><<->", ["<:", ">>", "=", ":>", "+>", "<<", "->", END]),
        ("a<b>c", [IDENT, FSTRING, IDENT, END]),
        ("a<b.h>c", [IDENT, FSTRING, IDENT, END]),
        ("a<b.hpp>c", [IDENT, "<", IDENT, ".", IDENT, ">", IDENT, END]),
        ("a<1", [IDENT, "<", INT, END]),
        ('"a\nb" ""', [STRING, STRING, END]),
        ('"abc', [BAD, END]),
        ("// to the end", [END]),
        ("a // to the end\nb", [IDENT, IDENT, END]),
        ("a /* b \n * c **/ d /**/ e", [IDENT, IDENT, IDENT, END]),
        ("a /* b", [IDENT, BAD, END]),
        ('<mdoc> 1 + " é </mdoc> a', [MDOC, IDENT, END]),
        ("<mdoc> a", [BAD, END]),
        ("a é $", [IDENT, BAD, BAD, END]),
        ("a'.b", [IDENT, "'", ".", IDENT, END]),
        ("a::b:::c", [IDENT, ":", IDENT, END]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [kind for kind in lex(Source("t", text)).kinds if kind != END] == [
        kind for kind in kinds if kind != END
    ]


def test_places_of_a_part() -> None:
    source = Source("t", "first = 1; second = 2;")
    tokens = lex(source, 11, 21)
    assert tokens.texts == ["second", "=", "2", ""]
    assert [source.text[slice(*tokens.span(i)[1:])] for i in range(3)] == ["second", "=", "2"]


@given(st.text(alphabet="aé_1.e+<>:=/*\"\n ;'()", max_size=60))
def test_tokens_and_blanks_make_up_the_text(text: str) -> None:
    tokens = lex(Source("t", text))
    assert tokens.kinds[-1] == END
    end = 0
    for token, start, stop in zip(tokens.texts, tokens.starts, tokens.ends, strict=True):
        assert end <= start <= stop
        assert text[start:stop] == token
        blank = text[end:start]
        assert not blank.strip() or blank.lstrip().startswith(("//", "/*"))
        end = stop


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2147483647", 2147483647),
        ("2147483648", -2147483648),
        ("4294967295", -1),
        ("4294967296", 0),
        ("1" + "0" * 9999, 0),
        ("7" * 9999, (int("7" * 32) + 2**31) % 2**32 - 2**31),
    ],
)
def test_integers_wrap(text: str, value: int) -> None:
    assert integer_value(text) == value


def test_line_ends_in_strings_read_as_spaces() -> None:
    assert string_value('"a\nb\r\nc\td\\n"') == "a b  c d\\n"
