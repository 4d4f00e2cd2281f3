"""The options that change the pipeline, for every command and the Python API."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from math import inf
from typing import Annotated, ClassVar

from dspc.messages import usage_error
from dspc.options.source_options import OptionalText, OptionalTexts, SourceOptions
from dspc.options.specs import option

VALIDATE = ("off", "end", "each", "code")


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class PassOptions(SourceOptions):
    """The options that select, change and observe passes."""

    HEADING: ClassVar[str] = "Passes"

    pipeline: Annotated[
        OptionalText,
        option("-p", "--passes", metavar="PIPELINE", help="Run this pass pipeline: a,b{option=1}."),
    ] = None
    insert: Annotated[
        OptionalTexts,
        option(
            "--insert",
            metavar="'after PASS: PIPELINE'",
            help="Insert passes after (before) a pass of the pipeline.",
        ),
    ] = None
    without: Annotated[
        OptionalTexts,
        option("--without", metavar="PASS", help="Leave a pass out of the pipeline."),
    ] = None
    print_pipeline: Annotated[
        bool,
        option("--print-pipeline", help="Print the pipeline, as xdsl-opt -p reads it, and exit."),
    ] = False
    print_after: Annotated[
        OptionalText,
        option(
            "--print-after",
            metavar="PASS|all",
            help="Print the IR after a pass, on standard error.",
        ),
    ] = None
    validate: Annotated[
        str,
        option(
            "--validate",
            metavar="off|end|each|code",
            help="Translation validation: interpret the program before and after passes.",
        ),
    ] = "off"
    validate_seconds: Annotated[
        float,
        option(
            "--validate-seconds",
            metavar="S",
            help="With --validate, bound on the estimated CPU time of its runs [1].",
        ),
    ] = 1.0

    def check_passes(self) -> None:
        """Refuse invalid and contradictory options; raises DspcError, exit status 2."""
        if self.validate not in VALIDATE:
            message = f"--validate is one of {', '.join(VALIDATE)}, not {self.validate}"
            raise usage_error(8, message)
        if not 0 < self.validate_seconds < inf:
            raise usage_error(8, "--validate-seconds is a positive number")
