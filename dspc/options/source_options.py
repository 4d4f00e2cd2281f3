"""The options of every command that reads a program."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

import re
from dataclasses import dataclass
from math import inf
from typing import Annotated, ClassVar

from dspc.frontends.faust.options import FrontendOptions
from dspc.messages import usage_error
from dspc.options.specs import ArgumentSpec, option
from dspc.support.limits import MEGABYTE, Limits, memory_to_take

OptionalText = str | None
OptionalTexts = list[str] | None
OptionalWhole = int | None


@dataclass(frozen=True)
class SourceOptions:
    """The options of every command that reads a program."""

    HEADING: ClassVar[str] = "Program"

    file: Annotated[OptionalText, ArgumentSpec("FILE")] = None
    import_dirs: Annotated[
        OptionalTexts,
        option(
            "-I", "--import-dir", metavar="DIR", help="Add DIR to the search path of libraries."
        ),
    ] = None
    single: Annotated[
        bool,
        option(
            "-single",
            "--single",
            "--single-precision-floats",
            help="Compute in single precision (the default).",
        ),
    ] = False
    double: Annotated[
        bool,
        option(
            "-double", "--double", "--double-precision-floats", help="Compute in double precision."
        ),
    ] = False
    process_name: Annotated[
        str,
        option(
            "-pn", "--process-name", metavar="NAME", help="Compile the definition NAME [process]."
        ),
    ] = "process"
    time_limit: Annotated[
        float,
        option(
            "-t",
            "--timeout",
            metavar="SEC",
            help="Stop the compilation after SEC seconds; 0: no limit [120].",
        ),
    ] = 120.0
    memory_limit: Annotated[
        OptionalText,
        option(
            "--memory-limit",
            metavar="SIZE",
            help="Stop when dspc uses more memory: megabytes, or 2G, 500MiB, ...; 0: no limit "
            "[three quarters of the free memory].",
        ),
    ] = None
    gates: Annotated[
        int,
        option(
            "-es",
            "--enable-semantics",
            metavar="1|0",
            help="1: `enable` and `control` suspend what they gate; 0: they do not [1].",
        ),
    ] = 1
    range_ui: Annotated[
        bool, option("-rui", "--range-ui", help="Clamp sliders and number entries to their ranges.")
    ] = False
    exp10: Annotated[
        bool, option("-exp10", "--generate-exp10", help="Compute pow(10,x) as exp10(x).")
    ] = False
    freeze_ui: Annotated[
        bool,
        option(
            "-fui", "--freeze-ui", help="Keep sliders and number entries at their initial values."
        ),
    ] = False
    check_integers: Annotated[
        bool,
        option(
            "-cir",
            "--check-integer-range",
            help="Clamp numbers that become integers to the range of integers.",
        ),
    ] = False
    math_exceptions: Annotated[
        bool,
        option(
            "-me",
            "--math-exceptions",
            help="Warn of functions that may be called outside of their domain.",
        ),
    ] = False
    no_foreign: Annotated[
        bool,
        option("--no-foreign", help="Refuse foreign C functions and values."),
    ] = False
    error_format: Annotated[
        str, option("--error-format", metavar="text|json", help="Form of error messages [text].")
    ] = "text"
    verbose: Annotated[
        bool,
        option(
            "-v",
            "--verbose",
            "-d",
            "--details",
            help="Report timings; show tracebacks of internal errors.",
        ),
    ] = False
    version: Annotated[bool, option("--version", help="Print the version and exit.")] = False

    def limits(self) -> Limits:
        """Bounds on time and memory; raises DspcError E0008 for an invalid value."""
        seconds = self.time_limit
        if not seconds >= 0:
            raise usage_error(8, f"-t is a number of seconds, 0 or more, not {seconds:g}")
        memory = memory_to_take() if self.memory_limit is None else read_size(self.memory_limit)
        return Limits(seconds or inf, memory or inf)

    def frontend(self) -> FrontendOptions:
        """The options of the front end."""
        return FrontendOptions(
            precision="double" if self.double else "single",
            import_dirs=tuple(self.import_dirs or ()),
            process=self.process_name,
            gated=self.gates != 0,
            clamped=self.range_ui,
            exp10=self.exp10,
            foreign=not self.no_foreign,
            frozen=self.freeze_ui,
            saturating=self.check_integers,
        )


_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?) ?(?:([kmgt])(i?)b?)?", re.ASCII | re.IGNORECASE)


def read_size(text: str) -> float:
    """The bytes of `--memory-limit`: megabytes, or a number with a unit. Raises DspcError E0008."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        hint = "a size is a number of megabytes, or one with k, M, G, T, Ki, Mi, Gi or Ti"
        raise usage_error(8, f"--memory-limit: {text} is not a size", hint)
    number, unit, binary = match.groups()
    if unit is None:
        return float(number) * MEGABYTE
    return float(number) * (1024 if binary else 1000) ** (1 + "kmgt".index(unit.lower()))
