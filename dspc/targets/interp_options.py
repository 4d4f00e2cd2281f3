"""The options of the back end `interp`."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import OptionalText, OptionalWhole
from dspc.options.specs import option


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class InterpRunOptions(LoopOptions):
    """The options of the back end `interp`."""

    HEADING: ClassVar[str] = "Interpreter (back end interp)"

    fail: Annotated[
        OptionalText,
        option(
            "--fail-allocation",
            metavar="N|N+|SEED:P",
            help="Make allocation N fail, all from N on, or P per mille at random (interp).",
        ),
    ] = None
    seed: Annotated[
        OptionalWhole,
        option(
            "--seed",
            metavar="N",
            help="With -omp or -sch, seed of the order of concurrent loops [0] (interp).",
        ),
    ] = None
