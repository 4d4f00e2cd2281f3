"""The summary of a validation, in one line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dspc.backends.interp.checks.error_bounds import Bound
from dspc.backends.interp.checks.script import Script, Trace

if TYPE_CHECKING:
    from dspc.validation.runs import Coverage, Runs


@dataclass
class Summary:
    """Collects the comparisons made and skipped."""

    compared: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Passes, and how their results were compared."""
    unchanged: list[str] = field(default_factory=list[str])
    """Passes that left the module as it was."""
    skipped: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Passes and code that were not compared, and why."""
    code: str = ""
    """The printed code, if it was compared."""
    proved: int = 0
    """Accesses of memory that are proved to stay inside their buffers."""
    runs: list[str] = field(default_factory=list[str])
    reach: Coverage | None = None
    tolerance: float = 0.0
    """The largest median bound of a script with controls in range, over the largest sample."""
    loose: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """For scripts with frames whose bound is loose: these frames, and all frames."""

    def skip(self, subject: str, why: str) -> None:
        self.skipped.append((subject, why))

    def note_bound(self, script: Script, bound: Bound, trace: Trace) -> None:
        # The bound of a program that is unstable, or may be with such controls, is meaningless.
        if script.kind != "beyond" and not script.title.startswith("unstable"):
            self.tolerance = max(self.tolerance, bound.relative(trace))
        loose = bound.loose_frames(trace)
        if script.kind == "usual" and loose > script.frames // 10:
            self.loose[script.title] = loose, script.frames

    def add_runs(self, runs: Runs) -> None:
        self.reach = runs.reach
        self.runs = [f"{script.frames} at {script.rate} Hz" for script in runs.scripts]

    def __str__(self) -> str:
        exact = sum(how == "bit by bit" for _, how in self.compared)
        parts = [f"{len(self.compared)} passes compared ({exact} bit by bit)"]
        if len(self.compared) > exact:
            parts[0] = (
                parts[0][:-1] + f", {len(self.compared) - exact} within {self.tolerance:.1g})"
            )
        if self.unchanged:
            parts.append(f"{len(self.unchanged)} changed nothing")
        if self.code:
            parts.append(f"{self.code} compared")
        if self.proved:
            parts.append(f"{self.proved} accesses proved")
        if self.runs:
            parts.append(f"frames {', '.join(self.runs)}")
        if self.reach is not None and self.reach.movable:
            parts.append(f"{self.reach.moving} of {self.reach.movable} signals moved")
        parts += [f"not compared: {subject} ({why})" for subject, why in self.skipped]
        if self.reach is not None:
            parts += [f"not reached: {subject}" for subject in self.reach.shortfall()]
        for title, (frames, total) in self.loose.items():
            parts.append(f"rounding amplified in {frames} of {total} frames of the run {title}")
        return f"validation: {'; '.join(parts)}"
