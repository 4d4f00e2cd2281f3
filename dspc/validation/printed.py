"""`--validate code`: the code that a target prints, run and compared with the interpreter."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.common.sounds import provide
from dspc.backends.interp import setting
from dspc.backends.interp.checks.error_bounds import Difference
from dspc.backends.interp.checks.script import Script, Trace, run_script
from dspc.backends.interp.errors import UnknownFunctionError
from dspc.backends.interp.instance import InterpInstance, find_unit
from dspc.backends.interp.setting import Setting
from dspc.dialects.dsp_mem.buffers import MEMORY_INTERFACE
from dspc.dialects.dsp_mem.machine import Machine
from dspc.support.diagnostics import DspcError
from dspc.targets.base import Target
from dspc.validation.rounding import Rounding
from dspc.validation.runs import Runs
from dspc.validation.summary import Summary

RUNS = ("usual", "low")
"""The scripts that printed code runs, in the program's precision."""
NO_TOOL = ("E0015", "E0720", "E0723", "E0801")
"""Errors where a compiler or library that runs the code is missing."""


class _ByPath:
    """An instance whose widgets have symbols as names."""

    def __init__(self, instance: Any, paths: dict[str, str]) -> None:
        self._instance = instance
        self._paths = paths
        self.outputs: int = instance.outputs

    def compute(self, inputs: Any, /) -> Any:
        return np.array(self._instance.compute(inputs))

    def set(self, path: str, value: float, /) -> None:
        self._instance.set(self._paths[path], value)

    def get(self, path: str, /) -> float:
        return self._instance.get(self._paths[path])

    def reset(self) -> None:
        self._instance.reset()

    def clone(self) -> _ByPath:
        return _ByPath(self._instance.clone(), self._paths)


@dataclass(frozen=True)
class Mismatch:
    """A script in which printed code computes otherwise, and where; or the error that ends it."""

    script: Script
    number: int
    """That of the run, by which targets choose registers."""
    difference: Difference | None
    stopped: DspcError | None = None


@dataclass(frozen=True)
class PrintedCode:
    """The code that a target prints with some settings, for lowered modules."""

    target: Target
    settings: dict[str, Any]
    machine: Machine | None

    @property
    def subject(self) -> str:
        return f"the code of target {self.target.name}"

    def check(self, module: ModuleOp, rounding: Rounding, summary: Summary) -> Mismatch | None:
        """Compare the code of a lowered module with the interpreter, if it can be run.

        Sound files hold noise. Adds the comparison to the summary.
        """
        reason = "" if self.target.is_validated else "dspc does not run it"
        if MEMORY_INTERFACE in find_unit(module).attributes:
            reason = "its memory is that of a host"
        if reason:
            summary.skip(self.subject, reason)
            return None
        try:
            mismatch = self.compare(module, rounding, summary)
        except UnknownFunctionError:
            summary.skip(self.subject, "the program calls foreign C functions")
            return None
        except DspcError as error:
            if error.code not in NO_TOOL:
                raise
            summary.skip(self.subject, error.message)
            return None
        summary.code = self.subject
        return mismatch

    def compare(self, module: ModuleOp, rounding: Rounding, summary: Summary) -> Mismatch | None:
        """The first difference of the code of a lowered module.

        Raises UnknownFunctionError, and DspcError where the code cannot be made or run.
        """
        runs = rounding.runs
        for number, script in _scripts(runs):
            expected = self.interpreted(module, runs, script)
            try:
                actual = self.executed(module, runs, script, number)
            except DspcError as error:
                if error.code != "E0506":
                    raise
                return Mismatch(script, number, None, error)
            difference, bound = rounding.difference(script, expected, actual)
            summary.note_bound(script, bound, expected)
            if difference is not None:
                return Mismatch(script, number, difference)
        return None

    def executed(self, module: ModuleOp, runs: Runs, script: Script, number: int) -> Trace:
        """The trace of the code. Raises DspcError E0506 where it stops."""
        paths = {widget.symbol: widget.path for widget in runs.widgets}
        with tempfile.TemporaryDirectory(prefix="dspc-") as folder, provide(runs.sounds):
            opened = self.target.open_printed(module, script.rate, folder, number, **self.settings)
            return run_script(script, _ByPath(opened, paths), runs.symbols, runs.meters)

    def interpreted(self, module: ModuleOp, runs: Runs, script: Script) -> Trace:
        """The trace of the interpreter, in the program's precision."""
        with setting.apply(Setting()):
            instance = InterpInstance(
                module, script.rate, soundfiles=runs.sounds, machine=self.machine
            )
            return run_script(script, instance, runs.symbols, runs.meters)


def _scripts(runs: Runs) -> list[tuple[int, Script]]:
    """The scripts to run, with their numbers; one that is saved has both."""
    chosen = [
        replace(script, is_wide=False)
        for script in runs.scripts
        if script.title in RUNS or (script.title == "saved" and script.kind == "usual")
    ]
    return list(enumerate(chosen * 2 if len(chosen) == 1 else chosen))
