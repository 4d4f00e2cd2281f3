"""Compilation for `dspc` and the Python API: a program is read, passes run, a target prints."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dspc.compile_checks import check_options, printed_level
from dspc.explain import explain
from dspc.output import Document, print_files, write_stderr
from dspc.pipelines.observers import observers_of
from dspc.pipelines.parsing import chunk_of
from dspc.pipelines.printing import print_module
from dspc.pipelines.selection import choose_passes
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


def check_code(checker: Validation, options: PassOptions) -> None:
    """Compare the code that the target prints with the module; raises DspcError E0506."""
    from dspc.modules import without_language
    from dspc.options.compile_options import CompileOptions

    if isinstance(options, CompileOptions):
        target = find_target(options.target)
        settings = target.settings(options, checker.machine is not None)
        checker.printed(target, settings, without_language(options).command_line())


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
    checker = _start_validation(module, passes, options, clock, plain)
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
        _finish_validation(checker, module, options, clock)
    if not verifies_own or not passes:
        verify_module(module, f"after {stage}")
        clock.mark("verification")


def _start_validation(
    module: ModuleOp,
    passes: Sequence[str | ModulePass],
    options: PassOptions,
    clock: Clock,
    plain: ModuleOp | None,
) -> Validation | None:
    """What `--validate` compares a module with; None without it. Raises DspcError E0501."""
    if options.validate == "off":
        return None
    from dspc.validation import Validation

    each = options.validate in ("each", "code")
    checker = Validation(module, each, seconds=options.validate_seconds, chunk=chunk_of(passes))
    if plain is not None:
        checker.front_end(plain)
        clock.mark("  validation of the front end")
    return checker


def _finish_validation(
    checker: Validation, module: ModuleOp, options: PassOptions, clock: Clock
) -> None:
    """The last comparisons, the proofs, and the line that sums them up.

    Raises DspcError E0501 and E0506, and E0504 and E0505 where a proof fails.
    """
    from dspc.passes.dsp_check_bounds import prove

    checker.finish()
    checker.summary.proved = prove(module)
    clock.mark("proofs of bounds")
    if options.validate == "code":
        check_code(checker, options)
        clock.mark("  validation of the code")
    write_stderr(f"{checker.summary}\n")


def lowered(program: str | Source | ModuleOp, options: CompileOptions) -> ModuleOp:
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
    if options.tune:
        options = _tuned(program, options)
        clock.mark("tuning")
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


def _tuned(program: str | Source | ModuleOp, options: CompileOptions) -> CompileOptions:
    """The options with those that `--tune` chooses."""
    from dspc.modules import adapted, is_module
    from dspc.tuning import tuned

    module = read_program(program, options.frontend())
    return tuned(module, adapted(options, module) if is_module(program) else options, lowered)


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
