"""Which lines of the compiler run, by `sys.settrace`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any


def lines_run(call: Callable[[], str], folders: Sequence[str]) -> tuple[str, dict[str, set[int]]]:
    """What `call` returns, and the lines that it runs in files of the folders, by real path."""
    lines_by_path: dict[str, set[int]] = {}
    known: dict[str, set[int] | None] = {}

    def lines_of(name: str) -> set[int] | None:
        path = os.path.realpath(name)
        if not path.startswith(tuple(folders)):
            return None
        return lines_by_path.setdefault(path, set())

    def enter(frame: FrameType, event: str, arg: Any) -> Callable[..., Any] | None:
        name = frame.f_code.co_filename
        if name not in known:
            known[name] = lines_of(name)
        lines = known[name]
        if lines is None:
            return None
        lines.add(frame.f_lineno)

        def step(frame: FrameType, event: str, arg: Any) -> Callable[..., Any]:
            lines.add(frame.f_lineno)
            return step

        return step

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        result = call()
    finally:
        sys.settrace(before)
    return result, {path: lines for path, lines in lines_by_path.items() if lines}
