"""Faust's options beside those of `dspc`: what each does here, as one table.

docs/faust_options.md is printed from the table; a test compares it with `faust -h`. The options are
those of Faust 2.54.9 and of the 2.8x series.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dspc.options.faust_option_rows import ACCEPTED_ROWS, REFUSED_ROWS, RENAMED_ROWS


@dataclass(frozen=True, slots=True)
class FaustOption:
    """An option of Faust's: its spellings, the number of its values, and why it is so treated.

    `instead` are the words that take its place on the command line.
    """

    names: tuple[str, ...]
    values: int
    why: str
    instead: tuple[str, ...] = ()

    @property
    def spellings(self) -> Iterator[str]:
        """All names; short ones are accepted with two dashes as well."""
        yield self.names[0]
        yield f"-{self.names[0]}"
        yield from self.names[1:]


ACCEPTED = tuple(
    FaustOption(tuple(names.split()), values, why) for names, values, why in ACCEPTED_ROWS
)
"""Options that are accepted without effect."""
RENAMED = tuple(
    FaustOption(tuple(names.split()), 0, why, tuple(instead.split()))
    for names, instead, why in RENAMED_ROWS
)
"""Options for which dspc has another name."""
REFUSED = tuple(FaustOption(tuple(names.split()), 0, why) for names, why in REFUSED_ROWS)
"""Options that are refused; `why` says what to do instead."""


def without_accepted(arguments: Sequence[str], own: Collection[str] = ()) -> list[str]:
    """The arguments without the options of `ACCEPTED` and their values, and others renamed.

    `own` are the names of the command's own options, which keep their meaning.
    """
    dropped = {name: row for row in ACCEPTED for name in row.spellings if name not in own}
    renamed = {name: row for row in RENAMED for name in row.spellings}
    remaining: list[str] = []
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word == "--":
            return [*remaining, *arguments[at:]]
        name, equals, _ = word.partition("=")
        if name in dropped:
            at += 1 if equals else 1 + dropped[name].values
            continue
        remaining += renamed[name].instead if name in renamed else (word,)
        at += 1
    return remaining


def without_repeated_file(arguments: Sequence[str], valued: Collection[str]) -> list[str]:
    """The arguments with a FILE that is given several times given once.

    `valued` are the options that take a value.
    """
    remaining: list[str] = []
    files: set[str] = set()
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word == "--":
            return [*remaining, *arguments[at:]]
        at += 1
        if word.startswith("-") and word != "-":
            remaining.append(word)
            if word in valued:
                remaining += arguments[at : at + 1]
                at += 1
            continue
        path = os.path.abspath(word)
        if path not in files:
            remaining.append(word)
        files.add(path)
    return remaining


def advice_for(name: str) -> str | None:
    """What to do instead of a refused option of Faust's; None for any other option."""
    return next((row.why for row in REFUSED if name in row.spellings), None)
