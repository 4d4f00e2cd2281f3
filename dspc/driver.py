"""The compilation pipeline, shared by `dspc` and the Python API."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dspc.compile_checks import check_level, check_options, printed_level
from dspc.diagnostics import usage_error
from dspc.explain import decided_passes, explain, passes_explained
from dspc.output import Document, print_files, write_stderr
from dspc.pipelines.edits import edited
from dspc.pipelines.observers import observers_of
from dspc.pipelines.printing import print_module
from dspc.pipelines.specs import check_order, check_pass_name, chunk_of, instantiate
from dspc.pipelines.standard import (
    loop_passes,
    memory_passes,
    needed,
    signal_passes,
    split_pass,
)
from dspc.running.effects import effect_of, with_effect
from dspc.targets.lookup import find_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass

    from dspc.frontends.faust.elaborate import Elaboration
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.options.compile_options import CompileOptions
    from dspc.options.pass_options import PassOptions
    from dspc.pipelines.observers import Observer
    from dspc.support.diagnostics import Source
    from dspc.targets.base import Target
    from dspc.validation import Validation

VERIFY_OWN = False
"""Whether the module is also verified after each pass of dspc; set by the tests."""


@dataclass(slots=True)
class Clock:
    """CPU time of each stage of a compilation, in seconds."""

    spent: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])
    last: float = field(default_factory=time.process_time)

    def mark(self, stage: str) -> None:
        now = time.process_time()
        self.spent.append((stage, now - self.last))
        self.last = now

    def report(self) -> str:
        """One line for each stage and one for the total, in milliseconds."""
        total = sum(seconds for _, seconds in self.spent)
        lines = [f"{seconds * 1e3:9.1f} ms  {stage}" for stage, seconds in self.spent]
        return "\n".join([*lines, f"{total * 1e3:9.1f} ms  total\n"])


def read_program(program: str | Source | ModuleOp, options: FrontendOptions) -> ModuleOp:
    """The module of a file (its path), a source text or a module, of which it is a copy.

    Raises DspcError for errors in it.
    """
    from xdsl.dialects.builtin import ModuleOp

    from dspc.frontends.faust.compile import compile_file, compile_source
    from dspc.modules import is_module, read_module, refuse_foreign

    if is_module(program):
        module = read_module(program)
        refuse_foreign(module, options)
        return module
    assert not isinstance(program, ModuleOp)
    if isinstance(program, str):
        return compile_file(program, options)
    return compile_source(program, options)


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


def check_code(checker: Validation, options: PassOptions) -> None:
    """Compare the code that the target prints with the module; raises DspcError E0506."""
    from dspc.options.compile_options import CompileOptions

    if isinstance(options, CompileOptions):
        target = find_target(options.target)
        checker.printed(target, target.settings(options, checker.machine is not None))


def run_passes(
    module: ModuleOp,
    passes: Sequence[str | ModulePass],
    options: PassOptions,
    clock: Clock,
    observers: Sequence[Observer] = (),
    plain: ModuleOp | None = None,
) -> None:
    """Run the passes in place, with the printing, timing and validation that the options select.

    The module is verified after each pass of other packages and after the last pass; with
    `--validate` after each pass, and bounds are proved after the last. Raises DspcError E0503 if it
    is invalid, E0504 or E0505 if a proof fails. `plain` is the module without rewrite rules.
    """
    from dspc.pipelines.runner import apply_pass, instances, is_own, pass_context
    from dspc.pipelines.verification import verify_module

    context = pass_context(passes)
    verifies_own = VERIFY_OWN or options.validate != "off"
    checker = None
    if options.validate != "off":
        from dspc.validation import Validation

        each = options.validate in ("each", "code")
        seconds = options.validate_seconds
        checker = Validation(module, each, seconds=seconds, chunk=chunk_of(passes))
        if plain is not None:
            checker.front_end(plain)
            clock.mark("  validation of the front end")
    stage = "the front end"
    for module_pass in instances(passes):
        with ExitStack() as around:
            for observer in observers:
                around.enter_context(observer.of(module_pass, module))
            apply_pass(module_pass, context, module, options.verbose)
        stage = module_pass.name
        clock.mark(module_pass.name)
        if verifies_own or not is_own(module_pass):
            verify_module(module, f"after {module_pass.name}")
            clock.mark(f"  verification of {module_pass.name}")
        if options.print_after in (module_pass.name, "all"):
            write_stderr(f"// after {module_pass.name}\n{print_module(module)}")
        if checker is not None:
            checker.after(module_pass)
            clock.mark(f"  validation of {module_pass.name}")
    if checker is not None:
        checker.finish()
        if options.validate == "code":
            check_code(checker, options)
            clock.mark("  validation of the code")
        write_stderr(f"{checker.summary}\n")
        for module_pass in instances(["dsp-check-bounds"]):
            module_pass.apply(context, module)
        clock.mark("proofs of bounds")
    if not verifies_own or not passes:
        verify_module(module, f"after {stage}")
        clock.mark("verification")


def lowered(program: str | Source, options: CompileOptions) -> ModuleOp:
    """The module of a program behind the passes that the options select."""
    module = read_program(program, options.frontend())
    run_passes(module, choose_passes(options), options, Clock())
    return module


def compile_text(program: str | Source | ModuleOp, options: CompileOptions, clock: Clock) -> str:
    """The requested text; empty where the output is a folder of files."""
    return compile_all(program, options, clock)[0] or ""


def compile_all(
    program: str | Source | ModuleOp, options: CompileOptions, clock: Clock
) -> tuple[str | None, list[Document]]:
    """The requested text (None where the output is a folder of files) and the documents."""
    from xdsl.dialects.builtin import ModuleOp

    from dspc.modules import is_module

    check_options(options)
    if is_module(program):
        return _compile_module(program, options, clock)
    assert not isinstance(program, ModuleOp)
    passes = choose_passes(options)
    clock.mark("start")
    documents: list[Document] = []
    elaboration = None
    if options.export_dsp:
        from dspc.documents import export_documented

        return export_documented(program, options)
    if options.documented():
        from dspc.documents import make_documents, read_documented

        elaboration, module = read_documented(program, options)
        if options.file_list:
            print_files((options.file or elaboration.name, *elaboration.libraries))
        documents = make_documents(elaboration, options)
    else:
        module = read_program(program, options.frontend())
    clock.mark("front end")
    plain = read_plain(program, options)
    return _outputs(program, module, passes, documents, options, clock, plain, elaboration)


def read_plain(program: str | Source | ModuleOp, options: PassOptions) -> ModuleOp | None:
    """The module that the front end builds without rewrite rules; None if it is not needed."""
    from dspc.modules import is_module

    if options.validate == "off" or is_module(program):
        return None
    return read_program(program, replace(options.frontend(), simplified=False))


def _compile_module(
    program: str | Source | ModuleOp, options: CompileOptions, clock: Clock
) -> tuple[str | None, list[Document]]:
    """Like `compile_all`, of a module: it can have some of the passes behind it."""
    from dspc.documents import describe_module
    from dspc.modules import adapted, level_of

    clock.mark("start")
    module = read_program(program, options.frontend())
    options = adapted(options, module)
    passes = choose_passes(options, level_of(module))
    documents = describe_module(module, options)
    if options.file_list and options.file:
        print_files((options.file,))
    clock.mark("front end")
    return _outputs(program, module, passes, documents, options, clock)


def _outputs(
    program: str | Source | ModuleOp,
    module: ModuleOp,
    passes: Sequence[str | ModulePass],
    documents: list[Document],
    options: CompileOptions,
    clock: Clock,
    plain: ModuleOp | None = None,
    elaboration: Elaboration | None = None,
) -> tuple[str | None, list[Document]]:
    """Run the passes; the text and all documents."""
    if options.signal_graph:
        from dspc.documents import draw_signals

        documents = [*documents, *draw_signals(module, options)]
    main = options.file or ""
    observers = observers_of(
        options,
        elaboration,
        lambda asked: compile_text(main, asked, Clock()),
        lambda: effect_of(program, module, options, lowered),
    )
    run_passes(module, passes, options, clock, observers, plain)
    if options.json:
        from dspc.documents import with_memory

        documents = with_memory(documents, module, options)
    for observer in observers:
        documents = [*documents, *observer.documents(module)]
    if options.task_graph:
        from dspc.documents import draw_tasks

        documents = [*documents, *draw_tasks(module, options)]
    if options.report and options.output is None:
        return None, documents
    target = find_target(options.target)
    if options.prints_target:
        target = with_effect(target, program, module, options, lowered)
        files = target.files(module, options)
        if files is not None:
            clock.mark(f"target {options.target}")
            return None, [*documents, *files]
    return _module_text(module, target, options, clock), documents


def _module_text(module: ModuleOp, target: Target, options: CompileOptions, clock: Clock) -> str:
    if options.explain is not None:
        text = explain(module, options)
        clock.mark("explanation")
        return text
    if options.memory_map is not None:
        from dspc.figures.memory_report import report_placement

        text = report_placement(module, options)
        clock.mark("memory map")
        return text
    level = printed_level(options)
    if level is None and not options.prints_target:
        text = print_module(module)
        clock.mark("print")
        return text
    printing = level or target
    text = printing.text(module, options)
    clock.mark(f"target {printing.name}")
    return text
