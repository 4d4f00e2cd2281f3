"""The interface of targets to the driver.

`dspc`, `dspc-run`, the Python API and xDSL's `-t` name no target: all that depends on the target is
a method or attribute of the object that `lookup.find_target` returns. Targets import xDSL and
back ends only when text or a running program is requested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from dspc.messages import usage_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Operation

    from dspc.backends.common.layout import LayoutItem
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions
    from dspc.output import Document

OptionsT = TypeVar("OptionsT", bound="LoopOptions")


class Instance(Protocol):
    """A running program. `compute` maps shape (inputs, frames) to (outputs, frames)."""

    @property
    def inputs(self) -> int: ...
    @property
    def outputs(self) -> int: ...
    def compute(self, inputs: Any, /) -> Any: ...
    def set(self, path: str, value: float, /) -> None: ...
    def get(self, path: str, /) -> float: ...
    def reset(self) -> None: ...
    def clone(self) -> Instance: ...
    def save(self) -> bytes:
        """The state as bytes for `restore`; DspcError E0008 where it cannot be saved."""
        ...

    def restore(self, state: bytes, /) -> None:
        """Take over the state of an instance of the same program."""
        ...


def has_registers(machine: str | None) -> bool:
    """Whether a machine has vectors, as far as its description says."""
    if not machine:
        return True
    from dspc.dialects.dsp_mem.machine import load_machine

    return load_machine(machine).vector_bits != 0


class Images(Protocol):
    """Printed programs as values that `pickle` takes, so that a later process need not compile."""

    def make(self, module: ModuleOp, **settings: Any) -> Any:
        """The image of a lowered module; None where the program's cannot be stored."""
        ...

    def sources(self) -> list[str]:
        """The files of the back end, beside its modules, that images depend on."""
        ...

    def open(self, image: Any, rate: int, folder: str) -> Instance:
        """As `Target.open`, from an image."""
        ...


class Target:
    """Base class of targets, with no capability beyond scalar loops.

    Subclasses declare their capabilities, and print (`text`), run (`open`), or both.
    """

    name: ClassVar[str]
    """The name for `--target` and `--backend`; xDSL's `-t` has `dspc-` before it."""

    ending: ClassVar[str] = ".txt"
    """The ending of output files that are named after the program."""
    endings: ClassVar[tuple[str, ...]] = ()
    """The endings that say that a file holds what it prints; empty: any."""
    has_vectors: ClassVar[bool] = False
    """Whether it accepts vector ops: recursions of one shape become SIMD lanes."""
    takes: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")
    """The levels of the modules that it prints and runs; empty: all."""
    most_loops: ClassVar[int | None] = None
    """The most loops into which programs are distributed by default; None is no bound."""
    stages_copies: ClassVar[bool] = False
    """Whether it accepts staged copies of buffers (`dsp-stage-copies`)."""
    default_machine: ClassVar[str] = "cpu"
    """The machine on which memory is placed where `--machine` names none."""
    places_memory: ClassVar[bool] = False
    """Whether memory is always placed; otherwise if an option or a report requests it."""
    plays_live: ClassVar[bool] = False
    """Whether one instance keeps up with a sound device (`dspc-play`)."""
    takes_effect: ClassVar[bool] = False
    """Whether it also plays the definition `effect` of a program of voices (`with_effect`)."""
    runs_voices: ClassVar[bool] = False
    """Whether it runs several instances in parallel (`--voices`, `--batch`)."""
    reorders_sums: ClassVar[bool] = False
    """Whether it accepts `--fast-math`."""
    is_level: ClassVar[bool] = False
    """Whether its name is also a level of `--emit`."""
    block: ClassVar[int] = 512
    """The default frames of a block in `dspc-run`."""

    only: ClassVar[Mapping[str, str]] = {}
    """Fields of `option_table` that other targets refuse, with their spelling."""
    shared: ClassVar[frozenset[str]] = frozenset()
    """Fields of another target's `only` that it takes as well."""
    run_only: ClassVar[Mapping[str, str]] = {}
    """Likewise for `run_option_table`."""
    run_settings: ClassVar[tuple[str, ...]] = ()
    """Options of `dspc-run` that are passed to `open` if given."""
    images: ClassVar[Images | None] = None
    """How programs that Python loads are cached; None where they are not."""
    printing: ClassVar[Mapping[str, str | bool | int]] = {}
    """Options of the xDSL target `dspc-NAME` with their defaults; see `printing_options`."""

    def option_table(self) -> type[LoopOptions] | None:
        """The options of this target only: a frozen dataclass, annotated for typer."""
        return None

    def run_option_table(self) -> type[LoopOptions] | None:
        """The options of this back end only, for `dspc-run`."""
        return None

    def check(self, options: CompileOptions) -> None:
        """Refuse options that contradict each other; raises DspcError, exit status 2.

        Called before the program is read. Overrides in targets that print `-cn` call this one.
        """
        from dspc.targets.checked_names import check_class_name

        check_class_name(options)

    def check_run(self, options: LoopOptions) -> None:
        """The same for options of `dspc-run`."""

    def adapt(self, options: OptionsT, voices: int | None = None) -> OptionsT:
        """The options, those that target and machine do not support replaced; `voices` if known."""
        if self.has_vectors and (options.lanes is not None or has_registers(options.machine)):
            return options
        from dataclasses import replace

        return replace(options, lanes=0)

    def stages(self, options: LoopOptions) -> bool:
        """Whether copies are staged with these options.

        Not with tasks: each is a method of its own, and they share no contents of l2.
        """
        return self.stages_copies and not options.sch

    def machine(self, options: LoopOptions) -> str:
        """The machine on which memory is placed, by its name or its file's path."""
        return options.placed_machine or self.default_machine

    def considers_copies(self, options: LoopOptions) -> bool:
        """Whether placement considers copies in l2."""
        return True

    def separates_levels(self, options: LoopOptions) -> bool:
        """Whether each level of threads becomes a kernel, so that scratch must persist."""
        return False

    def search_work(self, options: LoopOptions) -> float | None:
        """The work of the exact placement search; None leaves it to the pass."""
        return None

    def early_passes(self, options: LoopOptions) -> list[str]:
        """The passes after lowering and before placement, in pipeline syntax."""
        return []

    def layout(self, module: ModuleOp, options: CompileOptions) -> tuple[LayoutItem, ...]:
        """The memory of a lowered program for its description; empty if the target has none."""
        return ()

    def passes(self, options: LoopOptions, is_placed: bool) -> list[str]:
        """The passes after lowering and placement (`is_placed`), in pipeline syntax."""
        return []

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        """The code of a module at the level of loops."""
        raise usage_error(3, f"the target {self.name} prints no text")

    def with_effect(self, effect: ModuleOp | None) -> Target:
        """The target that prints programs whose mixed voices pass through a lowered module."""
        return self

    def traced_text(
        self, module: ModuleOp, options: CompileOptions
    ) -> tuple[list[str], list[list[Operation]]]:
        """The lines of the code, and the ops that each line comes from, as far as is known."""
        lines = self.text(module, options).splitlines()
        return lines, [[] for _ in lines]

    def files(self, module: ModuleOp, options: CompileOptions) -> list[Document] | None:
        """The files to write instead of the text; None where the options select the text."""
        return None

    def output_files(
        self, text: str, path: str, options: CompileOptions
    ) -> list[tuple[str, bytes]]:
        """The paths and contents of the output files for `-o path`; `text` is the printed text."""
        from dspc.support.texts import text_bytes

        return [(path, text_bytes(text))]

    def printing_options(self, printing: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of `CompileOptions` that correspond to values of `printing`."""
        return dict(printing)

    @property
    def runs(self) -> bool:
        """Whether it is a back end of `dspc-run` and `dspc.load`."""
        return type(self).open is not Target.open

    def settings(self, options: LoopOptions, is_placed: bool) -> dict[str, Any]:
        """Further arguments of `open`, derived from the options."""
        return {}

    def open(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        """Start a program at `rate` Hz; relative names of sound files start at `folder`."""
        raise usage_error(3, f"the target {self.name} runs no programs")

    @property
    def is_timed(self) -> bool:
        """Whether `--tune` can time its code here."""
        return type(self).compiler is not Target.compiler

    def compiler(self) -> str:
        """What the speed of its code depends on besides the program.

        The first line names the compiler and its flags. Raises DspcError if there is none.
        """
        raise usage_error(7, f"code of the target {self.name} is not timed")

    def open_timed(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        """Start a program as its printed code will run, for `--tune`."""
        return self.open(module, rate, folder, **settings)

    @property
    def is_validated(self) -> bool:
        """Whether `--validate code` runs the code that it prints."""
        return self.runs or type(self).open_printed is not Target.open_printed

    def open_printed(
        self, module: ModuleOp, rate: int, folder: str, run: int = 0, **settings: Any
    ) -> Instance:
        """Start the printed code, for validation; also of targets that are no back ends.

        `run` is the number of the run: targets that print for several widths of registers take
        them in turn.
        """
        return self.open(module, rate, folder, **settings)
