"""Source locations of ops, for errors that are detected after the front end."""

from __future__ import annotations

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Operation

from dspc.dialects.diagnostics import DspcError, Source, Span

_LARGEST = 1 << 24


def span_of(op: Operation) -> Span | None:
    """The source span that an op was compiled from; None if it is unknown or not in a file."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return None
    try:
        with open(place.filename.data, encoding="utf-8") as file:
            text = file.read(_LARGEST)
    except (OSError, UnicodeDecodeError):
        return None
    source = Source(place.filename.data, text)
    line, column = place.line.data, place.column.data
    if not 1 <= line <= len(source.line_starts):
        return None
    start = source.line_starts[line - 1] + column - 1
    return Span(source, start, start) if start <= len(text) else None


def placed(error: DspcError, op: Operation) -> DspcError:
    """The error, told at the place of `op` where it has none of its own."""
    if error.span is None:
        error.span = span_of(op)
    return error


def location_text(op: Operation) -> str | None:
    """The source location of an op as `file:line:column`; None if it is unknown."""
    place = op.location
    if not isinstance(place, FileLineColLoc):
        return None
    return f"{place.filename.data}:{place.line.data}:{place.column.data}"
