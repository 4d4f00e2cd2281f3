"""What every command says about the program that it reads: options as typer takes them."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

import re
from dataclasses import dataclass
from math import inf
from typing import Annotated, Any

import typer

from dspc.diagnostics import usage_error
from dspc.dialects.limits import MEGABYTE, Limits, memory_to_take
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
            help="Give up when it takes SEC seconds to compile; 0: never [120].",
        ),
    ] = 120.0
    memory_limit: Annotated[
        OptionalText,
        option(
            "--memory-limit",
            metavar="SIZE",
            help="Give up when dspc takes SIZE megabytes, or 2G, 500MiB...; 0: never "
            "[three quarters of what is free].",
        ),
    ] = None
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

    def limits(self) -> Limits:
        """What a compilation may take; raises DspcError E0008 for what is no limit."""
        seconds = self.time_limit
        if not seconds >= 0:
            raise usage_error(8, f"-t is a number of seconds, 0 or more, not {seconds:g}")
        memory = memory_to_take() if self.memory_limit is None else read_size(self.memory_limit)
        return Limits(seconds or inf, memory or inf)

    def frontend(self) -> FrontendOptions:
        """These options as the front end takes them."""
        return FrontendOptions(
            precision="double" if self.double else "single",
            import_dirs=tuple(self.import_dirs or ()),
            process=self.process_name,
            gated=self.gates != 0,
            clamped=self.range_ui,
            exp10=self.exp10,
            foreign=not self.no_foreign,
        )


_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?) ?(?:([kmgt])(i?)b?)?", re.ASCII | re.IGNORECASE)


def read_size(text: str) -> float:
    """Bytes: a number of megabytes, or one with a unit. Raises DspcError E0008."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        hint = "a size is a number of megabytes, or one with k, M, G, T, Ki, Mi, Gi or Ti"
        raise usage_error(8, f"--memory-limit: {text} is no size", hint)
    number, unit, binary = found.groups()
    if unit is None:
        return float(number) * MEGABYTE
    return float(number) * (1024 if binary else 1000) ** (1 + "kmgt".index(unit.lower()))
