"""Errors that point at a place in the user's source; every level of the compiler raises these.

They live beside the dialects because front ends, passes and back ends all need them, and imports
point towards the dialects only. `dspc.diagnostics` renders them.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


@dataclass(eq=False, slots=False)
class Source:
    """One source text: its name as the user would write it, and its characters."""

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
    """A secondary remark of a diagnostic, with the place it speaks of, if it has one."""

    message: str
    span: Span | None = None


@dataclass(eq=False)
class DspcError(Exception):
    """A fault in the user's program or request, told once, without a traceback.

    `code` is stable (`E0101`); the list is in docs/errors.md. `exit_status` is the documented
    exit code: 1 for a fault in a program, 2 for a wrong command line or unreadable file.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    notes: list[Note] = field(default_factory=list[Note])
    exit_status: int = 1

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else ""
        return f"{where}error[{self.code}]: {self.message}"


class DspcWarning(UserWarning):
    """What a user may not have meant, though it can be done: Python's `warnings` carry it."""


def warn(message: str) -> None:
    """Warn of something; commands write it to standard error, once for the same message."""
    warnings.warn(message, DspcWarning, stacklevel=3)
