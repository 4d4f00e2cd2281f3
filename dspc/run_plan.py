"""The passes before a program runs in a back end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dspc.pipelines.edits import edited
from dspc.pipelines.selection import checked, pipeline_of
from dspc.pipelines.standard import loop_passes, memory_passes, needed

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

    from dspc.options.loop_options import LoopOptions
    from dspc.targets.base import Target


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The passes before a program runs, and the options as the target adapts them."""

    passes: Sequence[str | ModulePass]
    options: LoopOptions
    is_placed: bool


def run_plan(
    target: Target,
    options: LoopOptions,
    settings: Mapping[str, Any],
    level: str | None = "signals",
    replacement: Sequence[str | ModulePass] | None = None,
) -> RunPlan:
    """The passes with which a target runs a module of `level`; `replacement` as in `choose_passes`.

    Raises DspcError E0005, E0006 and E0024 for passes, options and an order that cannot be.
    """
    options.check_passes()
    options = target.adapt(options, settings.get("voices"))
    is_asked = target.places_memory or bool(settings.get("fail"))
    placing = memory_passes(options, target, is_asked)
    replacement = pipeline_of(options, replacement)
    own = [*loop_passes(options, target), *placing, *target.passes(options, bool(placing))]
    selected = needed(own, level) if replacement is None else replacement
    passes = checked(edited(selected, options), options, level, target, replacement is not None)
    is_placed = any("dsp-place-allocations" in _names(entry) for entry in passes) or level == "mem"
    return RunPlan(passes, options, is_placed)


def _names(entry: str | ModulePass) -> str:
    return entry if isinstance(entry, str) else entry.name
