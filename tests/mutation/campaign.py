"""Seeds faults one at a time and compares the verdict of validation with the samples."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dspc.driver import read_program

from .by_hand import Edit, edits
from .faults import ROOT, Fault, faults_of
from .forks import Reply, forked
from .install import Functions
from .lines import lines_run
from .programs import Cell, cells, source_of
from .report import Record, Report, Row
from .trial import Played, differs, disturbed, options_of, play, text_of, validate, within_rounding

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

SEEDED = (
    "passes", "backends/c", "backends/c99", "backends/common", "backends/cpp", "backends/llvm",
    "backends/opencl", "backends/wasm", "dialects/dsp/rules.py", "dialects/dsp/constants.py",
)  # fmt: skip
"""Passes with their analyses, the printers, the rewrite rules and the folding of constants."""
TRIED = 3
"""The most cells that a fault is compiled in until the text differs."""
RARELY, OFTEN = 0.06, 0.25
"""Shares of faults that are judged in large programs: first, and besides a small one."""
PRINTERS = ("backends/c", "backends/cpp", "backends/opencl")
"""Packages whose faults are tried in cells of any target; others in those of LLVM first."""


@dataclass
class Judged:
    """A fault in one cell: how the long run went, and what validation said."""

    cell: Cell
    heard: str
    """ "same", "differs", or how the run of the wrong code ended."""
    message: str = ""
    """The error of validation with its code; empty if it passed."""

    @property
    def is_visible(self) -> bool:
        return self.heard != "same"

    @property
    def how(self) -> str:
        """Of visible ones: by samples, otherwise, or not at all."""
        if not self.message:
            return "missed"
        return "samples" if self.message.startswith(("E0501", "E0506")) else "otherwise"


@dataclass
class Verdict:
    """A fault with all that was found of it."""

    fault: Fault | Edit
    ends: list[str] = field(default_factory=list[str])
    """How compilations ended that printed nothing."""
    same: int = 0
    """Compilations that printed the text of the right compiler."""
    judged: list[Judged] = field(default_factory=list[Judged])

    @property
    def package(self) -> str:
        return package_of(self.fault.path)

    @property
    def outcome(self) -> str:
        """refused, text or samples where these are the same, or how validation detects it."""
        hows = [one.how for one in self.visible]
        for how in ("missed", "samples", "otherwise"):
            if how in hows:
                return how if how == "missed" else f"by {how}"
        if self.judged:
            return "same samples"
        return "refused" if self.ends and not self.same else "same text"

    @property
    def visible(self) -> list[Judged]:
        return [one for one in self.judged if one.is_visible]

    def record(self) -> Record:
        fault = self.fault
        cells = [f"{one.cell}: {one.heard}; {one.message or 'passed'}" for one in self.visible]
        messages = cells or self.ends[:1]
        return Record(
            self.package,
            fault.key,
            fault.place,
            fault.kind,
            self.outcome,
            messages,
        )


def package_of(path: str) -> str:
    """The package of a file; passes in files of their own are one."""
    inside = os.path.relpath(path, ROOT)
    return inside if inside.startswith("dialects") else os.path.dirname(inside)


def _united(parts: Iterable[dict[str, set[int]]]) -> dict[str, set[int]]:
    """The lines of all parts."""
    result: dict[str, set[int]] = {}
    for lines in parts:
        for path, numbers in lines.items():
            result.setdefault(path, set()).update(numbers)
    return result


class Campaign:
    """The cells of some programs, with what the right compiler makes of them."""

    def __init__(
        self, programs: list[str], spread: int, seed: int, folder: Path, is_traced: bool = True
    ) -> None:
        self.seed = seed
        self.cells = cells(programs, spread)
        self._paths = {name: source_of(name, folder) for name in programs}
        self._modules: dict[tuple[str, bool], ModuleOp] = {}
        self._texts: dict[Cell, str] = {}
        self._played: dict[Cell, Played] = {}
        self._lines: dict[Cell, dict[str, set[int]]] = {}
        self.wrong: list[str] = []
        """Cells in which the right compiler does not pass."""
        self.groups: dict[str, list[Fault]] = {}
        """The faults that may be chosen, by package."""
        if is_traced:
            self._trace()
            self.groups = self._faults()
        self.functions = Functions()

    def _trace(self) -> None:
        """Compile in all cells, and note the lines that run."""
        folders = [str(ROOT / name) for name in SEEDED]
        for cell in self.cells:
            if not cell.is_large:
                compilation = partial(text_of, self._paths[cell.program], cell)
                self._texts[cell], self._lines[cell] = lines_run(compilation, folders)
        # Tracing takes several times as long as compiling: large programs run what small ones do.
        every = _united(self._lines.values())
        for cell in self.cells:
            if cell.is_large:
                self._text(cell)
                self._lines[cell] = every

    def _text(self, cell: Cell) -> str:
        """The right compiler's text."""
        if cell not in self._texts:
            self._texts[cell] = text_of(self._paths[cell.program], cell)
        return self._texts[cell]

    def _faults(self) -> dict[str, list[Fault]]:
        """The faults in lines that run, by package."""
        run = _united(self._lines.values())
        groups: dict[str, list[Fault]] = {}
        for path in sorted(run):
            reached = [one for one in faults_of(path) if {one.line, one.statement} & run[path]]
            groups.setdefault(package_of(path), []).extend(reached)
        return {name: faults for name, faults in groups.items() if faults}

    def _next(self, rows: Mapping[str, Row], tried: set[str]) -> Fault | None:
        """A fault at random that was not tried: of a package whose faults are often visible.

        The chance of a package is the square root of its number of faults, times the share of its
        faults that was visible until now.
        """
        chance = random.Random(f"{self.seed}:{len(tried)}")
        left = {
            name: [one for one in group if one.key not in tried]
            for name, group in self.groups.items()
        }
        names = [name for name, group in left.items() if group]
        if not names:
            return None
        weights = [
            len(self.groups[name]) ** 0.5 * rows.get(name, Row()).visible_share for name in names
        ]
        return chance.choice(left[chance.choices(names, weights)[0]])

    def source(self, cell: Cell, is_rule: bool) -> str | ModuleOp:
        """What is compiled: the program itself for faults of rules, its module for the others."""
        path = self._paths[cell.program]
        if is_rule:
            return path
        options = options_of(cell)
        key = cell.program, options.double
        if key not in self._modules:
            self._modules[key] = read_program(path, options.frontend())
        return self._modules[key]

    def judge(self, fault: Fault) -> Verdict:
        """Compile with the fault in some cells, and run what differs.

        Large programs take ten times as long: they are run for every fourth fault that is visible
        in a small one, and for some whose lines run in large ones only.
        """
        chance = random.Random(f"{self.seed}:{fault.key}")
        verdict = Verdict(fault)
        reached = [
            cell
            for cell in self.cells
            if {fault.line, fault.statement} & self._lines[cell].get(fault.path, set())
        ]
        small = [cell for cell in reached if not cell.is_large]
        large = [cell for cell in reached if cell.is_large]
        chance.shuffle(small)
        chance.shuffle(large)
        if not verdict.package.startswith(PRINTERS):
            # These need no C++ compiler.
            small.sort(key=lambda cell: not cell.mode.startswith("llvm"))
        if not small or chance.random() < RARELY:
            small = [*large[:1], *small]
        self._first_differing(verdict, small[:TRIED])
        if verdict.visible and not verdict.judged[0].cell.is_large and chance.random() < OFTEN:
            self._first_differing(verdict, large[:1])
        return verdict

    def _first_differing(self, verdict: Verdict, cells: Sequence[Cell]) -> None:
        """Judge the fault in the first of some cells in which it changes the text."""
        for cell in cells:
            reply = self._with(verdict.fault, cell, text_of)
            if reply.end:
                verdict.ends.append(f"{reply.end} {reply.message}")
            elif reply.value == self._text(cell):
                verdict.same += 1
            else:
                verdict.judged.append(self._judged(verdict.fault, cell))
                return

    def _judged(self, fault: Fault | Edit, cell: Cell) -> Judged:
        right = self.played(cell)
        reply = self._with(fault, cell, play)
        if reply.end:
            heard = f"{reply.end} {reply.message}"
        else:
            heard = "differs" if differs(right, reply.value, cell) else "same"
        if heard == "same":
            return Judged(cell, heard)
        verdict = self._with(fault, cell, validate)
        message = f"{verdict.message or verdict.end}" if verdict.end else ""
        if not message and heard == "differs" and self._is_rounding(right, reply.value, cell):
            return Judged(cell, "same")
        return Judged(cell, heard, message)

    def _is_rounding(self, right: Played, wrong: Played, cell: Cell) -> bool:
        """Whether disturbances by a unit of roundoff make the program sound as different."""
        reply = forked(lambda: disturbed(self.source(cell, True), cell))
        return not reply.end and within_rounding(right, wrong, reply.value, cell)

    def played(self, cell: Cell) -> Played:
        """The long run of the right compiler's code, in a process of its own."""
        if cell not in self._played:
            reply = forked(lambda: play(self.source(cell, True), cell))
            if reply.end:
                raise RuntimeError(f"{cell} cannot be run: {reply.end} {reply.message}")
            self._played[cell] = reply.value
        return self._played[cell]

    def _with(self, fault: Fault | Edit, cell: Cell, call: Callable[[Any, Cell], Any]) -> Reply:
        source = self.source(cell, fault.path.startswith(str(ROOT / "dialects")))

        def faulty() -> Any:
            self.functions.install(fault)
            return call(source, cell)

        return forked(faulty)

    def check_right(self) -> None:
        """Validate without faults: each refusal is a false alarm."""
        for cell in self.cells:
            source = self.source(cell, True)
            reply = forked(lambda source=source, cell=cell: validate(source, cell))
            if reply.end:
                self.wrong.append(f"{cell}: {reply.end} {reply.message}")

    def verdicts(self, report: Report, count: int, visible: int | None = None) -> Iterator[Verdict]:
        """Verdicts on more faults than those of a report, which the caller adds them to.

        They end when the report has `count` faults, or when `visible` of them are visible.
        """
        tried = {record.key for record in report.records}
        while len(tried) < count and (visible is None or report.visible < visible):
            fault = self._next(report.rows, tried)
            if fault is None:
                return
            tried.add(fault.key)
            yield self.judge(fault)

    def at(self, places: Sequence[str]) -> Iterator[Verdict]:
        """Verdicts on all faults at some places, each FILE:LINE."""
        for group in self.groups.values():
            for fault in group:
                if fault.place in places:
                    yield self.judge(fault)

    def by_hand(self, text: str) -> Iterator[Verdict]:
        """Verdicts on the faults that were written by hand, those whose names have a text."""
        for edit in edits():
            if text not in edit.key:
                continue
            for cell in edit.cells:
                # Modules that compiling imports are in use from here on.
                self._text(cell)
            self.functions = Functions()
            verdict = Verdict(edit)
            self._first_differing(verdict, edit.cells)
            yield verdict
