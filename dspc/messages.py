"""Rendering of diagnostics: as text with a caret, or as one JSON object a line."""

from __future__ import annotations

import json
import warnings
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from dspc.support.diagnostics import DspcError, DspcWarning, Note, Span

ErrorFormat = Literal["text", "json"]

_OF_SEVERAL_LINES = ("E0721",)
"""Codes whose messages quote another compiler."""
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), 127)} | {9: "\t", 10: "\\n"}
"""Escapes of the control characters in file names and other quoted text."""
_WIDTH = 100
"""Characters shown of a source line; longer lines are cut around the caret."""


def render(error: DspcError, form: ErrorFormat = "text", program: str = "dspc") -> str:
    """The diagnostic, without a final newline.

    `program` is printed in place of the position of a diagnostic without span.
    """
    return _json(error) if form == "json" else _text(error, program)


def usage_error(
    number: int, message: str, hint: str | None = None, notes: Sequence[Note] = ()
) -> DspcError:
    """A diagnostic of the command line or of a file that it names: E00xx, exit status 2."""
    return DspcError(f"E{number:04}", message, None, hint, list(notes), 2)


def _text(error: DspcError, program: str) -> str:
    where = str(error.span) if error.span else program
    is_quoted = error.code in _OF_SEVERAL_LINES
    message = error.message if is_quoted else error.message.translate(_VISIBLE)
    lines = [f"{where.translate(_VISIBLE)}: error[{error.code}]: {message}"]
    if error.span:
        lines += _excerpt(error.span)
    if error.hint:
        lines.append(f"  hint: {error.hint.translate(_VISIBLE)}")
    for note in error.notes:
        lines.append(f"  note: {f'{note.span}: ' if note.span else ''}{note.message}")
        if note.span and note.span is not error.span:
            lines += _excerpt(note.span)
    return "\n".join(lines)


def _excerpt(span: Span) -> list[str]:
    """The source line and the caret line below it; empty where the source line is blank."""
    number, column = span.source.line_col(span.start)
    line = span.source.line_text(number)
    if not line.strip():
        return []
    start = column - 1
    length = max(1, min(span.end - span.start, len(line) - start))
    cut = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH]
    start -= cut
    length = max(1, min(length, len(shown) - start))
    # Tabs of the source line are repeated in the caret line, so that both have the same columns.
    indent = "".join("\t" if c == "\t" else " " for c in shown[:start])
    gutter = f"{number:5} | "
    return [gutter + shown, f"{'':5} | {indent}{'^' * length}"]


def _json(error: DspcError) -> str:
    record: dict[str, Any] = {
        "severity": "error",
        "code": error.code,
        "message": error.message,
        **_place(error.span),
        "hint": error.hint,
        "notes": [{"message": note.message, **_place(note.span)} for note in error.notes],
    }
    # ASCII only: valid in every locale, and for file names that are not valid text.
    return json.dumps(record)


def _place(span: Span | None) -> Mapping[str, Any]:
    if span is None:
        return {"file": None}
    line, column = span.source.line_col(span.start)
    end_line, end_column = span.source.line_col(max(span.start, span.end))
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "source_line": span.source.line_text(line),
    }


@contextmanager
def warnings_shown(program: str) -> Generator[None]:
    """Have warnings written to standard error in a line each: `PROGRAM: warning: MESSAGE`.

    The place in the program, FILE:LINE:COLUMN, stands instead of PROGRAM where there is one.
    """
    from dspc.output import write_stderr

    shown: set[str] = set()
    show = warnings.showwarning

    def show_once(
        message: Warning | str, category: type[Warning], *place: Any, **more: Any
    ) -> None:
        if not isinstance(message, DspcWarning):
            show(message, category, *place, **more)
            return
        where = f"{message.span}".translate(_VISIBLE) if message.span else program
        line = f"{where}: warning: {message}\n"
        if line not in shown:
            shown.add(line)
            write_stderr(line)

    with warnings.catch_warnings():
        warnings.simplefilter("always", DspcWarning)
        warnings.showwarning = show_once
        yield
