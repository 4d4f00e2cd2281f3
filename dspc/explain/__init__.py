"""`--explain PASS`: the decisions of a pass on a program, with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import (
    SIGNAL_PASSES,
    decision_passes,
    is_one_loop,
    loop_passes,
    passes_before_lowering,
    split_pass,
)

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions
    from dspc.targets.base import Target

EXPLAINED: dict[str, str] = {
    "dsp-size-delays": "dspc.explain.delays",
    "dsp-split-loops": "dspc.explain.loops",
    "dsp-section": "dspc.explain.threads",
    "dsp-schedule-tasks": "dspc.explain.threads",
    "dsp-place-allocations": "dspc.explain.placement",
}
"""The passes that can be explained, and the modules whose `explanation` does it."""


def passes_explained(options: CompileOptions) -> list[str] | None:
    """The passes to run before a pass is explained; None for placement, which follows all others.

    `dsp-split-loops` is explained from the decisions that the passes before the lowering make.
    """
    if options.explain == "dsp-size-delays":
        return list(SIGNAL_PASSES[: SIGNAL_PASSES.index("dsp-size-delays") + 1])
    if options.explain == "dsp-split-loops":
        return [*passes_before_lowering(options), *loop_decisions(options)]
    if options.explain in ("dsp-section", "dsp-schedule-tasks"):
        is_tasks = options.explain == "dsp-schedule-tasks"
        shared = replace(options, omp=not is_tasks, sch=is_tasks)
        return list(loop_passes(shared))
    return None


def decided_passes(options: CompileOptions, target: Target) -> list[str]:
    """The passes from the program of the front end to the decisions on loops, if there are any."""
    before = passes_before_lowering(options)
    is_split = options.vec or options.threads or not is_one_loop(options)
    return [*before, *loop_decisions(options, target)] if is_split else list(before)


def loop_decisions(options: CompileOptions, target: Target | None = None) -> Sequence[str]:
    """The passes that decide on loops: also on those that a program does not become."""
    if options.vec or options.threads:
        from dspc.pipelines.split_loops import DspSplitLoops

        (split,) = parse_pipeline(split_pass(options))
        assert isinstance(split, DspSplitLoops)
        return [str(decision.spec()) for decision in split.decisions()]
    return decision_passes(options, target)


def explain(module: ModuleOp, options: CompileOptions) -> str:
    """The explanation, of a module on which `passes_explained` have run."""
    assert options.explain is not None
    return import_module(EXPLAINED[options.explain]).explanation(module, options)
