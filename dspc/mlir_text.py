"""MLIR text from outside: read within bounds, verified, and each fault at its place."""

from __future__ import annotations

import re

from xdsl.context import Context
from xdsl.dialects.builtin import FileLineColLoc, IntAttr, ModuleOp, StringAttr, UnknownLoc
from xdsl.ir import Operation
from xdsl.parser import Parser, ParserState
from xdsl.utils.exceptions import ParseError
from xdsl.utils.lexer import Input
from xdsl.utils.mlir_lexer import MLIRLexer

from dspc.pipelines.verification import find_fault, message_of
from dspc.support.diagnostics import DspcError, Source, Span
from dspc.support.schema import excess


class MlirText:
    """One text and the module that it holds."""

    def __init__(self, text: str, name: str) -> None:
        self.source = Source(name, text)
        self._places: dict[Operation, Span] = {}

    def read(self, context: Context, is_module_implied: bool = True) -> ModuleOp:
        """The module; raises DspcError E0020 for text that cannot be parsed."""
        text = self.source.text
        fault = excess(text, "[{(")
        if fault is not None:
            raise DspcError("E0020", fault.message, self._span(fault.offset, fault.offset + 1))
        parser = _Parser(context, text, self.source.name, self)
        try:
            return parser.parse_module(is_module_implied)
        except ParseError as error:
            raise DspcError(
                "E0020", error.msg, self._span(error.span.start, error.span.end)
            ) from None
        except DspcError:
            raise
        except Exception as error:
            # Constructors of attributes and ops raise various exceptions for invalid parts.
            at = parser.place()
            raise DspcError("E0020", f"this cannot be read: {message_of(error)}", at) from None

    def verify(self, module: ModuleOp) -> None:
        """Raise DspcError E0021 for the first op that is invalid or uses an undefined value."""
        fault = find_fault(module)
        if fault is not None:
            raise self._invalid(*fault)

    def keep(self, op: Operation, start: int, end: int) -> None:
        """Keep an op's place in the text; faults of later passes are reported there, too."""
        span = self._places[op] = self._span(start, end)
        if isinstance(op.location, UnknownLoc):
            op.location = FileLineColLoc(
                StringAttr(self.source.name), IntAttr(span.line), IntAttr(span.column)
            )

    def place(self, module: ModuleOp) -> None:
        """Place a module that the text does not write at the text's beginning."""
        if module not in self._places:
            self.keep(module, 0, 1)

    def _invalid(self, op: Operation, message: str) -> DspcError:
        at: Operation | None = op
        while at is not None and at not in self._places:
            at = at.parent_op()
        span = self._places[at] if at is not None else self._span(0, 1)
        return DspcError("E0021", f"the module is invalid: {message}", span)

    def _span(self, start: int, end: int) -> Span:
        end = min(end, len(self.source.text))
        return Span(self.source, min(start, end), end)


class _Lexer(MLIRLexer):
    """xDSL's lexer. Its regular expression of strings takes exponential time where the closing
    quote is missing; with possessive quantifiers it matches the same strings in linear time."""

    _unescaped_characters_regex = re.compile(r'"(?:[^"\\\n\v\f]++|\\(?:["nt\\]|[0-9A-Fa-f]{2}))*+"')


class _Parser(Parser):
    """xDSL's parser, which remembers where each op began."""

    def __init__(self, context: Context, text: str, name: str, kept: MlirText) -> None:
        super().__init__(context, text, name)
        self._parser_state = ParserState(_Lexer(Input(text, name)))
        self._kept = kept

    def parse_operation(self) -> Operation:
        start = self._current_token.span
        op = super().parse_operation()
        self._kept.keep(op, start.start, start.end)
        return op

    def place(self) -> Span:
        """The token that the parser stands at."""
        span = self._current_token.span
        return self._kept._span(span.start, max(span.end, span.start + 1))
