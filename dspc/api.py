"""The Python API: compilation of programs to text, and running them on arrays."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import ArrayLike
from xdsl.dialects.builtin import ModuleOp

from dspc.audio import Sound
from dspc.controls import Change, find_path, warn_outside
from dspc.dialects.diagnostics import Source
from dspc.dialects.limits import NO_LIMITS, Limits, limited
from dspc.driver import Clock, check_options, choose_passes, read_program, run_passes
from dspc.loop_options import LoopOptions
from dspc.options import CompileOptions
from dspc.pipelines import loop_passes, memory_passes
from dspc.rates import check_rate
from dspc.targets.base import Instance, Target
from dspc.targets.registry import DEFAULT, check_fast_math, find_backend, find_target
from dspc.targets.tables import compile_table

if TYPE_CHECKING:
    from dspc.memory_map import MemoryMap


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled program: `code` is the text of the target, printed from `module`."""

    code: str
    module: ModuleOp
    machine: str = "cpu"
    heap: str = "auto"

    @property
    def memory_map(self) -> MemoryMap:
        """The placement of each buffer, where memory was placed: by targets that always place it,
        and with a `machine` or `heap`.

        Raises DspcError E0008 if memory was not placed.
        """
        from dspc.memory_map import memory_map

        return memory_map(self.module, self.machine, self.heap)


def compile(program: str | os.PathLike[str], target: str = DEFAULT, **options: Any) -> Program:
    """Compile a .dsp file, or a source text if `program` contains a `;` or a newline.

    `target` names one of `dspc.targets` or of an installed package. `options` are fields of
    `dspc.options.CompileOptions`: `double=True`, `class_name="Reverb"`, `import_dirs=["lib"]`, ...
    Raises DspcError for errors in the program, TypeError for an unknown option.
    """
    table = compile_table(target)
    chosen = table(target=target, **_known(table, options, "compile"))
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
    **options: Any,
) -> Processor:
    """A callable that runs a .dsp file or source text (as in `compile`) on arrays.

    `options` are fields of `dspc.options.LoopOptions`: `double=True`, `vec=True`, `vector_size=64`,
    `import_dirs=["lib"]`, ... `process` names the definition to run; `seed` selects the order
    in which the interpreter runs concurrent loops (`omp=True`, `sch=True`). Raises DspcError for
    errors in the program, TypeError for an unknown option.
    """
    chosen = LoopOptions(process_name=process, **_known(LoopOptions, options, "load"))
    chosen.check_loops()
    is_seeded = seed is not None and "seed" in find_backend(backend).run_settings
    settings = {"seed": seed} if is_seeded else {}
    return open_processor(_program(program), backend, chosen, settings)


def _known(table: type, options: Mapping[str, Any], function: str) -> Mapping[str, Any]:
    """The options; raises TypeError unless a table has them all."""
    known = {field.name for field in fields(table)}
    unknown = [name for name in options if name not in known]
    if unknown:
        raise TypeError(f"{function}() has no option {unknown[0]}")
    return options


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
    return Processor(module, target, folder or ".", chosen, limits)


class Processor:
    """A running program, called on sound. Its state persists from call to call until `reset()`."""

    def __init__(
        self,
        module: ModuleOp,
        target: Target,
        folder: str = ".",
        settings: Mapping[str, Any] | None = None,
        limits: Limits = NO_LIMITS,
    ) -> None:
        """Relative names of sound files start at `folder`; `limits` bounds `start`."""
        self._limits = limits
        self.module = module
        self._settings = dict(settings or {})
        self._target = target
        self._folder = folder
        self._rate = 0
        self._instance: Instance | None = None

    def __call__(
        self,
        x: ArrayLike | None = None,
        rate: int = 48000,
        controls: Mapping[str, float] | None = None,
        *,
        frames: int | None = None,
        block: int = 512,
    ) -> Sound:
        """The outputs, of shape (outputs, frames), for `x` of shape (inputs, frames).

        With one input, `x` may have one dimension; without inputs, `frames` replaces `x`.
        `controls` are set before the first frame, by path or a suffix of it, and persist. A change
        of `rate` (Hz) restarts the program.
        """
        self.start(rate)
        given = self._shaped(x, frames)
        paths = self.paths()
        changes = [
            Change(0, find_path(path, paths), float(value))
            for path, value in (controls or {}).items()
        ]
        warn_outside(changes, self.widgets())
        return self.render(given, changes, block)

    def start(self, rate: int) -> Instance:
        """The running program, started if there is none at this rate (Hz) yet."""
        rate = check_rate(rate)
        if self._instance is None or rate != self._rate:
            self._instance = limited(
                self._limits,
                lambda: self._target.open(self.module, rate, self._folder, **self._settings),
            )
            self._rate = rate
        return self._instance

    def render(
        self,
        inputs: Sound,
        changes: Sequence[Change] = (),
        block: int = 512,
        progress: Callable[[int], None] | None = None,
    ) -> Sound:
        """Like a call, with changes of controls at exact frames; see `dspc.render.render`."""
        from dspc.render import render

        return render(self._running(), inputs, changes, block, progress)

    def reset(self) -> None:
        """Clear the state: delay lines and filters are zero, written tables have their initial
        contents. Widgets keep their values."""
        if self._instance is not None:
            self._instance.reset()

    @property
    def inputs(self) -> int:
        return self._running().inputs

    @property
    def outputs(self) -> int:
        return self._running().outputs

    def paths(self) -> list[str]:
        """The paths of all widgets, in the order of the user interface."""
        return list(self.widgets())

    def widgets(self) -> Mapping[str, Any]:
        """The widgets by path; each has `kind`, `init`, `min`, `max`, `step`, `metadata`."""
        widgets: Any = getattr(self._running(), "widgets")  # noqa: B009
        if callable(widgets):
            return cast("Mapping[str, Any]", widgets())
        return {widget.path: widget for widget in widgets}

    def get(self, path: str) -> float:
        """The value of a widget or meter."""
        return self._running().get(find_path(path, self.paths()))

    def describe_controls(self) -> str:
        """One line for each widget: path, kind, initial value and range."""
        lines: list[str] = []
        for path, widget in self.widgets().items():
            span = f"{widget.init:g} in {widget.min:g}..{widget.max:g} step {widget.step:g}"
            ranged = widget.kind.value not in ("button", "checkbox", "soundfile")
            lines.append(f"{path}  {widget.kind.value}{'  ' + span if ranged else ''}\n")
        return "".join(lines)

    def _running(self) -> Instance:
        return self._instance or self.start(48000)

    def _shaped(self, x: ArrayLike | None, frames: int | None) -> Sound:
        if x is None:
            if frames is None or self.inputs:
                raise ValueError("a program with inputs needs x, one without needs frames")
            return np.zeros((0, frames))
        given = np.atleast_2d(np.asarray(x, np.float64))
        if given.ndim != 2 or given.shape[0] != self.inputs:
            raise ValueError(f"x must have shape ({self.inputs}, frames), not {np.shape(x)}")
        return given


def _program(program: str | os.PathLike[str]) -> str | Source:
    text = os.fspath(program)
    return Source("<text>", text) if ";" in text or "\n" in text else text
