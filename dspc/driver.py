"""From options to a module and from a module to text; what `dspc` and the Python API share."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dspc.diagnostics import usage_error
from dspc.explain import EXPLAINED, explain, passes_explained
from dspc.output import print_text, tell
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
"""Whether the module is verified after each of dspc's own passes, too; the tests set it."""


@dataclass(slots=True)
class Clock:
    """Seconds of CPU time, by what they were spent on."""

    spent: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    last: float = field(default_factory=time.process_time)

    def mark(self, what: str) -> None:
        now = time.process_time()
        self.spent.append((what, now - self.last))
        self.last = now

    def report(self) -> str:
        """One line for each entry and one for the sum, in milliseconds."""
        total = sum(seconds for _, seconds in self.spent)
        lines = [f"{seconds * 1e3:9.1f} ms  {what}" for what, seconds in self.spent]
        return "\n".join([*lines, f"{total * 1e3:9.1f} ms  in all\n"])


def read_program(program: str | Source, options: FrontendOptions) -> ModuleOp:
    """The module of a file (by its path) or of a source text; raises DspcError."""
    from dspc.frontends.faust.compile import compile_file, compile_source

    if isinstance(program, str):
        return compile_file(program, options)
    return compile_source(program, options)


def choose_passes(options: CompileOptions) -> Sequence[str | ModulePass]:
    """What the options ask to be run on the front end's module.

    Our own passes stay names, so that a program with a fault is told before they are loaded.
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
    """Refuse an `--emit` that names no level; raises DspcError E0004."""
    if options.emit is None or options.emit in LEVELS or printed_level(options) is not None:
        return
    levels = (*LEVELS, *(one.name for one in all_targets() if one.is_level))
    raise usage_error(4, f"no level is called {options.emit}", f"there are {', '.join(levels)}")


def printed_level(options: CompileOptions) -> Target | None:
    """The target that `--emit` names, if it is no level of ours."""
    return None if options.emit in (None, *LEVELS) else level_target(options.emit)


def late_passes(options: CompileOptions, target: Target) -> list[str]:
    """What follows lowering: the placing of memory if it is asked for, and the target's passes."""
    is_told = bool(options.memory_map or options.explain)
    is_asked = is_told or options.emit == "mem"
    placing = memory_passes(options, target, is_asked)
    # What is copied to l2 is each voice's own, so copies are written out before voices share.
    is_lowered = options.emit in (None, "loops", "par", "mem")
    passes = target.passes(options, bool(placing)) if is_lowered else []
    return [*(placing[:1] if is_told else placing), *passes]


def run_passes(
    module: ModuleOp, passes: Sequence[str | ModulePass], options: CompileOptions, clock: Clock
) -> None:
    """Run the passes in place, printing, timing and validating as the options ask.

    The module is verified after each pass that is not dspc's, and after the last pass; under
    `--validate` after each. Raises DspcError E0503 where that fails.
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
        one = _made(chosen) if isinstance(chosen, str) else chosen
        one.apply(context, module)
        stage = one.name
        clock.mark(one.name)
        if verifies_own or not type(one).__module__.startswith("dspc."):
            verify_module(module, f"after {one.name}")
            clock.mark(f"  verification of {one.name}")
        if options.print_after in (one.name, "all"):
            tell(f"// after {one.name}\n{print_module(module)}")
        if checker is not None:
            checker.after(one)
            clock.mark(f"  validation of {one.name}")
    if checker is not None:
        checker.finish()
    if not verifies_own or not passes:
        verify_module(module, f"after {stage}")
        clock.mark("verification")


def _made(text: str) -> ModulePass:
    """A pass of ours from its name, or from its name and options."""
    return load_pass(text)() if text in PASSES else parse_pipeline(text)[0]


def check_options(options: CompileOptions) -> None:
    """Refuse what contradicts itself or names what there is not; raises DspcError."""
    options.check_loops()
    find_target(options.target)
    if options.validate not in VALIDATE:
        raise usage_error(8, f"--validate is one of {', '.join(VALIDATE)}, not {options.validate}")
    if options.memory_map not in (None, "text", "json", "svg"):
        message = f"--memory-map is one of text, json, svg, not {options.memory_map}"
        raise usage_error(8, message)
    if options.explain not in (None, *EXPLAINED):
        hint = f"there are {', '.join(EXPLAINED)}"
        raise usage_error(8, f"--explain knows nothing of {options.explain}", hint)
    if options.explain and (options.pipeline or options.emit or options.export_dsp):
        raise usage_error(7, "--explain runs the passes it needs: it excludes -p, --emit and -e")
    if options.export_dsp and (options.emit or options.pipeline or options.memory_map):
        raise usage_error(7, "-e excludes --emit, -p and --memory-map")
    if options.memory_map and options.explain:
        raise usage_error(7, "--memory-map and --explain exclude each other")
    check_target(options, printed_level(options))
    if options.task_graph and (options.export_dsp or options.emit in ("dsp", "signals")):
        raise usage_error(7, "-tg draws loops: it excludes -e, --emit dsp and --emit signals")
    if options.print_after not in (None, "all", *PASSES) and options.pipeline is None:
        hint = f"there are {', '.join(PASSES)}"
        raise usage_error(5, f"no pass is called {options.print_after}", hint)


def compile_text(program: str | Source, options: CompileOptions, clock: Clock) -> str:
    """The text that the options ask for; empty where they ask for a folder of files."""
    return compile_all(program, options, clock)[0] or ""


def compile_all(
    program: str | Source, options: CompileOptions, clock: Clock
) -> tuple[str | None, list[Document]]:
    """The text that the options ask for, or None where files take its place, and the documents."""
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
        from dspc.memory_map import tell_placement

        text = tell_placement(module, options)
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
