"""The table of a campaign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .campaign import Verdict


@dataclass
class Row:
    """Faults of a package."""

    faults: int = 0
    refused: int = 0
    """Compiled nowhere."""
    silent: int = 0
    """Changed no sample."""
    visible: int = 0
    samples: int = 0
    """Of the visible: detected in each cell in which they are, by samples in one at least."""
    otherwise: int = 0
    """Likewise, by other errors of validation only."""
    missed: int = 0


@dataclass
class Report:
    """Counts verdicts by package, and judged cells by change of sound and diagnostic."""

    rows: dict[str, Row] = field(default_factory=dict[str, Row])
    runs: Counter[str] = field(default_factory=Counter[str])
    alarms: list[str] = field(default_factory=list[str])

    @property
    def missed(self) -> int:
        return sum(row.missed for row in self.rows.values())

    def add(self, verdict: Verdict) -> None:
        row = self.rows.setdefault(verdict.package, Row())
        row.faults += 1
        self.runs.update(one.how for one in verdict.visible)
        if verdict.missed:
            row.missed += 1
        elif any(one.how == "samples" for one in verdict.visible):
            row.samples += 1
        elif verdict.visible:
            row.otherwise += 1
        elif verdict.ends and not verdict.same and not verdict.judged:
            row.refused += 1
        else:
            row.silent += 1
        row.visible += bool(verdict.visible)

    def line(self, verdict: Verdict) -> str:
        """One line on a fault."""
        fault = verdict.fault
        if verdict.visible:
            outcome = "; ".join(
                f"{one.cell}: {one.heard[:40]}, {one.message[:70] or 'MISSED'}"
                for one in verdict.visible
            )
        else:
            outcome = (
                verdict.ends[0][:60] if verdict.ends and not verdict.same else "no sample differs"
            )
        name = fault.path.rsplit("/", 2)
        return f"{verdict.number:4} {'/'.join(name[1:])}:{fault.line} {fault.kind}: {outcome}"

    def __str__(self) -> str:
        head = (
            "package",
            "faults",
            "refused",
            "silent",
            "visible",
            "samples",
            "otherwise",
            "missed",
        )
        lines = ["{:26} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9} {:>7}".format(*head)]
        total = Row()
        for name in sorted(self.rows):
            row = self.rows[name]
            lines.append(_cells(name, row))
            for count in vars(total):
                setattr(total, count, getattr(total, count) + getattr(row, count))
        lines.append(_cells("all", total))
        detected = total.samples + total.otherwise
        lines.append(
            f"{detected} of {total.visible} visible faults detected in each run; runs: "
            f"{self.runs['samples']} by samples, {self.runs['otherwise']} otherwise, "
            f"{self.runs['missed']} missed"
        )
        return "\n".join([*lines, *(f"false alarm: {one}" for one in self.alarms)])


def _cells(name: str, row: Row) -> str:
    counts = (row.faults, row.refused, row.silent, row.visible, row.samples, row.otherwise)
    return "{:26} {:7} {:7} {:7} {:7} {:7} {:9} {:7}".format(name, *counts, row.missed)
