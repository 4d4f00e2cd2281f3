"""Files of results, one line of JSON each: a command that is given one again continues it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ResultT = TypeVar("ResultT", bound="DataclassInstance")


def load(path: Path | None, kind: type[ResultT]) -> list[ResultT]:
    """The results of earlier commands; a line cut off at the end is ignored."""
    if path is None or not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [kind(**json.loads(line)) for line in lines if line.endswith("\n")]


def append(path: Path | None, result: DataclassInstance) -> None:
    """Write a result behind the others."""
    if path is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result)) + "\n")
