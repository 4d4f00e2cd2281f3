"""The error of printed code that computes otherwise: its op, and the file that reproduces it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from dspc.backends.interp.checks.script import Trace, cut_script
from dspc.backends.interp.instance import find_unit
from dspc.dialects.dsp import interface
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError, Note
from dspc.validation.culprit import find_culprit
from dspc.validation.mismatch_notes import (
    HINT,
    control_notes,
    op_note,
    place_of,
    reproducing_notes,
    source_of,
)
from dspc.validation.printed import Mismatch, PrintedCode
from dspc.validation.reduced import reduced
from dspc.validation.rounding import Rounding
from dspc.validation.runs import Runs
from dspc.validation.summary import Summary


@dataclass(frozen=True)
class Origin:
    """The module of the front end, and the passes that lower it to what is printed."""

    module: ModuleOp
    passes: Sequence[ModulePass]
    chunk: int
    seed: int

    def runs(self, module: ModuleOp) -> Runs:
        """The runs of such a module."""
        return Runs(module, chunk=self.chunk, seed=self.seed)

    def lowered(self, module: ModuleOp) -> ModuleOp:
        """What the passes make of such a module."""
        from dspc.pipelines.runner import pass_context

        changed = module.clone()
        context = pass_context(self.passes)
        for module_pass in self.passes:
            module_pass.apply(context, changed)
        return changed


def printed_error(
    code: PrintedCode,
    runs: Runs,
    mismatch: Mismatch,
    origin: Origin,
    folder: Callable[[], str],
    command: str,
) -> DspcError:
    """E0506, with the op and source line of the first signal that differs.

    The module of the front end is reduced with its run, and written to a file in the folder.
    `command` has the options by which the code is printed.
    """
    at = mismatch.difference
    output = None if at is None else at.output
    smallest = _smallest(code, mismatch, origin)
    culprit = source_of(origin.module, output) if output is not None else None
    notes: list[Note] = []
    if smallest is not None:
        if at is None:
            culprit = _computed(smallest)
        else:
            culprit = _culprit(code, smallest, mismatch.number, origin) or culprit
        name = f"{code.target.name}-code"
        notes = reproducing_notes(smallest, folder, name, f"--validate code {command}")
    if at is not None:
        if culprit is not None:
            notes.insert(0, op_note(culprit))
        notes += control_notes(mismatch.script, runs.widgets, at.frame)
    span = None if culprit is None else span_of(culprit)
    return DspcError("E0506", _message(code, runs, mismatch), span, HINT, notes)


def _message(code: PrintedCode, runs: Runs, mismatch: Mismatch) -> str:
    if mismatch.stopped is not None:
        return mismatch.stopped.message
    at = mismatch.difference
    assert at is not None
    return (
        f"{code.subject} computes otherwise: in frame {at.frame}, {place_of(at, runs)} is "
        f"{at.second!r} and should be {at.first!r} (sampling rate {mismatch.script.rate} Hz, "
        f"rounding explains {at.allowed:.2g})"
    )


def _smallest(code: PrintedCode, mismatch: Mismatch, origin: Origin) -> ModuleOp | None:
    """The smallest module and run whose code computes otherwise; None if a saved run does not."""

    def fails(module: ModuleOp) -> bool:
        rounding = Rounding(origin.runs(module))
        return code.compare(origin.lowered(module), rounding, Summary()) is not None

    at = mismatch.difference
    script = mismatch.script if at is None else cut_script(mismatch.script, at.frame + 1)
    smallest = reduced(origin.module, script, None if at is None else at.output, fails)
    try:
        return smallest if fails(smallest) else None
    except Exception:  # a front end's module may be runnable after a pass only
        return None


def _computed(module: ModuleOp) -> Operation | None:
    """The op of the first output of a module that is not an input."""
    unit = find_unit(module)
    count = len(unit.outputs()) if isinstance(unit, interface.ProgramOp) else 1
    found = (source_of(module, output) for output in range(count))
    return next((op for op in found if op is not None), None)


def _culprit(code: PrintedCode, module: ModuleOp, number: int, origin: Origin) -> Operation | None:
    """The first op of a module with a saved run whose value is otherwise in the code."""
    runs = origin.runs(module)
    script = replace(runs.scripts[0], is_wide=False)

    def traces(_: ModuleOp, lowered: ModuleOp) -> tuple[Trace, Trace]:
        expected = code.interpreted(lowered, runs, script)
        return expected, code.executed(lowered, runs, script, number)

    return find_culprit(module, origin.passes, runs, script, traces, is_rounded=True)
