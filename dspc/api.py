"""The Python API: compilation of programs to text, and running them on arrays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.diagnostics import Source
from dspc.dialects.limits import limited
from dspc.driver import Clock, check_options, choose_passes, read_program, run_passes
from dspc.keywords import options_of
from dspc.loop_options import LoopOptions
from dspc.options import CompileOptions
from dspc.pipelines import loop_passes, memory_passes
from dspc.processor import Processor
from dspc.targets.registry import DEFAULT, check_fast_math, find_backend, find_target
from dspc.targets.tables import compile_table
from dspc.typed_options import CompilationOptions, LoadOptions

if TYPE_CHECKING:
    from dspc.memory_map import MemoryMap


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled program: `code` is the text of the target, printed from `module`."""

    code: str
    module: ModuleOp
    machine: str = "cpu"
    heap: str = "auto"

    def __repr__(self) -> str:
        from dspc.notebook import describe_program

        return describe_program(self)

    def _repr_html_(self) -> str:
        from dspc.notebook import program_html

        return program_html(self)

    @property
    def memory_map(self) -> MemoryMap:
        """The placement of each buffer, where memory was placed: by targets that always place it,
        and with a `machine` or `heap`.

        Raises DspcError E0008 if memory was not placed.
        """
        from dspc.memory_map import memory_map

        return memory_map(self.module, self.machine, self.heap)


def compile(
    program: str | os.PathLike[str], target: str = DEFAULT, **options: Unpack[CompilationOptions]
) -> Program:
    """Compile a .dsp file, or a source text if `program` contains a `;` or a newline.

    `target` names one of `dspc.targets` or of an installed package. `options` are fields of
    `dspc.options.CompileOptions`: `double=True`, `class_name="Reverb"`, `import_dirs=["lib"]`, ...
    Raises DspcError for errors in the program, TypeError for an unknown option.
    """
    table = compile_table(target)
    given: dict[str, Any] = {"target": target} | options_of(table, options, "compile")
    chosen = table(**given)
    check_options(chosen)

    def compiled() -> Program:
        module = read_program(_program(program), chosen.frontend())
        run_passes(module, choose_passes(chosen), chosen, Clock())
        made_by = find_target(target)
        code = made_by.text(module, chosen)
        return Program(code, module, made_by.machine(chosen), chosen.heap)

    return limited(chosen.limits(), compiled)


def load(
    program: str | os.PathLike[str],
    backend: str = DEFAULT,
    *,
    process: str = "process",
    seed: int | None = None,
    **options: Unpack[LoadOptions],
) -> Processor:
    """A callable that runs a .dsp file or source text (as in `compile`) on arrays.

    `options` are fields of `dspc.options.LoopOptions`: `double=True`, `vec=True`, `vector_size=64`,
    `import_dirs=["lib"]`, ... `process` names the definition to run; `seed` selects the order
    in which the interpreter runs concurrent loops (`omp=True`, `sch=True`). Raises DspcError for
    errors in the program, TypeError for an unknown option.
    """
    given: dict[str, Any] = {"process_name": process} | options_of(LoopOptions, options, "load")
    chosen = LoopOptions(**given)
    chosen.check_loops()
    is_seeded = seed is not None and "seed" in find_backend(backend).run_settings
    settings = {"seed": seed} if is_seeded else {}
    return open_processor(_program(program), backend, chosen, settings)


def open_processor(
    program: str | Source,
    backend: str,
    options: LoopOptions,
    settings: Mapping[str, Any] | None = None,
) -> Processor:
    """The processor of a file (its path) or source, run by the back end of a name.

    `settings` are further arguments of `Target.open`: voices, heap, platform, ...
    """
    target = find_backend(backend)
    check_fast_math(target, options)
    chosen = dict(settings or {})
    limits = options.limits()
    options = target.adapt(options, chosen.get("voices"))
    is_asked = target.places_memory or bool(chosen.get("fail"))
    placing = memory_passes(options, target, is_asked)
    passes = (*loop_passes(options), *placing, *target.passes(options, bool(placing)))
    chosen |= target.settings(options, bool(placing))

    def lowered() -> ModuleOp:
        module = read_program(program, options.frontend())
        run_passes(module, passes, CompileOptions(), Clock())
        return module

    module = limited(limits, lowered)
    folder = os.path.dirname(program if isinstance(program, str) else program.name)

    def diagram() -> str:
        from dspc.notebook import diagram_svg

        return diagram_svg(program, options.frontend())

    return Processor(module, target, folder or ".", chosen, limits, diagram)


def _program(program: str | os.PathLike[str]) -> str | Source:
    text = os.fspath(program)
    return Source("<text>", text) if ";" in text or "\n" in text else text
