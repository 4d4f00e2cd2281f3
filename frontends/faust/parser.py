"""Faust text to its syntax tree: statements and definitions, and the two entry points.

Faults raise `DspcError` with the codes E0101 to E0119 (docs/errors.md).
"""

from __future__ import annotations

from typing import Literal, NoReturn

from dspc.frontends.faust import ast
from dspc.frontends.faust.lexer import END, IDENT, KEYWORDS, MDOC, PRECISIONS, lex
from dspc.frontends.faust.parser_base import Rule, run
from dspc.frontends.faust.parser_expr import ExpressionParser
from dspc.frontends.faust.parser_prims import arguments, pattern_count_differs
from dspc.support.diagnostics import Note, Source, Span

Precision = Literal["single", "double", "quad", "fixed"]

_FILE_END = frozenset({END})


def parse(source: Source, precision: Precision = "single") -> ast.Statements:
    """The statements of a whole file. Definitions meant for another precision are left out."""
    parser = Parser(source, precision)
    return run(parser.statements(None, END))


def parse_expression(source: Source) -> ast.Expr:
    """The one expression that a text consists of."""
    parser = Parser(source, "single")
    result = run(parser.expression())
    if parser.kinds[parser.pos] != END:
        parser.unexpected("expected an operator or the end")
    return result


def parse_definition(source: Source, precision: Precision, start: int, end: int) -> ast.Definition:
    """The one clause of a definition at these characters of a file, its `;` left out."""
    return run(Parser(source, precision, start, end).definition())


class Parser(ExpressionParser):
    """The rules of statements and definitions, on top of those of expressions."""

    __slots__ = ("precision",)

    def __init__(
        self, source: Source, precision: Precision, start: int = 0, end: int | None = None
    ) -> None:
        super().__init__(lex(source, start, end))
        self.precision = precision

    def statements(self, opener: int | None, closer: str) -> Rule[ast.Statements]:
        result = ast.Statements()
        definitions: dict[str, ast.Definition] = {}
        result.definitions = definitions
        kinds = self.kinds
        while True:
            kind = kinds[self.pos]
            if kind == IDENT:
                self._add(definitions, (yield from self.definition()))
                continue
            if kind == closer:
                return result
            wanted = self._precision_wanted()
            kind = kinds[self.pos]
            if kind == "import":
                statement = self._import()
                if wanted:
                    result.imports.append(statement)
            elif kind == "declare":
                result.declares.append(self._declare())
            elif kind == MDOC:
                self.pos += 1
            else:
                if kind != IDENT:
                    self._no_statement(opener)
                definition = yield from self.definition()
                if wanted:
                    self._add(definitions, definition)

    def definitions(
        self, opener: int, closers: frozenset[str], primed: bool = False
    ) -> Rule[dict[str, ast.Definition]]:
        result: dict[str, ast.Definition] = {}
        while self.kinds[self.pos] not in closers:
            wanted = self._precision_wanted()
            kind = self.kinds[self.pos]
            if primed:
                self._prime_of_equation()
            elif kind != IDENT:
                self._no_definition(opener)
            definition = yield from self.definition()
            if wanted:
                self._add(result, definition)
        return result

    def definition(self) -> Rule[ast.Definition]:
        """`name = expression;` or `name(patterns) = expression;`, the cursor being at the name.

        Where the tokens are a part of a file, the last `;` may be missing.
        """
        at = self.pos
        start = self.starts[at]
        name = self.texts[at]
        kind = self.kinds[at + 1]
        self.pos = at + 2
        patterns: list[ast.Expr] = []
        if kind == "(":
            patterns = yield from arguments(self, at + 1)
            kind = self.kinds[self.pos]
            self.pos += 1
        if kind != "=":
            self.pos -= 1
            self.unexpected(f"expected `=` in the definition of `{name}`")
        body = yield self.expression()
        span = self.span_from(start)
        ending = self.kinds[self.pos]
        if ending != ";" and (ending != END or self.tokens.whole):
            self.missing_semicolon()
        self.pos += 1
        return ast.Definition(name, [ast.Rule(patterns, body, span)], span)

    def _add(self, definitions: dict[str, ast.Definition], new: ast.Definition) -> None:
        """Merge a new clause with those of its name."""
        old = definitions.setdefault(new.name, new)
        if old is new:
            return
        first, rule = old.rules[0], new.rules[0]
        if not first.patterns or not rule.patterns:
            self.fail(
                "E0109",
                f"`{new.name}` is defined twice",
                self._name_span(new),
                None,
                Note("the first definition", self._name_span(old)),
            )
        if len(first.patterns) != len(rule.patterns):
            pattern_count_differs(self, first, rule)
        old.rules.append(rule)

    def _name_span(self, definition: ast.Definition) -> Span:
        span = definition.span
        return span._replace(end=span.start + len(definition.name))

    def _precision_wanted(self) -> bool:
        """Read any precision prefixes; whether the definition is for the precision in force."""
        if self.kinds[self.pos] not in PRECISIONS:
            return True
        wanted = False
        while self.kinds[self.pos] in PRECISIONS:
            wanted = wanted or PRECISIONS[self.kinds[self.pos]] == self.precision
            self.pos += 1
        return wanted

    def _import(self) -> ast.Import:
        start = self.starts[self.pos]
        self.pos += 1
        opener = self.take("(")
        file = self.string()
        self.close(opener)
        self._semicolon()
        return ast.Import(file, self.span_from(start))

    def _declare(self) -> ast.Declare:
        start = self.starts[self.pos]
        self.pos += 1
        key = self.name().name
        function = None
        if self.kinds[self.pos] == IDENT:
            function, key = key, self.name().name
        value = self.string()
        self._semicolon()
        return ast.Declare(key, value, function, self.span_from(start))

    def _semicolon(self) -> None:
        if self.kinds[self.pos] != ";":
            self.missing_semicolon()
        self.pos += 1

    def _prime_of_equation(self) -> None:
        if self.kinds[self.pos] != "'":
            self.unexpected(
                "expected `'`", "an equation of `letrec` is written `'name = expression;`"
            )
        self.pos += 1
        self.name()
        self.pos -= 1

    def _no_definition(self, opener: int) -> NoReturn:
        kind = self.kinds[self.pos]
        if kind in ("import", "declare", MDOC):
            self.fail(
                "E0111",
                f"{'an ' if kind == MDOC else ''}{kind if kind == MDOC else f'`{kind}`'} "
                "cannot stand among local definitions",
                self.tokens.span(self.pos),
                "only files and `environment { }` hold such statements",
            )
        self._no_statement(opener)

    def _no_statement(self, opener: int | None) -> NoReturn:
        kind = self.kinds[self.pos]
        if kind in KEYWORDS and self.kinds[self.pos + 1] in ("=", "("):
            self.keyword_as_name()
        if kind == ";":
            self.unexpected("expected a definition", "remove this semicolon")
        if opener is not None and kind in (END, ")", "]", "}"):
            self.unclosed(opener, "a definition")
        self.unexpected("expected a definition")
