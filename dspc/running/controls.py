"""Changes of controls, from the command line and from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any, cast

from dspc.messages import usage_error
from dspc.running.json_files import JsonFile, read_json
from dspc.support.diagnostics import DspcError, Span, warn

MOST_SECONDS = 1e6


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """The widget at `path` has `value` from `frame` on."""

    frame: int
    path: str
    value: float
    span: Span | None = field(default=None, compare=False)
    """The place of the value, if it is in a file."""


def widgets_of(instance: Any) -> Mapping[str, Any]:
    """The widgets of a running program by path; each has `kind`, `init`, `min`, `max`, ..."""
    widgets: Any = instance.widgets
    if callable(widgets):
        return cast("Mapping[str, Any]", widgets())
    return {widget.path: widget for widget in widgets}


def control_range(widget: Any) -> tuple[float, float]:
    """The least and the largest value of a control."""
    return (0.0, 1.0) if widget.kind.is_switch else (widget.min, widget.max)


def check_changes(changes: Iterable[Change], widgets: Mapping[str, Any]) -> None:
    """Warn of values outside of a control's range. They are taken as they are, as by Faust's hosts.

    `widgets` have `kind`, `min` and `max`. Raises DspcError E0016 for a meter or a sound file.
    """
    for change in changes:
        widget = widgets[change.path]
        if not widget.kind.is_control:
            is_meter = widget.kind.is_output
            kind = "a meter, which the program sets" if is_meter else "a sound file, not a number"
            error = usage_error(16, f"{change.path} is {kind}")
            error.span = change.span
            raise error
        low, high = control_range(widget)
        if not low <= change.value <= high:
            message = f"{change.path} is set to {change.value:g}, outside of {low:g} to {high:g}"
            warn(message, change.span)


def find_path(asked: str, paths: Iterable[str]) -> str:
    """The full path of a widget, given as a whole or by a unique suffix.

    Labels may be written as in the program, with the characters that paths replace. Raises
    DspcError E0016, exit status 2, where no path or several match; TypeError for other types.
    """
    if not isinstance(asked, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"a control is named by a text, not {asked!r}")
    known = list(paths)
    if asked in known:
        return asked
    from dspc.dialects.dsp.ui import path_text

    tail = "/" + path_text(asked).strip("/").lower()
    matches = [path for path in known if path.lower().endswith(tail)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        hint = "the matches are " + ", ".join(matches)
        raise usage_error(16, f"the control {asked} is ambiguous", hint)
    raise usage_error(16, f"unknown control {asked}", _near(asked, known))


def _near(asked: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    if not known:
        return "the program has no controls"
    # A name is compared with the last parts of paths: what is before them may be longer than it.
    near = get_close_matches(asked, known, 1, 0.6)
    labels = {path.rpartition("/")[2].lower(): path for path in reversed(known)}
    near += [labels[one] for one in get_close_matches(asked.lower(), labels, 1, 0.5)]
    return f"did you mean {near[0]}?" if near else "the controls are " + ", ".join(known[:20])


def read_settings(texts: Sequence[str], paths: Sequence[str]) -> list[Change]:
    """The changes of `--set path=value`, at frame 0."""
    changes: list[Change] = []
    for text in texts:
        path, equals, value = text.rpartition("=")
        if not equals:
            raise usage_error(16, f"--set takes path=value, not {text}")
        changes.append(Change(0, find_path(path, paths), read_number(value, f"--set {text}")))
    return changes


def read_presses(texts: Sequence[str], paths: Sequence[str], rate: int, block: int) -> list[Change]:
    """The changes of `--press path` (for one block, in frames) or `--press path=seconds`."""
    changes: list[Change] = []
    for text in texts:
        name, equals, seconds = text.rpartition("=")
        held = block
        if equals:
            length = read_number(seconds, f"--press {text}")
            if not 0 <= length <= MOST_SECONDS:
                raise usage_error(17, f"--press {text}: this is 0 to {MOST_SECONDS:g} seconds")
            held = round(length * rate)
        path = find_path(name if equals else text, paths)
        changes += [Change(0, path, 1.0), Change(max(1, held), path, 0.0)]
    return changes


def read_change_file(name: str, paths: Sequence[str], rate: int) -> list[Change]:
    """The changes of a JSON file, `{"path": value}` or `{"path": [[seconds, value], ...]}`.

    `rate` is in Hz. Raises DspcError E0016 and E0017.
    """
    file = read_json(name)
    if not isinstance(file.content, Mapping):
        raise file.fault("this is no JSON object of paths")
    changes: list[Change] = []
    for asked, points in cast(Mapping[str, Any], file.content).items():
        path = placed(file, asked, paths)
        for seconds, value in _points(file, points, asked):
            at = file.number(seconds, f"a time of {asked}", asked, 0)
            if at > MOST_SECONDS:
                raise file.fault(f"a time of {asked} is at most {MOST_SECONDS:g} s", asked)
            number = file.number(value, asked, asked)
            changes.append(Change(round(at * rate), path, number, file.fault("", asked).span))
    return changes


def placed(file: JsonFile, asked: str, paths: Sequence[str], start: int = 0) -> str:
    """As `find_path`; a fault has its place in the file."""
    try:
        return find_path(asked, paths)
    except DspcError as error:
        error.span = file.fault("", asked, start).span
        raise


def _points(file: JsonFile, points: Any, asked: str) -> list[tuple[Any, Any]]:
    if not isinstance(points, list):
        return [(0, points)]
    pairs = cast(list[Any], points)
    if any(not isinstance(pair, list) or len(cast(list[Any], pair)) != 2 for pair in pairs):
        raise file.fault(f"{asked}: over time it takes pairs of seconds and value", asked)
    return [(pair[0], pair[1]) for pair in pairs]


def read_number(text: Any, where: str) -> float:
    """The number that a text or JSON value denotes; raises DspcError E0017, with `where` in it."""
    try:
        number = float(text)
    except (TypeError, ValueError, OverflowError):
        number = inf
    if not isfinite(number):
        raise usage_error(17, f"{where}: {str(text)[:40]} is no number")
    return number
