"""What the driver asks of a target. A target is one class like those beside this file.

`dspc`, `dspc-run`, the Python API and xDSL's `-t` know no target by name: each asks the object that
`registry.find_target` gives. A class here loads nothing of xDSL and no back end before it is asked
for text or for a running program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from dspc.diagnostics import usage_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp

    from dspc.loop_options import LoopOptions
    from dspc.options import CompileOptions
    from dspc.output import Document

OptionsT = TypeVar("OptionsT", bound="LoopOptions")


class Instance(Protocol):
    """A running program, as every back end makes it."""

    @property
    def inputs(self) -> int: ...
    @property
    def outputs(self) -> int: ...
    def compute(self, inputs: Any, /) -> Any: ...
    def set(self, path: str, value: float, /) -> None: ...
    def get(self, path: str, /) -> float: ...
    def reset(self) -> None: ...


class Target:
    """A target that can do nothing more than print one loop over plain numbers.

    Subclasses name what else they can, and print (`text`), run (`open`), or both.
    """

    name: ClassVar[str]
    """What `--target` and `--backend` call it; xDSL's `-t` puts `dspc-` before it."""

    has_vectors: ClassVar[bool] = False
    """Whether it takes ops on vectors: recursions of one shape become SIMD lanes."""
    stages_copies: ClassVar[bool] = False
    """Whether it takes copies of buffers in a nearer memory space (`dsp-stage-copies`)."""
    takes_heap: ClassVar[bool] = True
    """Whether `--heap` alone makes a pass place memory; otherwise printing places it."""
    runs_voices: ClassVar[bool] = False
    """Whether it runs many instances at once (`--voices`, `--batch`)."""
    reorders_sums: ClassVar[bool] = False
    """Whether it takes `--fast-math`."""
    is_level: ClassVar[bool] = False
    """Whether `--emit` knows it by its name, too."""
    block: ClassVar[int] = 512
    """Frames that `dspc-run` computes at a time by default."""

    only: ClassVar[Mapping[str, str]] = {}
    """Fields of `option_table` that are refused with other targets, and how they are spelled."""
    run_only: ClassVar[Mapping[str, str]] = {}
    """Those of `run_option_table`."""
    run_settings: ClassVar[tuple[str, ...]] = ()
    """Options of `dspc-run` that `open` takes as arguments, where they are given."""
    printing: ClassVar[Mapping[str, str | bool | int]] = {}
    """Options of the xDSL target `dspc-NAME`, with their defaults; see `printing_options`."""

    def option_table(self) -> type[LoopOptions] | None:
        """The options that only this target takes: a frozen dataclass, annotated for typer."""
        return None

    def run_option_table(self) -> type[LoopOptions] | None:
        """The same for `dspc-run`."""
        return None

    def check(self, options: CompileOptions) -> None:
        """Refuse options that contradict each other; raises DspcError, exit status 2.

        Called before the program is read. A target whose text contains `-cn` calls this one, too.
        """
        from dspc.targets.names import check_class_name

        check_class_name(options)

    def adapt(self, options: OptionsT, voices: int | None = None) -> OptionsT:
        """The options as far as the target can follow them; `voices` where it is known."""
        if self.has_vectors:
            return options
        from dataclasses import replace

        return replace(options, lanes=0)

    def stages(self, options: LoopOptions) -> bool:
        """Whether copies are staged with these options.

        Tasks copy nothing: each is a method of its own, and shares l2 with no other.
        """
        return self.stages_copies and not options.sch

    def passes(self, options: LoopOptions, is_placed: bool) -> list[str]:
        """The passes that follow lowering and placement (`is_placed`), as a pipeline has them."""
        return []

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        """A module at the level of loops in the target's language."""
        raise usage_error(3, f"the target {self.name} prints no text")

    def files(self, module: ModuleOp, options: CompileOptions) -> list[Document] | None:
        """The files to write in place of the text, where the options ask for such."""
        return None

    def output_files(
        self, text: str, path: str, options: CompileOptions
    ) -> list[tuple[str, bytes]]:
        """Paths and contents of what `-o` (`path`) asks for; `text` is what would be printed."""
        from dspc.dialects.texts import text_bytes

        return [(path, text_bytes(text))]

    def printing_options(self, printing: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of `CompileOptions` that values of `printing` stand for."""
        return dict(printing)

    @property
    def runs(self) -> bool:
        """Whether `dspc-run` and `dspc.load` know it."""
        return type(self).open is not Target.open

    def settings(self, options: LoopOptions, is_placed: bool) -> dict[str, Any]:
        """Arguments of `open` that follow from the options of the program."""
        return {}

    def open(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        """The program running at `rate` Hz; `folder` is where names of sound files start."""
        raise usage_error(3, f"the target {self.name} runs no programs")
