"""From options to a module and from a module to text; what `dspc` and the Python API share."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dspc.diagnostics import usage_error
from dspc.explain import EXPLAINED, explain, passes_explained
from dspc.options import HEAPS
from dspc.output import print_text, tell
from dspc.pipelines import (
    LEVELS,
    PASSES,
    for_target,
    load_pass,
    loop_passes,
    memory_passes,
    parse_pipeline,
    signal_passes,
    split_pass,
    voice_passes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass

    from dspc.dialects.diagnostics import Source
    from dspc.documents import Document
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.options import CompileOptions

VALIDATE = ("off", "end", "each")
STORAGES = {
    "buffer": HEAPS,
    "data-section": ("auto", "ddr", "msmc"),
    "local-array": ("l2",),
    "local-arg": ("l2",),
}
"""What can hold OpenCL's heaps, and with which of them it goes."""
DEVICES = ("portable", "ti")


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
    options = for_target(options, options.target)
    if options.emit not in (None, "par", "mem", "llvm", *LEVELS):
        levels = ", ".join((*LEVELS, "par", "mem", "llvm"))
        raise usage_error(4, f"no level is called {options.emit}", f"there are {levels}")
    explained = passes_explained(options)
    if explained is not None:
        return explained
    if options.emit == "par":
        shared = options if options.threads else replace(options, omp=True)
        shared = for_target(shared, options.target)
        return [*loop_passes(shared), *late_passes(options)]
    if options.emit == "loops" and options.threads:
        return [*signal_passes(options), split_pass(options), *late_passes(options)]
    if options.emit in ("dsp", "signals"):
        return signal_passes(options) if options.emit == "signals" else ()
    return [*loop_passes(options), *late_passes(options)]


def late_passes(options: CompileOptions) -> list[str]:
    """What follows lowering: passes of the target, and the placing of memory if it is asked for."""
    is_lowered = options.emit in (None, "loops", "par", "mem")
    voices = voice_passes(options, options.target) if is_lowered else []
    # What is copied to l2 is each voice's own, so copies are written out first.
    return [*placement_passes(options), *voices]


def placement_passes(options: CompileOptions) -> list[str]:
    """The passes that place memory and pack it, where an option asks for it."""
    from dspc.managed import zone_passes

    is_told = bool(options.memory_map or options.explain)
    is_near_given = options.heap_storage != "data-section"
    is_asked = is_told or options.emit == "mem"
    passes = memory_passes(options, options.target, is_asked, is_near_given)
    return [*(passes[:1] if is_told else passes), *zone_passes(options, bool(passes))]


def run_passes(
    module: ModuleOp, passes: Sequence[str | ModulePass], options: CompileOptions, clock: Clock
) -> None:
    """Run the passes in place, printing, timing and validating as the options ask."""
    from xdsl.context import Context

    context = Context()
    checker = None
    if options.validate != "off":
        from dspc.validation import Validation

        checker = Validation(module, each=options.validate == "each")
    for chosen in passes:
        one = _made(chosen) if isinstance(chosen, str) else chosen
        one.apply(context, module)
        clock.mark(one.name)
        if options.print_after in (one.name, "all"):
            tell(f"// after {one.name}\n{print_module(module)}")
        if checker is not None:
            checker.after(one)
            clock.mark(f"  validation of {one.name}")
    if checker is not None:
        checker.finish()


def _made(text: str) -> ModulePass:
    """A pass of ours from its name, or from its name and options."""
    return load_pass(text)() if text in PASSES else parse_pipeline(text)[0]


def print_module(module: ModuleOp) -> str:
    """The module as text that parses back."""
    from io import StringIO

    from xdsl.printer import Printer

    from dspc.dialects.texts import unicode_text

    class TextPrinter(Printer):
        """Strings as xDSL's parser takes them back.

        It takes escapes and characters beyond ASCII, but both in one string for bytes. Names of
        files that are no text are told with U+FFFD.
        """

        def print_string_literal(self, string: str) -> None:
            text = unicode_text(string)
            if text.isprintable() and not text.isascii() and not {'"', "\\"} & {*text}:
                self.print_string(f'"{text}"')
            else:
                super().print_string_literal(text)

    text = StringIO()
    TextPrinter(stream=text).print_op(module)
    return text.getvalue() + "\n"


def check_options(options: CompileOptions) -> None:
    """Refuse what contradicts itself or names what there is not; raises DspcError."""
    from dspc.targets import TARGETS

    options.check_loops()
    if options.target not in TARGETS:
        hint = f"there are {', '.join(TARGETS)}"
        raise usage_error(3, f"no target is called {options.target}", hint)
    if options.validate not in VALIDATE:
        raise usage_error(8, f"--validate is one of {', '.join(VALIDATE)}, not {options.validate}")
    if options.device not in DEVICES:
        raise usage_error(8, f"--device is one of {', '.join(DEVICES)}, not {options.device}")
    check_storage(options)
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
    if options.names_manager():
        from dspc.managed import check_managed

        check_managed(options)
    if options.target != "llvm" and options.emit != "llvm" and options.fast_math:
        raise usage_error(7, f"--fast-math goes with the target llvm, not with {options.target}")
    if options.triple and machine_form(options) is None:
        raise usage_error(7, "--triple goes with --target llvm and -o FILE.o, .s or .bc")
    if options.task_graph and (options.export_dsp or options.emit in ("dsp", "signals")):
        raise usage_error(7, "-tg draws loops: it excludes -e, --emit dsp and --emit signals")
    if options.architecture and options.target != "cpp":
        raise usage_error(7, f"-a goes with the target cpp, not with {options.target}")
    if options.print_after not in (None, "all", *PASSES) and options.pipeline is None:
        hint = f"there are {', '.join(PASSES)}"
        raise usage_error(5, f"no pass is called {options.print_after}", hint)


def check_storage(options: CompileOptions) -> None:
    """Refuse a `--heap-storage` that there is not, or that other options exclude."""
    chosen, heaps = options.heap_storage, STORAGES.get(options.heap_storage)
    if heaps is None:
        raise usage_error(8, f"--heap-storage is one of {', '.join(STORAGES)}, not {chosen}")
    if chosen != "buffer" and options.target != "opencl":
        raise usage_error(7, f"--heap-storage goes with --target opencl, not {options.target}")
    if options.heap not in heaps:
        message = f"--heap-storage {chosen} goes with --heap {' or '.join(heaps)}"
        raise usage_error(7, f"{message}, not {options.heap}")
    if chosen == "data-section" and not is_folder_output(options):
        raise usage_error(7, "--heap-storage data-section makes two files: give -o FOLDER/")


def compile_text(program: str | Source, options: CompileOptions, clock: Clock) -> str:
    """The text that the options ask for."""
    return compile_all(program, options, clock)[0]


def compile_all(
    program: str | Source, options: CompileOptions, clock: Clock
) -> tuple[str, list[Document]]:
    """The text that the options ask for, and the documents to go with it."""
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
    if is_folder_output(options):
        from dspc.host_program import host_documents

        documents.extend(host_documents(module, options))
        clock.mark("target opencl")
        return "", documents
    return _module_text(module, options, clock), documents


def is_folder_output(options: CompileOptions) -> bool:
    """Whether a folder with a host program is to be written: `-o DIR` for OpenCL."""
    path = output_path(options)
    others = (options.emit, options.pipeline, options.memory_map, options.explain)
    if path is None or options.target != "opencl" or options.export_dsp or any(others):
        return False
    return os.path.isdir(path) or path.endswith(os.sep)


def _module_text(module: ModuleOp, options: CompileOptions, clock: Clock) -> str:
    from dspc.targets import TARGETS

    if options.explain is not None:
        text = explain(module, options)
        clock.mark("explanation")
        return text
    if options.memory_map is not None:
        from dspc.memory_map import tell_placement

        text = tell_placement(module, options)
        clock.mark("memory map")
        return text
    if options.emit not in (None, "llvm") or options.pipeline is not None:
        text = print_module(module)
        clock.mark("print")
        return text
    target = options.emit or options.target
    text = TARGETS[target](module, options)
    clock.mark(f"target {target}")
    return text


def machine_form(options: CompileOptions) -> str | None:
    """The kind of machine code that the output file's name asks for: o, s or bc."""
    if options.target != "llvm" or options.output is None:
        return None
    if options.emit is not None or options.pipeline is not None or options.export_dsp:
        return None
    suffix = os.path.splitext(options.output)[1]
    return suffix[1:] if suffix in (".o", ".s", ".bc") else None


def output_path(options: CompileOptions) -> str | None:
    """Where the text goes: None is standard output."""
    if options.output is None or options.output_dir is None:
        return options.output
    return os.path.join(options.output_dir, options.output)
