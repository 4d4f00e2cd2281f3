"""`Validation`: compares a module before and after passes that change it in place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.backends.interp.checks.compare import Policy
from dspc.backends.interp.checks.error_bounds import Difference, first_difference
from dspc.backends.interp.checks.observed import SnappedSignals, decided_once
from dspc.backends.interp.checks.script import Script, Trace, cut_script
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.instance import find_unit
from dspc.backends.interp.placement.placed import has_offsets
from dspc.dialects.dsp import interface
from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.dialects.places import span_of
from dspc.output import write_all
from dspc.pipelines.printing import print_module
from dspc.support.diagnostics import DspcError, Note
from dspc.support.texts import text_bytes
from dspc.validation.constant_folding import wrong_fold
from dspc.validation.culprit import find_culprit
from dspc.validation.guarantee import FLUSHED, Guarantee, guarantee_of
from dspc.validation.interval_bounds import interval_bounds
from dspc.validation.mismatch_notes import (
    HINT,
    control_notes,
    op_note,
    place_of,
    reproducing_notes,
    source_of,
)
from dspc.validation.reduced import reduced
from dspc.validation.rounding import Rounding
from dspc.validation.runs import SECONDS, Codes, Runs
from dspc.validation.summary import Summary

if TYPE_CHECKING:
    from dspc.targets.base import Target

LOOSE = {"f64": Policy(ulps=1 << 24, absolute=2e-6), "f32": Policy(ulps=1 << 10, absolute=2e-3)}
"""Tolerances for tests that compare by `compare`, by precision."""
PASS_HINT = f"{HINT} with both modules"


@dataclass(frozen=True)
class _FrontEnd(ModulePass):
    """The rewrite rules that the front end applies, as a pass."""

    name = "the front end"
    REASSOCIATES: ClassVar[bool] = True
    MERGES_CONSTANTS: ClassVar[bool] = True

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        """They have been applied."""
        raise DspcError("E0099", "the front end is no pass")


Traces = dict[tuple[str, bool], Trace]
"""Traces by the title of their script, and whether it was run in double precision."""


@dataclass
class _State:
    """A module with the traces that are known of it, and its code in the interpreter."""

    module: ModuleOp
    traces: Traces = field(default_factory=Traces)
    codes: Codes = field(default_factory=Codes)


@dataclass(frozen=True)
class Found:
    """A script in which two modules differ, and where."""

    script: Script
    difference: Difference


class Validation:
    """Validates passes that change a module in place.

    With `each`, the module is compared after each pass; otherwise once, after the pipeline.
    `seconds` bounds the estimated time of the runs, `chunk` is the frames of inner loops.
    """

    def __init__(
        self,
        module: ModuleOp,
        each: bool = True,
        seed: int = 0,
        folder: str | None = None,
        seconds: float = SECONDS,
        chunk: int = 32,
    ) -> None:
        self.module = module
        self.each = each
        self.seed = seed
        self.folder = folder
        self.seconds = seconds
        self.chunk = chunk
        self.unchecked: list[ModulePass] = []
        self.applied: list[ModulePass] = []
        self.machine: Machine | None = None
        self.summary = Summary()
        self._first = module.clone()
        self._state = _State(self._first)
        self._runs: Runs | None = None
        self._rounding: Rounding | None = None

    @property
    def before(self) -> ModuleOp:
        """The module that passes are compared with."""
        return self._state.module

    def front_end(self, plain: ModuleOp) -> None:
        """Compare with the module that the front end builds without rewrite rules.

        Call before the first pass. Raises DspcError E0501.
        """
        wrong = wrong_fold()
        if wrong:
            raise DspcError("E0501", f"the front end: {wrong}", None, PASS_HINT)
        self._state = _State(plain)
        self.unchecked.append(_FrontEnd())
        self._check()

    def printed(self, target: Target, settings: dict[str, Any], command: str) -> None:
        """Compare the code of a target for the module; raises DspcError E0506.

        `command` has the options by which the code is printed.
        """
        from dspc.validation.printed import PrintedCode
        from dspc.validation.printed_mismatch import Origin, printed_error

        code = PrintedCode(target, settings, self.machine)
        if self._rounding is None:
            self.summary.skip(code.subject, "the module cannot be run")
            return
        mismatch = code.check(self.module, self._rounding, self.summary)
        if mismatch is not None:
            origin = Origin(self._first, self.applied, self.chunk, self.seed)
            raise printed_error(code, self._rounding.runs, mismatch, origin, self._folder, command)

    def after(self, module_pass: ModulePass) -> None:
        """Call after each pass. Raises DspcError E0501 or E0502."""
        self.unchecked.append(module_pass)
        self.applied.append(module_pass)
        name = getattr(module_pass, "machine", None)
        if isinstance(name, str):
            # From here on memory is placed: the interpreter simulates the spaces of the machine.
            self.machine = load_machine(name)
        if self.each:
            self._check()

    def finish(self) -> Summary:
        """Call after the last pass. Raises DspcError E0501 or E0502."""
        if self.unchecked:
            self._check()
        if self._runs is not None:
            self.summary.add_runs(self._runs)
        return self.summary

    def _check(self) -> None:
        passes, self.unchecked = self.unchecked, []
        names = ", ".join(module_pass.name for module_pass in passes)
        runs = self._runs_of(self.before)
        reason = self._incomparable() if runs is not None else "the module cannot be run before it"
        if runs is None or reason:
            self.summary.skip(names, reason)
            self._state = _State(self.module.clone())
            return
        if self.before.is_structurally_equivalent(self.module):
            self.summary.unchanged.append(names)
            return
        guarantee = guarantee_of(passes, self.before)
        new = _State(self.module)
        try:
            mismatch = self._compare(runs, guarantee, new)
        except InterpreterError as error:
            raise self._broken(passes, error) from None
        if mismatch is not None:
            raise self._changed(passes, mismatch, runs)
        self.summary.compared.append((names, str(guarantee)))
        self._state = replace(new, module=self.module.clone())

    def _incomparable(self) -> str:
        """Why the modules cannot be compared; empty if they can."""
        if find_unit(self.before).name != _unit_name(self.module):
            return ""
        old, new = interval_bounds(self.before), interval_bounds(self.module)
        return "" if old == new else "it changes bounds of intervals"

    def _runs_of(self, module: ModuleOp) -> Runs | None:
        """The runs, made when a module first can be run."""
        if self._runs is None:
            try:
                self._runs = Runs(module, self.seconds, self.chunk, self.seed)
            except InterpreterError:
                return None
            self._rounding = Rounding(self._runs)
        return self._runs

    def _compare(self, runs: Runs, guarantee: Guarantee, new: _State) -> Found | None:
        """The first script in which the modules differ; fills the traces of the new one."""
        snaps = guarantee.merges_constants and self._decides()
        emit = SnappedSignals if snaps else None
        states = (self._state, new)
        codes = [{} if snaps else state.codes for state in states]
        is_equal: dict[bool, bool] = {}
        for script in runs.scripts:
            if not guarantee.covers(script):
                continue
            if has_offsets(self.module):
                # The offsets of f32 do not fit f64.
                script = replace(script, is_wide=False)

            def trace(at: int, script: Script = script) -> Trace:
                return runs.trace(states[at].module, script, self.machine, codes[at], emit=emit)

            old = self._state.traces.get((script.title, script.is_wide)) or trace(0)
            if not snaps and script.is_wide not in is_equal:
                is_equal[script.is_wide] = runs.are_equal(
                    script, [state.module for state in states], codes
                )
            now = old if is_equal.get(script.is_wide) else trace(1)
            difference = self._difference(guarantee, script, (old, now))
            if difference is not None and guarantee.merges_constants and script.is_wide:
                # Merged constants are rounded otherwise than those of the program, which decides
                # differently in double precision: its own precision is decisive.
                script = replace(script, is_wide=False)
                difference = self._difference(
                    guarantee, script, (trace(0, script), trace(1, script))
                )
            elif not snaps:
                new.traces[script.title, script.is_wide] = now
            if difference is not None:
                return Found(script, difference)
        return None

    def _precision(self) -> str:
        return element_name(find_unit(self.before).precision)

    def _decides(self) -> bool:
        """Whether rounding decides integers or choices that are computed once."""
        units = (find_unit(self.before), find_unit(self.module))
        return any(isinstance(unit, interface.ProgramOp) and decided_once(unit) for unit in units)

    def _difference(
        self, guarantee: Guarantee, script: Script, traces: tuple[Trace, Trace]
    ) -> Difference | None:
        """Where two traces of a script differ."""
        if not guarantee.reassociates:
            flushed = FLUSHED[self._precision()] if guarantee.flushes else 0.0
            return first_difference(*traces, flushed)
        assert self._rounding is not None
        difference, bound = self._rounding.difference(script, *traces)
        self.summary.note_bound(script, bound, traces[0])
        return difference

    def _broken(self, passes: Sequence[ModulePass], error: InterpreterError) -> DspcError:
        span = None if error.op is None else span_of(error.op)
        message = f"{_names(passes)} made a module that cannot be run: {error.message}"
        return DspcError("E0502", message, span, _hint(passes), self._files(passes))

    def _changed(self, passes: Sequence[ModulePass], mismatch: Found, runs: Runs) -> DspcError:
        at = mismatch.difference
        cut = cut_script(mismatch.script, at.frame + 1)

        def traces(before: ModuleOp, after: ModuleOp) -> tuple[Trace, Trace]:
            return runs.trace(before, cut, self.machine), runs.trace(after, cut, self.machine)

        is_rounded = guarantee_of(passes, self.before).reassociates
        culprit = find_culprit(self.before, passes, runs, cut, traces, is_rounded)
        if culprit is None and at.output is not None:
            culprit = source_of(self.before, at.output)
        script = mismatch.script
        size = abs(at.first - at.second)
        where = place_of(at, runs)
        message = (
            f"{_names(passes)} changed the results: in frame {at.frame}, {where} was {at.first!r} "
            f"and is {at.second!r} (difference {size:g}, of which rounding explains "
            f"{at.allowed:.2g}; sampling rate {script.rate} Hz)"
        )
        notes = [*self._files(passes), *self._reduced(passes, mismatch)]
        if culprit is not None:
            notes.insert(0, op_note(culprit))
        notes += control_notes(script, runs.widgets, at.frame)
        return DspcError("E0501", message, culprit and span_of(culprit), _hint(passes), notes)

    def _files(self, passes: Sequence[ModulePass]) -> list[Note]:
        """Write both modules to files, and name them in notes."""
        name = passes[-1].name.replace(" ", "-")
        modules = {"before": self.before, "after": self.module}
        try:
            texts = {when: f"{print_module(module)}\n" for when, module in modules.items()}
            paths = {when: os.path.join(self._folder(), f"{name}.{when}.mlir") for when in modules}
            write_all([(paths[when], text_bytes(text)) for when, text in texts.items()])
        except (OSError, DspcError) as error:
            return [Note(f"the modules could not be written: {error}")]
        return [Note(f"the module {when} it was written to {path}") for when, path in paths.items()]

    def _reduced(self, passes: Sequence[ModulePass], mismatch: Found) -> list[Note]:
        """Write the smallest module and run that differ, and name the file in a note."""
        from dspc.passes.dsp_simplify import DspSimplify

        # The rules of the front end are those of a pass.
        run = [
            DspSimplify() if isinstance(module_pass, _FrontEnd) else module_pass
            for module_pass in passes
        ]

        def fails(module: ModuleOp) -> bool:
            return self._differs(module, run)

        at = mismatch.difference
        smallest = reduced(self.before, cut_script(mismatch.script, at.frame + 1), at.output, fails)
        if not fails(smallest):
            return []
        pipeline = ",".join(str(module_pass.pipeline_pass_spec()) for module_pass in run)
        options = f"--validate each -p '{pipeline}'"
        return reproducing_notes(smallest, self._folder, run[-1].name, options)

    def _differs(self, before: ModuleOp, passes: Sequence[ModulePass]) -> bool:
        """Whether passes change the results of another program."""
        from dspc.pipelines.runner import pass_context

        changed = before.clone()
        context = pass_context(passes)
        for module_pass in passes:
            module_pass.apply(context, changed)
        validation = Validation(changed, seed=self.seed, seconds=self.seconds, chunk=self.chunk)
        validation._state = _State(before)
        runs = validation._runs_of(before)
        if runs is None:
            return False
        return validation._compare(runs, guarantee_of(passes, before), _State(changed)) is not None

    def _folder(self) -> str:
        """The folder for modules that differ, made if none was given."""
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="dspc-")
        return self.folder


def _unit_name(module: ModuleOp) -> str:
    try:
        return find_unit(module).name
    except InterpreterError:
        return ""


def _names(passes: Sequence[ModulePass]) -> str:
    names = ", ".join(module_pass.name for module_pass in passes)
    if len(passes) == 1:
        return names if names == _FrontEnd.name else f"the pass {names}"
    return f"one of the passes {names}"


def _hint(passes: Sequence[ModulePass]) -> str:
    """Whose error it may be."""
    from dspc.pipelines.runner import is_own

    others = [module_pass.name for module_pass in passes if not is_own(module_pass)]
    if not others:
        return PASS_HINT
    names = ", ".join(dict.fromkeys(others))
    return f"this is an error in a pass, not in the program; not of dspc: {names}"
