"""The passes that the options select for a module."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dspc.compile_checks import check_level
from dspc.explain import decided_passes, passes_explained
from dspc.messages import usage_error
from dspc.pipelines.edits import edited
from dspc.pipelines.parsing import check_order, check_pass_name, instantiate
from dspc.pipelines.standard import (
    loop_passes,
    memory_passes,
    needed,
    signal_passes,
    split_pass,
)
from dspc.targets.lookup import find_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xdsl.passes import ModulePass

    from dspc.options.compile_options import CompileOptions
    from dspc.options.pass_options import PassOptions
    from dspc.targets.base import Target


def choose_passes(
    options: CompileOptions,
    level: str | None = "signals",
    replacement: Sequence[str | ModulePass] | None = None,
) -> Sequence[str | ModulePass]:
    """The passes that the options select for a module of `level`, in order.

    `replacement` replaces the pipeline, as `-p` does. Passes of dspc stay names where no option
    edits the pipeline, so that errors in the program are reported before they are imported. Raises
    DspcError E0005, E0006 and E0024 for passes, options and an order that cannot be.
    """
    target = find_target(options.target)
    replacement = pipeline_of(options, replacement)
    selected = replacement if replacement is not None else _selected(options, target, level)
    passes = edited(selected, options)
    printed = target if options.prints_target else None
    return checked(passes, options, level, printed, replacement is not None)


def pipeline_of(
    options: PassOptions, replacement: Sequence[str | ModulePass] | None
) -> Sequence[str | ModulePass] | None:
    """The passes in place of the pipeline: `replacement`, else those of `-p`; None for neither."""
    if replacement is None and options.pipeline is not None:
        return [options.pipeline]
    return [replacement] if isinstance(replacement, str) else replacement


def checked(
    passes: Sequence[str | ModulePass],
    options: PassOptions,
    level: str | None,
    target: Target | None,
    is_given: bool,
) -> Sequence[str | ModulePass]:
    """The passes, in a valid order; `target` prints or runs the module after them.

    Raises DspcError E0024. Pipelines that nobody gave or edited need no check.
    """
    if options.print_after not in (None, "all"):
        check_pass_name(options.print_after)
    if not (is_given or options.insert or options.without):
        return passes
    instantiated = instantiate(passes)
    last = check_order(instantiated, level)
    if target is not None and target.takes and last not in (None, *target.takes):
        message = f"the target {target.name} takes loops, but the pipeline ends with {last}"
        raise usage_error(24, message, "dsp-lower-to-loops makes them")
    return instantiated


def _selected(options: CompileOptions, target: Target, level: str | None) -> Sequence[str]:
    """The pipeline of the options, as text; without passes that a module of `level` is beyond."""
    options = target.adapt(options)
    check_level(options)
    explained = passes_explained(options)
    if explained is not None:
        if level not in ("signals", "decisions"):
            message = f"--explain {options.explain} needs signals, but the module has {level}"
            raise usage_error(24, message)
        return needed(explained, level)
    if options.emit == "par":
        shared = options if options.threads else replace(options, omp=True)
        passes = [*loop_passes(target.adapt(shared), target), *late_passes(options, target)]
    elif options.emit == "loops" and options.threads:
        passes = [*signal_passes(options), split_pass(options), *late_passes(options, target)]
    elif options.emit == "decisions":
        passes = decided_passes(options, target)
    elif options.emit in ("dsp", "signals"):
        passes = [*signal_passes(options)] if options.emit == "signals" else []
    else:
        passes = [*loop_passes(options, target), *late_passes(options, target)]
    return needed(passes, level)


def late_passes(options: CompileOptions, target: Target) -> list[str]:
    """The passes after lowering: placement of memory if requested, and those of the target."""
    is_report = bool(options.memory_map or options.explain)
    is_needed = target.places_memory and options.emit not in ("loops", "par")
    is_asked = is_report or is_needed or options.emit == "mem"
    placing = memory_passes(options, target, is_asked)
    # Copies in l2 are private to a voice, so they are staged before `dsp-share-voices`.
    is_lowered = options.emit in (None, "loops", "par", "mem")
    early = target.early_passes(options) if is_lowered else []
    passes = target.passes(options, bool(placing)) if is_lowered else []
    if is_report:
        placing = [spec for spec in placing if not spec.startswith("dsp-stage-copies")]
    return [*early, *placing, *passes]
