"""Other people's Faust: every installed library and example parses, and mutants fail cleanly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dspc.frontends.faust.files import read_source
from dspc.frontends.faust.lexer import KEYWORDS, OPERATORS, lex
from dspc.frontends.faust.parser import parse
from dspc.support.diagnostics import DspcError, Source

INSTALLED = Path("/usr/share/faust")
LIBRARIES = sorted(INSTALLED.glob("*.lib"))
EXAMPLES = sorted(INSTALLED.glob("examples/**/*.dsp"))

PIECES = [
    *sorted(KEYWORDS), *OPERATORS, "a", "b", "process", "1", "2.5", '"s"', "<a.h>",
    "process = _;", "f(x) = x;", "with { a = 1; }", "/* c */", "<mdoc></mdoc>", "é", '"', "/*",
]  # fmt: skip


@pytest.mark.skipif(not LIBRARIES, reason="the Faust libraries are not installed")
@pytest.mark.parametrize("precision", ["single", "double"])
def test_libraries_parse(precision: str) -> None:
    counts = {
        path.name: len(parse(read_source(str(path)), precision).definitions)  # pyright: ignore[reportArgumentType]
        for path in LIBRARIES
    }
    assert {"ma", "ba", "fi", "os"} <= parse(
        read_source(f"{INSTALLED}/stdfaust.lib")
    ).definitions.keys()
    assert [name for name, count in counts.items() if not count] == ["all.lib"]


@pytest.mark.skipif(not EXAMPLES, reason="the Faust examples are not installed")
def test_examples_parse() -> None:
    for path in EXAMPLES:
        parse(read_source(str(path)))


def fault(source: Source) -> DspcError | None:
    try:
        parse(source)
    except DspcError as error:
        return error
    return None


def only_our_errors(text: str) -> None:
    """Parse; a fault must be ours, and its places must lie in the text."""
    source = Source("test.dsp", text)
    error = fault(source)
    if error is not None:
        assert error.span is not None
        for span in [error.span, *(note.span for note in error.notes if note.span)]:
            assert 0 <= span.start <= span.end <= len(text)
            line, column = source.line_col(span.start)
            assert line >= 1
            assert column >= 1


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    only_our_errors(text)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_tokens(pieces: list[str]) -> None:
    only_our_errors(" ".join(pieces))
    only_our_errors("process = " + " ".join(pieces) + ";")


@pytest.mark.fuzz
@pytest.mark.skipif(not EXAMPLES, reason="the Faust examples are not installed")
def test_mutated_examples() -> None:
    """Tokens dropped, doubled, swapped or replaced, with a fixed seed."""
    choose = random.Random(1)
    for path in EXAMPLES:
        tokens = lex(read_source(str(path))).texts
        for _ in range(4):
            mutant = list(tokens[:2000])
            at = choose.randrange(len(mutant))
            match choose.randrange(4):
                case 0:
                    del mutant[at]
                case 1:
                    mutant.insert(at, mutant[at])
                case 2:
                    other = choose.randrange(len(mutant))
                    mutant[at], mutant[other] = mutant[other], mutant[at]
                case _:
                    mutant[at] = choose.choice(PIECES)
            only_our_errors(" ".join(mutant))
