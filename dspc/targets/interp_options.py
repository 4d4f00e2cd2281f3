"""What `dspc-run` lets say about the interpreter."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, option

OptionalWhole = int | None


@dataclass(frozen=True)
class InterpRunOptions(LoopOptions):
    """The options of the interpreter."""

    fail: Annotated[
        OptionalText,
        option(
            "--fail-allocation",
            metavar="N|N+|SEED:P",
            help="Let the Nth request for memory fail, all from it on, or P in 1000 (interp).",
        ),
    ] = None
    seed: Annotated[
        OptionalWhole,
        option(
            "--seed",
            metavar="N",
            help="With -omp or -sch, the interp back end's order of what may run at once [0].",
        ),
    ] = None
