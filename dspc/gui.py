"""`dspc-gui`: xDSL's interactive viewer, with the passes and dialects of every universe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dspc.cli import run_command
from dspc.messages import usage_error
from dspc.options.loop_options import LoopOptions

if TYPE_CHECKING:
    from xdsl.interactive.app import InputApp


@dataclass(frozen=True)
class GuiOptions(LoopOptions):
    """View the Faust program or MLIR file FILE at each level, and apply passes to it."""


def main(argv: Sequence[str] | None = None) -> None:
    """The console script `dspc-gui`."""
    run_command("dspc-gui", lambda _: GuiOptions, _run, argv)


def _run(options: GuiOptions) -> int:
    if options.file is None:
        raise usage_error(1, "no file to view", "dspc-gui --help lists the options")
    options.check_loops()
    viewer(options).run()
    return 0


def viewer(options: LoopOptions) -> InputApp:
    """The viewer of a program as the front end leaves it, with the pipeline of `-p`, if any.

    Raises DspcError for errors in the program, E0015 without the package textual.
    """
    try:
        from xdsl.interactive.app import InputApp
    except ImportError as error:
        hint = "pip install 'dspc[gui]'"
        raise usage_error(15, f"the viewer cannot be loaded: {error}", hint) from None
    from dspc.driver import read_program
    from dspc.multiverse import find_pass, merged, pass_names
    from dspc.pipelines.parsing import parse_pipeline
    from dspc.pipelines.printing import print_module

    module = read_program(options.file or "", options.frontend())
    passes: list[tuple[str, Any]] = [(name, find_pass(name)) for name in sorted(pass_names())]
    return InputApp(
        tuple(merged().all_dialects.items()),
        tuple(passes),
        options.file,
        print_module(module),
        tuple(parse_pipeline(options.pipeline or "")),
    )


if __name__ == "__main__":
    main()
