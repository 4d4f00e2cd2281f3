"""`--validate code`: the code that a target prints, run and compared with the interpreter."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.common.sounds import provide
from dspc.backends.interp import setting
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


def check_printed(
    module: ModuleOp,
    rounding: Rounding,
    target: Target,
    settings: dict[str, Any],
    machine: Machine | None,
    summary: Summary,
) -> None:
    """Compare the code of a lowered module; raises DspcError E0506 if it computes otherwise.

    Sound files hold noise. Adds the comparison to the summary.
    """
    runs = rounding.runs
    subject = f"the code of target {target.name}"
    reason = "" if target.is_validated else "dspc does not run it"
    if MEMORY_INTERFACE in find_unit(module).attributes:
        reason = "its memory is that of a host"
    if reason:
        summary.skip(subject, reason)
        return
    paths = {widget.symbol: widget.path for widget in runs.widgets}
    chosen = [
        replace(candidate, is_wide=False) for candidate in runs.scripts if candidate.title in RUNS
    ]
    for number, script in enumerate(chosen):
        try:
            expected = _interpreted(module, runs, script, machine)
            with tempfile.TemporaryDirectory(prefix="dspc-") as folder, provide(runs.sounds):
                opened = target.open_printed(module, script.rate, folder, number, **settings)
                actual = run_script(script, _ByPath(opened, paths), runs.symbols, runs.meters)
        except UnknownFunctionError:
            summary.skip(subject, "the program calls foreign C functions")
            return
        except DspcError as error:
            if error.code not in NO_TOOL:
                raise
            summary.skip(subject, error.message)
            return
        difference, bound = rounding.difference(script, expected, actual)
        summary.note_bound(script, bound, expected)
        if difference is not None:
            meter = None if difference.meter is None else paths[runs.meters[difference.meter]]
            where = f"output {difference.output}" if meter is None else f"meter {meter}"
            message = (
                f"{subject} computes otherwise: in frame {difference.frame}, {where} is "
                f"{difference.second!r} and should be {difference.first!r} "
                f"(sampling rate {script.rate} Hz, rounding explains {difference.allowed:.2g})"
            )
            hint = "this is an error in the compiler, not in the program: please report it"
            raise DspcError("E0506", message, None, hint)
    summary.code = subject


def _interpreted(module: ModuleOp, runs: Runs, script: Script, machine: Machine | None) -> Trace:
    with setting.apply(Setting()):
        instance = InterpInstance(module, script.rate, soundfiles=runs.sounds, machine=machine)
        return run_script(script, instance, runs.symbols, runs.meters)
