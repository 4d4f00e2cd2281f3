"""The records of campaigns, and their table."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

OUTCOMES = {
    "refused": "refused",
    "same text": "text",
    "same samples": "silent",
    "by samples": "samples",
    "by otherwise": "otherwise",
    "missed": "missed",
}
"""Outcomes of faults, and the columns that count them."""


@dataclass(frozen=True)
class Record:
    """What became of a fault."""

    package: str
    key: str
    """The file, the function, and the number of the fault in it."""
    place: str
    kind: str
    outcome: str
    messages: list[str]
    """The difference and the error in each cell in which it is visible, or how compiling ended."""

    @property
    def is_visible(self) -> bool:
        return self.outcome in ("by samples", "by otherwise", "missed")

    def __str__(self) -> str:
        shown = "; ".join(one[:160].replace("\n", " ") for one in self.messages)
        return f"{self.place} {self.kind}: {self.outcome}{': ' if shown else ''}{shown}"


@dataclass
class Row:
    """Faults of a package."""

    faults: int = 0
    refused: int = 0
    """Compiled nowhere."""
    text: int = 0
    """Changed no text."""
    silent: int = 0
    """Changed texts, but no sample."""
    visible: int = 0
    samples: int = 0
    """Of the visible: detected in each cell in which they are, by samples in one at least."""
    otherwise: int = 0
    """Likewise, by other errors of validation only."""
    missed: int = 0

    @property
    def visible_share(self) -> float:
        """By Laplace's rule, as if two more were known, one of them visible."""
        return (self.visible + 1) / (self.faults + 2)

    def add(self, record: Record) -> None:
        column = OUTCOMES[record.outcome]
        self.faults += 1
        self.visible += record.is_visible
        setattr(self, column, getattr(self, column) + 1)


@dataclass
class Report:
    """Counts faults by package and by kind."""

    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    records: list[Record] = field(default_factory=list[Record])
    alarms: list[str] = field(default_factory=list[str])

    @property
    def missed(self) -> int:
        return sum(row.missed for row in self.rows.values())

    @property
    def visible(self) -> int:
        return sum(row.visible for row in self.rows.values())

    def add(self, record: Record) -> None:
        self.records.append(record)
        self.rows.setdefault(record.package, Row()).add(record)

    def read(self, path: Path) -> None:
        """Add the records of a file, but for a line that was cut off at its end."""
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
                if line.endswith("\n"):
                    self.add(Record(**json.loads(line)))

    def __str__(self) -> str:
        columns = [column.name for column in fields(Row)]
        lines = [f"{'package':26}" + "".join(f"{column:>10}" for column in columns)]
        total = Row()
        for record in self.records:
            total.add(record)
        for name, row in [*sorted(self.rows.items()), ("all", total)]:
            lines.append(f"{name:26}" + "".join(f"{getattr(row, column):10}" for column in columns))
        kinds = Counter(one.kind for one in self.records)
        seen = Counter(one.kind for one in self.records if one.is_visible)
        shares = ", ".join(f"{kind} {seen[kind]} of {n}" for kind, n in kinds.most_common())
        detected = total.samples + total.otherwise
        lines.append(f"visible by kind: {shares}")
        lines.append(f"{detected} of {total.visible} visible faults detected in each run")
        return "\n".join([*lines, *(f"false alarm: {one}" for one in self.alarms)])


def append(path: Path, record: Record) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record)) + "\n")
