"""Checks of the options of a compilation, before the program is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dspc.explain import EXPLAINED
from dspc.messages import usage_error
from dspc.pipelines.standard import LEVELS, SIGNAL_LEVELS
from dspc.targets.endings import check_other_endings, check_output_ending
from dspc.targets.lookup import check_target, find_target
from dspc.targets.registry import all_targets, level_target

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions
    from dspc.targets.base import Target


def check_options(options: CompileOptions) -> None:
    """Refuse invalid and contradictory options; raises DspcError, exit status 2."""
    options.check_loops()
    options.check_passes()
    find_target(options.target)
    if options.memory_map not in (None, "text", "json", "svg"):
        message = f"--memory-map is one of text, json, svg, not {options.memory_map}"
        raise usage_error(8, message)
    if options.explain not in (None, *EXPLAINED):
        hint = f"--explain takes {', '.join(EXPLAINED)}"
        raise usage_error(8, f"there is no explanation of {options.explain}", hint)
    if options.explain and (options.pipeline is not None or options.emit or options.export_dsp):
        raise usage_error(7, "--explain selects the passes itself: it excludes -p, --emit and -e")
    if options.export_dsp and (options.emit or options.pipeline or options.memory_map):
        raise usage_error(7, "-e excludes --emit, -p and --memory-map")
    if options.memory_map and options.explain:
        raise usage_error(7, "--memory-map and --explain exclude each other")
    check_target(options, printed_level(options))
    if options.tune:
        from dspc.tuning import check_tuning

        check_tuning(options)
    if options.task_graph and (options.export_dsp or options.emit in SIGNAL_LEVELS):
        raise usage_error(7, f"-tg draws loops: it excludes -e and --emit {options.emit or 'dsp'}")
    check_output_ending(options)
    check_other_endings(options)
    if options.report and (options.export_dsp or options.explain or options.emit):
        raise usage_error(7, "--report shows all levels: it excludes -e, --emit and --explain")


def check_level(options: CompileOptions) -> None:
    """Refuse an unknown level of `--emit`; raises DspcError E0004."""
    if options.emit is None or options.emit in LEVELS or printed_level(options) is not None:
        return
    levels = (*LEVELS, *(target.name for target in all_targets() if target.is_level))
    raise usage_error(4, f"unknown level {options.emit}", f"the levels are {', '.join(levels)}")


def printed_level(options: CompileOptions) -> Target | None:
    """The target that `--emit` names; None for a level of the module or without `--emit`."""
    return None if options.emit in (None, *LEVELS) else level_target(options.emit)
