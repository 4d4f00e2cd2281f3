"""The options of the target `llvm`."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import OptionalText
from dspc.options.specs import option


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class LlvmOptions(LoopOptions):
    """The options of the target `llvm`."""

    HEADING: ClassVar[str] = "LLVM (target llvm)"

    triple: Annotated[
        OptionalText,
        option(
            "--triple",
            metavar="TRIPLE",
            help="Cross-compile for this target triple: aarch64-linux-gnu, ... (llvm).",
        ),
    ] = None
