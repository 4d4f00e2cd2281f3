"""Errors with a source location, raised by every level of the compiler.

They are defined in this layer because front ends, passes and back ends all raise them and the
dialects are the lowest layer. `dspc.messages` renders them.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


@dataclass(eq=False, slots=False)
class Source:
    """A source text and its name as the user wrote it."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def line_col(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        starts = self.line_starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.line_col(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.line_col(self.start)[1]

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Note:
    """A secondary message of a diagnostic, with the source location it refers to, if any."""

    message: str
    span: Span | None = None


@dataclass(eq=False)
class DspcError(Exception):
    """An error in the user's program or request, reported once and without a traceback.

    `code` is stable (`E0101`) and listed in docs/errors.md. `message` is one sentence, `span` the
    place in the source, if the error has one, `hint` what to do; `notes` are further messages, with
    places of their own. `exit_status` is the exit code of the commands: 1 for an error in a
    program, 2 for a wrong command line or an unreadable file.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    notes: list[Note] = field(default_factory=list[Note])
    exit_status: int = 1

    def __post_init__(self) -> None:
        # Tracebacks show notes, so that the hint is seen in Python as well.
        if self.hint:
            self.add_note(f"hint: {self.hint}")

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else ""
        return f"{where}error[{self.code}]: {self.message}"


class DspcWarning(UserWarning):
    """A warning of a request that a user may not have meant; Python's `warnings` carry it.

    `span` is the place in the program, where there is one.
    """

    span: Span | None = None


def warn(message: str, span: Span | None = None) -> None:
    """Warn of something; commands write it to standard error, once for the same message."""
    global _warnings
    _warnings += 1
    warning = DspcWarning(message)
    warning.span = span
    warnings.warn(warning, stacklevel=3)


def warnings_given() -> int:
    """How often `warn` was called in this process."""
    return _warnings


_warnings = 0
