"""The compilation pipeline, shared by `dspc` and the Python API."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dspc.diagnostics import usage_error
from dspc.explain import EXPLAINED, explain, passes_explained
from dspc.output import print_text, write_stderr
from dspc.pipelines import (
    LEVELS,
    PASSES,
    load_pass,
    loop_passes,
    memory_passes,
    parse_pipeline,
    signal_passes,
    split_pass,
)
from dspc.printing import print_module
from dspc.targets.registry import all_targets, check_target, find_target, level_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass

    from dspc.dialects.diagnostics import Source
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.options import CompileOptions
    from dspc.output import Document
    from dspc.targets.base import Target

VALIDATE = ("off", "end", "each")
VERIFY_OWN = False
"""Whether the module is also verified after each pass of dspc; set by the tests."""


@dataclass(slots=True)
class Clock:
    """CPU time of each stage of a compilation, in seconds."""

    spent: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    last: float = field(default_factory=time.process_time)

    def mark(self, what: str) -> None:
        now = time.process_time()
        self.spent.append((what, now - self.last))
        self.last = now

    def report(self) -> str:
        """One line for each stage and one for the total, in milliseconds."""
        total = sum(seconds for _, seconds in self.spent)
        lines = [f"{seconds * 1e3:9.1f} ms  {what}" for what, seconds in self.spent]
        return "\n".join([*lines, f"{total * 1e3:9.1f} ms  total\n"])


def read_program(program: str | Source, options: FrontendOptions) -> ModuleOp:
    """The module of a file (its path) or a source text; raises DspcError for errors in it."""
    from dspc.frontends.faust.compile import compile_file, compile_source

    if isinstance(program, str):
        return compile_file(program, options)
    return compile_source(program, options)


def choose_passes(options: CompileOptions) -> Sequence[str | ModulePass]:
    """The passes that the options select, in order.

    Passes of dspc stay names, so that errors in the program are reported before they are imported.
    """
    if options.pipeline is not None:
        return parse_pipeline(options.pipeline)
    target = find_target(options.target)
    options = target.adapt(options)
    check_level(options)
    explained = passes_explained(options)
    if explained is not None:
        return explained
    if options.emit == "par":
        shared = options if options.threads else replace(options, omp=True)
        return [*loop_passes(target.adapt(shared)), *late_passes(options, target)]
    if options.emit == "loops" and options.threads:
        return [*signal_passes(options), split_pass(options), *late_passes(options, target)]
    if options.emit in ("dsp", "signals"):
        return signal_passes(options) if options.emit == "signals" else ()
    return [*loop_passes(options), *late_passes(options, target)]


def check_level(options: CompileOptions) -> None:
    """Refuse an unknown level of `--emit`; raises DspcError E0004."""
    if options.emit is None or options.emit in LEVELS or printed_level(options) is not None:
        return
    levels = (*LEVELS, *(one.name for one in all_targets() if one.is_level))
    raise usage_error(4, f"unknown level {options.emit}", f"the levels are {', '.join(levels)}")


def printed_level(options: CompileOptions) -> Target | None:
    """The target that `--emit` names; None for a level of the module or without `--emit`."""
    return None if options.emit in (None, *LEVELS) else level_target(options.emit)


def late_passes(options: CompileOptions, target: Target) -> list[str]:
    """The passes after lowering: placement of memory if requested, and those of the target."""
    is_report = bool(options.memory_map or options.explain)
    is_needed = target.places_memory and options.emit not in ("loops", "par")
    is_asked = is_report or is_needed or options.emit == "mem"
    placing = memory_passes(options, target, is_asked)
    # Copies in l2 are private to a voice, so they are staged before `dsp-share-voices`.
    is_lowered = options.emit in (None, "loops", "par", "mem")
    passes = target.passes(options, bool(placing)) if is_lowered else []
    return [*(placing[:1] if is_report else placing), *passes]


def run_passes(
    module: ModuleOp, passes: Sequence[str | ModulePass], options: CompileOptions, clock: Clock
) -> None:
    """Run the passes in place, with the printing, timing and validation that the options select.

    The module is verified after each pass of other packages and after the last pass; with
    `--validate` after each pass. Raises DspcError E0503 if it is invalid.
    """
    from xdsl.context import Context

    from dspc.verification import verify_module

    context = Context()
    verifies_own = VERIFY_OWN or options.validate != "off"
    checker = None
    if options.validate != "off":
        from dspc.validation import Validation

        checker = Validation(module, each=options.validate == "each")
    stage = "the front end"
    for chosen in passes:
        one = _instantiate(chosen) if isinstance(chosen, str) else chosen
        one.apply(context, module)
        stage = one.name
        clock.mark(one.name)
        if verifies_own or not type(one).__module__.startswith("dspc."):
            verify_module(module, f"after {one.name}")
            clock.mark(f"  verification of {one.name}")
        if options.print_after in (one.name, "all"):
            write_stderr(f"// after {one.name}\n{print_module(module)}")
        if checker is not None:
            checker.after(one)
            clock.mark(f"  validation of {one.name}")
    if checker is not None:
        checker.finish()
    if not verifies_own or not passes:
        verify_module(module, f"after {stage}")
        clock.mark("verification")


def _instantiate(text: str) -> ModulePass:
    """The pass of a name, or of a name with options."""
    return load_pass(text)() if text in PASSES else parse_pipeline(text)[0]


def check_options(options: CompileOptions) -> None:
    """Refuse invalid and contradictory options; raises DspcError, exit status 2."""
    options.check_loops()
    find_target(options.target)
    if options.validate not in VALIDATE:
        raise usage_error(8, f"--validate is one of {', '.join(VALIDATE)}, not {options.validate}")
    if options.memory_map not in (None, "text", "json", "svg"):
        message = f"--memory-map is one of text, json, svg, not {options.memory_map}"
        raise usage_error(8, message)
    if options.explain not in (None, *EXPLAINED):
        hint = f"--explain takes {', '.join(EXPLAINED)}"
        raise usage_error(8, f"there is no explanation of {options.explain}", hint)
    if options.explain and (options.pipeline or options.emit or options.export_dsp):
        raise usage_error(7, "--explain selects the passes itself: it excludes -p, --emit and -e")
    if options.export_dsp and (options.emit or options.pipeline or options.memory_map):
        raise usage_error(7, "-e excludes --emit, -p and --memory-map")
    if options.memory_map and options.explain:
        raise usage_error(7, "--memory-map and --explain exclude each other")
    check_target(options, printed_level(options))
    if options.task_graph and (options.export_dsp or options.emit in ("dsp", "signals")):
        raise usage_error(7, "-tg draws loops: it excludes -e, --emit dsp and --emit signals")
    if options.print_after not in (None, "all", *PASSES) and options.pipeline is None:
        hint = f"the passes are {', '.join(PASSES)}"
        raise usage_error(5, f"unknown pass {options.print_after}", hint)


def compile_text(program: str | Source, options: CompileOptions, clock: Clock) -> str:
    """The requested text; empty where the output is a folder of files."""
    return compile_all(program, options, clock)[0] or ""


def compile_all(
    program: str | Source, options: CompileOptions, clock: Clock
) -> tuple[str | None, list[Document]]:
    """The requested text (None where the output is a folder of files) and the documents."""
    check_options(options)
    passes = choose_passes(options)
    clock.mark("start")
    documents: list[Document] = []
    if options.export_dsp:
        from dspc.documents import export_documented

        return export_documented(program, options)
    if options.documented():
        from dspc.documents import make_documents, read_documented

        elaboration, module = read_documented(program, options)
        if options.file_list:
            files = (options.file or elaboration.name, *elaboration.libraries)
            print_text("".join(f"{os.path.abspath(file)}\n" for file in files))
        documents = make_documents(elaboration, options)
    else:
        module = read_program(program, options.frontend())
    clock.mark("front end")
    run_passes(module, passes, options, clock)
    if options.task_graph:
        from dspc.documents import draw_tasks

        documents += draw_tasks(module, options)
    files = find_target(options.target).files(module, options)
    if files is not None:
        clock.mark(f"target {options.target}")
        return None, [*documents, *files]
    return _module_text(module, options, clock), documents


def _module_text(module: ModuleOp, options: CompileOptions, clock: Clock) -> str:
    if options.explain is not None:
        text = explain(module, options)
        clock.mark("explanation")
        return text
    if options.memory_map is not None:
        from dspc.memory_map import report_placement

        text = report_placement(module, options)
        clock.mark("memory map")
        return text
    level = printed_level(options)
    if (options.emit is not None and level is None) or options.pipeline is not None:
        text = print_module(module)
        clock.mark("print")
        return text
    target = level or find_target(options.target)
    text = target.text(module, options)
    clock.mark(f"target {target.name}")
    return text
