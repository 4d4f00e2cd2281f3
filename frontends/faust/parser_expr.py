"""Expressions: an operator-precedence parser with its own stack.

From loosest to tightest, with the side on which equals group:

    with letrec   left      <: :> +>   right     :          right     ,          right
    ~             left      < <= > >= == !=  left
    + - |         left      * / % & xor << >>  left         ^         left       @   left
    '   .name   (arguments)   [definitions]    postfix

There is no unary minus but in front of a number or a name; any operator sign that stands where an
operand is wanted is the primitive itself.
"""

from __future__ import annotations

from abc import ABC
from typing import Final, NoReturn, cast

from dspc.frontends.faust import ast
from dspc.frontends.faust.lexer import (
    IDENT,
    INT,
    REAL,
    STRING,
    WORD_PRIMITIVES,
    integer_value,
    real_value,
    wrap32,
)
from dspc.frontends.faust.parser_base import Cursor, Rule
from dspc.frontends.faust.parser_prims import CONSTRUCTS, arguments
from dspc.support.diagnostics import Span

SPLIT, SEQ, PAR, REC, COMPARE, ADD, MUL, POW, DELAY = range(1, 10)

_LEVELS: Final = {
    **dict.fromkeys(("<:", ":>", "+>"), SPLIT),
    ":": SEQ,
    ",": PAR,
    "~": REC,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), COMPARE),
    **dict.fromkeys(("+", "-", "|"), ADD),
    **dict.fromkeys(("*", "/", "%", "&", "xor", "<<", ">>"), MUL),
    "^": POW,
    "@": DELAY,
}
_Binary = dict[str, tuple[int, int]]
_BINARY: Final[_Binary] = {
    # operator: (its level, the lowest level that is closed before it comes)
    op: (level, level + 1 if level <= PAR else level)
    for op, level in _LEVELS.items()
}
_BINARY_IN_ARGUMENT: Final[_Binary] = {op: levels for op, levels in _BINARY.items() if op != ","}

_SIGNS = ("+", "-", "*", "/", "%", "&", "|", "^", "@", "<<", ">>", "<", "<=", ">", ">=", "==", "!=")
PRIMITIVES: Final = {
    **{word: word for word in (*WORD_PRIMITIVES, *_SIGNS, "_", "!")},
    "'": "mem",
}
"""Token kind to the primitive's name, where an operand is wanted."""

_BLOCK_WORDS = ("with", "letrec")
_BLOCK_END = frozenset({"}"})
_SUBSTITUTION_END = frozenset({"]"})
_LETREC_EQUATIONS_END = frozenset({"}", "where"})

_Pending = list[tuple[int, str, ast.Expr, int]]


class ExpressionParser(Cursor, ABC):
    """The rules of expressions."""

    __slots__ = ()

    def expression(self, argument: bool = False) -> Rule[ast.Expr]:
        binary = _BINARY_IN_ARGUMENT if argument else _BINARY
        kinds = self.kinds
        pending: _Pending = []
        while True:
            start = self.starts[self.pos]
            node = self._leaf() or (yield from self._operand())
            kind = kinds[self.pos]
            while kind in _POSTFIX:
                node = yield from _POSTFIX[kind](self, node, start)
                kind = kinds[self.pos]
            while not argument and kind in _BLOCK_WORDS:
                if pending:
                    node, start = self._reduce(pending, 0, node, start)
                node = yield from self._block(node, start)
                kind = kinds[self.pos]
                if kind in binary and binary[kind][0] > REC:
                    self.unexpected("expected `;`", "put the part up to here in parentheses")
            levels = binary.get(kind)
            if levels is None:
                return self._reduce(pending, 0, node, start)[0] if pending else node
            level, closed = levels
            if pending and pending[-1][0] >= closed:
                node, start = self._reduce(pending, closed, node, start)
            pending.append((level, kind, node, start))
            self.pos += 1

    def _reduce(
        self, pending: _Pending, closed: int, node: ast.Expr, start: int
    ) -> tuple[ast.Expr, int]:
        """Close the pending operators down to level `closed`, their last operand being `node`."""
        source = self.source
        end = self.ends[self.pos - 1]
        while pending and pending[-1][0] >= closed:
            level, op, left, start = pending.pop()
            span = Span(source, start, end)
            if level <= REC:
                node = ast.Compose(
                    span, ":>" if op == "+>" else cast("ast.Composition", op), left, node
                )
            else:
                node = ast.Infix(span, op, left, node)
        return node, start

    def _leaf(self) -> ast.Expr | None:
        """An operand of one token (or a number with its sign), if one is at the cursor."""
        at = self.pos
        kind = self.kinds[at]
        span = Span(self.source, self.starts[at], self.ends[at])
        self.pos = at + 1
        if kind == IDENT:
            return ast.Ident(span, self.texts[at])
        if kind == INT:
            return ast.Int(span, integer_value(self.texts[at]))
        if kind == REAL:
            return ast.Real(span, real_value(self.texts[at]))
        if kind in PRIMITIVES:
            return self._signed(at, kind) or ast.Prim(span, PRIMITIVES[kind])
        self.pos = at
        return None

    def _signed(self, at: int, sign: str) -> ast.Expr | None:
        """`-name`, or a number with its sign, whose sign has just been read."""
        if sign not in ("+", "-"):
            return None
        after = self.kinds[at + 1]
        span = Span(self.source, self.starts[at], self.ends[at + 1])
        if after == INT:
            value = integer_value(self.texts[at + 1])
            node = ast.Int(span, wrap32(-value) if sign == "-" else value)
        elif after == REAL:
            value = real_value(self.texts[at + 1])
            node = ast.Real(span, -value if sign == "-" else value)
        elif after == IDENT and sign == "-":
            node = ast.Negate(span, ast.Ident(self.tokens.span(at + 1), self.texts[at + 1]))
        else:
            return None
        self.pos = at + 2
        return node

    def _operand(self) -> Rule[ast.Expr]:
        """An operand in brackets, or one that begins with a word."""
        at = self.pos
        kind = self.kinds[at]
        if kind == "(":
            self.pos = at + 1
            node = yield self.expression()
            self.close(at)
            return node
        construct = CONSTRUCTS.get(kind)
        if construct is None:
            self._no_operand()
        self.pos = at + 1
        return (yield from construct(self, at))

    def _no_operand(self) -> NoReturn:
        kind = self.kinds[self.pos]
        if kind == ")" and self.pos and self.kinds[self.pos - 1] == "(":
            self.unexpected("expected an expression", "parentheses cannot be empty")
        if kind == STRING:
            self.unexpected(
                "expected an expression", "a string is no expression; a label or a file name is"
            )
        self.unexpected("expected an expression")

    def _prime(self, node: ast.Expr, start: int) -> Rule[ast.Expr]:
        self.pos += 1
        return ast.Postfix(self.span_from(start), node)
        yield  # a rule without nested expressions is a generator all the same

    def _access(self, node: ast.Expr, start: int) -> Rule[ast.Expr]:
        self.pos += 1
        name = self.name().name
        return ast.Access(self.span_from(start), node, name)
        yield

    def _call(self, node: ast.Expr, start: int) -> Rule[ast.Expr]:
        self.pos += 1
        operands = yield from arguments(self, self.pos - 1)
        return ast.Apply(self.span_from(start), node, operands)

    def _substitute(self, node: ast.Expr, start: int) -> Rule[ast.Expr]:
        opener = self.pos
        self.pos += 1
        definitions = yield from self.definitions(opener, _SUBSTITUTION_END)
        self.close(opener)
        return ast.Substitute(self.span_from(start), node, list(definitions.values()))

    def _block(self, node: ast.Expr, start: int) -> Rule[ast.Expr]:
        """`with { ... }` or `letrec { ... where ... }` behind `node`."""
        recursive = self.kinds[self.pos] == "letrec"
        self.pos += 1
        opener = self.take("{")
        if not recursive:
            local = yield from self.definitions(opener, _BLOCK_END)
            self.close(opener)
            return ast.With(self.span_from(start), node, list(local.values()))
        equations = yield from self.definitions(opener, _LETREC_EQUATIONS_END, primed=True)
        where: dict[str, ast.Definition] = {}
        if self.kinds[self.pos] == "where":
            self.pos += 1
            where = yield from self.definitions(opener, _BLOCK_END)
        self.close(opener)
        span = self.span_from(start)
        return ast.LetRec(span, node, list(equations.values()), list(where.values()))


_POSTFIX: Final = {
    "'": ExpressionParser._prime,  # pyright: ignore[reportPrivateUsage]
    ".": ExpressionParser._access,  # pyright: ignore[reportPrivateUsage]
    "(": ExpressionParser._call,  # pyright: ignore[reportPrivateUsage]
    "[": ExpressionParser._substitute,  # pyright: ignore[reportPrivateUsage]
}
