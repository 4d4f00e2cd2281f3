"""Which passes an option set stands for, and the passes by name. Nothing here loads a pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from dspc.diagnostics import usage_error

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

    from dspc.loop_options import LoopOptions
    from dspc.targets.base import Target

PASSES: dict[str, str] = {
    "dsp-simplify": "dspc.passes.dsp_simplify:DspSimplify",
    "dsp-split-recursions": "dspc.passes.dsp_split_recursions:DspSplitRecursions",
    "dsp-rates": "dspc.passes.dsp_rates:DspRates",
    "dsp-size-delays": "dspc.passes.dsp_size_delays:DspSizeDelays",
    "dsp-order-sums": "dspc.passes.dsp_order_sums:DspOrderSums",
    "dsp-flush-recursions": "dspc.passes.dsp_flush_recursions:DspFlushRecursions",
    "dsp-lower-to-loops": "dspc.passes.dsp_lower_to_loops:DspLowerToLoops",
    "dsp-split-loops": "dspc.passes.dsp_split_loops:DspSplitLoops",
    "dsp-section": "dspc.passes.dsp_section:DspSection",
    "dsp-schedule-tasks": "dspc.passes.dsp_schedule_tasks:DspScheduleTasks",
    "dsp-separate-levels": "dspc.passes.dsp_separate_levels:DspSeparateLevels",
    "dsp-share-voices": "dspc.passes.dsp_share_voices:DspShareVoices",
    "dsp-place-allocations": "dspc.passes.dsp_place_allocations:DspPlaceAllocations",
    "dsp-stage-copies": "dspc.passes.dsp_stage_copies:DspStageCopies",
    "dsp-check-memory": "dspc.passes.dsp_check_memory:DspCheckMemory",
    "dsp-pack-zones": "dspc.passes.dsp_pack_zones:DspPackZones",
}
"""Every pass of ours: name -> `module:class`."""

SIGNAL_PASSES = (
    "dsp-simplify",
    "dsp-split-recursions",
    "dsp-rates",
    "dsp-size-delays",
    "dsp-order-sums",
)
"""From the front end's program to one that is ready to be lowered."""

LOOP_PASSES = (*SIGNAL_PASSES, "dsp-lower-to-loops")
"""All the way to loops: what every back end reads."""


def loop_passes(options: LoopOptions) -> tuple[str, ...]:
    """The passes that make loops of the front end's program, as the options have it."""
    before = signal_passes(options)
    if options.threads:
        return (*before, split_pass(options), thread_pass(options))
    if not options.vec:
        return (*before, lower_pass(options))
    return (*before, split_pass(options))


def signal_passes(options: LoopOptions) -> tuple[str, ...]:
    """The passes that make the front end's program ready to be lowered, as the options have it."""
    if not options.flush_to_zero:
        return SIGNAL_PASSES
    return (*SIGNAL_PASSES, f"dsp-flush-recursions{{mode={options.flush_to_zero}}}")


def memory_passes(options: LoopOptions, target: Target, is_asked: bool = False) -> list[str]:
    """The passes that place memory and write out its copies, where an option asks for it.

    `target` is that of the code to be made, or the back end that runs the program.
    """
    is_asked |= bool(options.machine) or (options.heap != "auto" and target.takes_heap)
    if not is_asked:
        return []
    machine = json.dumps(options.machine or "cpu")
    place = f"dsp-place-allocations{{machine={machine} heap={options.heap}}}"
    staged = [f"dsp-stage-copies{{machine={machine}}}"] if target.stages(options) else []
    return [place, *staged]


def lower_pass(options: LoopOptions) -> str:
    """The text of the pass that makes one loop, or as many as are faster unless one is asked for.

    Where memory is placed, managed or saved, only banks are more than one loop: rows are memory,
    too.
    """
    settings: dict[str, int] = {}
    if not options.scalar and options.lanes != 0:
        settings["packs"] = True
        if not options.names_memory() and options.delay_line_threshold is None:
            settings["split"] = True
        if options.lanes is not None:
            settings["lanes"] = options.lanes
    if options.delay_line_threshold is not None:
        settings["delay-line-threshold"] = options.delay_line_threshold
    return f"{LOOP_PASSES[-1]}{{{_told(settings)}}}" if settings else LOOP_PASSES[-1]


def split_pass(options: LoopOptions) -> str:
    """The text of the pass that makes many loops, with its options.

    For several threads, a chunk is one piece of code that all of them go through.
    """
    settings = {
        "vector-size": options.chunk,
        "loop-variant": 1 if options.threads else options.loop_variant,
        "max-copy-delay": options.max_copy_delay,
    }
    if options.threads:
        settings["apart"] = True
    if options.lanes is not None:
        settings["lanes"] = options.lanes
    if options.delay_line_threshold is not None:
        settings["delay-line-threshold"] = options.delay_line_threshold
    return f"dsp-split-loops{{{_told(settings)}}}"


def thread_pass(options: LoopOptions) -> str:
    """The text of the pass that says which threads run which loops."""
    if options.sch:
        return f"dsp-schedule-tasks{{{_told({'group': options.group_tasks})}}}"
    settings = {"group": options.group_tasks, "par-loop": options.par_loop}
    return f"dsp-section{{{_told(settings)}}}"


def _told(settings: Mapping[str, int]) -> str:
    """Options as a pipeline has them."""
    return " ".join(
        f"{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, value in settings.items()
    )


LEVELS = ("dsp", "signals", "loops", "par", "mem")
"""What `--emit` prints as a module: the front end's program, before lowering, loops, and later."""


def load_pass(name: str) -> type[ModulePass]:
    """The class of a pass of ours, imported now."""
    module, _, attribute = PASSES[name].partition(":")
    return getattr(import_module(module), attribute)


def parse_pipeline(text: str) -> list[ModulePass]:
    """The passes of `a,b{option=1 other=x}`: ours and every pass that xDSL knows.

    Raises DspcError E0005 for a pass nobody knows, E0006 for a text that is no pipeline.
    """
    from xdsl.transforms import get_all_passes
    from xdsl.utils.arg_spec import parse_pipeline as parse_specs
    from xdsl.utils.exceptions import ArgSpecParseError

    others = get_all_passes()
    found: list[ModulePass] = []
    try:
        specs = list(parse_specs(text))
    except ArgSpecParseError as error:
        reason = str(error).strip().splitlines()[-1]
        raise usage_error(6, f"the pipeline cannot be read: {reason}") from None
    for spec in specs:
        if spec.name not in PASSES and spec.name not in others:
            raise usage_error(5, f"no pass is called {spec.name}", _near(spec.name, others))
        kind = load_pass(spec.name) if spec.name in PASSES else others[spec.name]()
        try:
            found.append(kind.from_spec(spec))
        except Exception as error:
            raise usage_error(6, f"{spec.name}: {error}") from None
    return found


def _near(name: str, others: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [*PASSES, *others], 1)
    return f"did you mean {near[0]}?" if near else f"ours are {', '.join(PASSES)}"
