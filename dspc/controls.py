"""Values for a program's widgets, at the start and over time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from dspc.diagnostics import usage_error


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """From `frame` on the widget at `path` has `value`."""

    frame: int
    path: str
    value: float


def find_path(asked: str, paths: Iterable[str]) -> str:
    """The full path of the widget meant: itself, or the only one that ends so.

    Raises DspcError E0016, exit status 2, where none or several do.
    """
    known = list(paths)
    if asked in known:
        return asked
    tail = "/" + asked.strip("/").lower()
    found = [path for path in known if path.lower().endswith(tail)]
    if len(found) == 1:
        return found[0]
    if found:
        raise usage_error(16, f"several controls end in {asked}", "there are " + ", ".join(found))
    raise usage_error(16, f"there is no control {asked}", _near(asked, known))


def _near(asked: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    if not known:
        return "the program has no controls"
    near = get_close_matches(asked, known, 1, 0.4)
    return f"did you mean {near[0]}?" if near else "there are " + ", ".join(known[:20])


def read_settings(texts: Sequence[str], paths: Sequence[str]) -> list[Change]:
    """The changes of `--set path=value` options: at frame 0."""
    changes: list[Change] = []
    for text in texts:
        path, equals, value = text.rpartition("=")
        if not equals:
            raise usage_error(16, f"--set takes path=value, not {text}")
        changes.append(Change(0, find_path(path, paths), read_number(value, f"--set {text}")))
    return changes


def read_presses(texts: Sequence[str], paths: Sequence[str], rate: int, block: int) -> list[Change]:
    """The changes of `--press path` (down for one block) or `--press path=seconds`."""
    changes: list[Change] = []
    for text in texts:
        name, equals, seconds = text.rpartition("=")
        held = round(read_number(seconds, f"--press {text}") * rate) if equals else block
        path = find_path(name if equals else text, paths)
        changes += [Change(0, path, 1.0), Change(max(1, held), path, 0.0)]
    return changes


def read_change_file(name: str, paths: Sequence[str], rate: int) -> list[Change]:
    """The changes in a JSON file: `{"path": value}` or `{"path": [[seconds, value], ...]}`."""
    content = read_json(name)
    if not isinstance(content, Mapping):
        raise usage_error(17, f"{name}: is no JSON object of paths")
    changes: list[Change] = []
    for asked, points in cast(Mapping[str, Any], content).items():
        path = find_path(asked, paths)
        where = f"{name}: {asked}"
        for seconds, value in _points(points, where):
            at = round(read_number(seconds, where) * rate)
            changes.append(Change(max(0, at), path, read_number(value, where)))
    return changes


def read_json(name: str) -> Any:
    """The contents of a JSON file; raises DspcError E0017."""
    try:
        with open(name, encoding="utf-8") as file:
            return json.load(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise usage_error(17, f"{name}: cannot be read: {reason}") from None
    except ValueError as error:
        raise usage_error(17, f"{name}: is no JSON: {error}") from None


def _points(points: Any, where: str) -> list[tuple[Any, Any]]:
    if not isinstance(points, list):
        return [(0, points)]
    pairs = cast(list[Any], points)
    if any(not isinstance(pair, list) or len(cast(list[Any], pair)) != 2 for pair in pairs):
        raise usage_error(17, f"{where}: over time it takes pairs of seconds and value")
    return [(pair[0], pair[1]) for pair in pairs]


def read_number(text: Any, where: str) -> float:
    """A number, or DspcError E0017 that says where there is none."""
    try:
        return float(text)
    except (TypeError, ValueError):
        raise usage_error(17, f"{where}: {text} is no number") from None
