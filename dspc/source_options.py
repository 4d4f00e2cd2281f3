"""What every command says about the program that it reads: options as typer takes them."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from dspc.frontends.faust.options import FrontendOptions

OptionalText = str | None
OptionalTexts = list[str] | None


def option(*names: str, help: str, metavar: str | None = None) -> Any:
    """An option as typer takes it; its default stands in the field."""
    return typer.Option(*names, help=help, metavar=metavar, show_default=False)


@dataclass(frozen=True)
class SourceOptions:
    """What every command says about the program that it reads."""

    file: Annotated[OptionalText, typer.Argument(metavar="FILE", show_default=False)] = None
    import_dirs: Annotated[
        OptionalTexts,
        option("-I", "--import-dir", metavar="DIR", help="Look for libraries in DIR, too."),
    ] = None
    single: Annotated[
        bool,
        option(
            "-single",
            "--single",
            "--single-precision-floats",
            help="Compute in 32-bit floats (the default).",
        ),
    ] = False
    double: Annotated[
        bool,
        option(
            "-double", "--double", "--double-precision-floats", help="Compute in 64-bit floats."
        ),
    ] = False
    process_name: Annotated[
        str,
        option("-pn", "--process-name", metavar="NAME", help="The program is NAME, not `process`."),
    ] = "process"
    time_limit: Annotated[
        float,
        option(
            "-t",
            "--timeout",
            metavar="SEC",
            help="Give up when the program takes SEC seconds to evaluate [120].",
        ),
    ] = 120.0
    gates: Annotated[
        int,
        option(
            "-es",
            "--enable-semantics",
            metavar="1|0",
            help="1: `enable` and `control` stop what they gate (the default); 0: they don't.",
        ),
    ] = 1
    range_ui: Annotated[
        bool, option("-rui", "--range-ui", help="Keep sliders within their ranges.")
    ] = False
    exp10: Annotated[
        bool, option("-exp10", "--generate-exp10", help="Compute pow(10,x) by exp10(x).")
    ] = False
    no_foreign: Annotated[
        bool,
        option("--no-foreign", help="Refuse C functions and values that the program names."),
    ] = False
    error_format: Annotated[
        str, option("--error-format", metavar="text|json", help="How errors are told.")
    ] = "text"
    verbose: Annotated[
        bool,
        option(
            "-v",
            "--verbose",
            "-d",
            "--details",
            help="Say what is done; show tracebacks of internal errors.",
        ),
    ] = False
    version: Annotated[bool, option("--version", help="Print the version.")] = False

    def frontend(self) -> FrontendOptions:
        """These options as the front end takes them."""
        return FrontendOptions(
            precision="double" if self.double else "single",
            import_dirs=tuple(self.import_dirs or ()),
            process=self.process_name,
            time_limit=self.time_limit,
            gated=self.gates != 0,
            clamped=self.range_ui,
            exp10=self.exp10,
            foreign=not self.no_foreign,
        )
