"""The base of every part of the parser: the cursor over the tokens, its faults, the trampoline.

Rules of the grammar are generators. A rule that needs a nested expression yields the generator of
that expression and is sent the finished node back, so nesting lives on an explicit stack in
`run` and never on Python's own.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import Any, NoReturn, TypeVar

from dspc.frontends.faust.ast import Definition, Expr, Ident, Statements
from dspc.frontends.faust.lexer import (
    BAD,
    END,
    FSTRING,
    IDENT,
    INT,
    KEYWORDS,
    MDOC,
    PRECISIONS,
    REAL,
    STRING,
    Tokens,
    string_value,
)
from dspc.support.diagnostics import DspcError, Note, Span

T = TypeVar("T")
Rule = Generator[Generator[Any, Expr, Expr], Expr, T]
"""A grammar rule under way, giving a `T`: yields nested expressions, is sent their nodes."""

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_SIGNS = frozenset({"+", "-", "*", "/", "%", "&", "|", "^", "@", "<", ">"})
_OPERAND_STARTS = (KEYWORDS | {IDENT, INT, REAL, "_", "!"}).difference(
    PRECISIONS, ("with", "letrec", "where", "import", "declare", "any")
)
_CAPITAL_EXPONENT = re.compile(r"[0-9.]+E[-+]?[0-9]*")
_STATEMENT_STARTS = frozenset({"import", "declare", MDOC, *PRECISIONS})


def run(rule: Rule[T]) -> T:
    """Drive a rule to its end, on an explicit stack."""
    stack: list[Rule[Any]] = []
    current: Rule[Any] = rule
    value: Any = None
    while True:
        try:
            nested = current.send(value)
        except StopIteration as stop:
            value = stop.value
            if not stack:
                return value
            current = stack.pop()
        else:
            stack.append(current)
            current = nested
            value = None


class Cursor(ABC):
    """A position in the tokens of a source; the rules of the subclasses advance it."""

    __slots__ = ("ends", "kinds", "pos", "source", "starts", "texts", "tokens")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.source = tokens.source
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.pos = 0

    @abstractmethod
    def expression(self, argument: bool = False) -> Rule[Expr]:
        """An expression; as an `argument`, one without a bare `,`, `with` or `letrec`."""

    @abstractmethod
    def definitions(
        self, opener: int, closers: frozenset[str], primed: bool = False
    ) -> Rule[dict[str, Definition]]:
        """The definitions, each with a `'` in front where `primed`, up to one of `closers`."""

    @abstractmethod
    def statements(self, opener: int | None, closer: str) -> Rule[Statements]:
        """The statements up to `closer`, which is left to be read."""

    def span_from(self, start: int) -> Span:
        """From character `start` to the end of the token read last."""
        return Span(self.source, start, self.ends[self.pos - 1])

    def take(self, kind: str) -> int:
        """Read one token of this kind; its index."""
        at = self.pos
        if self.kinds[at] != kind:
            self.unexpected(f"expected {_wanted(kind)}")
        self.pos = at + 1
        return at

    def close(self, opener: int) -> None:
        """Read the bracket that closes the one at token `opener`."""
        closer = _CLOSERS[self.kinds[opener]]
        if self.kinds[self.pos] != closer:
            self.unclosed(opener, closer)
        self.pos += 1

    def name(self) -> Ident:
        """Read a name."""
        at = self.pos
        kind = self.kinds[at]
        if kind != IDENT:
            if kind in KEYWORDS:
                self.keyword_as_name()
            self.unexpected("expected a name")
        self.pos = at + 1
        return Ident(self.tokens.span(at), self.texts[at])

    def string(self) -> str:
        """Read a string; its value."""
        return string_value(self.texts[self.take(STRING)])

    def file_string(self) -> str:
        """Read `<name.h>`, kept with its brackets, or a string, kept with its quotes."""
        if self.kinds[self.pos] == FSTRING:
            self.pos += 1
            return self.texts[self.pos - 1]
        return f'"{self.string()}"'

    def comma(self, opener: int) -> None:
        """Read the comma between two parts of a bracketed construct."""
        if self.kinds[self.pos] != ",":
            if self.kinds[self.pos] == ")":
                self.unexpected("expected `,` and another argument", opener=opener)
            self.unclosed(opener, ",")
        self.pos += 1

    # Faults -----------------------------------------------------------------------------------

    def fail(
        self, code: str, message: str, span: Span, hint: str | None = None, *notes: Note
    ) -> NoReturn:
        raise DspcError(code, message, span, hint, list(notes))

    def unexpected(
        self, wanted: str, hint: str | None = None, opener: int | None = None
    ) -> NoReturn:
        """The token at the cursor cannot stand here."""
        at = self.pos
        kind = self.kinds[at]
        if kind == BAD:
            self._unreadable()
        if kind == END:
            at = max(at - 1, 0)
        elif kind == IDENT and self._exponent_before(at):
            self._capital_exponent()
        elif at and self.kinds[at - 1] in _SIGNS and kind in _OPERAND_STARTS:
            self._sign_before_operand()
        notes = [] if opener is None else [self._opened_here(opener)]
        span = self._end_span() if kind == END else self.tokens.span(at)
        self.fail("E0101", f"{wanted}, found {self.describe(self.pos)}", span, hint, *notes)

    def unclosed(self, opener: int, wanted: str) -> NoReturn:
        """A bracketed construct went on to a token that cannot be in it."""
        kind = self.kinds[self.pos]
        if kind not in (END, ";", ")", "]", "}", "=") or self._exponent_before(self.pos):
            self.unexpected(f"expected `{wanted}`", opener=opener)
        bracket = self.kinds[opener]
        self.fail(
            "E0103",
            f"`{bracket}` is never closed: expected `{_CLOSERS[bracket]}`, "
            f"found {self.describe(self.pos)}",
            self._end_span() if kind == END else self.tokens.span(self.pos),
            None,
            self._opened_here(opener),
        )

    def missing_semicolon(self) -> NoReturn:
        """A definition's expression ended, but at something other than its `;`."""
        kind = self.kinds[self.pos]
        opener = self._innermost_open()
        closes = opener is not None and _CLOSERS[self.kinds[opener]] == kind
        if closes or kind == END or kind in _STATEMENT_STARTS or self._starts_definition():
            end = self.ends[max(self.pos - 1, 0)]
            self.fail(
                "E0102",
                f"missing `;` before {self.describe(self.pos)}",
                Span(self.source, max(end - 1, 0), end),
                "every statement ends with a semicolon",
            )
        if opener is None and kind in (")", "]", "}"):
            self.unexpected("expected `;`", f"no bracket is open here that `{kind}` could close")
        self.unexpected("expected an operator or `;`")

    def keyword_as_name(self) -> NoReturn:
        word = self.texts[self.pos]
        self.fail(
            "E0106",
            f"`{word}` is a word of the language and cannot be a name",
            self.tokens.span(self.pos),
            f"choose another name, for instance `{word}_` or `my_{word}`",
        )

    def describe(self, at: int) -> str:
        """The token at index `at` in words."""
        kind = self.kinds[at]
        if kind == END:
            return "the end of the file"
        if kind in (MDOC, BAD):
            return f"an {kind}" if kind == MDOC else kind
        text = self.texts[at]
        shown = text if len(text) <= 32 else f"{text[:29]}..."
        return f"`{shown}`" if kind == text else f"{kind} `{shown}`"

    def _starts_definition(self) -> bool:
        """Whether a definition of a name, on a line of its own, seems to begin at the cursor."""
        at = self.pos
        if self.kinds[at] != IDENT:
            return False
        if self.kinds[at + 1] == "=":
            return True
        between = self.source.text[self.ends[at - 1] : self.starts[at]]
        return self.kinds[at + 1] == "(" and "\n" in between

    def _exponent_before(self, at: int) -> bool:
        """Whether token `at` is the `E3` of a `1E3`."""
        text = self.texts[at]
        return (
            at > 0
            and self.kinds[at - 1] in (INT, REAL)
            and self.starts[at] == self.ends[at - 1]
            and text[:1] == "E"
            and (text[1:].isdigit() or (len(text) == 1 and self.kinds[at + 1] in ("+", "-")))
        )

    def _capital_exponent(self) -> NoReturn:
        start = self.starts[self.pos - 1]
        written = _CAPITAL_EXPONENT.match(self.source.text, start)
        text = written[0] if written else self.texts[self.pos - 1]
        hint = f"write the exponent with a small e: `{text.lower()}`"
        span = Span(self.source, start, start + len(text))
        self.fail("E0108", f"`{text}` is no number", span, hint)

    def _sign_before_operand(self) -> NoReturn:
        sign, operand = self.texts[self.pos - 1], self.texts[self.pos]
        hint = f"write `0 - {operand}`" if sign == "-" else f"write `{sign}({operand})`"
        self.fail(
            "E0107",
            f"`{sign}` cannot stand in front of {self.describe(self.pos)}: without a left operand "
            "it is the operation itself, which takes two inputs",
            Span(self.source, self.starts[self.pos - 1], self.ends[self.pos]),
            hint,
        )

    def _innermost_open(self) -> int | None:
        """The token of the bracket that is still open at the cursor, if one is."""
        opened: list[int] = []
        for at, kind in enumerate(self.kinds[: self.pos]):
            if kind in _CLOSERS:
                opened.append(at)
            elif opened and kind == _CLOSERS[self.kinds[opened[-1]]]:
                opened.pop()
        return opened[-1] if opened else None

    def _unreadable(self) -> NoReturn:
        at = self.pos
        text = self.texts[at]
        start = self.starts[at]
        for opening, name, closing in (
            ('"', "string", '"'),
            ("/*", "comment", "*/"),
            ("<mdoc>", "documentation block", "</mdoc>"),
        ):
            if text.startswith(opening):
                span = Span(self.source, start, start + len(opening))
                hint = f"it begins here and needs `{closing}` at its end"
                self.fail("E0105", f"this {name} never ends", span, hint)
        name = text if text.isprintable() else f"U+{ord(text):04X}"
        hint = "letters beyond ASCII may only stand in strings and comments"
        self.fail("E0104", f"unknown character `{name}`", self.tokens.span(at), hint)

    def _end_span(self) -> Span:
        """The last character before the end of the text."""
        end = self.ends[max(self.pos - 1, 0)]
        return Span(self.source, max(end - 1, 0), end)

    def _opened_here(self, opener: int) -> Note:
        return Note(f"`{self.kinds[opener]}` was opened here", self.tokens.span(opener))


def _wanted(kind: str) -> str:
    return f"a {kind}" if kind in (STRING, IDENT) else f"`{kind}`"
