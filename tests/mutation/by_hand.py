"""Faults written by hand: python -m tests.mutation --by-hand."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.checkout import located

from .faults import ROOT
from .programs import Cell

FILE = Path(__file__).with_name("by_hand.toml")


@dataclass(frozen=True)
class Edit:
    """A text of a file that another one replaces."""

    title: str
    path: str
    old: str
    new: str
    cells: tuple[Cell, ...]
    """Programs in modes, in the first of which that has another text it is judged."""
    kind = "by hand"

    @property
    def name(self) -> str:
        return str(Path(self.path).relative_to(ROOT))

    @property
    def key(self) -> str:
        return f"{self.name}: {self.title}"

    @property
    def place(self) -> str:
        return self.key

    def text(self) -> str:
        """The file with the fault; ValueError where the text does not occur once."""
        text = Path(self.path).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name} does not have once: {self.old}")
        return text.replace(self.old, self.new)


def edits() -> list[Edit]:
    entries: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["fault"]
    return [
        Edit(
            one["what"],
            str(located(one["file"])),
            one["old"],
            one["new"],
            tuple(Cell(*cell.split()) for cell in one["cells"]),
        )
        for one in entries
    ]
