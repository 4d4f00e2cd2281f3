"""The Python API: compilation of programs to text, and running them on arrays."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Unpack

from xdsl.dialects.builtin import ModuleOp

from dspc.compile_checks import check_options, printed_level
from dspc.driver import Clock, lowered, read_plain, read_program, run_passes
from dspc.modules import adapted, is_module, level_of
from dspc.options.keywords import options_of
from dspc.options.loop_options import LoopOptions
from dspc.options.typed_options import CompilationOptions, LoadOptions
from dspc.pipelines.edits import pipeline_text
from dspc.pipelines.printing import print_module
from dspc.pipelines.selection import choose_passes
from dspc.pipelines.standard import LEVELS
from dspc.run_plan import RunPlan, run_plan
from dspc.running.effects import NAME, NOT_DEFINED, with_effect
from dspc.running.image_cache import ImageCache, images_of
from dspc.running.processor import Processor
from dspc.support.diagnostics import DspcError, Source
from dspc.support.garbage import without_collection
from dspc.support.limits import limited
from dspc.targets.lookup import find_target
from dspc.targets.option_tables import compile_table
from dspc.targets.registry import DEFAULT, check_fast_math, find_backend

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

    from dspc.figures.memory_map import MemoryMap
    from dspc.targets.base import Target


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled program: `code` is the text of the target, printed from `module`, or that of the
    module, with `emit`. `machine` and `heap` are those for which memory was placed."""

    code: str
    module: ModuleOp
    machine: str = "cpu"
    heap: str = "auto"

    def __repr__(self) -> str:
        from dspc.running.notebook import describe_program

        return describe_program(self)

    def _repr_html_(self) -> str:
        from dspc.running.notebook import program_html

        return program_html(self)

    @property
    def memory_map(self) -> MemoryMap:
        """The placement of each buffer, where memory was placed: by targets that always place it,
        and with a `machine` or `heap`.

        Raises DspcError E0008 if memory was not placed.
        """
        from dspc.figures.memory_map import memory_map

        return memory_map(self.module, self.machine, self.heap)


def compile(
    program: str | os.PathLike[str] | ModuleOp,
    target: str = DEFAULT,
    *,
    passes: Sequence[str | ModulePass] | None = None,
    **options: Unpack[CompilationOptions],
) -> Program:
    """Compile a .dsp or .mlir file, a module, or a source text if `program` has a `;` or a newline.

    `target` names one of `dspc.targets`, of an installed package or of its universe. `options` are
    fields of `CompileOptions`: `double=True`, `class_name="Reverb"`,
    `import_dirs=["lib"]`, ... `passes` replace those that the options select: passes, or their
    names with options; `dspc.pipeline` returns those of an option set. A module is not modified.
    Raises DspcError for errors in the program, TypeError for an unknown option.
    """
    table = compile_table(find_target(target))
    values: dict[str, Any] = {"target": target} | options_of(table, options, "compile")
    chosen = table(**values)
    check_options(chosen)

    source = _program(program)
    chosen_passes = None if is_module(source) else choose_passes(chosen, "signals", passes)

    def compiled() -> Program:
        module = read_program(source, chosen.frontend())
        options, selected = chosen, chosen_passes
        if selected is None:
            options = adapted(chosen, module)
            selected = choose_passes(options, level_of(module), passes)
        plain = read_plain(source, options)
        run_passes(module, selected, options, Clock(), plain=plain)
        made_by = find_target(target)
        if options.emit in LEVELS:
            code = print_module(module)
        else:
            printing = printed_level(options) or made_by
            code = with_effect(printing, source, module, options, lowered).text(module, options)
        return Program(code, module, made_by.machine(options), options.heap)

    return limited(chosen.limits(), compiled)


def pipeline(target: str = DEFAULT, **options: Unpack[CompilationOptions]) -> list[str]:
    """The passes that options of `compile` select for a `target`, in the syntax of pipelines.

    Raises DspcError for invalid options, TypeError for an unknown one.
    """
    table = compile_table(find_target(target))
    values: dict[str, Any] = {"target": target} | options_of(table, options, "pipeline")
    chosen = table(**values)
    check_options(chosen)
    return [pipeline_text([entry]) for entry in choose_passes(chosen)]


def load(
    program: str | os.PathLike[str] | ModuleOp | Program,
    backend: str = DEFAULT,
    *,
    process: str = "process",
    seed: int | None = None,
    passes: Sequence[str | ModulePass] | None = None,
    **options: Unpack[LoadOptions],
) -> Processor:
    """A callable that runs a file, source text or module (as in `compile`), or a program that was
    compiled, on arrays.

    `backend` is a target that runs programs: `"cpp"`, `"llvm"`, `"interp"`, `"opencl"`, ...
    `options` are fields of `LoopOptions`: `double=True`, `vec=True`, `vector_size=64`,
    `import_dirs=["lib"]`, ... `process` names the definition to run; `seed` selects the order
    in which the interpreter runs concurrent loops (`omp=True`, `sch=True`); `passes` replace those
    that the options select. Raises DspcError for errors in the program, TypeError for an unknown
    option.
    """
    values: dict[str, Any] = {"process_name": process} | options_of(LoopOptions, options, "load")
    chosen = LoopOptions(**values)
    chosen.check_loops()
    is_seeded = seed is not None and "seed" in find_backend(backend).run_settings
    settings = {"seed": seed} if is_seeded else {}
    return open_processor(_program(program), backend, chosen, settings, passes)


def open_processor(
    program: str | Source | ModuleOp,
    backend: str,
    options: LoopOptions,
    settings: Mapping[str, Any] | None = None,
    passes: Sequence[str | ModulePass] | None = None,
) -> Processor:
    """The processor of a file (its path), source or module, run by the back end of a name.

    `settings` are further arguments of `Target.open`: voices, heap, platform, ... `passes` replace
    those that the options select.
    """
    target = find_backend(backend)
    check_fast_math(target, options)
    chosen = dict(settings or {})
    limits = options.limits()
    plan = None if is_module(program) else run_plan(target, options, chosen, replacement=passes)

    def compiled() -> tuple[ModuleOp, dict[str, Any]]:
        with without_collection():
            module, final_plan = limited(
                limits, lambda: _lowered(program, target, options, chosen, plan, passes)
            )
        return module, chosen | target.settings(final_plan.options, final_plan.is_placed)

    folder = _folder(program)
    if is_module(program):
        module, known = compiled()
        return Processor(module, target, folder, known, limits)
    assert not isinstance(program, ModuleOp)
    diagram, effect = _diagram(program, options), _effect(program, backend, options, settings)
    images = images_of(target, options)
    if passes is not None or settings or images is None:
        module, known = compiled()
        return Processor(module, target, folder, known, limits, diagram, effect)
    kept = ImageCache(target.name, images, program, options, compiled)
    image = kept.find()
    if image is not None and plan is not None:
        known = chosen | target.settings(plan.options, plan.is_placed)
        return Processor(
            lambda: compiled()[0], target, folder, known, limits, diagram, effect, image
        )
    module, known, image = kept.make()
    return Processor(module, target, folder, known, limits, diagram, effect, image)


def _folder(program: str | Source | ModuleOp) -> str:
    """The folder that the sound files of a program are looked for in."""
    if isinstance(program, ModuleOp):
        return "."
    return os.path.dirname(program if isinstance(program, str) else program.name) or "."


def _lowered(
    program: str | Source | ModuleOp,
    target: Target,
    options: LoopOptions,
    settings: dict[str, Any],
    plan: RunPlan | None,
    passes: Sequence[str | ModulePass] | None,
) -> tuple[ModuleOp, RunPlan]:
    """The module of a program after its passes, and its plan: without one, that of its level."""
    module = read_program(program, options.frontend())
    if plan is None:
        plan = run_plan(target, adapted(options, module), settings, level_of(module), passes)
    plain = read_plain(program, options)
    run_passes(module, plan.passes, options, Clock(), plain=plain)
    return module, plan


def _diagram(program: str | Source, options: LoopOptions) -> Callable[[], str]:
    def diagram() -> str:
        from dspc.running.notebook import diagram_svg

        return diagram_svg(program, options.frontend())

    return diagram


def _effect(
    program: str | Source, backend: str, options: LoopOptions, settings: Mapping[str, Any] | None
) -> Callable[[], Processor | None]:
    """A function that opens the definition `effect` of a program, once; None if it has none."""

    @cache
    def effect() -> Processor | None:
        if options.process_name == NAME:
            return None
        try:
            named = replace(options, process_name=NAME)
            return open_processor(program, backend, named, settings)
        except DspcError as error:
            if error.code == NOT_DEFINED:
                return None
            raise

    return effect


def _program(program: str | os.PathLike[str] | ModuleOp | Program) -> str | Source | ModuleOp:
    if isinstance(program, ModuleOp):
        return program
    if isinstance(program, Program):
        return program.module
    if not isinstance(program, str | os.PathLike):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"a program is a path, a source text or a module, not {program!r}")
    text = os.fspath(program)
    return Source("<text>", text) if ";" in text or "\n" in text else text
