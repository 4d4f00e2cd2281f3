"""Pass names and the pipelines that options select. No pass is imported here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

    from dspc.options.loop_options import LoopOptions
    from dspc.targets.base import Target

PASSES: dict[str, str] = {
    "dsp-simplify": "dspc.passes.dsp_simplify:DspSimplify",
    "dsp-check-domains": "dspc.passes.dsp_check_domains:DspCheckDomains",
    "dsp-merge-delays": "dspc.passes.dsp_merge_delays:DspMergeDelays",
    "dsp-split-recursions": "dspc.passes.dsp_split_recursions:DspSplitRecursions",
    "dsp-rates": "dspc.passes.dsp_rates:DspRates",
    "dsp-find-phases": "dspc.passes.dsp_find_phases:DspFindPhases",
    "dsp-size-delays": "dspc.passes.dsp_size_delays:DspSizeDelays",
    "dsp-order-sums": "dspc.passes.dsp_order_sums:DspOrderSums",
    "dsp-flush-recursions": "dspc.passes.dsp_flush_recursions:DspFlushRecursions",
    "dsp-find-linear": "dspc.passes.dsp_find_linear:DspFindLinear",
    "dsp-choose-chunk": "dspc.passes.dsp_choose_chunk:DspChooseChunk",
    "dsp-pack-recursions": "dspc.passes.dsp_pack_recursions:DspPackRecursions",
    "dsp-find-firs": "dspc.passes.dsp_find_firs:DspFindFirs",
    "dsp-partition": "dspc.passes.dsp_partition:DspPartition",
    "dsp-lower-to-loops": "dspc.passes.dsp_lower_to_loops:DspLowerToLoops",
    "dsp-split-loops": "dspc.pipelines.split_loops:DspSplitLoops",
    "dsp-fit-registers": "dspc.passes.dsp_fit_registers:DspFitRegisters",
    "dsp-separate-control": "dspc.passes.dsp_separate_control:DspSeparateControl",
    "dsp-one-sample": "dspc.passes.dsp_one_sample:DspOneSample",
    "dsp-section": "dspc.passes.dsp_section:DspSection",
    "dsp-schedule-tasks": "dspc.passes.dsp_schedule_tasks:DspScheduleTasks",
    "dsp-separate-levels": "dspc.passes.dsp_separate_levels:DspSeparateLevels",
    "dsp-share-voices": "dspc.passes.dsp_share_voices:DspShareVoices",
    "dsp-place-allocations": "dspc.passes.dsp_place_allocations:DspPlaceAllocations",
    "dsp-stage-copies": "dspc.passes.dsp_stage_copies:DspStageCopies",
    "dsp-check-memory": "dspc.passes.dsp_check_memory:DspCheckMemory",
    "dsp-check-bounds": "dspc.passes.dsp_check_bounds:DspCheckBounds",
    "dsp-assign-allocators": "dspc.passes.dsp_assign_allocators:DspAssignAllocators",
    "dsp-pack-zones": "dspc.passes.dsp_pack_zones:DspPackZones",
}
"""The passes of dspc: name -> `module:class`."""

SIGNAL_PASSES = (
    "dsp-simplify",
    "dsp-merge-delays",
    "dsp-split-recursions",
    "dsp-rates",
    "dsp-find-phases",
    "dsp-size-delays",
    "dsp-order-sums",
)
"""From the program of the front end to one that can be lowered."""

DEFAULT_CHUNK = 128
"""Frames of a chunk where the estimate, not an option, selects loop distribution: as chunks are of
any whole number of vectors, what a chunk takes besides its frames is a smaller share of 128."""

SPLIT_PASSES = (
    "dsp-find-linear",
    "dsp-choose-chunk",
    "dsp-pack-recursions",
    "dsp-find-firs",
    "dsp-partition",
    "dsp-lower-to-loops",
)
"""The passes that dsp-split-loops runs."""

LOOP_PASSES = (*SIGNAL_PASSES, "dsp-lower-to-loops")
"""From the program of the front end to loops, the input of the back ends."""


def loop_passes(options: LoopOptions, target: Target | None = None) -> tuple[str, ...]:
    """The passes from the program of the front end to loops, for a target or any."""
    before = passes_before_lowering(options)
    if options.threads:
        return (*before, split_pass(options), thread_pass(options))
    if not options.vec:
        return (*before, *lower_passes(options, target), *_register_passes(options))
    return (*before, split_pass(options))


def _register_passes(options: LoopOptions) -> tuple[str, ...]:
    """The pass that spills values of scalar loops, on machines without vectors."""
    is_asked = is_one_loop(options) and options.is_for_scalars
    return (_spec("dsp-fit-registers", _costs(options)),) if is_asked else ()


def passes_before_lowering(options: LoopOptions) -> tuple[str, ...]:
    """The passes on signals, and those that decide which loops are vectorised."""
    before = signal_passes(options)
    if options.lanes == 0 or (options.scalar and not options.vec and not options.threads):
        return before
    return (*before, "dsp-find-linear")


def signal_passes(options: LoopOptions) -> tuple[str, ...]:
    """The passes on signals that precede lowering."""
    costs = _costs(options)
    passes = SIGNAL_PASSES
    if costs:
        passes = (*passes[:-1], f"{passes[-1]}{{{_options_text(costs)}}}")
    if options.math_exceptions:
        passes = (passes[0], "dsp-check-domains", *passes[1:])
    if not options.flush_to_zero:
        return passes
    return (*passes, f"dsp-flush-recursions{{mode={options.flush_to_zero}}}")


def memory_passes(options: LoopOptions, target: Target, is_asked: bool = False) -> list[str]:
    """The passes that place memory and stage copies; empty unless an option asks for placement.

    What levels hand to each other through memory is placed, too.

    `target` is the target of the generated code, or the back end that runs the program.
    """
    is_asked |= bool(options.placed_machine) or options.heap != "auto"
    if not is_asked:
        return []
    machine = json.dumps(target.machine(options))
    place = f"dsp-place-allocations{{{_placement(options, target)}}}"
    staged = [f"dsp-stage-copies{{machine={machine}}}"] if target.stages(options) else []
    separate = ["dsp-separate-levels"] if target.separates_levels(options) else []
    return [*separate, place, *staged]


def _placement(options: LoopOptions, target: Target) -> str:
    """The options of the pass that places memory."""
    settings = [f"machine={json.dumps(target.machine(options))}", f"heap={options.heap}"]
    if not target.considers_copies(options):
        settings.append("copies=false")
    if target.separates_levels(options):
        settings.append("levels=true")
    work = target.search_work(options)
    if work is not None:
        settings.append(f"work={work}")
    return " ".join(settings)


def lower_passes(options: LoopOptions, target: Target | None = None) -> tuple[str, ...]:
    """The passes that decide on loops and lower signals to them: one loop, or several where the
    estimate is lower."""
    lower = _spec(LOOP_PASSES[-1], _exact_rings(options))
    return (lower,) if is_one_loop(options) else (*decision_passes(options, target), lower)


def is_one_loop(options: LoopOptions) -> bool:
    """Whether the options ask for one loop, without -vec."""
    return options.scalar or options.lanes == 0


def decision_passes(options: LoopOptions, target: Target | None = None) -> tuple[str, ...]:
    """The passes that decide on the loops without -vec: those of many loops where the options ask
    for one, which are then not lowered.

    Where memory is placed, managed or minimized, only packs split the loop, since each further loop
    needs rows.
    """
    chunk: dict[str, int | str] = {"vector-size": DEFAULT_CHUNK, **_exact_rings(options)}
    loops: dict[str, int | str] = {}
    if not is_one_loop(options):
        is_memory_named = options.names_memory() or options.delay_line_threshold is not None
        loops["loops"] = "banks" if is_memory_named else "best"
        if options.lanes is not None:
            chunk["lanes"] = options.lanes
    most: dict[str, int | str] = {}
    if target is not None and target.most_loops is not None:
        most["most-loops"] = target.most_loops
    costs = _costs(options)
    return (
        _spec("dsp-choose-chunk", {**chunk, **loops, **costs}),
        _spec("dsp-pack-recursions", costs),
        "dsp-find-firs",
        _spec("dsp-partition", {**loops, **most, **costs}),
    )


def _exact_rings(options: LoopOptions) -> dict[str, int | str]:
    threshold = options.delay_line_threshold
    return {} if threshold is None else {"delay-line-threshold": threshold}


def split_pass(options: LoopOptions) -> str:
    """The pass that distributes the work over loops, with its options.

    With threads, all of them run the code of a chunk: there is one variant of it (`-lv 1`). `-lv 2`
    promises full chunks, which `-lv 0` takes as well.
    """
    settings: dict[str, int | str] = {
        "vector-size": options.chunk,
        "loop-variant": 1 if options.threads else options.loop_variant % 2,
        "max-copy-delay": options.max_copy_delay,
    }
    if options.threads:
        settings["apart"] = True
    if options.lanes is not None:
        settings["lanes"] = options.lanes
    if options.delay_line_threshold is not None:
        settings["delay-line-threshold"] = options.delay_line_threshold
    settings |= _costs(options)
    return f"dsp-split-loops{{{_options_text(settings)}}}"


def thread_pass(options: LoopOptions) -> str:
    """The pass that assigns loops to threads, with its options."""
    if options.sch:
        settings = {"group": options.group_tasks, **_costs(options)}
        return f"dsp-schedule-tasks{{{_options_text(settings)}}}"
    settings = {"group": options.group_tasks, "par-loop": options.par_loop, **_costs(options)}
    return f"dsp-section{{{_options_text(settings)}}}"


def _costs(options: LoopOptions) -> dict[str, str]:
    """The option of passes with a cost model: the machine whose processor they take."""
    machine = options.costed_machine
    return {} if machine is None else {"machine": machine}


def _spec(name: str, settings: Mapping[str, int | str]) -> str:
    """A pass with its options, in the syntax of a pass pipeline."""
    return f"{name}{{{_options_text(settings)}}}" if settings else name


def _options_text(settings: Mapping[str, int | str]) -> str:
    """Options in the syntax of a pass pipeline."""
    return " ".join(f"{name}={_option_text(value)}" for name, value in settings.items())


def _option_text(value: int | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, str) else str(value)


LEVELS = ("dsp", "signals", "decisions", "loops", "par", "mem")
"""The levels of `--emit`: front end, before the decisions on loops and after them, loops, scheduled
loops, placed memory."""


SIGNAL_LEVELS = LEVELS[: LEVELS.index("loops")]
_LOWERINGS = (LOOP_PASSES[-1], "dsp-split-loops")


def load_pass(name: str) -> type[ModulePass]:
    """Import the class of a pass of dspc."""
    module, _, attribute = PASSES[name].partition(":")
    return getattr(import_module(module), attribute)


def needed(passes: Sequence[str], level: str | None) -> list[str]:
    """The passes of a pipeline from signals that a module of a level does not have behind it.

    Decisions on loops are carried out as they are.
    """
    if level == "signals":
        return list(passes)
    if level == "decisions":
        lowerings = [at for at, spec in enumerate(passes) if spec.startswith(_LOWERINGS)]
        return [LOOP_PASSES[-1], *passes[lowerings[0] + 1 :]] if lowerings else []
    remaining: list[str] = []
    for spec in passes:
        kind = load_pass(spec.partition("{")[0])
        if level in getattr(kind, "TAKES", ()):
            remaining.append(spec)
            level = getattr(kind, "MAKES", level)
    return remaining
