"""`--explain PASS`: why a pass chose as it did for a program."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from dspc.pipelines import SIGNAL_PASSES, loop_passes, signal_passes

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions

EXPLAINED: dict[str, str] = {
    "dsp-size-delays": "dspc.explain.delays",
    "dsp-split-loops": "dspc.explain.loops",
    "dsp-section": "dspc.explain.threads",
    "dsp-schedule-tasks": "dspc.explain.threads",
    "dsp-place-allocations": "dspc.explain.placement",
}
"""Each pass that can say why, and the module whose `explanation` tells it."""


def passes_explained(options: CompileOptions) -> list[str] | None:
    """The passes to run before a pass is explained; None for placement, which follows all others.

    The loops are explained before they are made: what speaks for and against is known only then.
    """
    if options.explain == "dsp-size-delays":
        return list(SIGNAL_PASSES[: SIGNAL_PASSES.index("dsp-size-delays") + 1])
    if options.explain == "dsp-split-loops":
        return list(signal_passes(options))
    if options.explain in ("dsp-section", "dsp-schedule-tasks"):
        is_tasks = options.explain == "dsp-schedule-tasks"
        shared = replace(options, omp=not is_tasks, sch=is_tasks)
        return list(loop_passes(shared))
    return None


def explain(module: ModuleOp, options: CompileOptions) -> str:
    """What the pass has to say of a module on which `passes_explained` ran."""
    assert options.explain is not None
    return import_module(EXPLAINED[options.explain]).explanation(module, options)
