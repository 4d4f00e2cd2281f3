"""JSON files of controls: read within bounds, each fault at its place in the file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any, cast

from dspc.messages import usage_error
from dspc.support.diagnostics import DspcError, Source, Span
from dspc.support.schema import excess


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The value of a file, and its source text for error messages."""

    content: Any
    source: Source

    def fault(self, message: str, key: str | None = None, start: int = 0) -> DspcError:
        """DspcError E0017 at the first place of a key behind `start`, or there."""
        text = self.source.text
        quoted = json.dumps(key, ensure_ascii=False) if key is not None else ""
        at = max(text.find(quoted, start), start)
        return DspcError("E0017", message, _span(self.source, at, len(quoted)), exit_status=2)

    def number(
        self, value: Any, subject: str, key: str, low: float | None = None, at: int = 0
    ) -> float:
        """A finite number (true and false count as 1 and 0); `subject` names it in errors."""
        try:
            number = float(value) if isinstance(value, (int, float)) else None
        except OverflowError:
            number = None
        if number is None or not isfinite(number):
            shown = " ".join(json.dumps(value, ensure_ascii=False).split())
            shown = shown if len(shown) <= 40 else f"{shown[:37]}..."
            raise self.fault(f"{subject} is a number, not {shown}", key, at)
        if low is not None and number < low:
            raise self.fault(f"{subject} is at least {low:g}, not {number:g}", key, at)
        return number

    def elements(self) -> list[int]:
        """Where the elements of the file's list begin."""
        text, decoder = self.source.text, json.JSONDecoder()
        starts: list[int] = []
        at = text.index("[") + 1
        for _ in cast("list[Any]", self.content):
            while text[at] in " \t\r\n,":
                at += 1
            starts.append(at)
            at = decoder.raw_decode(text, at)[1]
        return starts


def read_json(name: str) -> JsonFile:
    """The contents of a JSON file; raises DspcError E0017 if it is invalid or exceeds a limit."""
    try:
        with open(name, encoding="utf-8-sig") as file:
            text = file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise usage_error(17, f"{name}: cannot be read: {reason}") from None
    except UnicodeDecodeError as error:
        message = f"{name}: byte {error.start}: is no JSON: this is not UTF-8"
        raise usage_error(17, message) from None
    source = Source(name, text)
    fault = excess(text)
    if fault is not None:
        span = _span(source, fault.offset, 1)
        raise DspcError("E0017", fault.message, span, exit_status=2)
    try:
        return JsonFile(json.loads(text, object_pairs_hook=_without_twins), source)
    except json.JSONDecodeError as error:
        message = f"is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise DspcError("E0017", message, _span(source, error.pos, 1), exit_status=2) from None
    except _TwiceError as twice:
        raise JsonFile(None, source).fault(f"{twice.key} is given twice", twice.key) from None


class _TwiceError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return members


def _span(source: Source, start: int, length: int) -> Span:
    start = min(start, len(source.text.rstrip()))
    return Span(source, start, start + max(1, length))
