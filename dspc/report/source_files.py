"""The source files of a report, with the expressions that signals come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dspc.frontends.faust.files import read_source
from dspc.report.links import Links, Place
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from dspc.frontends.faust.elaborate import Elaboration
    from dspc.frontends.faust.signals import Sig

_AROUND = 2
"""Lines of a library that are shown before and after each that the program uses."""


def spans_of(elaboration: Elaboration, main: str) -> tuple[dict[str, str], dict[Place, int]]:
    """The text of the file `main` and of each that signals come from; the end of the longest
    expression at a place.

    Ends are counted in characters from the start of the text.
    """
    texts: dict[str, str] = {}
    with suppress(DspcError):  # a program that is given by its text has no file
        texts[main] = read_source(main).text
    ends: dict[Place, int] = {}
    seen: set[Sig] = set()
    waiting = list(elaboration.outputs)
    while waiting:
        signal = waiting.pop()
        if signal in seen:
            continue
        seen.add(signal)
        waiting += signal.args
        if signal.op == "feedback":
            waiting.append(elaboration.graph.definitions[signal])
        span = signal.span
        source = getattr(span, "source", None)
        if span is None or source is None:
            continue
        texts[source.name] = source.text
        place = (source.name, *source.line_col(span.start))
        ends[place] = max(ends.get(place, 0), span.end)
    return texts, ends


def source_files(
    main: str, texts: Mapping[str, str], ends: Mapping[Place, int], links: Links
) -> list[dict[str, Any]]:
    """The files, the program's first: parts of their text, with spans of keys.

    A part is a number of whole lines; of libraries only those near places that the module has.
    """
    places: dict[str, list[Place]] = {}
    for place in links.places:
        places.setdefault(place[0], []).append(place)
    files: list[dict[str, Any]] = []
    for name in sorted(texts, key=lambda one: (one != main, one)):
        starts = _line_starts(texts[name])
        spans: list[tuple[int, int, str]] = []
        for place in places.get(name, ()):
            start = starts[place[1] - 1] + place[2] - 1 if place[1] <= len(starts) else -1
            if start >= 0:
                spans.append((start, max(start + 1, ends.get(place, 0)), links.places[place]))
        if name != main and not spans:
            continue
        spans.sort(key=lambda span: (span[0], -span[1]))
        lines = [place[1] for place in places.get(name, ())]
        shown = range(1, len(starts) + 1) if name == main else _near(lines, len(starts))
        parts = _parts(texts[name], starts, shown)
        files.append({"name": name, "spans": spans, "parts": parts})
    return files


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for at, letter in enumerate(text):
        if letter == "\n":
            starts.append(at + 1)
    return starts


def _near(lines: Iterable[int], count: int) -> list[int]:
    """The lines near some, in order."""
    shown = {
        near
        for line in lines
        for near in range(max(1, line - _AROUND), min(count, line + _AROUND) + 1)
    }
    return sorted(shown)


def _parts(text: str, starts: list[int], shown: Iterable[int]) -> list[dict[str, Any]]:
    """Runs of consecutive lines: the number of the first, where it starts, and the text."""
    parts: list[dict[str, Any]] = []
    last = -1
    for line in shown:
        end = starts[line] if line < len(starts) else len(text)
        row = text[starts[line - 1] : end]
        if line == last + 1:
            parts[-1]["text"] += row
        else:
            parts.append({"line": line, "start": starts[line - 1], "text": row})
        last = line
    return parts
